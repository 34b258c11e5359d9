"""A field that one button alone needs: asked when that button is pressed, and left alone by the others."""

from __future__ import annotations

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
