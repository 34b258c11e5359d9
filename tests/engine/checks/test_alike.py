"""What the checks say about `alike` and about the names that begin with `earlier`."""

from __future__ import annotations

import pytest

from tests.engine.checks.a_loan import FILES, checked

ALIKE = "subject: sn\nalike: {by: [[sn, seen_at], [customer, sn]], within: 180 days}\n"


def _told(*changes: tuple[str, str], alike: bool = True) -> list[str]:
    text = FILES["loan.yaml"]
    for old, new in (*changes, *([("subject: sn\n", ALIKE)] if alike else [])):
        assert text.count(old) == 1
        text = text.replace(old, new)
    return [problem.line() for problem in checked({**FILES, "loan.yaml": text}).problems]


USES = (
    ("{when: state is worn,", "{when: earlier is set and earlier.open and state is worn,"),
    ("form: {show: [sn.number, reason]", "form: {show: [sn.number, reason, earlier.number, earlier.sn.location]"),
    ("{type: text, label: Seen at | 位置}", "{type: text, label: Seen at | 位置, from: earlier.seen_at}"),
    ("Dear {{ customer.contact }}", "Dear {{ customer.contact }} ({{ earlier.number }})"),
)


def _those_that_stand_there() -> list[tuple[str, str]]:
    return [use for use in USES if FILES["loan.yaml"].count(use[0]) == 1]


def test_conditions_forms_mails_and_sources_may_speak_of_the_earlier_case() -> None:
    uses = _those_that_stand_there()
    assert len(uses) >= 3
    assert _told(*uses) == []


@pytest.mark.parametrize("use", _those_that_stand_there())
def test_without_alike_there_is_no_earlier_case_and_the_cure_is_told(use: tuple[str, str]) -> None:
    told = _told(use, alike=False)
    assert told
    assert all("alike: {by: [[sn, cause_code]], within: 180 days}" in line for line in told)


def test_a_slip_after_earlier_is_told_with_what_was_meant() -> None:
    (told,) = _told(("{when: state is worn,", "{when: earlier.numbre is set and state is worn,"))
    assert "did you mean 'number'" in told


def test_the_earlier_case_is_no_value_for_a_field() -> None:
    (told,) = _told(("set: {seen_at: = event.place}", "set: {seen_at: = earlier}"))
    assert "P401" in told


def test_a_field_cannot_be_called_as_the_earlier_case_is() -> None:
    field = "  seen_at: {type: text,"
    (told,) = _told((field, f"  earlier: {{type: text, label: Earlier | 之前}}\n{field}"))
    assert "error P461: a field is called 'earlier'" in told
    assert _told((field, f"  earlier: {{type: text, label: Earlier | 之前}}\n{field}"), alike=False) == []
