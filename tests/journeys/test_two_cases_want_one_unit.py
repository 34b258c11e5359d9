"""Two cases swap units in a real database: each entitlement has one live unit, and every warranty move says why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.people import Person
from engine.refusals import Refusal
from tests.engine.stage import SHARED, SITE
from tests.engine.test_units import BODY
from tests.journeys.a_desk import PASSWORD, ADesk, open_desk

HEAD = """
process: trial
version: 1
label: Trial | 试验
calendar: office
permissions: {see: [clerk, boss]}
"""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[ADesk]:
    """A desk that swaps units, on SQLite."""
    desk = open_desk(tmp_path)
    files = [("_site.yaml", SITE), ("_shared.yaml", SHARED), ("trial.yaml", HEAD + BODY)]
    desk.house.publishing.publish_all(files, None, "first")
    desk.house.accounts.create(Person("clerk", "Clerk", frozenset({"clerk"})), PASSWORD, by=None)
    desk.add("customer", "C-1", name="ACME")
    desk.add("serial_number", "SN-1", customer="C-1", status="active", warranty_until="2027-01-01")
    for number in ("SN-2", "SN-3"):
        desk.add("serial_number", number, status="stock")
    yield desk
    desk.house.close()


def unit(desk: ADesk, number: str) -> dict[str, Any]:
    record = desk.house.store.read(lambda screens: screens.record("serial_number", number))
    assert record is not None
    return dict(record.attributes)


def swap(desk: ADesk, case: str, new: str) -> None:
    desk.press(case, "choosing", "swap", "clerk", new_unit=new, rule="rest")


def test_the_second_case_is_told_which_unit_took_the_place(house: ADesk) -> None:
    first, second = (house.start("trial", "clerk", sn="SN-1", why="burnt").case for _ in range(2))
    swap(house, first, "SN-2")
    with pytest.raises(Refusal) as refused:
        swap(house, second, "SN-3")
    assert refused.value.text.en == "SN-1 was replaced already, by SN-2; exactly one unit lives on."
    live = [n for n in ("SN-1", "SN-2", "SN-3") if unit(house, n)["status"] == "active"]
    assert live == ["SN-2"]


def test_one_unit_takes_one_place_only(house: ADesk) -> None:
    house.add("serial_number", "SN-9", customer="C-1", status="active", warranty_until="2026-12-31")
    first = house.start("trial", "clerk", sn="SN-1").case
    second = house.start("trial", "clerk", sn="SN-9").case
    swap(house, first, "SN-2")
    with pytest.raises(Refusal, match="the customer uses it already"):
        swap(house, second, "SN-2")


def test_both_units_and_the_warranty_say_what_happened(house: ADesk) -> None:
    case = house.start("trial", "clerk", sn="SN-1", why="burnt").case
    swap(house, case, "SN-2")
    number = house.case(case).number
    old, new = unit(house, "SN-1"), unit(house, "SN-2")
    assert (old["status"], old["replaced_by"]) == ("replaced", "SN-2")
    assert (new["status"], new["replaces"], new["customer"], new["custody"]) == ("active", "SN-1", "C-1", "customer")
    (moved,) = house.house.store.read(lambda screens: screens.warranty_changes("SN-2"))
    assert (moved.old, moved.new, moved.by, moved.source) == (None, "2027-01-01", "clerk", "swap_inherit")
    assert moved.reason == f"{number}: burnt"
    told = house.house.store.read(lambda screens: screens.record_history("serial_number", "SN-1"))
    assert {change["reason"] for change in told[-2:]} == {number}
