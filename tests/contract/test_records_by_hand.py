"""A record entered by hand is found again under its key, whatever somebody types as one."""

from __future__ import annotations

import pytest

from engine.definition.compiling import compile_site
from engine.definition.reading import read_site
from engine.refusals import FormRefusal
from engine.registering import add_record
from tests.contract.building import AnyStore

SITE = """
site: desk
timezone: UTC
roles: {clerk: Clerk | 文员}
calendars: {office: {days: mon-fri, hours: 09:00-17:00}}
records: {serial_number: {outside: true, key: number, number: text}}
"""


def _enter(store: AnyStore, number: str) -> str:
    model = read_site(SITE, "_site.yaml").model
    assert model is not None
    site, _ = compile_site(model)
    return store.write(
        lambda work: add_record(work, site, "serial_number", {"number": number}, by="anna", reason="seen")
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
