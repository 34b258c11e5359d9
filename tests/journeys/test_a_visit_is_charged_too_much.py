"""A visit out of warranty: nothing chargeable before an accepted quotation, nothing above it, and what the customer says
about the charge becomes a complaint that the technician has no part in."""

from __future__ import annotations

from typing import Any

import pytest

from engine.refusals import Refusal
from tests.journeys.a_desk import ADesk

PROOF = {"id": "f1", "name": "mail.pdf", "size": 3, "type": "application/pdf"}
VISIT: dict[str, Any] = {
    "sn_seen": "SN-1", "fault": "mechanic", "cause": "wear", "work_done": "new bearing", "signed": False,
    "no_signature": "nobody there",
}  # fmt: skip


def _quoted(desk: ADesk) -> str:
    values = {"sn": "SN-1", "complaint_text": "noise", "urgency": "impaired"}
    case = desk.start("onsite_repair", "service_agent", **values).case
    desk.press(case, "triage", "visit", "tech_support", coverage="chargeable")
    desk.press(case, "prepare_quote", "done", "service_agent", quote_text="new bearing", quote_amount="450")
    desk.press(case, "send_quote", "sent", "service_agent")
    return case


def _on_site(desk: ADesk) -> str:
    case = _quoted(desk)
    assert desk.house.desk.receive_event("q1", "quote.accepted", {"sn": "SN-1"}, "mailbox").state == "taken"
    desk.press(case, "record_acceptance", "accepted", "service_agent", accepted_by="Ms Li", quote_proof=[PROOF])
    chosen = {"address": "Suzhou", "technician": "technician", "parts_needed": False}
    desk.press(case, "dispatching", "done", "dispatcher", **chosen)
    desk.press(case, "accepting", "accepted", "technician")
    desk.press(case, "agree_date", "done", "service_agent", visit_at="2026-03-04T10:00:00+08:00")
    return case


def test_nobody_sends_a_technician_before_the_quotation_is_accepted(desk: ADesk) -> None:
    case = _quoted(desk)
    assert desk.case(case).paused
    with pytest.raises(Refusal) as refused:
        desk.house.desk.move_case(case, "visit", "service_manager", "the customer is in a hurry")
    assert refused.value.code == "rule"


def test_a_higher_charge_than_quoted_is_refused_with_the_reason(desk: ADesk) -> None:
    case = _on_site(desk)
    with pytest.raises(Refusal) as refused:
        desk.press(case, "visit", "repaired", "technician", charged="600", **VISIT)
    assert refused.value.text.en == "More was charged than quoted."
    assert desk.case(case).leaves == ("visit",)


def test_an_unagreed_charge_becomes_a_complaint_of_the_person_who_heard_of_it(desk: ADesk) -> None:
    case = _on_site(desk)
    desk.press(case, "visit", "repaired", "technician", charged="450", **VISIT)
    desk.press(case, "call_customer", "reached", "service_agent_2", solved=True, satisfaction=3, overcharged=True)
    assert desk.case(case).ended == "repaired"

    _, children = desk.house.store.read(lambda screens: screens.family(case))
    (complaint,) = [desk.case(row.id) for row in children]
    assert (complaint.process, complaint.starter) == ("complaint", "service_agent_2")
    assert complaint.values["complaint_type"] == "person"
