"""A question is answered at once, by an expert and a mail that somebody read, or goes on as another case with its own day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from engine.refusals import Refusal
from engine.screens import Page
from tests.journeys.a_desk import ADesk

ASKED: dict[str, Any] = {"customer": "C-1", "channel": "email", "topic": "data_sheet", "product": "Pump"}


def asked(desk: ADesk, inquiry: str, **more: Any) -> str:
    return desk.start("consultation", "service_agent", **{**ASKED, "inquiry": inquiry, **more}).case


def test_what_an_expert_says_leaves_only_after_somebody_read_it(desk: ADesk) -> None:
    case = asked(desk, "which oil")
    desk.press(case, "answering", "forward", "service_agent", expert="tech_support")
    with pytest.raises(Refusal):
        desk.house.desk.move_case(case, "closed", "service_manager", "answered by telephone I think")
    desk.press(case, "forwarded", "answered", "tech_support", answer="ISO 100")
    assert desk.case(case).milestone == "recorded"
    desk.press(case, "draft_answer", "sent", "service_agent")
    assert desk.case(case).ended == "closed"
    (mail,) = desk.house.store.read(lambda screens: screens.mails(case_id=case)).rows
    assert "ISO 100" in mail.body


def test_the_next_one_on_the_topic_sees_the_answer_and_the_entry(desk: ADesk) -> None:
    first = asked(desk, "which oil")
    answer: dict[str, Any] = {"answer": "ISO 100", "source": "own", "qa_candidate": True}
    desk.press(first, "answering", "answered_live", "service_agent", **answer)
    desk.press(first, "write_entry", "written", "service_manager", qa_entry="QA-7")
    desk.add("customer", "C-2", name="Bolt", contact="Mr Wu")
    second = asked(desk, "what oil do I take", customer="C-2")
    known = desk.case(second)
    assert known.values["qa_entry"] == "QA-7"
    assert known.earlier is not None and known.earlier["number"] == desk.case(first).number


def test_who_asks_about_the_same_again_is_called_by_somebody_else(desk: ADesk) -> None:
    for inquiry in ("which oil", "which oil again"):
        case = asked(desk, inquiry)
        desk.press(case, "answering", "answered_live", "service_agent", answer="ISO 100", source="own")
    assert desk.case(case).leaves == ("follow_up/call_customer",)
    with pytest.raises(Refusal):
        desk.press(case, "call_customer", "reached", "service_agent", solved=True, satisfaction=5)
    desk.press(case, "call_customer", "reached", "service_agent_2", solved=True, satisfaction=5)
    assert desk.case(case).ended == "closed"


@pytest.mark.parametrize(
    ("button", "process", "words"),
    [
        ("complaint", "complaint", "complaint_text"),
        ("visit", "onsite_repair", "complaint_text"),
        ("remote", "remote_help", "problem"),
    ],
)
def test_what_is_more_than_a_question_keeps_its_day(desk: ADesk, button: str, process: str, words: str) -> None:
    case = asked(desk, "it does not start", sn="SN-1", requested_on="2026-02-20")
    desk.press(case, "answering", button, "service_agent", sn="SN-1")
    assert desk.case(case).ended == "converted"
    (row,) = desk.house.store.read(lambda screens: screens.family(case))[1]
    child = desk.case(row.id)
    assert (child.process, child.values["requested_on"], child.values[words]) == (
        process,
        "2026-02-20",
        "it does not start",
    )


def measured(desk: ADesk, figure: str) -> list[float]:
    """What a figure of questions came to, the newest first."""
    now = desk.clock.now()
    period = (now - dt.timedelta(days=30), now + dt.timedelta(days=1))
    found = desk.house.store.read(lambda s: s.measured("consultation", figure, *period, per=None, page=Page()))
    return [row.value for row in found.rows]


def test_a_question_that_is_taken_up_again_is_measured_in_each_round_and_counted_once(desk: ADesk) -> None:
    live = {"answer": "ISO 100", "source": "own"}
    case = asked(desk, "which oil")
    desk.pass_time(hours=2)
    desk.press(case, "answering", "answered_live", "service_agent", **live)
    assert desk.case(case).ended == "closed"
    desk.pass_time(days=1)
    desk.house.desk.reopen_case(case, "sales", "the customer asks again")
    desk.press(case, "ask_on", "asked", "service_agent", asks_on="and in winter")
    desk.pass_time(days=2)
    desk.press(case, "answering", "answered_live", "service_agent", **live)
    assert (desk.case(case).ended, desk.case(case).round) == ("closed", 2)
    assert measured(desk, "answer_time") == [15 * 3600, 2 * 3600]  # two working days of seven and a half hours
    assert measured(desk, "in_time") == [0, 1]
    assert measured(desk, "by_topic") == [1]
