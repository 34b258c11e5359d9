"""How the walks begin: returns near the shipping desk, a replacement on its way, two complaints about the same."""

from __future__ import annotations

from typing import Any

from tests.invariants.house import Premises
from tests.journeys.a_desk import ADesk
from tests.journeys.a_return import AUTHORISED, RECEIVED, REPAIRED, as_judged, as_shipped, as_tested

COMPLAINT: dict[str, Any] = {
    "customer": "C-1", "sn": "SN-9", "complaint_type": "service", "complaint_text": "nobody called back",
    "channel": "phone", "wish": "apology", "not_order_related": True,
}  # fmt: skip


def returned_unit(desk: ADesk, unit: str) -> str:
    """A return whose unit lies in the factory."""
    case = desk.start("factory_return", "service_agent", sn=unit, complaint_text="no power").case
    desk.press(case, "authorising", "authorised", "service_agent", **AUTHORISED)
    desk.house.desk.press_event(case, "goods.scanned", {}, "service_agent")
    desk.press(case, "receiving", "registered", "warehouse", **{**RECEIVED, "sn_found": unit})
    return case


def waiting_for_its_test(desk: ADesk, unit: str = "SN-1") -> str:
    """A repaired unit that nobody has tested yet."""
    case = returned_unit(desk, unit)
    desk.press(case, "reinspection", "passed", "quality_engineer", **as_judged("repair"))
    desk.press(case, "repair", "repaired", "workshop", **REPAIRED)
    return case


def replaced(desk: ADesk, unit: str = "SN-1", new: str = "NEW-1") -> str:
    """A unit that was replaced; the replacement is on its way."""
    case = returned_unit(desk, unit)
    desk.press(case, "reinspection", "passed", "quality_engineer", **as_judged("replace"))
    chosen = {"new_unit": new, "swap_reason": "burnt out", "old_unit_goes": "refurbish"}
    desk.press(case, "replacing", "chosen", "service_manager", **chosen)
    desk.press(case, "final_test", "passed", "quality_engineer_2", **as_tested(new))
    desk.press(case, "shipping", "shipped", "shipping_clerk", **as_shipped(new))
    return case


def two_complaints_about_the_same(desk: ADesk, unit: str = "SN-9") -> tuple[str, str]:
    """One that is investigated, and one that waits for its answer."""
    told = COMPLAINT | {"sn": unit, "solve_by": "2026-03-04T09:00:00+00:00", "occurred_at": "2026-03-01T09:00:00+00:00"}
    first, second = (desk.start("complaint", "sales", **told) for _ in range(2))
    accepted = {"severity": "minor", "repeated": False, "department": "service", "handler": "ann"}
    desk.press(first.case, "assessment", "accepted", "complaint_officer", **accepted)
    desk.press(second.case, "assessment", "duplicate", "complaint_officer")
    desk.press(second.case, "link_duplicate", "done", "complaint_officer", duplicate_of=first.number)
    desk.press(second.case, "tell_merged", "sent", "sales")
    return first.case, second.case


def answered(desk: ADesk, complaint: str) -> None:
    """Its answer has left the house, and the customer is called next."""
    found = {
        "cause": "forgotten", "cause_code": "planning", "action_taken": "a reminder", "remedy": "explain", "opinion": "sorry",
    }  # fmt: skip
    desk.press(complaint, "investigation", "found", "ann", **found)
    if "seen_before" in desk.case(complaint).leaves:
        as_before = {"standard_used": "Standard 7", "severity": "minor", "why_not_raised": "it is minor"}
        desk.press(complaint, "seen_before", "confirmed", "ann", **as_before)
    desk.press(complaint, "answer", "sent", "sales")


def begin(house: Premises) -> None:
    """What is in hand when the walk begins, and one complaint that was answered together with another."""
    joined, waiting = two_complaints_about_the_same(house.desk, "SN-1")
    answered(house.desk, joined)
    house.desk.press(waiting, "point_to_answer", "sent", "sales")  # the customer has it already
    waiting_for_its_test(house.desk, "SN-1")
    replaced(house.desk, "SN-2", "NEW-12")
    first, _ = two_complaints_about_the_same(house.desk)
    if house.dice.random() < 0.5:
        answered(house.desk, first)
    house.witness.look()
