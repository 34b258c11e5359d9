"""The order system announces a shipment; what follows, followed, and nobody typed it."""

from __future__ import annotations

from typing import Any

import pytest

from engine.refusals import Refusal
from tests.journeys.a_desk import ADesk

SHIPPED: dict[str, Any] = {
    "customer": "C-1", "carrier": "SF", "tracking_no": "SF777", "shipped_on": "2026-03-02", "promised_on": "2026-03-06",
}  # fmt: skip
GOODS: dict[str, Any] = {"no_order_reason": "samples", "batch_no": "B-1", "lines": [{"product": "Pump", "quantity": 2}]}
ARRIVED: dict[str, Any] = {
    "arrived_on": "2026-03-02", "on_time": True, "right_place": True, "receiver": "Ms Li", "goods": "fine",
}  # fmt: skip

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
    (record,) = [task for task in case.tasks if task.kind == "record"]
    assert set(record.about.split(", ")) == {"promised_on", "batch_no", "lines", "no_order_reason"}


def test_without_a_scan_the_number_is_checked_the_next_working_day(desk: ADesk) -> None:
    case = _announced(desk)
    desk.pass_time(days=1)
    assert desk.case(case).leaves == ("check_number",)


def test_damage_becomes_a_complaint_that_its_salesperson_answers(desk: ADesk) -> None:
    case = _announced(desk)
    arrived = {"tracking_no": "SF777", "place": "Wuxi", "time": "2026-03-05T03:00:00+00:00"}
    desk.house.desk.receive_event("e1", "parcel.delivered", arrived, "carrier")
    damaged = ARRIVED | {"packaging": "dented", "remark": "one corner is crushed", "photos": [PHOTO]}
    desk.press(case, "confirm_arrival", "reached", "sales", **damaged)
    assert desk.case(case).leaves == ("claim_damage",)

    (complaint,) = _children(desk, case, "complaint")
    opened = desk.case(complaint)
    assert opened.values["complaint_type"] == "delivery"
    assert opened.values["complaint_text"] == "one corner is crushed"
    assert opened.values["evidence"] == desk.case(case).values["photos"]
    assert (opened.owner, opened.starter) == ("sales", "sales")


def _two_parcels(desk: ADesk) -> str:
    parcels = [{"carrier": "SF", "tracking_no": "SF777"}, {"carrier": "Deppon", "tracking_no": "DP888"}]
    return desk.start(
        "shipment_tracking", "sales", customer="C-1", parcels=parcels, promised_on="2026-03-20", **GOODS
    ).case


def _says(desk: ADesk, n: int, event: str, number: str, hour: int, **more: Any) -> Any:
    values = {"tracking_no": number, "place": "Wuxi", "time": f"2026-03-01T{hour:02}:00:00+00:00", **more}
    return desk.house.desk.receive_event(f"n{n}", f"parcel.{event}", values, "carrier")


def _parcels(desk: ADesk, case: str) -> dict[str, str]:
    return {row["tracking_no"]: row["state"] for row in desk.case(case).values["parcels"]}


def test_news_of_one_parcel_never_touches_the_other(desk: ADesk) -> None:
    case = _two_parcels(desk)
    assert _says(desk, 1, "picked_up", "DP888", 1).state == "taken"
    assert _says(desk, 2, "delivered", "SF777", 2).state == "taken"
    assert _parcels(desk, case) == {"SF777": "delivered", "DP888": "moving"}
    assert desk.case(case).leaves == ("in_transit",)
    _says(desk, 3, "delivered", "DP888", 3)
    assert desk.case(case).leaves == ("confirm_arrival",)


def test_the_same_news_twice_and_old_news_change_nothing(desk: ADesk) -> None:
    case = _two_parcels(desk)
    _says(desk, 1, "delivered", "SF777", 5)
    assert _says(desk, 1, "delivered", "SF777", 5).state == "repeated"
    assert _says(desk, 2, "scanned", "SF777", 4).state != "taken"
    assert _parcels(desk, case) == {"SF777": "delivered", "DP888": "announced"}


def test_a_case_closes_when_every_checkpoint_has_its_time_or_its_reason(desk: ADesk) -> None:
    case = _announced(desk)
    _says(desk, 1, "delivered", "SF777", 2)
    with pytest.raises(Refusal) as refused:
        desk.house.desk.move_case(case, "delivered", "sales_manager", "enough of it")
    assert refused.value.code == "rule"
    desk.press(case, "confirm_arrival", "reached", "sales", **ARRIVED | {"packaging": "intact", "goods": "unchecked"})
    at = desk.case(case)
    points = {point["row"]: point for point in at.values["checkpoints"]}
    assert at.ended == "delivered"
    assert (points["goods_check"]["waived"], points["out_for_delivery"]["waived"]) == ("not_counted", "no_scan")
    assert all(point.get("occurred_at") or point.get("waived") for point in points.values())


def test_news_without_a_time_does_not_make_old_news_believed(desk: ADesk) -> None:
    case = _two_parcels(desk)
    _says(desk, 1, "scanned", "SF777", 5)
    assert _says(desk, 2, "scanned", "SF777", 6, time=None, place=None).state == "taken"
    row = desk.case(case).values["parcels"][0]
    assert (row["last_place"], row["last_seen"]) == ("Wuxi", "2026-03-01T05:00:00+00:00")
    assert _says(desk, 3, "lost", "SF777", 4).state != "taken"


def test_a_customer_who_calls_back_is_heard_at_once(desk: ADesk) -> None:
    case = _announced(desk)
    _says(desk, 1, "delivered", "SF777", 2)
    desk.press(case, "confirm_arrival", "no_answer", "sales")
    assert desk.case(case).leaves == ("call_again",)
    desk.house.desk.receive_event("call-1", "customer.called", {"customer": "C-1"}, "sales")
    assert desk.case(case).leaves == ("confirm_arrival",)


def test_a_lost_parcel_is_claimed_and_shipped_again_in_a_case_of_its_own(desk: ADesk) -> None:
    case = _two_parcels(desk)
    _says(desk, 1, "picked_up", "SF777", 1)
    _says(desk, 2, "lost", "DP888", 2, reason="fell off the belt")
    desk.press(case, "decide_lost", "lost", "sales_manager")
    desk.press(case, "claim_loss", "done", "shipping_clerk", claim_no="CL-7", claim_amount="800")
    desk.press(case, "decide_remedy", "done", "sales", remedy="reship", finding="one parcel was lost")
    desk.press(case, "tell_remedy", "sent", "sales")
    (letter,) = desk.house.store.read(lambda s: s.mails(case_id=case)).rows
    assert "CL-7" in letter.body
    again = {"new_carrier": "SF", "new_tracking_no": "SF999", "new_promised_on": "2026-03-12"}
    desk.press(case, "ship_again", "done", "shipping_clerk", **again, new_shipped_on="2026-03-02")

    assert desk.case(case).leaves == ("in_transit",)
    assert desk.case(case).values["claims"][0]["claim_no"] == "CL-7"
    (child,) = _children(desk, case, "shipment_tracking")
    assert desk.case(child).values["parcels"][0]["tracking_no"] == "SF999"
    assert desk.case(child).owner == "sales"


def test_an_announcement_brings_what_it_is_declared_to_bring_and_nothing_else(desk: ADesk) -> None:
    tried = [{"at": "2026-03-01T09:00:00+00:00", "channel": "phone", "outcome": "no_answer"}] * 3
    case = desk.case(
        _announced(desk, arrival_attempts=tried, from_return=True, remedy={"a": 1}, claims=[1], photos="x")
    )
    assert case.values["tracking_no"] == "SF777"
    assert case.values["from_return"] is False
    assert not {"arrival_attempts", "remedy", "claims", "photos"} & set(case.values)
