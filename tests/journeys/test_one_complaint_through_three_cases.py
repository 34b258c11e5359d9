"""A complaint that ends in a repair: the complaint waits for its return, the return for its parcel, and every one is
closed by a person who has spoken with the customer."""

from __future__ import annotations

from typing import Any

from tests.journeys.a_desk import ADesk
from tests.journeys.a_return import JUDGED, REPAIRED, arrives, as_shipped, as_tested

FOUND: dict[str, Any] = {
    "cause": "a seal leaks", "cause_code": "material", "action_taken": "stock checked", "remedy": "factory",
    "opinion": "please send it in",
}  # fmt: skip
ARRIVED: dict[str, Any] = {
    "arrived_on": "2026-03-02", "on_time": True, "right_place": True, "receiver": "Ms Li", "packaging": "intact",
    "goods": "fine",
}  # fmt: skip


RECORDED: dict[str, Any] = {
    "channel": "phone", "wish": "repair", "not_order_related": True, "solve_by": "2026-03-04T09:00:00+00:00",
    "occurred_at": "2026-03-01T09:00:00+00:00",
}  # fmt: skip


def _child(desk: ADesk, parent: str, process: str) -> str:
    open_children = desk.case(parent).open_children
    assert [desk.case(child).process for child in open_children] == [process]
    return open_children[0]


def _answered_with_a_return(desk: ADesk) -> tuple[str, str]:
    complaint = desk.start(
        "complaint", "sales", customer="C-1", sn="SN-1", complaint_type="quality", complaint_text="it leaks", **RECORDED
    ).case
    accepted = {"severity": "minor", "repeated": False, "department": "quality", "handler": "quality_engineer"}
    desk.press(complaint, "assessment", "accepted", "complaint_officer", **accepted)
    desk.press(complaint, "investigation", "found", "quality_engineer", **FOUND)
    desk.press(complaint, "answer", "sent", "sales")
    return complaint, _child(desk, complaint, "factory_return")


def _on_its_way_back(desk: ADesk, rma: str) -> str:
    arrives(desk, rma)
    desk.press(rma, "reinspection", "passed", "quality_engineer_2", **JUDGED)
    desk.press(rma, "repair", "repaired", "workshop", **REPAIRED)
    desk.press(rma, "final_test", "passed", "quality_engineer", **as_tested())
    desk.press(rma, "shipping", "shipped", "shipping_clerk", **as_shipped())
    return _child(desk, rma, "shipment_tracking")


def _carrier_says(desk: ADesk, event: str, n: int) -> None:
    values = {"tracking_no": "SF12345678", "place": "Suzhou", "time": f"2026-03-06T0{n}:00:00+00:00"}
    assert desk.house.desk.receive_event(f"e{n}", event, values, "carrier").state == "taken"


def test_from_the_complaint_to_the_last_call(desk: ADesk) -> None:
    complaint, rma = _answered_with_a_return(desk)
    assert desk.case(complaint).paused and desk.case(complaint).milestone == "solving"
    told, handed_on = desk.case(complaint), desk.case(rma).values
    assert handed_on["service_record"] == told.number
    assert handed_on["requested_on"] == told.values["requested_on"]

    tracking = _on_its_way_back(desk, rma)
    assert desk.case(rma).paused and desk.case(tracking).values["from_return"] is True

    _carrier_says(desk, "parcel.picked_up", 1)
    _carrier_says(desk, "parcel.delivered", 2)
    assert desk.case(tracking).leaves == ("confirm_arrival",)

    desk.press(tracking, "confirm_arrival", "reached", "sales", **ARRIVED)
    assert desk.case(tracking).ended == "delivered"

    desk.press(rma, "call_customer", "reached", "service_agent", solved=True, satisfaction=5)
    assert desk.case(rma).ended == "returned"

    desk.press(complaint, "call_customer", "reached", "service_agent", solved=True, satisfaction=4)
    assert desk.case(complaint).ended == "closed"


def test_a_parcel_lost_on_its_way_back_ends_nothing_by_itself(desk: ADesk) -> None:
    complaint, rma = _answered_with_a_return(desk)
    tracking = _on_its_way_back(desk, rma)
    _carrier_says(desk, "parcel.picked_up", 1)
    _carrier_says(desk, "parcel.lost", 2)
    desk.pass_time(days=40)
    assert desk.case(tracking).leaves == ("decide_lost",)

    desk.press(tracking, "decide_lost", "lost", "sales_manager")
    assert desk.case(rma).values["lost_one"] == desk.case(rma).values["shipped_unit"]  # heard before the claim is filed
    desk.press(tracking, "claim_for_return", "done", "shipping_clerk", claim_no="CL-1")
    assert desk.case(rma).values["claim_no"] == "CL-1"
    assert desk.case(tracking).ended == "lost" and desk.case(rma).leaves == ("lost_unit",)

    desk.press(rma, "lost_unit", "credit", "service_manager", transport_by="customer", decision_reason="goodwill")
    desk.press(rma, "agree_credit", "done", "service_supervisor", credit_amount="900")
    desk.press(rma, "approve_credit", "approved", "service_manager")
    assert desk.case(rma).leaves == ("crediting",)
    assert desk.case(complaint).is_open
