"""What an author is told about an event that concerns one row of a table."""

from __future__ import annotations

from tests.engine.checks.a_loan import FILES, LOAN, checked

_MATCH = "  unit.scanned: {match: sn, data: {place: text}, label: Unit scanned | 扫描}\n"
_ROW_MATCH = """\
  unit.scanned: {match: {number: units.unit, ticket: units.ticket}, data: {place: text}, label: Unit scanned | 扫描}
"""
_TABLE = """\
  units:
    type: table
    label: Units | 设备
    columns:
      unit: {type: record, of: serial_number, label: Unit | 设备}
      ticket: {type: text, optional: true, label: Ticket | 单据}
      place: {type: text, optional: true, label: Place | 位置}
"""
_HANDLER = "        do:\n          - set: {seen_at: = event.place}\n        next: taking_back\n"
_ROW_HANDLER = """\
        when: row.place is not set or row.ticket is set
        do:
          - set: {row.place: = event.place}
        next:
          - {when: 'rows(units, place is set) == rows(units)', then: taking_back}
"""
_PARTS = ((_MATCH, _ROW_MATCH), (_HANDLER, _ROW_HANDLER), ("events:\n  unit", f"{_TABLE}events:\n  unit"))


def good() -> str:
    """The loan of several units, whose scans are told one by one."""
    text = LOAN
    for old, new in _PARTS:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


def told(old: str = "", new: str = "") -> list[tuple[str, str]]:
    """Code and sentence of every problem when `new` is written instead of `old`."""
    text = good()
    assert not old or text.count(old) == 1
    report = checked({**FILES, "loan.yaml": text.replace(old, new) if old else text})
    return [(problem.code, problem.message.en) for problem in report.problems]


def test_scans_of_each_unit_are_without_any_problem_and_no_row_of_next_need_hold() -> None:
    assert told() == []


def test_an_event_is_matched_with_columns_that_are_there() -> None:
    assert told("number: units.unit,", "number: units.unitt,") == [
        ("P425", "'units.unitt' is not a field that an event can be matched with")
    ]
    assert told("number: units.unit,", "number: units,")[0][0] == "P425"


def test_an_event_of_one_row_is_matched_with_columns_of_that_table_only() -> None:
    assert told("ticket: units.ticket}", "ticket: ticket}") == [
        ("P425", "this event concerns one row of 'units', and 'ticket' is no column of it")
    ]


def test_a_cell_is_set_where_its_row_is_known_and_with_what_suits_it() -> None:
    assert told("set: {row.place: = event.place}", "set: {row.plaze: = event.place}")[0][0] == "P408"
    assert told("set: {row.place: = event.place}", "set: {row.unit: = event.place}")[0][0] == "P401"
    assert told("set: {row.place: = event.place}", "set: {row.unit.location: = event.place}")[0][0] == "P408"
    assert told("set: {sn.location: Store}", "set: {row.place: Store}")[0][0] == "P408"


def test_a_row_is_spoken_of_in_the_answer_to_its_event_only() -> None:
    assert told("{when: state is worn,", "{when: row.place is set,")[0][0] == "P401"


def test_a_row_of_next_that_can_never_be_reached_is_told_here_too() -> None:
    last = "          - {when: 'rows(units, place is set) == rows(units)', then: taking_back}\n"
    assert [code for code, _ in told(last, last + "          - otherwise: asking\n" + last)] == ["P431"]
