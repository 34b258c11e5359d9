"""A value that nobody has told is not shown as a fact: a default not asked yet, a counter that has not counted."""

from __future__ import annotations

from engine.case_offering import case_offer
from engine.offering import task_offer
from engine.people import World
from tests.engine.stage import Stage

CHASED = """
fields:
  urgency: {type: choice, default: low, label: Urgency | 紧急程度, choices: {low: Low | 低, high: High | 高}}
  way: {type: choice, default: phone, label: How | 方式, choices: {phone: Telephone | 电话, email: E-mail | 邮件}}
  chases: {type: number, default: 0, label: Chased | 催办次数}
  accepted: {type: yes_no, default: no, label: Accepted | 已接受}
events:
  chased: {label: Chased | 催办}
start: {role: clerk, form: {optional: [urgency]}}
anytime:
  chased: {do: [set: {chases: = chases + 1}]}
steps:
  calling:
    label: Call | 致电
    task: {role: clerk, form: {show: [chases, urgency, accepted], optional: [way]}}
    due: 1 day
    next: closing
  closing:
    label: Close | 结案
    task: {role: clerk, form: {show: [chases, way]}}
    due: 1 day
    next: done
  done: {end: success, label: Done | 完成}
"""
HEAD = """
process: trial
version: 1
label: Trial | 试验
calendar: office
"""


def facts(stage: Stage) -> list[str]:
    assert stage.case is not None
    offer = case_offer(stage.process, stage.case, stage._person("clerk"), World(stage.now, stage._people))
    return [field.name for field in offer.fields]


def beside(stage: Stage, step: str) -> list[str]:
    assert stage.case is not None
    world = World(stage.now, stage._people)
    offer = task_offer(stage.process, stage.case, stage.work(step), stage._person("clerk"), world)
    return [field.name for field in offer.shown]


def test_what_nobody_would_be_asked_as_things_are_is_not_missed() -> None:
    why = "  why: {type: text, label: Why | 原因, required_if: urgency is high, show_if: urgency is high}\nevents:"
    asks = CHASED.replace("events:", why, 1).replace("optional: [urgency]", "optional: [urgency, why]")
    asks = asks.replace("show: [chases, urgency, accepted]", "show: [urgency, why]")
    assert beside(Stage(asks, HEAD).lines(("clerk starts", {"urgency": "low"})), "calling") == ["urgency"]
    late = ("clerk starts", {"urgency": "high", "why": "stopped"})
    assert beside(Stage(asks, HEAD).lines(late), "calling") == ["urgency", "why"]


def test_a_default_that_was_asked_at_the_start_is_told_and_one_not_asked_yet_is_not() -> None:
    stage = Stage(CHASED, HEAD).lines("clerk starts")
    assert (facts(stage), beside(stage, "calling")) == (["urgency"], ["urgency"])
    stage.lines("clerk completes calling")
    assert (facts(stage), beside(stage, "closing")) == (["urgency", "way"], ["way"])


def test_a_counter_is_shown_from_the_first_count_on() -> None:
    stage = Stage(CHASED, HEAD).lines("clerk starts", "chased arrives")
    assert (facts(stage), beside(stage, "calling")) == (["urgency", "chases"], ["chases", "urgency"])


def test_what_is_empty_and_asked_by_no_form_is_not_still_to_be_filled_in() -> None:
    words = "  words: {type: text, label: Their words | 原话}\n  remark: {type: text, label: Remark | 备注}\nevents:"
    body = CHASED.replace("events:", words, 1).replace(
        "show: [chases, way]", "show: [words, remark], optional: [remark]"
    )
    stage = Stage(body, HEAD).lines("clerk starts", "clerk completes calling")
    assert beside(stage, "closing") == ["remark"]


def test_what_only_a_button_that_gives_back_asks_is_shown_once_it_was_said() -> None:
    why = "  why: {type: text, label: Why back | 退回理由}\nevents:"
    form = "show: [chases, way], optional: [why]}}\n    outcomes: {done: done, back: {skip_form: true, ask: why, next: calling}}"
    body = CHASED.replace("events:", why, 1).replace("show: [chases, way]}}", form).replace("    next: done\n", "")
    stage = Stage(body.replace("show: [chases, urgency, accepted]", "show: [why]"), HEAD).lines("clerk starts")
    assert beside(stage, "calling") == []
    stage.lines("clerk completes calling", ("clerk completes closing.back", {"why": "wrong number"}))
    assert beside(stage, "calling") == ["why"]
