"""How a case shows in lists: what it is about, how it is counted, what it listens for."""

from __future__ import annotations

from engine.listings import category_of
from tests.engine.stage import Stage

BODY = """
permissions: {cancel: boss}
steps:
  working: {label: Work | 处理, task: {role: clerk}, due: 1 working day, next: asking}
  asking:
    label: Ask | 询问
    waiting_for: customer
    timers: [{at: 1 day after entry, next: telling}]
  telling: {label: Tell | 告知, category: done, task: {role: clerk}, due: 1 working day, next: over}
  over: {end: success, label: Over | 结束}
  cancelled: {end: cancelled, label: Off | 取消}
"""


def category(stage: Stage) -> str:
    assert stage.case is not None
    return category_of(stage.process, stage.case)


def test_a_case_is_counted_by_what_it_waits_for_unless_the_step_says_otherwise() -> None:
    stage = Stage(BODY).lines("clerk starts")
    assert category(stage) == "open"
    assert category(stage.lines("clerk completes working")) == "waiting_customer"
    assert category(stage.lines("2 days pass")) == "done"
    assert category(stage.lines("clerk completes telling")) == "closed"
    assert category(Stage(BODY).lines("clerk starts", "boss cancels")) == "cancelled"


def test_of_several_branches_the_one_that_needs_most_attention_counts() -> None:
    body = """
    steps:
      both:
        label: Both | 并行
        parallel:
          one: {first: {label: A | 甲, category: done, task: {role: clerk}, due: 1 day, next: join}}
          two: {second: {label: B | 乙, category: waiting_internal, task: {role: boss}, due: 1 day, next: join}}
        next: over
      over: {end: success, label: Over | 结束}
    """
    stage = Stage(body).lines("clerk starts")
    assert category(stage) == "waiting_internal"
    assert category(stage.lines("boss completes second")) == "done"
