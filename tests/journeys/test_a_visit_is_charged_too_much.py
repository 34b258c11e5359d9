"""A visit out of warranty: nothing chargeable before an accepted quotation, exactly that is charged, and what the customer
says about the charge becomes a complaint about the technician, who has no part in handling it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from engine.authority import viewer_of
from engine.people import Person
from engine.refusals import FormRefusal, Refusal
from tests.journeys.a_desk import ADesk

PROOF = {"id": "f1", "name": "mail.pdf", "size": 3, "type": "application/pdf"}
LINES = [
    {"kind": "labour", "what": "two hours", "quantity": 2, "amount": "300"},
    {"kind": "part", "what": "bearing", "quantity": 1, "amount": "150"},
]
ASSESSED: dict[str, Any] = {"symptom": "noise", "urgency": "impaired"}
VISIT: dict[str, Any] = {
    "left_at": "2026-03-02T09:00:00+08:00", "found": "fault_confirmed", "fault": "noise", "object_part": "mechanics",
    "cause": "wear", "treatment": ["replace_part"], "work_done": "new bearing", "test_result": "pass", "parts_used": [{"part": "bearing", "quantity": 1}],
    "safety_risk": False, "paid_to": "company", "signed": False, "no_signature": "nobody there",
}  # fmt: skip
CHARGED: dict[str, Any] = {
    "overcharged": True, "overcharged_amount": "200", "overcharged_what": "in cash for the way, by the technician",
    "came_on_time": True,
}  # fmt: skip
CHOSEN: dict[str, Any] = {
    "address": "Suzhou", "site_contact": "Mr Wu", "site_phone": "+86 21 5555 0100", "technician": "technician",
    "parts_needed": False,
}  # fmt: skip


def _asked(desk: ADesk, sn: str = "SN-1") -> str:
    return desk.start("onsite_repair", "service_agent", sn=sn, complaint_text="noise", urgency="impaired").case


def _quoted(desk: ADesk) -> str:
    case = _asked(desk)
    chargeable = {"coverage": "chargeable", "coverage_reason": "a wear part"}
    desk.press(case, "triage", "visit", "tech_support", **ASSESSED, **chargeable)
    desk.press(case, "prepare_quote", "done", "service_agent", quote_lines=LINES, quote_valid_until="2026-03-17")
    desk.press(case, "send_quote", "sent", "service_agent")
    return case


def _sent_out(desk: ADesk, case: str) -> None:
    desk.press(case, "dispatching", "done", "dispatcher", **CHOSEN)
    desk.press(case, "accepting", "accepted", "technician")
    desk.press(case, "agree_date", "done", "service_agent", visit_at="2026-03-04T10:00:00+08:00")
    desk.press(case, "scheduled", "set_out", "technician")


def _on_site(desk: ADesk) -> str:
    case = _quoted(desk)
    assert desk.house.desk.receive_event("q1", "quote.accepted", {"sn": "SN-1"}, "mailbox").state == "taken"
    accepted = {"accepted_by": "Ms Li", "accepted_on": "2026-03-02", "quote_proof": [PROOF]}
    desk.press(case, "record_acceptance", "accepted", "service_agent", **accepted)
    _sent_out(desk, case)
    desk.press(case, "on_the_way", "arrived", "technician", sn_seen="SN-1")
    return case


def test_the_total_of_a_quotation_is_the_sum_of_its_lines(desk: ADesk) -> None:
    assert desk.case(_quoted(desk)).values["quote_amount"] == "450.00"


def test_nobody_sends_a_technician_before_the_quotation_is_accepted(desk: ADesk) -> None:
    case = _quoted(desk)
    assert desk.case(case).paused
    with pytest.raises(Refusal) as refused:
        desk.house.desk.move_case(case, "visit", "service_manager", "the customer is in a hurry")
    assert refused.value.code == "rule"


@pytest.mark.parametrize(
    ("charged", "why"),
    [
        ("600", "More was charged than quoted."),
        ("400", "What was agreed is charged, no more and no less - a lower price is a new quotation."),
    ],
)
def test_another_charge_than_quoted_is_refused_with_the_reason(desk: ADesk, charged: str, why: str) -> None:
    case = _on_site(desk)
    with pytest.raises(Refusal) as refused:
        desk.press(case, "visit", "repaired", "technician", charged=charged, **VISIT)
    assert refused.value.text.en == why
    assert desk.case(case).leaves == ("visit",)


def test_an_unagreed_charge_becomes_a_complaint_about_the_technician(desk: ADesk) -> None:
    case = _on_site(desk)
    desk.press(case, "visit", "repaired", "technician", charged="450", **VISIT)
    desk.press(case, "check_report", "complete", "dispatcher")
    desk.press(case, "signature_call", "done", "service_supervisor", call_result="was in a meeting")
    desk.press(case, "call_customer", "reached", "service_agent_2", solved=True, satisfaction=3, **CHARGED)
    assert desk.case(case).ended == "repaired"

    _, children = desk.house.store.read(lambda screens: screens.family(case))
    (complaint,) = [desk.case(row.id) for row in children]
    assert (complaint.process, complaint.starter) == ("complaint", "service_agent_2")
    assert (complaint.values["complaint_type"], complaint.values["about_person"]) == ("person", "technician")
    assert complaint.values["complaint_text"] == CHARGED["overcharged_what"]
    assert complaint.values["disputed_amount"] == "200.00"


def test_whoever_calls_after_a_visit_asks_whether_more_was_charged_and_after_a_call_nobody_does(desk: ADesk) -> None:
    case = _on_site(desk)
    desk.press(case, "visit", "repaired", "technician", charged="450", **VISIT)
    desk.press(case, "check_report", "complete", "dispatcher")
    desk.press(case, "signature_call", "done", "service_supervisor", call_result="was in a meeting")
    with pytest.raises(FormRefusal) as refused:
        desk.press(case, "call_customer", "reached", "service_agent_2", solved=True, satisfaction=3)
    assert set(refused.value.fields) == {"overcharged", "came_on_time"}

    solved = _asked(desk, "SN-2")
    desk.press(solved, "triage", "solved_by_phone", "tech_support", **ASSESSED, coverage="covered")
    desk.press(solved, "call_customer", "reached", "service_agent", solved=True, satisfaction=5)
    assert desk.case(solved).ended == "repaired"


def test_how_a_request_came_in_is_kept_with_the_visit(desk: ADesk) -> None:
    asked = {"complaint_text": "noise", "urgency": "impaired"}
    told = desk.start("onsite_repair", "service_agent", sn="SN-1", channel="wechat", **asked).case
    assert desk.case(told).values["channel"] == "wechat"
    assert desk.case(_asked(desk, "SN-2")).values["channel"] == "phone"


def test_a_date_is_not_chased_while_parts_are_on_order(desk: ADesk) -> None:
    case = _asked(desk)
    desk.press(case, "triage", "visit", "tech_support", **ASSESSED, coverage="covered")
    desk.press(case, "dispatching", "done", "dispatcher", **CHOSEN | {"parts_needed": True, "parts_list": "spindle"})
    desk.press(case, "accepting", "accepted", "technician")
    desk.press(case, "provide_parts", "ordered", "warehouse", parts_expected_on="2026-03-09")
    assert desk.work(case, "agree_date").due_at is None
    desk.pass_time(days=10)
    assert not [task for task in desk.case(case).tasks if task.kind == "escalation" and task.step == "agree_date"]
    assert desk.house.desk.receive_event("p1", "parts.ready", {"sn": "SN-1"}, "store").state == "taken"
    due = desk.work(case, "agree_date").due_at
    assert due is not None and due > desk.clock.now()
    desk.pass_time(days=2)
    assert [task for task in desk.case(case).tasks if task.kind == "escalation" and task.step == "agree_date"]


def test_another_unit_on_site_is_judged_by_its_own_warranty_before_any_work(desk: ADesk) -> None:
    desk.add("serial_number", "SN-8", customer="C-1", product="Pump", warranty_until="2024-01-31")
    case = _asked(desk)
    desk.press(case, "triage", "visit", "tech_support", **ASSESSED, coverage="covered")
    _sent_out(desk, case)
    desk.press(case, "on_the_way", "arrived", "technician", sn_seen="SN-8")
    assert desk.case(case).leaves == ("check_unit",)

    with pytest.raises(Refusal):
        desk.press(case, "check_unit", "done", "tech_support", sn="SN-8", coverage="covered")
    desk.press(case, "check_unit", "done", "tech_support", sn="SN-8", coverage="chargeable")
    assert desk.case(case).leaves == ("prepare_quote",)
    assert desk.case(case).values["sn"] == "SN-8"


def test_the_same_fault_within_a_month_is_known_as_such(desk: ADesk) -> None:
    first = _asked(desk)
    desk.press(first, "triage", "solved_by_phone", "tech_support", **ASSESSED, coverage="covered")
    desk.press(first, "call_customer", "reached", "service_agent", solved=True, satisfaction=5)
    again = _asked(desk)
    desk.press(again, "triage", "visit", "tech_support", **ASSESSED, coverage="covered")
    earlier = desk.case(again).earlier
    assert earlier is not None and earlier["number"] == desk.case(first).number


def test_a_customer_who_is_not_there_is_visited_three_times_and_then_asked(desk: ADesk) -> None:
    case = _asked(desk)
    desk.press(case, "triage", "visit", "tech_support", **ASSESSED, coverage="covered")
    _sent_out(desk, case)
    with pytest.raises(Refusal) as early:
        desk.press(case, "on_the_way", "nobody_there", "technician")
    assert early.value.text.en.startswith("Nobody is absent before the appointment (4 March 2026, 10:00)")
    for n in range(3):
        desk.clock.advance(dt.timedelta(hours=49 if n == 0 else 24))
        desk.press(case, "on_the_way", "nobody_there", "technician")
        desk.press(
            case, "absent", "done", "technician", absence_photo=[PROOF | {"name": "gate.jpg", "type": "image/jpeg"}]
        )
        if n < 2:
            desk.press(case, "rebook", "rebooked", "service_agent", visit_at=f"2026-03-0{5 + n}T10:00:00+08:00")
            desk.press(case, "scheduled", "set_out", "technician")
    assert [row["channel"] for row in desk.case(case).values["contact_attempts"]] == ["visit"] * 3
    desk.press(case, "before_giving_up", "end_it", "service_supervisor", why_given_up="nobody is ever there")
    assert desk.case(case).leaves == ("unrepaired_call/call_customer",)


def test_the_technician_is_written_where_to_go_and_the_dispatcher_sees_what_else_is_open(desk: ADesk) -> None:
    complaint = {"customer": "C-1", "sn": "SN-1", "complaint_type": "quality", "complaint_text": "it leaks again"}
    other = desk.start("complaint", "sales", **complaint).case
    case = _asked(desk)
    desk.press(case, "triage", "visit", "tech_support", **ASSESSED, coverage="covered")
    definitions, store = desk.house.definitions, desk.house.store
    newest = store.read(lambda screens: list(definitions.newest(screens)))
    viewer = viewer_of(Person("dispatcher", "Dispatcher", frozenset({"dispatcher"})), newest)
    about = [("serial_number", str(desk.case(case).values["sn"]))]
    beside = store.read(lambda screens: screens.open_beside(viewer, case, about, 6))
    assert [row.id for _, row in beside] == [other]

    desk.press(case, "dispatching", "done", "dispatcher", **CHOSEN)
    desk.pass_time(minutes=1)
    mails = desk.house.store.read(lambda screens: screens.mails(case_id=case)).rows
    (order,) = [mail for mail in mails if "Dispatch order" in mail.subject or "派工单" in mail.subject]
    assert order.kind == "staff"
    assert all(word in order.body for word in ("Suzhou", "Mr Wu", "+86 21 5555 0100", "SN-1", "noise"))
