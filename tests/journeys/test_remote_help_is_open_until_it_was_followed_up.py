"""Remote help: solved by technical support, it still counts as open until somebody else has asked the customer."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from engine.refusals import Refusal
from engine.screen_rows import CaseRow
from engine.screens import Page, Viewer
from tests.journeys.a_desk import ADesk

PLAN: dict[str, Any] = {"symptom": "software", "plan": "read the log", "tool": "screen_share"}
DONE: dict[str, Any] = {
    "steps_done": "loaded the parameters", "advice": "keep a copy", "fault": "software", "object_part": "control",
    "cause": "environment", "remedy": ["software_update"], "duration_minutes": 25,
}  # fmt: skip
AGREED: dict[str, Any] = {"consent_by": "Ms Li", "consent_way": "spoken"}


def listed(desk: ADesk, state: str) -> list[CaseRow]:
    viewer = Viewer("service_agent", frozenset({"service_agent"}))
    read = desk.house.store.read
    return list(read(lambda s: s.cases(viewer, process="remote_help", state=state, text="", page=Page())).rows)


def helped(desk: ADesk) -> str:
    """A request that technical support has solved in a session."""
    case = desk.start("remote_help", "service_agent", customer="C-1", sn="SN-1", problem="error 5").case
    desk.press(case, "taking_over", "session", "tech_support", **PLAN)
    desk.press(case, "arranging", "at_once", "tech_support")
    desk.press(case, "meeting", "consented", "tech_support", **AGREED)
    desk.press(case, "session", "solved", "tech_support", **DONE)
    return case


def test_what_technical_support_has_solved_is_unprocessed_until_the_follow_up_is_stored(desk: ADesk) -> None:
    case = helped(desk)
    assert desk.case(case).milestone == "unprocessed"
    assert [row.id for row in listed(desk, "in_category:open")] == [case]
    assert listed(desk, "in_category:done") == []

    desk.press(case, "call_customer", "reached", "service_agent", solved=True, satisfaction=5)
    assert (desk.case(case).ended, desk.case(case).milestone) == ("closed", "processed")
    assert listed(desk, "in_category:open") == []
    assert [row.id for row in listed(desk, "closed")] == [case]


def test_it_is_neither_closed_by_hand_nor_followed_up_by_who_helped(desk: ADesk) -> None:
    case = helped(desk)
    with pytest.raises(Refusal) as moved:
        desk.house.desk.move_case(case, "closed", "service_manager", "it is solved")
    assert moved.value.code == "rule"
    with pytest.raises(Refusal):
        desk.press(case, "call_customer", "reached", "tech_support", solved=True, satisfaction=5)
    assert desk.case(case).is_open


def test_no_session_begins_without_consent_and_the_consent_has_a_name_and_a_time(desk: ADesk) -> None:
    case = desk.start("remote_help", "service_agent", customer="C-1", sn="SN-1", problem="error 5").case
    desk.press(case, "taking_over", "session", "tech_support", **PLAN)
    with pytest.raises(Refusal) as early:
        desk.house.desk.move_case(case, "session", "service_manager", "in a hurry")
    assert early.value.code == "rule"
    desk.press(case, "arranging", "at_once", "tech_support")
    with pytest.raises(Refusal) as nameless:
        desk.press(case, "meeting", "consented", "tech_support", consent_way="spoken")
    assert "consent_by" in nameless.value.codes
    desk.press(case, "meeting", "consented", "tech_support", **AGREED)
    values = desk.case(case).values
    assert values["consent"] is True and values["consent_by"] == "Ms Li"
    assert dt.datetime.fromisoformat(str(values["consent_at"])) == desk.clock.now()


def test_a_follow_up_that_is_forgotten_is_put_before_the_supervisor(desk: ADesk) -> None:
    case = helped(desk)
    desk.pass_time(days=2)
    assert any(task.kind == "escalation" and task.roles == ("service_supervisor",) for task in desk.case(case).tasks)
    assert desk.case(case).milestone == "unprocessed"


def test_what_cannot_be_solved_from_afar_becomes_a_visit_and_ends_with_it(desk: ADesk) -> None:
    case = desk.start("remote_help", "service_agent", customer="C-1", sn="SN-1", problem="it smokes").case
    desk.press(case, "taking_over", "not_remote", "tech_support", why_not_remote="a part is burnt")
    desk.press(case, "decide_way", "visit", "tech_support")
    (visit,) = desk.case(case).open_children
    assert desk.case(visit).values["complaint_text"] == "it smokes"
    assert desk.case(case).milestone == "unprocessed"
    desk.house.desk.cancel_case(visit, "service_supervisor", "the customer repaired it")
    assert desk.case(case).leaves == ("decide_way",)
