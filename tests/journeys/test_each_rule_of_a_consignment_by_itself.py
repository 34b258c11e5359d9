"""Each promise about a consignment is tried where nothing but its own rule stands in the way: moved there by hand, past the
steps that would have asked."""

from __future__ import annotations

from typing import Any

import pytest

from engine.refusals import Refusal
from tests.journeys.a_desk import ADesk

PROOF = {"id": "f1", "name": "proof.png", "size": 3, "type": "image/png"}
ORDERED: dict[str, Any] = {
    "customer": "C-1", "promised_on": "2026-03-09", "batch_no": "B-1", "lines": [{"product": "Pump", "quantity": 2}],
    "no_order_reason": "samples",
}  # fmt: skip
ARRIVED: dict[str, Any] = {
    "arrived_on": "2026-03-02", "on_time": True, "right_place": True, "receiver": "Ms Li", "packaging": "intact",
    "goods": "fine",
}  # fmt: skip
TORN = {"packaging": "torn", "remark": "one corner is crushed", "photos": [PROOF]}
POINTS = (
    "dispatched", "picked_up", "left_origin_hub", "arrived_destination_city", "out_for_delivery", "delivered",
    "package_check", "goods_check", "buyer_feedback",
)  # fmt: skip
ALL_ANSWERED = {"checkpoints": [{"row": row, "occurred_at": "2026-03-02T00:30:00+00:00"} for row in POINTS]}


def consignment(desk: ADesk, step: str, **more: Any) -> str:
    """A consignment that somebody has moved to a step before anything of it was followed."""
    case = desk.start("shipment_tracking", "sales", **ORDERED | more).case
    put(desk, case, step)
    return case


def put(desk: ADesk, case: str, step: str) -> None:
    desk.house.desk.move_case(case, step, "sales_manager", "in a hurry")


@pytest.mark.parametrize(
    "end",
    [
        "delivered",
        "delivered_damaged",
        "follow_up",
        "reshipped",
        "unconfirmed",
        "settled",
        "lost",
        "came_back",
    ],
)
def test_a_consignment_that_arrived_is_not_closed_with_an_open_checkpoint(desk: ADesk, end: str) -> None:
    case = consignment(desk, "confirm_arrival")
    desk.press(case, "confirm_arrival", "reached", "sales", **ARRIVED)
    assert desk.case(case).leaves == ("check_points",)
    with pytest.raises(Refusal, match=r"(?i)checkpoint"):
        put(desk, case, end)


def test_checkpoints_that_are_all_filled_are_no_answer_of_the_customer(desk: ADesk) -> None:
    case = consignment(desk, "check_points")
    with pytest.raises(Refusal, match="Only the customer's answer"):
        desk.press(case, "check_points", "done", "sales", **ALL_ANSWERED)


def test_nobody_is_given_up_without_a_letter(desk: ADesk) -> None:
    case = consignment(desk, "confirm_arrival")
    desk.press(case, "confirm_arrival", "reached", "sales", **ARRIVED | TORN)
    assert desk.case(case).leaves == ("check_points",)
    with pytest.raises(Refusal, match="Only a letter"):
        put(desk, case, "unconfirmed")


@pytest.mark.parametrize("letter", ["ask_in_writing", "ask_on_paper"])
def test_no_letter_goes_out_after_three_calls_of_one_day(desk: ADesk, letter: str) -> None:
    case = consignment(desk, "confirm_arrival")
    for _ in range(3):
        desk.press(case, "confirm_arrival", "no_answer", "sales")
        with pytest.raises(Refusal, match="three attempts on more than one day"):
            put(desk, case, letter)
        put(desk, case, "confirm_arrival")
