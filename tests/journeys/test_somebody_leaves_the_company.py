"""Somebody leaves: what they held is before their colleagues again, and it is as late as it was."""

from __future__ import annotations

import datetime as dt

from engine.screens import Page
from tests.journeys.a_desk import ADesk


def test_tasks_go_to_the_role_and_lateness_stays(desk: ADesk) -> None:
    case = desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="no power").case
    task = next(task for task in desk.case(case).tasks if task.kind == "work")
    role, colleague = task.roles[0], f"{task.roles[0]}_2"
    desk.house.desk.claim_task(task.id, role)
    desk.clock.advance(dt.timedelta(days=3))
    timers = desk.case(case).timers
    assert desk.house.desk.give_back_tasks_of(role, "admin") == 0  # still at work

    desk.house.accounts.change(role, by="admin", active=False)

    assert desk.house.desk.give_back_tasks_of(role, "admin") == 1
    assert desk.house.desk.give_back_tasks_of(role, "admin") == 0
    now = next(each for each in desk.case(case).tasks if each.id == task.id)
    assert (now.assignee, now.roles, now.due_at) == (None, task.roles, task.due_at)
    assert desk.case(case).timers == timers
    assert desk.history(case)[-1].kind == "reassigned"
    assert desk.house.desk.claim_task(task.id, colleague).case == case


def test_the_figure_stays_with_whoever_was_late_and_not_with_who_took_over(desk: ADesk) -> None:
    asked = {"customer": "C-1", "channel": "email", "topic": "operation", "inquiry": "how to reset"}
    case = desk.start("consultation", "service_agent", **asked).case
    desk.pass_time(days=2)
    desk.house.desk.change_owner(case, "service_agent_2", "service_supervisor", "is leaving")
    desk.house.accounts.change("service_agent", by="admin", active=False)
    assert desk.house.desk.give_back_tasks_of("service_agent", "admin")
    desk.pass_time(days=2)
    desk.press(case, "answering", "answered_live", "service_agent_2", answer="hold the button", source="own")
    assert (desk.case(case).owner, desk.case(case).ended) == ("service_agent_2", "closed")
    period = (desk.clock.now() - dt.timedelta(days=9), desk.clock.now() + dt.timedelta(days=1))
    late = desk.house.store.read(lambda s: s.measured("consultation", "left_lying", *period, per=None, page=Page()))
    assert [(row.case, row.per, row.owner) for row in late.rows] == [(case, "service_agent", "service_agent_2")]
