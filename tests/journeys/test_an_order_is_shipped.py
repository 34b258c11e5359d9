"""The order system announces a shipment; what follows, followed, and nobody typed it."""

from __future__ import annotations

from typing import Any

from tests.journeys.a_desk import ADesk

SHIPPED: dict[str, Any] = {
    "customer": "C-1", "carrier": "SF", "tracking_no": "SF777", "shipped_on": "2026-03-02", "promised_on": "2026-03-06",
}  # fmt: skip
ARRIVED: dict[str, Any] = {"arrived_on": "2026-03-05", "on_time": True, "right_place": True, "goods": "fine"}

PHOTO = {"id": "f1", "name": "box.jpg", "size": 3, "type": "image/jpeg"}


def _children(desk: ADesk, case: str, process: str) -> list[str]:
    _, children = desk.house.store.read(lambda screens: screens.family(case))
    return [row.id for row in children if row.process == process]


def _announced(desk: ADesk, **values: Any) -> str:
    received = desk.house.desk.receive_event("order-1", "order.shipped", SHIPPED | values, "erp")
    assert received.state == "taken"
    return received.cases[0]


def test_an_announced_shipment_is_a_case_of_the_customers_salesperson(desk: ADesk) -> None:
    case = desk.case(_announced(desk))
    assert case.leaves == ("waiting_for_pickup",)
    assert case.owner == "sales"
    assert [task.mail.template for task in case.tasks if task.mail] == ["dispatch_notice"]


def test_the_same_announcement_twice_is_one_case(desk: ADesk) -> None:
    _announced(desk)
    assert desk.house.desk.receive_event("order-1", "order.shipped", SHIPPED, "erp").state == "repeated"


def test_what_an_announcement_lacks_is_asked_of_a_person(desk: ADesk) -> None:
    case = desk.case(_announced(desk, promised_on=None))
    assert [(task.kind, task.about) for task in case.tasks if task.kind == "record"] == [("record", "promised_on")]


def test_without_a_scan_the_number_is_checked_the_next_working_day(desk: ADesk) -> None:
    case = _announced(desk)
    desk.pass_time(days=1)
    assert desk.case(case).leaves == ("check_number",)


def test_damage_becomes_a_complaint_that_its_salesperson_answers(desk: ADesk) -> None:
    case = _announced(desk)
    arrived = {"tracking_no": "SF777", "place": "Wuxi", "time": "2026-03-05T03:00:00+00:00"}
    desk.house.desk.receive_event("e1", "parcel.delivered", arrived, "carrier")
    damaged = ARRIVED | {"packaging": "damaged", "remark": "one corner is crushed", "photos": [PHOTO]}
    desk.press(case, "confirm_arrival", "reached", "sales", **damaged)
    assert desk.case(case).leaves == ("claim_damage",)

    (complaint,) = _children(desk, case, "complaint")
    opened = desk.case(complaint)
    assert opened.values["complaint_type"] == "delivery"
    assert opened.values["complaint_text"] == "one corner is crushed"
    assert opened.values["evidence"] == desk.case(case).values["photos"]
    assert (opened.owner, opened.starter) == ("sales", "sales")
