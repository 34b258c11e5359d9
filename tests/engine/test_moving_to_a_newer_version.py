"""A running case in a newer version: what people did stays theirs, four eyes count anew, and nothing is left without a task."""

from __future__ import annotations

from engine import events as happened
from engine.case import Case
from engine.decide import decide
from tests.engine.stage import HEAD, Stage, process

OLD = """
steps:
  first: {label: First | 一, task: {role: clerk}, due: 1 day, next: second}
  second: {label: Second | 二, task: {role: [clerk, boss]}, due: 1 day, outcomes: {wait: waiting, ahead: last}}
  waiting: {label: Wait | 等待, waiting_for: customer, timers: [{at: 2 days after entry, next: last}]}
  last: {label: Last | 末, task: {role: [clerk, boss]}, due: 1 day, next: closed}
  closed: {end: success, label: Closed | 结案}
"""
NEW = """
migrate: {from: 1, steps: {first: both, second: both}}
rules: [{never: both and last by the same person}]
steps:
  both: {label: Both | 合并, task: {role: [clerk, boss]}, due: 1 day, outcomes: {wait: waiting, ahead: last}}
  waiting: {label: Ask | 询问, task: {role: clerk}, due: 1 day, next: last}
  last: {label: Last | 末, task: {role: [clerk, boss]}, due: 1 day, next: closed}
  closed: {end: success, label: Closed | 结案}
"""


def test_who_did_two_steps_that_became_one_may_not_do_what_four_eyes_forbid_now() -> None:
    case = moved("clerk starts", "clerk completes first", "boss completes second.ahead")
    assert case.done_by["both"] == ("clerk", "boss")
    assert case.facts["both"].count == 2
    assert [(task.step, task.excluded) for task in case.tasks] == [("last", ("boss", "clerk"))]


def test_a_step_that_waited_and_is_a_task_now_opens_that_task() -> None:
    case = moved("clerk starts", "clerk completes first", "boss completes second.wait")
    assert [(task.step, task.roles) for task in case.tasks] == [("waiting", ("clerk",))]
    assert {timer.visit for timer in case.timers} == {case.visits["waiting"]}


def test_a_task_that_goes_on_is_not_opened_twice() -> None:
    case = moved("clerk starts")
    assert [(task.step, task.visit) for task in case.tasks] == [("both", 1)]
    assert case.facts["both"].count == 1


def moved(*lines: str) -> Case:
    """A case of the old version after some lines, moved to the new one."""
    stage = Stage(OLD).lines(*lines)
    assert stage.case is not None
    newer = process(NEW, HEAD.replace("version: 1", "version: 2"))
    return decide(newer, stage.case, happened.Migrated("boss"), stage.world_at(stage.now)).case
