"""What a customer who complains is promised, and by whom: a new date before the old one has passed, nothing by the person
whom the complaint is about, and the truth about a unit that was replaced meanwhile."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from engine.kept import FROM_A_CASE
from engine.refusals import FormRefusal, Refusal
from tests.journeys.a_desk import ADesk

RECORDED: dict[str, Any] = {
    "complaint_text": "nobody called back", "channel": "phone", "wish": "apology", "not_order_related": True,
    "occurred_at": "2026-03-01T09:00:00+00:00", "solve_by": "2026-03-04T09:00:00+00:00",
}  # fmt: skip
ACCEPTED: dict[str, Any] = {
    "severity": "minor",
    "repeated": False,
    "department": "service",
    "handler": "service_supervisor",
}
FOUND: dict[str, Any] = {
    "cause": "forgotten", "cause_code": "planning", "action_taken": "a reminder", "remedy": "explain", "opinion": "we are sorry",
}  # fmt: skip
CALLED: dict[str, Any] = {"solved": True, "satisfaction": 5}


def _recorded(desk: ADesk, by: str = "sales", **more: Any) -> str:
    return desk.start("complaint", by, customer="C-1", **{"complaint_type": "service"} | RECORDED | more).case


def _accepted(desk: ADesk, by: str = "sales", **more: Any) -> str:
    case = _recorded(desk, by, **more)
    desk.press(case, "assessment", "accepted", "complaint_officer", **ACCEPTED)
    return case


def _mails_to(desk: ADesk, address: str) -> list[str]:
    mails = desk.house.store.read(lambda screens: screens.mails()).rows
    return [mail.body for mail in mails if mail.to == address]


def test_what_takes_longer_is_told_with_a_new_date_and_the_reason_before_the_old_date_has_passed(desk: ADesk) -> None:
    case = _accepted(desk)
    desk.pass_time(hours=49)
    reminded = [row for row in desk.history(case) if row.kind == "rang" and row.step == ""]
    assert {told["whom"] for row in reminded for told in row.details.get("reminded", ())} == {"owner", "assignee"}

    desk.press(case, "investigation", "takes_longer", "service_supervisor")
    why = "we ask everybody who was on duty"
    with pytest.raises(FormRefusal) as refused:
        desk.press(case, "say_by_when", "entered", "service_supervisor", new_answer_by="2026-03-01", why_late=why)
    assert set(refused.value.fields) == {"new_answer_by"}
    with pytest.raises(Refusal) as earlier:
        desk.press(case, "say_by_when", "entered", "service_supervisor", new_answer_by="2026-03-05", why_late=why)
    assert earlier.value.text.en == "The new date lies after the one promised so far."
    desk.press(case, "say_by_when", "entered", "service_supervisor", new_answer_by="2026-03-10", why_late=why)
    assert _mails_to(desk, "li@acme.example") == []

    desk.press(case, "interim_answer", "sent", "sales")
    (body,) = _mails_to(desk, "li@acme.example")
    assert "5 March 2026" in body and "10 March 2026" in body and why in body
    told = desk.case(case)
    assert (told.values["answer_by"], told.values["promised_anew"]) == ("2026-03-10", "2026-03-10")
    assert (told.leaves, told.paused) == (("investigation",), False)
    assert dt.datetime.fromisoformat(told.values["solve_by"]).date().isoformat() == "2026-03-10"


def test_who_is_complained_about_records_it_and_somebody_else_answers_for_it_from_then_on(desk: ADesk) -> None:
    case = _recorded(desk, complaint_type="person", about_person="sales")
    assert desk.case(case).owner == "complaint_officer"
    assert any("涉及sales" in str(row.details.get("noted")) for row in desk.history(case))
    with pytest.raises(Refusal) as refused:
        desk.house.desk.change_owner(case, "sales", "complaint_officer", "it was theirs")
    assert refused.value.text.en == "This case is about sales, so somebody else answers for it."

    desk.house.desk.change_owner(case, "service_agent", "complaint_officer", "they know the customer")
    desk.press(case, "assessment", "accepted", "complaint_officer", **ACCEPTED)
    (draft,) = [task for task in desk.case(case).tasks if task.mail]
    assert (draft.assignee, draft.excluded) == ("service_agent", ("sales",))
    with pytest.raises(Refusal):
        desk.house.desk.complete_task(draft.id, "sent", {}, "sales", mail=draft.mail)

    desk.press(case, "investigation", "found", "service_supervisor", **FOUND)
    answer = desk.work(case, "answer")
    assert (answer.assignee, answer.excluded) == ("service_agent", ("sales", "service_supervisor"))
    desk.press(case, "answer", "sent", "service_agent")
    desk.press(case, "call_customer", "reached", "service_agent_2", **CALLED)
    assert desk.case(case).ended == "closed"
    assert not {row.by for row in desk.history(case) if row.kind == "completed"} & {"sales"}


def test_an_owner_found_to_be_complained_about_gives_the_complaint_and_its_drafts_away(desk: ADesk) -> None:
    case = _accepted(desk)
    desk.press(
        case, "investigation", "hand_over", "service_supervisor", why_not_mine="it was the salesperson who forgot"
    )
    assert desk.case(case).owner == "sales"
    told = dict(ACCEPTED, handler="service_supervisor_2", hand_over_note="ask the customer", about_person="sales")
    told.pop("severity"), told.pop("repeated")
    desk.press(case, "hand_over", "done", "complaint_officer_2", **told)
    (draft,) = [task for task in desk.case(case).tasks if task.mail]
    assert (desk.case(case).owner, draft.assignee) == ("complaint_officer", "complaint_officer")


def test_when_the_owner_leaves_the_complaint_does_not_fall_to_whom_it_is_about(desk: ADesk) -> None:
    case = _recorded(desk, about_person="complaint_officer")
    desk.press(case, "assessment", "accepted", "complaint_officer_2", **ACCEPTED)
    desk.house.accounts.change("sales", by="admin", active=False)
    desk.house.desk.give_back_tasks_of("sales", "admin")
    told = desk.case(case)
    assert told.owner == "complaint_officer_2"
    assert {task.assignee for task in told.tasks if task.kind == "draft"} <= {None, "complaint_officer_2"}


@pytest.mark.parametrize("about", ["service_agent_2", "complaint_officer", "service_supervisor"])
def test_whom_it_is_about_gets_none_of_its_tasks_by_any_way(desk: ADesk, about: str) -> None:
    case = _recorded(desk, "service_agent", complaint_type="person", about_person=about)
    officer, handler, caller = ("complaint_officer_2", "service_supervisor_2", "service_agent_3")
    path = [
        ("assessment", "accepted", officer, ACCEPTED | {"handler": handler}),
        ("investigation", "found", handler, FOUND),
        ("answer", "sent", "service_agent", {}),
        ("call_customer", "reached", caller, CALLED),
    ]
    people = desk.house.desk
    for step, outcome, by, values in path:
        task = desk.work(case, step)
        assert about in task.excluded
        for attempt in (
            lambda task=task: people.claim_task(task.id, about),
            lambda task=task: people.reassign_task(task.id, about, "service_agent", "nobody else is here"),
            lambda task=task, o=outcome, v=values: people.complete_task(task.id, o, v, about, mail=task.mail),
        ):
            with pytest.raises(Refusal):
                attempt()
        desk.press(case, step, outcome, by, **values)
    assert desk.case(case).ended == "closed"


def test_who_takes_a_complaint_over_answers_it_from_then_on(desk: ADesk) -> None:
    case = _accepted(desk)
    desk.house.desk.change_owner(case, "sales_2", "complaint_officer", "sales is on a journey")
    desk.press(case, "investigation", "found", "service_supervisor", **FOUND)
    with pytest.raises(Refusal):
        desk.press(case, "answer", "sent", "sales")
    desk.press(case, "answer", "sent", "sales_2")
    assert desk.case(case).milestone == "answered"


def test_a_complaint_is_joined_only_to_one_that_there_is(desk: ADesk) -> None:
    first, second = _recorded(desk), _recorded(desk, "sales_2")
    desk.press(second, "assessment", "duplicate", "complaint_officer")
    with pytest.raises(FormRefusal) as refused:
        desk.press(second, "link_duplicate", "done", "complaint_officer", duplicate_of="CMP-1999-000001")
    assert set(refused.value.fields) == {"duplicate_of"}
    with pytest.raises(Refusal) as itself:
        desk.press(second, "link_duplicate", "done", "complaint_officer", duplicate_of=desk.case(second).number)
    assert itself.value.code == "rule"
    desk.press(second, "link_duplicate", "done", "complaint_officer", duplicate_of=desk.case(first).number.lower())
    assert desk.case(second).values["duplicate_of"] == desk.case(first).number
    assert desk.case(first).number in str(desk.work(second, "tell_merged").mail)


def test_a_complaint_about_a_unit_hears_which_one_took_its_place(desk: ADesk) -> None:
    case = _accepted(desk, sn="SN-1")
    swapped = {"old": "SN-1", "new": "SN-9"}
    with pytest.raises(Refusal, match="is told by the case it is about"):
        desk.house.desk.receive_event("u0", "unit.replaced", swapped, "partner")
    assert desk.house.desk.receive_event("u1", "unit.replaced", swapped, FROM_A_CASE).state == "taken"
    told = desk.case(case)
    assert (told.values["sn"], told.values["new_unit"], told.leaves) == ("SN-1", "SN-9", ("investigation",))
    assert told.records["new_unit"]["product"] == "Pump"


def test_a_danger_that_was_told_at_once_is_known_to_the_management_before_anybody_assesses_it(desk: ADesk) -> None:
    _recorded(desk, complaint_type="quality", severity="safety")
    mails = desk.house.store.read(lambda screens: screens.mails()).rows
    to = {mail.to for mail in mails if "Danger to people reported" in mail.subject}
    assert {"general_manager@example.com", "service_manager@example.com", "complaint_officer@example.com"} <= to
