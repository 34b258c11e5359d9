"""What an author is told about a step that opens one case for each row of a table."""

from __future__ import annotations

from engine.definition.problems import Problem
from tests.engine.checks.a_loan import FILES, LOAN, checked

_SINGLE = """\
    run: repair
    with: {sn: = sn, urgency: low, wish: = reason}
    outcomes: {mended: asking, given_up: charging}
"""
_EACH = """\
    run: repair
    for_each: units
    with: {sn: = row.unit, urgency: = row.hurry, wish: = row.wish}
    next:
      - {when: count(mending.given_up) > 0, then: charging}
      - otherwise: asking
"""
_TABLE = """\
  units:
    type: table
    label: Units | 设备
    columns:
      unit: {type: record, of: serial_number, label: Unit | 设备}
      hurry: {type: choice, label: Urgency | 紧急, choices: {high: High | 高, low: Low | 低}}
      wish: {type: text, optional: true, label: Wish | 要求}
"""
GOOD = LOAN.replace(_SINGLE, _EACH).replace("events:\n  unit.scanned", f"{_TABLE}events:\n  unit.scanned", 1)


def told(good: str = "", bad: str = "") -> list[tuple[str, str]]:
    """Code and sentence of every problem when `bad` is written instead of `good`."""
    assert not good or GOOD.count(good) == 1
    return [(problem.code, problem.message.en) for problem in _problems(GOOD.replace(good, bad) if good else GOOD)]


def _problems(text: str) -> tuple[Problem, ...]:
    return checked({**FILES, "loan.yaml": text}).problems


def test_a_repair_for_each_unit_is_without_any_problem() -> None:
    assert told() == []


def test_only_a_table_has_rows_to_open_cases_for() -> None:
    assert told("for_each: units", "for_each: reason")[0] == (
        "P335",
        "'reason' is not a table of this process, so there are no rows to open cases for",
    )
    (hint,) = {p.hint.en for p in _problems(GOOD.replace("for_each: units", "for_each: unit")) if p.code == "P335"}
    assert hint == "name a field with  type: table  under 'for_each'; did you mean 'units'?"


def test_ends_are_counted_in_next_and_not_chosen_by_outcomes() -> None:
    outcomes = "    outcomes: {mended: asking, given_up: charging}\n    next:\n      - {when: count(mending.given_up)"
    assert told("    next:\n      - {when: count(mending.given_up)", outcomes) == [
        ("P335", "step 'mending' opens a case for each row, and each may end in another way")
    ]


def test_it_says_what_comes_when_all_have_ended() -> None:
    nothing = _EACH[_EACH.index("    next:") :]
    assert told(nothing, "") == [
        (
            "P335",
            "step 'mending' opens a case for each row and does not say what comes when all of them have ended",
        )
    ]


def test_what_is_counted_is_an_end_of_the_other_process() -> None:
    assert told("count(mending.given_up)", "count(mending.gave_up)") == [
        ("P335", "'gave_up' is not an end of the process 'repair'")
    ]


def test_a_row_hands_over_columns_that_are_there_of_the_right_kind_and_with_a_value() -> None:
    assert [code for code, _ in told("= row.unit", "= row.unitt")] == ["P401"]
    assert [code for code, _ in told("sn: = row.unit", "sn: = row.wish")] == ["P432", "P401"]
    assert [code for code, _ in told("sn: = row.unit, ", "")] == ["P332"]
    asked_for_sometimes = "hurry: {type: choice, optional: true,"
    assert told("hurry: {type: choice,", asked_for_sometimes)[0][0] == "P432"


def test_rows_are_for_steps_that_run_another_process() -> None:
    bad = "checking:\n    label: Check | 检查\n    for_each: units\n"
    assert told("checking:\n    label: Check | 检查\n", bad)[0] == (
        "P314",
        "'for_each' does not suit step 'checking', which is a 'parallel'",
    )
    single = GOOD.replace("    for_each: units\n", "").replace("row.unit", "sn").replace("= row.hurry", "low")
    assert ("P314", "'next' does not suit step 'mending', which is a 'run'") in [
        (problem.code, problem.message.en) for problem in _problems(single)
    ]
