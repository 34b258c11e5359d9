"""What one shipped process hands to another is enough to begin with, and is understood there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.effects import StartCase
from tests.processes.shipped import shipped
from tests.processes.wandering import opened, walked

ORDERS = [
    ("shipment_tracking", "complaint", "raise_complaint"),
    ("onsite_repair", "complaint", "raise_complaint"),
    ("onsite_repair", "factory_return", "factory_return"),
    ("factory_return", "complaint", "raise_complaint"),
    ("factory_return", "shipment_tracking", "delivery"),
    ("factory_return", "shipment_tracking", "swap_delivery"),
    ("return_order", "factory_return", "lines"),
    ("consultation", "complaint", "to_complaint"),
    ("consultation", "onsite_repair", "to_visit"),
    ("consultation", "remote_help", "to_remote"),
    ("customer_care_item", "complaint", "raise_complaint"),
    ("remote_help", "onsite_repair", "onsite_repair"),
    ("remote_help", "factory_return", "factory_return"),
    ("return_order", "complaint", "raise_complaint"),
    ("complaint", "factory_return", "factory_return"),
    ("complaint", "onsite_repair", "onsite_repair"),
    ("purchase_follow_up", "complaint", "raise_complaint"),
    ("purchase_follow_up", "onsite_repair", "order_visit"),
]


@pytest.mark.parametrize(("parent", "child", "step"), ORDERS)
def test_a_case_that_another_orders_lacks_nothing(parent: str, child: str, step: str) -> None:
    for order in _orders(parent, child, step):
        case = opened(shipped(child), order)
        assert [task.about for task in case.tasks if task.kind == "record"] == []
        assert case.values["customer"] == "C-1"
        assert case.leaves


def test_a_repaired_unit_on_its_way_back_is_known_as_one_and_due_five_days_later() -> None:
    for order in _orders("factory_return", "shipment_tracking", "delivery"):
        case = opened(shipped("shipment_tracking"), order)
        assert case.values["from_return"] is True
        assert case.values["promised_on"] > case.values["shipped_on"]
        assert case.due_at is not None


@pytest.mark.parametrize("flag", ["yes", True])
def test_a_return_that_is_called_back_waits_for_its_unit_however_the_yes_is_written(flag: object) -> None:
    found = {"sn": "SN-1", "customer": "C-1", "complaint_text": "found again", "called_back": flag}
    order = StartCase("factory_return", found, "decide_found", 1, waits=False, by="ann", owner="ann")

    case = opened(shipped("factory_return"), order)

    assert case.values["called_back"] is True
    assert case.leaves == ("waiting_for_old_unit",)


def _orders(parent: str, child: str, step: str, at_least: int = 1) -> Iterator[StartCase]:
    found = 0
    for seed in range(120):
        for order in walked(parent, seed).ordered:
            if (order.process, order.step) == (child, step):
                found += 1
                yield order
        if found >= 3:
            break
    assert found >= at_least, f"no walk through {parent} came to {step}"
