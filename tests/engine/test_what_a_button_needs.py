"""A field that one button alone needs: asked when that button is pressed, and left alone by the others."""

from __future__ import annotations

from engine.offering import task_offer
from engine.refusals import FormRefusal
from tests.engine.stage import Stage

REVIEW = """
fields:
  work: {type: text, label: Work done | 工作内容}
  missing: {type: text, label: What is missing | 补充要求}
steps:
  report:
    label: Report | 报告
    task: {role: clerk, form: {ask: [work]}}
    due: 1 day
    next: review
  review:
    label: Review | 审核
    task: {role: boss, form: {ask: [work], optional: [missing]}}
    due: 1 day
    outcomes:
      good: done
      back: {label: Send back | 退回, skip_form: true, ask: missing, next: report}
  done: {end: success, label: Done | 完成}
"""


def reviewed() -> Stage:
    return Stage(REVIEW).lines("clerk starts", ("clerk completes report", {"work": "pump changed"}))


def test_the_button_that_needs_a_field_is_refused_without_it_and_says_which() -> None:
    stage = reviewed()
    refused = stage.refused("boss completes review.back")
    assert isinstance(refused, FormRefusal)
    assert list(refused.fields) == ["missing"]
    stage.lines(("boss completes review.back", {"missing": "no test result"}))
    assert stage.at == ("report",)
    assert stage.case is not None
    assert stage.case.values["missing"] == "no test result"


def test_the_other_buttons_ask_what_the_form_asks_and_no_more() -> None:
    assert reviewed().lines("boss completes review.good").ended == "done"


def test_what_is_asked_only_after_another_answer_is_not_named_before_that() -> None:
    hidden = "missing: {type: text, label: What is missing | 补充要求, show_if: work == 'pump removed'}"
    stage = Stage(REVIEW.replace("missing: {type: text, label: What is missing | 补充要求}", hidden))
    stage.lines("clerk starts", ("clerk completes report", {"work": "pump changed"}))
    assert needed(stage) == []
    assert needed(reviewed()) == ["What is missing"]


def needed(stage: Stage) -> list[str]:
    """What the button that sends the report back says it needs."""
    assert stage.case is not None
    world = stage.world_at(stage.now)
    offer = task_offer(stage.process, stage.case, stage.work("review"), world.people["boss"], world)
    return [label.en for button in offer.outcomes if button.name == "back" for label in button.needs]


LETTER = """
fields:
  customer: {type: record, of: customer, label: Customer | 客户}
  why: {type: text, label: Why it is not sent | 不发送的理由}
mails:
  news: {subject: News | 消息, body: News | 消息}
start: {role: clerk, form: {ask: [customer]}}
steps:
  report:
    label: Report | 报告
    task: {role: clerk, form: {show: [why]}}
    due: 1 day
    next: confirming
  confirming:
    label: Confirm | 确认
    task: {role: boss, draft_mail: news, form: {optional: [why]}}
    due: 1 day
    outcomes:
      sent: done
      not_sent: {label: Not like this | 不这样发, skip_form: true, ask: why, next: report}
  done: {end: success, label: Done | 完成}
"""
LETTER_HEAD = """
process: trial
version: 1
label: Trial | 试验
calendar: office
"""


def test_who_does_not_send_a_mail_says_why_and_who_sends_it_is_asked_nothing() -> None:
    acme = {"name": "ACME", "email": "li@acme.example"}
    stage = Stage(LETTER, LETTER_HEAD, customer=acme).lines("clerk starts", "clerk completes report")
    assert stage.refused("boss completes confirming.not_sent").codes == ("why",)
    stage.lines(("boss completes confirming.not_sent", {"why": "wrong date"}), "clerk completes report")
    assert stage.fields()["why"] == "wrong date"
    assert stage.lines("boss completes confirming.sent").ended == "done"
