"""The customer's strip of milestones shows as reached only what this case went through."""

from __future__ import annotations

from engine.case_offering import case_offer
from engine.people import World
from tests.engine.stage import Stage

PARCEL = """
process: trial
version: 1
label: Trial | 试验
calendar: office
milestones:
  sent: Sent | 已发货
  problem: A problem | 疑难件
  arrived: Arrived | 已送达
  confirmed: Confirmed | 已确认
start: {role: clerk}
steps:
  moving:
    label: Moving | 运输中
    milestone: sent
    task: {role: clerk}
    due: 1 day
    outcomes: {lost: solving, there: asking}
  solving: {label: Solve | 处理, milestone: problem, task: {role: clerk}, due: 1 day, next: asking}
  asking: {label: Ask | 询问, milestone: arrived, task: {role: clerk}, due: 1 day, next: done}
  done: {end: success, milestone: confirmed, label: Done | 完成}
"""


def strip(stage: Stage) -> list[str]:
    assert stage.case is not None
    offer = case_offer(stage.process, stage.case, stage._person("clerk"), World(stage.now, stage._people))
    return [state for _, _, state in offer.milestones]


def test_a_problem_that_never_was_is_not_shown_as_reached() -> None:
    stage = Stage(PARCEL, head="")
    stage.lines("clerk starts", "clerk completes moving.there")
    assert strip(stage) == ["done", "skipped", "now", "ahead"]


def test_what_only_an_outcome_tells_is_shown_as_reached_when_it_was_chosen() -> None:
    told_by_outcome = PARCEL.replace("milestone: problem, task: {role: clerk}, due: 1 day, next: asking", "task: {role: clerk}, due: 1 day, outcomes: {found: {milestone: problem, next: asking}}")  # fmt: skip
    stage = Stage(told_by_outcome, head="")
    stage.lines("clerk starts", "clerk completes moving.there")
    assert strip(stage) == ["done", "skipped", "now", "ahead"]
    stage = Stage(told_by_outcome, head="")
    stage.lines("clerk starts", "clerk completes moving.lost", "clerk completes solving.found")
    assert strip(stage) == ["done", "done", "now", "ahead"]


def test_a_problem_that_was_solved_is_shown_as_reached() -> None:
    stage = Stage(PARCEL, head="")
    stage.lines("clerk starts", "clerk completes moving.lost")
    assert strip(stage) == ["done", "now", "ahead", "ahead"]
    stage.lines("clerk completes solving")
    assert strip(stage) == ["done", "done", "now", "ahead"]
