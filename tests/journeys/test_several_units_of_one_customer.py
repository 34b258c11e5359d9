"""Two units of one customer come back in one order: one is repaired, one is scrapped, and the customer is called once."""

from __future__ import annotations

from typing import Any

import pytest

from engine.refusals import Refusal
from tests.journeys.a_desk import ADesk
from tests.journeys.a_return import JUDGED, REPAIRED, arrives, as_judged, as_shipped, as_tested

UNITS: list[dict[str, Any]] = [{"sn": "SN-1", "problem": "noise", "wish": "repair"}, {"sn": "SN-2", "problem": "burnt"}]
ARRIVED: dict[str, Any] = {
    "arrived_on": "2026-03-02", "on_time": True, "right_place": True, "receiver": "Ms Li", "packaging": "intact",
    "goods": "fine",
}  # fmt: skip


def _ordered(desk: ADesk) -> tuple[str, str, str]:
    """The order and its two returns, by unit."""
    order = desk.start("return_order", "service_agent", customer="C-1", units=UNITS).case
    lines = {str(desk.case(line).values["sn"]): line for line in desk.case(order).open_children}
    return order, lines["SN-1"], lines["SN-2"]


def _sent_back(desk: ADesk, line: str) -> None:
    arrives(desk, line)
    desk.press(line, "reinspection", "passed", "quality_engineer", **JUDGED)
    desk.press(line, "repair", "repaired", "workshop", **REPAIRED)
    desk.press(line, "final_test", "passed", "quality_engineer", **as_tested())
    desk.press(line, "shipping", "shipped", "shipping_clerk", **as_shipped())
    (tracking,) = desk.case(line).open_children
    known = {"tracking_no": "SF12345678", "place": "Suzhou", "time": "2026-03-06T01:00:00+00:00"}
    assert desk.house.desk.receive_event("e1", "parcel.delivered", known, "carrier").state == "taken"
    desk.press(tracking, "confirm_arrival", "reached", "sales", **ARRIVED)


def _scrapped(desk: ADesk, line: str) -> None:
    photo = dict(desk.house.files.put("scrap.jpg", b"\xff\xd8\xff\xe0 jpeg", by="warehouse"))
    arrives(desk, line, "SN-2")
    desk.press(line, "reinspection", "passed", "quality_engineer", **as_judged("scrap"))
    desk.press(line, "offer_for_scrap", "nothing", "service_supervisor")
    desk.press(line, "ask_consent", "sent", "service_agent")
    assert desk.house.desk.receive_event("c1", "scrap.agreed", {"sn": "SN-2"}, "customer").state == "taken"
    desk.press(line, "sign_scrapping", "signed", "service_manager", consent_proof=[photo])
    desk.press(line, "scrapping", "scrapped", "warehouse", data_wiped=True, scrap_proof=[photo])


def test_each_unit_goes_its_own_way_and_the_customer_is_called_once(desk: ADesk) -> None:
    order, repaired, scrapped = _ordered(desk)
    _scrapped(desk, scrapped)
    assert desk.case(scrapped).ended == "line_done" and desk.case(scrapped).values["result"] == "scrapped"
    assert desk.case(order).leaves == ("lines",), "the other unit is still being worked on"

    _sent_back(desk, repaired)
    assert desk.case(repaired).ended == "line_done" and desk.case(repaired).values["result"] == "sent_back"
    told = desk.case(order).values["units"]
    assert [row["result"] for row in told] == ["sent_back", "scrapped"], "who calls reads how each of them ended"
    calls = [task for case in (order, repaired, scrapped) for task in desk.case(case).tasks if "call" in task.step]
    assert [task.step for task in calls] == ["follow_up/call_customer"]

    desk.press(order, "call_customer", "reached", "service_agent", solved=True, satisfaction=5)
    assert desk.case(order).ended == "closed"


def test_an_order_is_not_cancelled_over_the_heads_of_its_units(desk: ADesk) -> None:
    order, first, second = _ordered(desk)
    with pytest.raises(Refusal):
        desk.house.desk.cancel_case(order, "service_supervisor", "typed twice")
    for line in (first, second):
        desk.house.desk.cancel_case(line, "service_supervisor", "typed twice")
    assert desk.case(order).ended == "cancelled"


def test_a_return_of_its_own_cannot_say_that_it_belongs_to_an_order(desk: ADesk) -> None:
    with pytest.raises(Refusal) as refused:
        desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="noise", order_number="RO-2026-000001")
    assert "order_number" in refused.value.codes
    case = desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="noise").case
    with pytest.raises(Refusal) as moved:
        desk.house.desk.move_case(case, "line_done", "service_manager", "save the call")
    assert moved.value.code == "rule"
