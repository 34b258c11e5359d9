"""Days and moments that a person enters lie before or after now, as their fields demand; what stands there may stay."""

from __future__ import annotations

from typing import Any

import pytest

from engine import events as happened
from engine.decide import decide
from engine.refusals import Refusal
from tests.engine.stage import HEAD, Stage

BODY = """
fields:
  visit_on: {type: date, min: today, label: Visit on | 上门日期}
  bought_on: {type: date, max: today, label: Bought on | 购买日期}
  picked_up: {type: datetime, max: now, label: Picked up | 取件时间}
  call_at: {type: datetime, min: now, label: Call at | 致电时间}
  seen: {type: datetime, max: today, label: Seen | 查看时间}
  stops:
    type: table
    label: Stops | 站点
    columns:
      at: {type: datetime, max: now, label: At | 时间}
      note: {type: text, optional: true, label: Note | 备注}
  points:
    type: table
    label: Points | 节点
    rows: {first: First | 第一, last: Last | 最后}
    columns:
      at: {type: datetime, min: now, optional: true, label: At | 时间}
      note: {type: text, optional: true, label: Note | 备注}
start: {role: [clerk, boss], form: {optional: [visit_on, bought_on, picked_up, call_at, seen, stops, points]}}
steps:
  looking:
    label: Look | 查看
    task: {role: clerk, form: {optional: [visit_on, bought_on, picked_up, call_at, seen, stops, points]}}
    due: 30 days
    outcomes:
      again: {next: looking}
      backdate: {do: [{set: {visit_on: '2020-01-01', picked_up: '2099-01-01 08:00'}}], next: looking}
  never: {end: success, label: Never | 无}
"""
_HEAD = HEAD.replace("start: {role: [clerk, boss]}\n", "")


def stage(**started_with: Any) -> Stage:
    """Monday 2026-03-02, 09:00 in Shanghai."""
    return Stage(BODY, _HEAD).lines(("clerk starts", started_with))


def told(refusal: Refusal) -> dict[str, str]:
    return {name: text.en for name, text in refusal.fields.items()}


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("visit_on", "2026-03-01", "Visit on: not before today (2 March 2026)."),
        ("bought_on", "2026-03-03", "Bought on: not later than today (2 March 2026)."),
        ("picked_up", "2026-03-02 09:01", "Picked up: not later than now (2 March 2026, 09:00)."),
        ("call_at", "2026-03-02 08:59", "Call at: not before now (2 March 2026, 09:00)."),
        ("seen", "2026-03-03 00:00", "Seen: not later than today (2 March 2026)."),
    ],
)
def test_a_wrong_moment_is_refused_at_its_field_with_the_moment_it_was_compared_with(
    field: str, value: str, sentence: str
) -> None:
    refusal = stage().refused("clerk completes looking.again", **{field: value})
    assert told(refusal) == {field: sentence}
    assert "2026年3月2日" in refusal.fields[field].zh and refusal.fields[field].zh.startswith("“")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("visit_on", "2026-03-02"),
        ("bought_on", "2026-03-02"),
        ("picked_up", "2026-03-02 09:00"),
        ("call_at", "2026-03-02 09:00"),
        ("seen", "2026-03-02 23:59"),
    ],
)
def test_the_very_moment_is_in_time(field: str, value: str) -> None:
    assert stage().lines(("clerk completes looking.again", {field: value})).at == ("looking",)


def test_the_day_is_that_of_the_site_not_of_greenwich() -> None:
    early = Stage(BODY, _HEAD, start_at="2026-03-02 00:30").lines("clerk starts")  # still Sunday at Greenwich
    assert told(early.refused("clerk completes looking.again", visit_on="2026-03-01"))
    early.lines(("clerk completes looking.again", {"visit_on": "2026-03-02", "bought_on": "2026-03-02"}))


def test_what_stands_there_already_may_stay_until_it_is_changed() -> None:
    played = stage(visit_on="2026-03-02", call_at="2026-03-02 10:00").lines("5 days pass")
    played.lines(("clerk completes looking.again", {"visit_on": "2026-03-02", "call_at": "2026-03-02 10:00"}))
    assert set(told(played.refused("clerk completes looking.again", visit_on="2026-03-03"))) == {"visit_on"}


def test_a_cell_is_refused_by_its_place_and_old_rows_may_move() -> None:
    played = stage(points=[{"row": "first", "at": "2026-03-02 12:00"}])
    refusal = played.refused("clerk completes looking.again", stops=[{"at": "2026-03-01"}, {"at": "2026-03-05"}])
    assert told(refusal) == {"stops.2.at": "Row 2, At: not later than now (2 March 2026, 09:00)."}
    played.lines("2 days pass")
    again = {"row": "first", "at": "2026-03-02 12:00"}
    late = {"row": "last", "at": "2026-03-02 12:00"}
    assert set(told(played.refused("clerk completes looking.again", points=[again, late]))) == {"points.last.at"}
    played.lines(("clerk completes looking.again", {"points": [again | {"note": "seen"}]}))


def test_a_row_that_stood_there_stays_when_another_is_put_before_it() -> None:
    body = BODY.replace("at: {type: datetime, max: now, label", "at: {type: datetime, min: now, label")
    played = Stage(body, _HEAD).lines(("clerk starts", {"stops": [{"at": "2026-03-02 12:00"}]}), "2 days pass")
    old, new = {"at": "2026-03-02 12:00"}, {"at": "2026-03-09 12:00"}
    played.lines(("clerk completes looking.again", {"stops": [new, old]}))
    assert set(told(played.refused("clerk completes looking.again", stops=[new, {"at": "2026-03-02 12:01"}]))) == {
        "stops.2.at"
    }


def test_what_a_process_sets_and_what_another_case_hands_over_is_not_asked() -> None:
    played = stage().lines("clerk completes looking.backdate")
    assert played.fields()["visit_on"] == "2020-01-01"
    started = happened.CaseStarted("c2", "TRIAL-2", {"visit_on": "2020-01-01"}, trusted=True)
    case = decide(played.process, None, started, played.world_at(played.now)).case
    assert case.values["visit_on"] == "2020-01-01" and not [task for task in case.tasks if task.kind == "record"]
