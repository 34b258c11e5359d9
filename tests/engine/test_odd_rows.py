"""Rows as nobody should send or keep them: twice the same, half a character, rows the process has meanwhile moved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.refusals import FormRefusal
from tests.engine.stage import Stage

BODY = """
fields:
  parts:
    type: table
    label: Parts | 零件
    columns: {part: {type: text, label: Part | 零件}}
  stops:
    type: table
    label: Stops | 站点
    rows: {first: First | 第一, middle: Middle | 中间, last: Last | 最后}
    columns:
      number: {type: text, optional: true, label: Number | 单号}
      state: {type: text, optional: true, label: State | 状态}
events:
  stop.reached: {match: {number: stops.number}, label: Reached | 已到达}
steps:
  packing:
    label: Pack | 打包
    task: {role: clerk, form: {ask: [parts], optional: [stops]}}
    due: 1 day
    next: going
  going:
    label: Going | 途中
    waiting_for: carrier
    events:
      stop.reached:
        do: [{set: {row.state: reached}}]
        next: [{when: 'rows(stops, state is set) > 0', then: marking}]
    timers: [{at: 9 days after entry, next: marking}]
  marking:
    label: Mark | 标记
    do: [{set_rows: {stops: {state: seen}}, where: number is set}]
    next: closed
  closed: {end: success, label: Closed | 已结案}
"""


def _packed(**values: Any) -> Stage:
    return Stage(BODY).lines("clerk starts", ("clerk completes packing", {"parts": [{"part": "x"}], **values}))


def _wrong(**values: Any) -> dict[str, str]:
    with pytest.raises(FormRefusal) as refused:
        _packed(**values)
    return {place: text.en for place, text in refused.value.fields.items()}


def test_a_fixed_row_that_comes_twice_is_told_of_instead_of_one_being_forgotten() -> None:
    twice = [{"row": "first", "state": "a"}, {"row": "first", "state": "b"}]

    assert _wrong(stops=twice) == {"stops.first": "First is here twice; write it once."}


def test_half_a_character_is_no_text() -> None:
    wrong = _wrong(parts=[{"part": "\ud83d"}])

    assert wrong == {"parts.1.part": "Row 1, Part: This holds characters that cannot be shown."}


def test_rows_without_a_change_leave_an_untouched_checklist_empty() -> None:
    stage = _packed().lines("10 days pass")

    assert stage.ended == "closed"
    assert stage.case is not None and "stops" not in stage.case.values


def test_news_of_a_row_finds_it_where_the_process_has_it_now() -> None:
    stage = _packed(stops=[{"row": "last", "number": "A"}])
    assert stage.case is not None
    older = [
        row for row in stage.case.values["stops"] if row["row"] != "first"
    ]  # stored before the process had a first
    stage.case = replace(stage.case, values={**stage.case.values, "stops": older})

    stage.lines(("stop.reached arrives", {"number": "A"}))

    assert {row["row"]: row.get("state") for row in stage.case.values["stops"]} == {
        "first": None,
        "middle": None,
        "last": "seen",
    }


def test_two_rows_of_one_number_are_both_changed_even_if_the_first_moves_the_case() -> None:
    noted = BODY.replace("set_rows: {stops: {state: seen}}, where: number is set", "note: Done")
    stage = Stage(noted).lines("clerk starts")
    both = [{"row": "first", "number": "A"}, {"row": "last", "number": "A"}]
    stage.lines(("clerk completes packing", {"parts": [{"part": "x"}], "stops": both}))

    stage.lines(("stop.reached arrives", {"number": "A"}))

    assert stage.case is not None and stage.ended == "closed"
    assert [row.get("state") for row in stage.case.values["stops"]] == ["reached", None, "reached"]
    assert stage.case.facts["going.stop.reached"].count == 1
