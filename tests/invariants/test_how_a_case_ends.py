"""INV-03, 04, 05 and 15, tried directly: ways to an end on which the work, the unit or a parcel is left behind.

Each way is gone until somebody is refused; whoever takes the guard away meets the law at its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from engine.refusals import Refusal
from tests.invariants.house import Premises
from tests.invariants.law import hold
from tests.invariants.stories import returned_unit, two_complaints_about_the_same
from tests.invariants.test_words_and_parcels import shipment, tell
from tests.journeys.a_desk import ADesk
from tests.journeys.a_return import ARRIVED, AUTHORISED, CALL, RECEIVED

Acts = Iterator[object]
"""What somebody does on a way, one act after the other."""


def is_stopped(house: Premises, case: str, way: Acts) -> None:
    """A rule, or the list of steps that cases are moved to, stops somebody on this way; the case goes on, every law holds."""
    with pytest.raises(Refusal) as refused:
        _gone_to_its_end(house, way)
    assert refused.value.code in ("rule", "not_allowed"), refused.value.text.en
    assert house.desk.case(case).is_open
    hold(house.witness)


def _gone_to_its_end(house: Premises, way: Acts) -> None:
    for _ in way:
        hold(house.witness)


def moved(desk: ADesk, case: str, step: str, by: str = "service_manager") -> object:
    return desk.house.desk.move_case(case, step, by, "in a hurry")


@pytest.mark.parametrize("step", ["appeal", "final_answer"])
def test_no_complaint_ends_by_an_appeal_against_an_answer_that_nobody_gave(premises: Premises, step: str) -> None:
    case, _ = two_complaints_about_the_same(premises.desk)
    is_stopped(premises, case, _by_an_appeal(premises.desk, case, step))


def _by_an_appeal(desk: ADesk, case: str, step: str) -> Acts:
    yield moved(desk, case, step)
    if step == "appeal":
        yield desk.press(case, "appeal", "we_stay", "service_manager", final_position="we are right")
    yield desk.press(case, "final_answer", "sent", "service_manager")
    yield desk.press(case, "follow_up/call_customer", "refused", "bo")


@pytest.mark.parametrize("step", ["follow_up", "seven_days", "ask_again"])
def test_no_visit_ends_as_repaired_before_anybody_was_there(premises: Premises, step: str) -> None:
    told: dict[str, Any] = {"sn": "SN-1", "complaint_text": "noise", "urgency": "impaired", "channel": "phone"}
    case = premises.desk.start("onsite_repair", "service_agent", **told).case
    is_stopped(premises, case, _without_a_visit(premises.desk, case, step))


def _without_a_visit(desk: ADesk, case: str, step: str) -> Acts:
    yield moved(desk, case, step)
    if step == "seven_days":
        yield desk.pass_time(days=8)
    yield desk.press(case, "/call_customer", "refused", "service_agent_2")


@pytest.mark.parametrize("step", ["decide_old_unit", "judge_old"])
def test_no_unit_that_lies_here_becomes_the_old_one_of_a_swap_that_was_none(premises: Premises, step: str) -> None:
    case = returned_unit(premises.desk, "SN-1")
    is_stopped(premises, case, _as_after_a_swap(premises.desk, case, step))


def _as_after_a_swap(desk: ADesk, case: str, step: str) -> Acts:
    yield moved(desk, case, step)
    if step == "decide_old_unit":
        yield desk.press(case, step, "waive", "service_manager", decision_reason="a favour")
    yield desk.press(case, "follow_up/call_customer", "reached", "service_agent", **CALL)


def test_no_return_of_a_unit_that_came_in_the_place_of_another_is_refused_while_it_lies_here(
    premises: Premises,
) -> None:
    case = premises.desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="no power").case
    is_stopped(premises, case, _refused_at_last(premises.desk, case))


def _refused_at_last(desk: ADesk, case: str) -> Acts:
    yield desk.press(case, "authorising", "authorised", "service_agent", **AUTHORISED | {"return_required": "is_here"})
    yield desk.press(case, "receiving", "registered", "warehouse", **RECEIVED | {"sn_found": "SN-2"})
    yield desk.press(case, "clear_up_unit", "go_on", "service_agent", sn_found="SN-2")
    yield desk.press(case, "authorising", "refused", "service_agent")
    yield desk.press(case, "explain_refusal", "done", "service_agent", refusal="not ours")
    yield desk.press(case, "follow_up/call_customer", "reached", "service_agent", **CALL)


def test_no_consignment_ends_while_a_parcel_of_it_is_lost_and_not_made_good(premises: Premises) -> None:
    """Both were given up; one arrives before anything was decided."""
    case = shipment(premises)
    is_stopped(premises, case, _one_of_two_turns_up(premises, case))


def _one_of_two_turns_up(house: Premises, case: str) -> Acts:
    for n in (1, 2):
        assert tell(house, f"lost{n}", "parcel.lost", f"SF{n}", 3) == "taken"
    yield house.desk.press(case, "decide_lost", "lost", "sales_manager")
    assert tell(house, "there", "parcel.delivered", "SF1", 5) == "taken"
    yield house.desk.press(case, "lost_turned_up", "arrived", "sales_manager")
    if "confirm_arrival" not in house.desk.case(case).leaves:
        yield moved(house.desk, case, "confirm_arrival", "sales_manager")
    yield from _arrived(house.desk, case)


def test_no_consignment_ends_with_a_parcel_on_its_way(premises: Premises) -> None:
    case = shipment(premises)
    is_stopped(premises, case, _past_the_parcel(premises.desk, case))


def _past_the_parcel(desk: ADesk, case: str) -> Acts:
    yield moved(desk, case, "confirm_arrival", "sales_manager")
    yield from _arrived(desk, case)


def _arrived(desk: ADesk, case: str) -> Acts:
    """As if all were there."""
    yield desk.press(case, "confirm_arrival", "reached", "sales", **ARRIVED)
    yield desk.press(case, "check_points", "done", "sales", **_every_point(desk, case))


def _every_point(desk: ADesk, case: str) -> dict[str, Any]:
    """All checkpoints, those that nothing is known of without a scan."""
    rows = desk.case(case).values["checkpoints"]
    return {"checkpoints": [{"row": row["row"], "waived": "no_scan"} for row in rows if not row.get("occurred_at")]}
