"""A record entered by hand is found again under its key, whatever somebody types as one."""

from __future__ import annotations

import pytest

from engine.definition.compiling import compile_site
from engine.definition.reading import read_site
from engine.doubtful import Doubtful
from engine.refusals import FormRefusal
from engine.registering import add_record
from tests.contract.building import AnyStore

SITE = """
site: desk
timezone: UTC
roles: {clerk: Clerk | 文员}
calendars: {office: {days: mon-fri, hours: 09:00-17:00}}
records:
  serial_number: {outside: true, key: number, number: text, purchased_on: date, warranty_until: date}
"""


def _enter(store: AnyStore, number: str, because: str = "", **more: str) -> str:
    model = read_site(SITE, "_site.yaml").model
    assert model is not None
    site, _ = compile_site(model)
    return store.write(
        lambda work: add_record(
            work, site, "serial_number", {"number": number, **more}, by="anna", reason="seen", because=because
        )
    ).key


@pytest.mark.parametrize("number", ["new", "New", "change", "A/7", "A\\7", ".", "..", "S" * 200])
def test_a_key_that_leads_elsewhere_or_is_endless_is_refused(store: AnyStore, number: str) -> None:
    with pytest.raises(FormRefusal) as refused:
        _enter(store, number)

    assert refused.value.codes == ("number",)
    assert store.read(lambda screens: screens.find_record("serial_number", number)) is None


@pytest.mark.parametrize("number", ["SN-7", "泵 7", "renewal", "50%", "A#7?"])
def test_any_other_key_is_taken_as_it_is(store: AnyStore, number: str) -> None:
    assert _enter(store, number) == number
    found = store.read(lambda screens: screens.find_record("serial_number", number))
    assert found is not None and found.key == number


@pytest.mark.parametrize("number", ["SN-7", "sn-7", "ＳＮ-7", " SN-7 "])
def test_what_reads_like_a_number_that_is_there_is_no_second_unit(store: AnyStore, number: str) -> None:
    _enter(store, "SN-7")
    with pytest.raises(FormRefusal) as refused:
        _enter(store, number)
    assert refused.value.fields["number"].en == "'SN-7' is there already."


@pytest.mark.parametrize("number", ["SN\u200b-7", "\u202eSN-7"])
def test_a_number_with_letters_nobody_sees_is_refused(store: AnyStore, number: str) -> None:
    with pytest.raises(FormRefusal) as refused:
        _enter(store, number)
    assert "nobody can see" in refused.value.fields["number"].en


def test_wide_letters_are_kept_as_the_narrow_ones(store: AnyStore) -> None:
    assert _enter(store, "ＳＮ-8") == "SN-8"


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("CH-8-1003", "CH-8-1008"),  # one wrong digit
        ("CH-8-1003", "CH-8-1O03"),  # the letter O
        ("CH-8-1003", "СН-8-1003"),
        ("CH-8-1003", "CH81003"),  # as somebody writes it
        ("CH-8-1003", "ch-8-l003"),  # a small L
        ("SL-I7", "5L-17"),  # a short one: one letter besides
    ],
)
def test_a_number_that_reads_like_a_known_one_is_another_unit_only_with_a_reason(
    store: AnyStore, known: str, typed: str
) -> None:
    _enter(store, known)
    with pytest.raises(Doubtful) as refused:
        _enter(store, typed)
    assert refused.value.near == (known,)
    assert f"'{known}' is here already" in refused.value.fields["number"].en
    assert f"“{known}”" in refused.value.fields["number"].zh
    assert "because" in refused.value.fields

    _enter(store, typed, because="both nameplates  seen")

    (first, *_) = store.read(lambda screens: screens.record_history("serial_number", typed))
    assert first["reason"] == f"seen: both nameplates seen (≠ {known})"


@pytest.mark.parametrize("typed", ["CH-9-2003", "VP-8-1003-A", "CH-8-10031234", "U-2"])
def test_a_number_that_reads_otherwise_needs_no_reason(store: AnyStore, typed: str) -> None:
    for known in ("CH-8-1003", "U-1"):
        _enter(store, known)
    assert _enter(store, typed) == typed


@pytest.mark.parametrize(("number", "letter"), [("СH-8-1003", "С"), ("SN-Ω7", "Ω")])
def test_a_number_of_two_alphabets_is_refused_whatever_the_reason(store: AnyStore, number: str, letter: str) -> None:
    with pytest.raises(FormRefusal) as refused:
        _enter(store, number, because="it is printed like this")
    told = refused.value.fields["number"]
    assert f"'{letter}' is" in told.en and "混用了不同字母表" in told.zh


@pytest.mark.parametrize(
    ("bought", "until", "why"),
    [
        ("2025-05-01", "2025-04-30", "before the unit was bought"),
        ("2025-05-01", "2035-05-02", "More than 10 years"),
        ("", "2036-03-03", "More than 10 years"),
    ],
)
def test_a_warranty_out_of_all_bounds_needs_a_reason(store: AnyStore, bought: str, until: str, why: str) -> None:
    given = {"warranty_until": until, "purchased_on": bought}
    with pytest.raises(Doubtful) as refused:
        _enter(store, "SN-700", **given)
    assert why in refused.value.fields["warranty_until"].en and refused.value.near == ()
    assert _enter(store, "SN-700", because="contract 7 grants it", **given) == "SN-700"


def test_a_warranty_as_usual_needs_none(store: AnyStore) -> None:
    assert _enter(store, "SN-701", purchased_on="2025-05-01", warranty_until="2035-05-01") == "SN-701"
