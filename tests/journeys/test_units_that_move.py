"""Units that are replaced, repaired or mixed up: whoever holds them hears of it, and what is recorded of them is true."""

from __future__ import annotations

from typing import Any

import pytest

from engine.refusals import Refusal
from tests.journeys.a_desk import ADesk
from tests.journeys.a_return import AUTHORISED, RECEIVED, as_judged, as_shipped, as_tested, repaired

PHOTO = [{"id": "f1", "name": "board.jpg", "size": 3, "type": "image/jpeg"}]


def _unit(desk: ADesk, number: str) -> dict[str, Any]:
    record = desk.house.store.read(lambda screens: screens.record("serial_number", number))
    assert record is not None
    return dict(record.attributes)


def _drafts(desk: ADesk, case: str) -> set[str]:
    return {task.about for task in desk.case(case).tasks if task.kind == "draft"}


def _replaced_in_advance(desk: ADesk) -> str:
    """The replacement SN-9 has arrived; the old SN-1 is still to come."""
    desk.add("serial_number", "SN-9", customer=None, product="Pump", status="stock")
    case = desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="dead on arrival").case
    desk.press(case, "authorising", "authorised", "service_agent", **AUTHORISED, return_required="after_swap")
    judged = {"evidence": PHOTO, "warranty": "covered", "liability": "manufacturing", "basis": "a burnt board"}
    desk.press(case, "advance_judging", "agreed", "quality_engineer", **judged)
    desk.press(case, "choose_swap", "chosen", "service_manager", new_unit="SN-9", swap_reason="dead on arrival")
    desk.press(case, "test_swap", "passed", "quality_engineer", **as_tested("SN-9"))
    desk.press(case, "ship_swap", "shipped", "shipping_clerk", **as_shipped("SN-9"))
    assert desk.case(case).leaves == ("swap_delivery",)
    desk.house.desk.move_case(case, "waiting_for_old_unit", "service_manager", "the customer has it")
    return case


def test_a_repair_is_under_warranty_for_ninety_days_where_less_is_left(desk: ADesk) -> None:
    desk.add("serial_number", "SN-1", customer="C-1", product="Pump", warranty_until="2026-03-20")
    case = repaired(desk)
    desk.press(case, "final_test", "passed", "quality_engineer", **as_tested())
    desk.press(case, "shipping", "shipped", "shipping_clerk", **as_shipped())
    changes = desk.house.store.read(lambda screens: screens.warranty_changes("SN-1"))
    assert (changes[-1].new, changes[-1].source) == ("2026-05-31", "repair_term")
    notice = next(task.mail for task in desk.case(case).tasks if task.about == "shipped_notice")
    assert notice is not None and "under warranty until 31 May 2026" in notice.body


def test_a_warranty_that_lasts_longer_is_left_alone(desk: ADesk) -> None:
    case = repaired(desk)
    desk.press(case, "final_test", "passed", "quality_engineer", **as_tested())
    desk.press(case, "shipping", "shipped", "shipping_clerk", **as_shipped())
    assert _unit(desk, "SN-1")["warranty_until"] == "2027-01-01"


def test_nobody_is_asked_for_a_unit_that_has_arrived(desk: ADesk) -> None:
    case = desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="no power").case
    desk.press(case, "authorising", "authorised", "service_agent", **AUTHORISED)
    desk.pass_time(days=7)
    reminder = next(task for task in desk.case(case).tasks if task.about == "please_send")
    assert desk.house.desk.receive_event("scan", "goods.scanned", {"sn": "SN-1"}, "gate").state == "taken"
    assert not _drafts(desk, case)
    with pytest.raises(Refusal):
        desk.house.desk.complete_task(reminder.id, "sent", {}, "service_agent", mail=reminder.mail)


def test_another_open_return_of_a_replaced_unit_hears_of_it_but_not_the_return_that_replaces_it(desk: ADesk) -> None:
    other = desk.start("factory_return", "service_agent_2", sn="SN-1", complaint_text="noise").case
    desk.add("serial_number", "SN-9", customer=None, product="Pump", status="stock")
    case = desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="no power").case
    desk.press(case, "authorising", "authorised", "service_agent", **AUTHORISED, other_return="another fault",
               return_required="is_here")  # fmt: skip
    desk.press(case, "receiving", "registered", "warehouse", **RECEIVED)
    desk.press(case, "reinspection", "passed", "quality_engineer", **as_judged("replace"))
    chosen = {"new_unit": "SN-9", "swap_reason": "burnt", "old_unit_goes": "refurbish"}
    desk.press(case, "replacing", "chosen", "service_manager", **chosen)
    desk.press(case, "final_test", "passed", "quality_engineer_2", **as_tested("SN-9"))
    desk.press(case, "shipping", "shipped", "shipping_clerk", **as_shipped("SN-9"))
    assert desk.case(other).values["replaced_meanwhile"] == "SN-9"
    assert "replaced_meanwhile" not in desk.case(case).values
    told = [row.to for row in desk.house.store.read(lambda screens: screens.mails(case_id=other)).rows]
    assert "service_agent_2@example.com" in told


def test_what_a_replacement_in_advance_tells_others_does_not_turn_its_own_return_around(desk: ADesk) -> None:
    case = desk.case(_replaced_in_advance(desk))
    assert (case.values["sn"], case.values["new_unit"]) == ("SN-1", "SN-9")
    assert "replaced_meanwhile" not in case.values


def test_somebody_elses_unit_that_comes_for_the_old_one_is_held_under_a_return_of_its_own(desk: ADesk) -> None:
    desk.add("customer", "C-2", name="Bolt", email="b@bolt.example", contact="Mr Bo", salesperson="sales")
    desk.add("serial_number", "SN-7", customer="C-2", product="Pump", warranty_until="2027-01-01")
    case = _replaced_in_advance(desk)
    assert desk.house.desk.receive_event("scan", "goods.scanned", {"sn": "SN-1"}, "gate").state == "taken"
    desk.press(case, "receive_old", "registered", "warehouse", **{**RECEIVED, "sn_found": "SN-7"})
    assert desk.case(case).leaves == ("clear_up_old",)
    assert _unit(desk, "SN-7")["custody"] == "factory"
    desk.press(case, "clear_up_old", "is_not", "service_agent")
    assert desk.case(case).leaves == ("waiting_for_old_unit",)
    _, opened = desk.house.store.read(lambda screens: screens.family(case))
    (own,) = (row.id for row in opened if row.process == "factory_return")
    desk.press(own, "check_unit", "found", "service_agent", sn="SN-7")
    desk.press(own, "authorising", "authorised", "service_agent", **AUTHORISED, owner_check="resold")
    assert desk.case(own).leaves == ("receiving",)


def test_the_old_unit_that_comes_in_the_end_is_judged(desk: ADesk) -> None:
    case = _replaced_in_advance(desk)
    assert desk.house.desk.receive_event("scan", "goods.scanned", {"sn": "SN-1"}, "gate").state == "taken"
    desk.press(case, "receive_old", "registered", "warehouse", **RECEIVED)
    assert desk.case(case).leaves == ("judge_old",)


def test_a_lost_unit_that_is_replaced_does_not_turn_up_in_the_stock_and_the_new_one_arrives(desk: ADesk) -> None:
    desk.add("serial_number", "SN-9", customer=None, product="Pump", status="stock")
    case = desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="no power").case
    desk.press(case, "authorising", "authorised", "service_agent", **AUTHORISED)
    desk.pass_time(days=30)
    desk.press(case, "missing_unit", "lost", "service_agent")
    desk.press(case, "lost_unit", "replace", "service_manager", transport_by="customer", decision_reason="goodwill")
    desk.press(case, "reinspection", "passed", "quality_engineer", **as_judged("replace"))
    chosen = {"new_unit": "SN-9", "swap_reason": "lost", "old_unit_goes": "scrap"}
    desk.press(case, "replacing", "chosen", "service_manager", **chosen)
    desk.press(case, "final_test", "passed", "quality_engineer_2", **as_tested("SN-9"))
    desk.press(case, "shipping", "shipped", "shipping_clerk", **as_shipped("SN-9"))
    assert (_unit(desk, "SN-1")["status"], _unit(desk, "SN-1")["custody"]) == ("replaced", "lost")
    assert _unit(desk, "SN-9")["custody"] == "outbound"
