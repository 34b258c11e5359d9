"""A factory return in the fewest words: what people enter at each of its steps, and the way to a step."""

from __future__ import annotations

from typing import Any

from tests.journeys.a_desk import ADesk

AUTHORISED: dict[str, Any] = {"symptom": "no_power", "wish": "repair"}
RECEIVED: dict[str, Any] = {
    "condition": ["intact"], "sn_found": "SN-1", "damage_seen": ["none_seen"], "complete": True,
}  # fmt: skip
JUDGED: dict[str, Any] = {
    "fault_confirmed": "confirmed", "warranty": "covered", "liability": "manufacturing", "measure": "repair",
    "cost_total": "0", "customer_share": "0", "unit_value": "900", "basis": "worn seal",
}  # fmt: skip
REPAIRED: dict[str, Any] = {
    "fault": "no_power", "object_part": "power_supply", "cause_code": "material", "remedy_code": "adjusted",
    "labour_hours": 1, "labour_cost": "60", "unit_value": "900", "work_done": "new fuse", "self_test": "pass",
}  # fmt: skip
PARCEL: dict[str, Any] = {
    "ship_address": "Suzhou", "carrier": "SF", "tracking_no": "SF12345678", "shipped_on": "2026-03-02",
}  # fmt: skip

ARRIVED: dict[str, Any] = {
    "arrived_on": "2026-03-02", "on_time": True, "right_place": True, "receiver": "Ms Li", "packaging": "intact",
    "goods": "fine",
}  # fmt: skip
CALL: dict[str, Any] = {"solved": True, "satisfaction": 5}


def as_judged(measure: str, **more: Any) -> dict[str, Any]:
    """The judgement that costs the customer nothing."""
    return {**JUDGED, "measure": measure, **more}


def as_tested(unit: str = "SN-1", kind: str = "full", **more: Any) -> dict[str, Any]:
    """The outgoing test of a unit with everything in order."""
    rows = [{"row": row, "ok": True} for row in ("plate", "fault", "screws", "packing")]
    readings = [{"item": "Current", "min": 1, "max": 2, "value": 1.5, "ok": True}]
    return {
        "test_kind": kind, "test_plan": "FT-3 v2", "tested_unit": unit, "readings": readings, "checklist": rows,
        "appearance": "fine", "safety_test": "pass", "accessories_back": True, **more,
    }  # fmt: skip


def as_shipped(unit: str = "SN-1", **more: Any) -> dict[str, Any]:
    """The shipping form of the parcel with that unit."""
    return {"shipped_unit": unit, **PARCEL, **more}


def received(desk: ADesk, unit: str = "SN-1") -> str:
    """A return whose unit lies in the factory."""
    case = desk.start("factory_return", "service_agent", sn=unit, complaint_text="no power").case
    arrives(desk, case, unit)
    return case


def arrives(desk: ADesk, case: str, unit: str = "SN-1") -> None:
    """An open return is authorised, and its unit arrives."""
    desk.press(case, "authorising", "authorised", "service_agent", **AUTHORISED)
    assert desk.house.desk.receive_event(f"scan-{case}", "goods.scanned", {"sn": unit}, "gate").state == "taken"
    desk.press(case, "receiving", "registered", "warehouse", **{**RECEIVED, "sn_found": unit})


def repaired(desk: ADesk) -> str:
    """A return that waits for its outgoing test."""
    case = received(desk)
    desk.press(case, "reinspection", "passed", "quality_engineer", **JUDGED)
    desk.press(case, "repair", "repaired", "workshop", **REPAIRED)
    return case


def in_delivery(desk: ADesk) -> str:
    """A return whose unit is on its way back, judged and tested."""
    case = repaired(desk)
    desk.press(case, "final_test", "passed", "quality_engineer", **as_tested())
    desk.press(case, "shipping", "shipped", "shipping_clerk", **as_shipped())
    assert desk.case(case).leaves == ("delivery",)
    return case


def delivered(desk: ADesk, parcel: str, number: str = "SF12345678") -> None:
    """The carrier and the customer say so, and every checkpoint has its time or a reason."""
    told = {"tracking_no": number, "time": desk.clock.now().isoformat()}
    desk.house.desk.receive_event(f"d-{parcel}", "parcel.delivered", told, "carrier")
    confirmed(desk, parcel)


def confirmed(desk: ADesk, parcel: str) -> None:
    """The customer says how it arrived; what no carrier scanned has its reason."""
    by = desk.work(parcel, "confirm_arrival").assignee or "sales"
    desk.press(
        parcel, "confirm_arrival", "reached", by, **ARRIVED | {"arrived_on": desk.clock.now().date().isoformat()}
    )
    if desk.case(parcel).leaves == ("check_points",):
        rows = [
            dict(row) if row.get("occurred_at") or row.get("waived") else {**row, "waived": "no_scan"}
            for row in desk.case(parcel).values["checkpoints"]
        ]
        desk.press(parcel, "check_points", "done", by, checkpoints=rows)


def ended(desk: ADesk, case: str, number: str = "SF12345678") -> None:
    """The parcel of a return has arrived and the customer was called."""
    (parcel,) = desk.case(case).open_children
    delivered(desk, parcel, number)
    desk.press(case, "call_customer", "reached", "service_agent", **CALL)
    assert desk.case(case).ended == "returned"
