"""A draft that waits beside the flow is put away when what it says holds no longer; what was confirmed stays sent."""

from __future__ import annotations

import datetime as dt

from engine.effects import WriteHistory
from tests.engine.stage import Stage

HEAD = "process: trial\nversion: 1\nlabel: Trial | 试验\ncalendar: office\n"
BODY = """
fields:
  customer: {type: record, of: customer, label: Customer | 客户}
start: {role: clerk, form: {ask: [customer]}}
steps:
  looking:
    label: Look | 查看
    on_enter: [{draft_mail: soon}, {draft_mail: soon}, {draft_mail: thanks}]
    task: {role: clerk, draft_mail: soon}
    due: 1 working day
    outcomes:
      sent: {do: [{withdraw_mail: soon}], next: closed}
      not_sent: {do: [{withdraw_mail: soon}], next: looking}
  closed: {end: success, label: Closed | 已结案}
mails:
  soon: {subject: Soon | 即将, body: It comes soon | 即将到货}
  thanks: {subject: Thanks | 感谢, body: Thank you | 谢谢}
"""
ACME = {"name": "ACME", "email": "a@example.com"}


def started() -> Stage:
    return Stage(BODY, HEAD, customer=ACME).lines("clerk starts")


def drafts(stage: Stage) -> list[str]:
    assert stage.case is not None
    return [task.about for task in stage.case.tasks if task.kind == "draft"]


def test_every_draft_of_that_mail_is_put_away_and_no_other() -> None:
    stage = started()
    assert drafts(stage) == ["soon", "soon", "thanks"]
    stage.play("clerk completes looking.sent", {})
    assert drafts(stage) == ["thanks"] and stage.seen.withdrawn == ["soon", "soon"]
    assert stage.seen.sent == ["soon"], "the mail that this task confirmed has left; only what waited was put away"


def test_a_new_visit_drafts_anew_what_the_last_one_withdrew() -> None:
    stage = started().lines("clerk completes looking.not_sent")
    assert drafts(stage) == ["thanks", "soon", "soon", "thanks"]


def test_what_was_confirmed_before_stays_sent() -> None:
    stage = started()
    confirmed = next(task for task in stage.case.tasks if task.kind == "draft") if stage.case else None
    assert confirmed is not None
    stage.play("clerk completes soon.sent", {})
    stage.play("clerk completes looking.sent", {})
    assert len(stage.seen.withdrawn) == 1


def test_the_history_of_the_move_says_what_was_withdrawn() -> None:
    stage = started()
    stage.effects.clear()
    stage.lines("clerk completes looking.sent")
    (told,) = [e for e in stage.effects if isinstance(e, WriteHistory)]
    assert told.details["outcome"] == "sent" and told.details["withdrawn"] == ["soon", "soon"]


def test_where_nothing_waits_nothing_is_told() -> None:
    stage = started()
    stage.lines("clerk completes soon.sent", "clerk completes soon.sent", "clerk completes looking.not_sent")
    assert stage.seen.withdrawn == []


def waits_for(body: str) -> list[dt.timedelta]:
    """How long each draft may wait, begun on a Monday at nine."""
    case = Stage(body, HEAD, customer=ACME).lines("clerk starts").case
    assert case is not None
    return [task.due_at - task.opened_at for task in case.tasks if task.kind == "draft" and task.due_at]


def test_a_draft_waits_as_long_as_its_mail_says_else_half_a_day_and_an_hour_where_it_is_urgent() -> None:
    hour, half_a_day, quick = dt.timedelta(hours=1), dt.timedelta(hours=4), dt.timedelta(minutes=30)
    assert waits_for(BODY) == [half_a_day, half_a_day, half_a_day]
    said = BODY.replace("thanks: {subject", "thanks: {due: 30 minutes, subject")
    assert waits_for(said) == [half_a_day, half_a_day, quick]
    assert waits_for(f"urgent_when: customer is set\n{said}") == [hour, hour, quick]
