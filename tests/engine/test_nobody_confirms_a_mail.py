"""A mail to a customer that nobody confirms is never forgotten: who has it and who answers for it are told, also after the
case has ended, until it is confirmed or put away."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from engine import events as happened
from engine.effects import Remind, SendMail, WriteHistory
from engine.refusals import Refusal
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
TOLD = "told: {type: yes_no, label: Told | 已告知}"
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
    assert all("] Urgent: Not confirmed, the customer has not been told: " in mail.subject for mail in letters)
    stage.lines("2 hours pass", "22 hours pass")
    assert len(told(stage)) == 5, "and now once each working day"
    stage.lines("7 days pass")
    assert len(told(stage)) == 10


def urgent(process: str = NEWS, starter: str = "clerk") -> Stage:
    """On a Sunday night, with a mail that is due within the hour."""
    said = 'urgent_says: "Danger: {{ fault }}\\nCall: {{ customer.name }} | 危险：{{ fault }}\\n请致电：{{ customer.name }}"'
    fault = "fields:\n  fault: {type: text, label: Fault | 故障}"
    written = f"urgent_when: fault is set\n{said}\n{process}".replace("fields:", fault, 1)
    written = written.replace("ask: [customer]", "ask: [customer, fault]")
    customer = {"name": "ACME", "email": "a@b.example"}
    stage = Stage(written, HEAD, customer=customer, fault="oil on the floor", start_at="2026-03-01 22:00")
    stage.process = replace(stage.process, answers_for_drafts=("boss", "tester", "fixer"))
    return stage.lines(f"{starter} starts")


def test_an_urgent_one_that_waits_for_somebody_who_went_home_is_confirmed_by_the_others_who_always_could() -> None:
    roles = "start: {role: [clerk, boss, tester, fixer],"
    stage = urgent(NEWS.replace("start: {role: clerk,", roles).replace("fields:", "owner: starter\nfields:", 1))
    held = stage.case.task(draft(stage)) if stage.case else None
    assert held is not None and stage.case is not None
    stage.case = replace(stage.case, tasks=(replace(held, assignee="clerk"),))
    stage.lines("65 minutes pass")
    stage._do(happened.TaskCompleted(draft(stage), "sent", "tester"))


def test_from_its_due_on_an_urgent_one_is_confirmed_by_whoever_answers_for_it_and_is_there_first() -> None:
    stage = urgent()
    with pytest.raises(Refusal, match="This is for: Clerk"):
        stage._do(happened.TaskCompleted(draft(stage), "sent", "tester"))
    stage.lines("65 minutes pass")
    assert told(stage) == [HIGHER]
    stage._do(happened.TaskCompleted(draft(stage), "sent", "tester"))
    assert [(e.to, e.by) for e in stage.effects if isinstance(e, SendMail) and e.kind == "customer"] == [
        ("a@b.example", "tester")
    ]
    assert told(stage.lines("1 day passes")) == [HIGHER]


def test_who_had_an_urgent_one_alone_keeps_it_and_who_takes_it_is_not_disturbed() -> None:
    stage = urgent(NEWS.replace("role: clerk, form", "role: fixer, form"), "fixer")
    stage.lines("65 minutes pass")
    stage._do(happened.TaskClaimed(draft(stage), "tester"))
    stage.lines("2 hours pass")
    assert stage.case is not None
    task = stage.case.task(draft(stage))
    assert task is not None and task.assignee == "tester" and set(task.roles) == {"fixer", "boss", "tester"}
    assert told(stage) == [("fixer", "boss", "tester"), ("tester", "boss"), ("tester", "boss")]


def test_staff_read_first_what_is_urgent_and_whom_to_call() -> None:
    stage = urgent().lines("65 minutes pass")
    notices = [e.text for e in stage.effects if isinstance(e, Remind)]
    assert notices[-1].en.endswith(" – Danger: oil on the floor; Call: ACME")
    assert notices[-1].zh.endswith("——危险：oil on the floor；请致电：ACME")
    bodies = [e.body for e in stage.effects if isinstance(e, SendMail) and e.kind == "staff"]
    assert bodies and all(body.startswith("Danger: oil on the floor\nCall: ACME\n\nProcess: ") for body in bodies)


def test_an_urgent_one_is_put_away_only_with_a_word_why() -> None:
    stage = urgent()
    with pytest.raises(Refusal, match="reason"):
        stage._do(happened.TaskCompleted(draft(stage), "not_sent", "clerk", {"reason": " "}))
    stage._do(happened.TaskCompleted(draft(stage), "not_sent", "clerk", {"reason": "told at the telephone"}))
    assert stage.case is not None and [task.kind for task in stage.case.tasks] == ["work"]


MUST = "welcome: {must_be_told: true, on_sent: [{set: {told: yes}}], subject"


def test_what_must_be_told_in_an_urgent_case_is_not_put_away_and_what_follows_from_it_is_done_once_it_was_told() -> (
    None
):
    stage = urgent(NEWS.replace("welcome: {subject", MUST).replace("fields:", f"fields:\n  {TOLD}"))
    with pytest.raises(Refusal, match="must be told"):
        stage._do(happened.TaskCompleted(draft(stage), "not_sent", "clerk", {"reason": "no time"}))
    assert stage.case is not None and "told" not in stage.case.values
    stage._do(happened.TaskCompleted(draft(stage), "sent", "clerk"))
    assert stage.case.values["told"] is True


def test_it_is_put_away_like_any_other_once_the_case_can_wait() -> None:
    news = NEWS.replace("welcome: {subject", MUST).replace("fields:", f"fields:\n  {TOLD}")
    stage = urgent(news.replace("task: {role: clerk}", "task: {role: clerk, form: {optional: [fault]}}"))
    stage.lines(("clerk completes look", {"fault": None}))
    stage._do(happened.TaskCompleted(draft(stage), "not_sent", "clerk"))
    assert stage.case is not None and stage.case.tasks == () and "told" not in stage.case.values


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
