"""A mail to a customer that nobody confirms is never forgotten: who has it and who answers for it are told, also after the
case has ended, until it is confirmed or put away."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from engine import events as happened
from engine.effects import Remind, SendMail, WriteHistory
from tests.engine.stage import Stage

NEWS = """
fields:
  customer: {type: record, of: customer, label: Customer | 客户}
start: {role: clerk, form: {ask: [customer]}}
steps:
  look:
    label: Look | 检查
    on_enter: [{draft_mail: welcome}]
    task: {role: clerk}
    due: 10 days
    timers: [{at: due, remind: assignee}]
    next: closed
  closed: {end: success, label: Closed | 结案}
mails:
  welcome: {subject: Welcome | 欢迎, body: Hello | 您好}
"""
HEAD = "process: trial\nversion: 1\nlabel: Trial | 试验\ncalendar: office\n"


def news() -> Stage:
    return Stage(NEWS, HEAD, customer={"name": "ACME", "email": "a@b.example"}).lines("clerk starts")


def told(stage: Stage) -> list[tuple[str, ...]]:
    return [e.people for e in stage.effects if isinstance(e, Remind) and "Not confirmed" in e.text.en]


def draft(stage: Stage) -> str:
    assert stage.case is not None
    return next(task.id for task in stage.case.tasks if task.kind == "draft")


CLOSE, HIGHER = ("clerk", "boss"), ("clerk", "boss", "tester")


def test_a_working_day_after_it_was_due_whoever_has_it_is_told_five_times_and_then_weekly() -> None:
    stage = news()
    stage.process = replace(stage.process, answers_for_drafts=("boss", "tester", "fixer"))
    stage.lines("1 working day passes")
    assert told(stage) == []
    stage.lines("1 working day passes")
    assert told(stage) == [("clerk", "boss")]
    stage.lines("4 working days passes")
    assert told(stage) == [CLOSE] * 5
    stage.lines("4 working days passes")
    assert told(stage) == [CLOSE] * 5
    stage.lines("1 working day passes")
    assert told(stage) == [*[CLOSE] * 5, HIGHER]
    assert len(told(stage.lines("70 days pass"))) == 16


def test_in_an_urgent_case_they_are_told_at_its_due_and_every_hour_at_night_too_and_the_mail_says_so() -> None:
    urgent = f"urgent_when: customer is set\n{NEWS}"
    customer = {"name": "ACME", "email": "a@b.example"}
    stage = Stage(urgent, HEAD, customer=customer, start_at="2026-03-01 22:00").lines("clerk starts", "50 minutes pass")
    assert told(stage) == []
    stage.lines("15 minutes pass")
    assert told(stage) == [("clerk", "boss")]
    stage.lines("2 hours pass")
    assert len(told(stage)) == 3
    letters = [e for e in stage.effects if isinstance(e, SendMail) and e.kind == "staff"]
    assert {mail.not_before for mail in letters} == {None}
    assert all("] Urgent: Not confirmed yet: " in mail.subject for mail in letters)
    stage.lines("2 hours pass", "22 hours pass")
    assert len(told(stage)) == 5, "and now once each working day"
    stage.lines("7 days pass")
    assert len(told(stage)) == 10


def test_it_goes_on_after_the_case_has_ended() -> None:
    stage = news().lines("clerk completes look")
    assert stage.ended == "closed"
    stage.lines("2 working days passes")
    assert told(stage) == [("clerk", "boss")]
    assert any(isinstance(e, SendMail) and e.kind == "staff" for e in stage.effects)


def test_nobody_is_told_once_it_is_confirmed_or_put_away() -> None:
    for outcome in ("sent", "not_sent"):
        stage = news()
        stage._do(happened.TaskCompleted(draft(stage), outcome, "clerk"))
        assert stage.case is not None and stage.case.timers != () and all(t.row >= 0 for t in stage.case.timers)
        assert told(stage.lines("5 working days passes")) == []


def test_turns_that_were_missed_in_an_outage_are_told_once() -> None:
    stage = news()
    assert stage.case is not None
    watch = next(timer for timer in stage.case.timers if timer.row < 0)
    stage.now += dt.timedelta(days=30)
    stage._do(happened.TimerRang(watch.id))
    assert len(told(stage)) == 1
    assert [e.details.get("late") for e in stage.effects if isinstance(e, WriteHistory) and e.kind == "rang"] == [True]
    assert len(told(stage.lines("6 days pass"))) == 1
    assert len(told(stage.lines("2 days pass"))) == 2
