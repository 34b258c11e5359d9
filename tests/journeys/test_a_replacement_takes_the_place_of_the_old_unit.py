"""A unit that cannot be repaired is replaced: exactly one of the two lives on, with the warranty that was left."""

from __future__ import annotations

from typing import Any

from tests.journeys.a_desk import ADesk

JUDGED: dict[str, Any] = {
    "warranty": "covered", "liability": "company", "measure": "replace", "customer_share": "0", "basis": "burnt out",
}  # fmt: skip
PARCEL: dict[str, Any] = {"carrier": "SF", "tracking_no": "SF12345678", "shipped_on": "2026-03-05"}


def _unit(desk: ADesk, number: str) -> dict[str, Any]:
    record = desk.house.store.read(lambda screens: screens.record("serial_number", number))
    assert record is not None
    return dict(record.attributes)


def _replaced(desk: ADesk, *chosen: str) -> str:
    case = desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="burnt").case
    desk.press(case, "authorising", "authorised", "service_agent")
    desk.house.desk.receive_event("scan-1", "goods.scanned", {"sn": "SN-1"}, "gate")
    desk.press(case, "receiving", "registered", "warehouse", condition="intact", complete=True)
    desk.press(case, "reinspection", "passed", "quality_engineer", **JUDGED)
    for n, number in enumerate(chosen, 1):
        desk.press(case, "replacing", "done", "service_manager", new_unit=number, swap_reason="burnt out")
        verdict = "passed" if n == len(chosen) else "failed"
        desk.press(
            case, "final_test", verdict, "quality_engineer_2", test_kind="full", tested_unit=number, readings="-"
        )
    desk.press(case, "shipping", "done", "shipping_clerk", shipped_unit=chosen[-1], **PARCEL)
    assert desk.case(case).leaves == ("delivery",)
    return case


def test_the_old_unit_ends_as_the_new_one_begins(desk: ADesk) -> None:
    _replaced(desk, "SN-2")
    old, new = _unit(desk, "SN-1"), _unit(desk, "SN-2")
    assert (old["status"], new["status"]) == ("replaced", "active")
    assert new["customer"] == "C-1" and new["custody"] == "outbound"


def test_the_warranty_that_was_left_goes_with_the_new_unit_and_is_on_record(desk: ADesk) -> None:
    desk.add("serial_number", "SN-3", customer=None, product="Pump", warranty_until=None)
    _replaced(desk, "SN-3")
    assert _unit(desk, "SN-3")["warranty_until"] == "2027-01-01"
    changes = desk.house.store.read(lambda screens: screens.warranty_changes("SN-3"))
    assert changes[-1].new == "2027-01-01"


def test_a_replacement_that_fails_its_test_is_not_the_customers(desk: ADesk) -> None:
    desk.add("serial_number", "SN-3", customer=None, product="Pump", status="stock")
    _replaced(desk, "SN-3", "SN-2")
    assert _unit(desk, "SN-3").get("customer") is None
    assert _unit(desk, "SN-3")["status"] == "stock"
