"""A unit that cannot be repaired is replaced: exactly one of the two lives on, with the warranty that was left."""

from __future__ import annotations

from typing import Any

from tests.journeys.a_desk import ADesk
from tests.journeys.a_return import as_judged, as_shipped, as_tested, received


def _unit(desk: ADesk, number: str) -> dict[str, Any]:
    record = desk.house.store.read(lambda screens: screens.record("serial_number", number))
    assert record is not None
    return dict(record.attributes)


def _replaced(desk: ADesk, *chosen: str) -> str:
    case = received(desk)
    desk.press(case, "reinspection", "passed", "quality_engineer", **as_judged("replace"))
    chosen_as = {"swap_reason": "burnt out", "old_unit_goes": "refurbish"}
    for n, number in enumerate(chosen, 1):
        desk.press(case, "replacing", "chosen", "service_manager", new_unit=number, **chosen_as)
        if n < len(chosen):
            desk.press(case, "final_test", "failed", "quality_engineer_2", failure="it leaks")
        else:
            desk.press(case, "final_test", "passed", "quality_engineer_2", **as_tested(number))
    desk.press(case, "shipping", "shipped", "shipping_clerk", **as_shipped(chosen[-1]))
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


def test_the_customer_reads_until_when_the_new_unit_is_under_warranty(desk: ADesk) -> None:
    desk.add("serial_number", "SN-3", customer=None, product="Pump", warranty_until=None)
    case = _replaced(desk, "SN-3")
    (notice,) = [task for task in desk.case(case).tasks if task.kind == "draft" and task.about == "replacement_notice"]
    assert notice.mail is not None and "1 January 2027" in notice.mail.body
