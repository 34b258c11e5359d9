"""What a shipment and a visit hold whatever carriers, customers and technicians do."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.processes.wandering import walked

SEEDS = st.integers(0, settings().max_examples - 1)
OPEN = {"announced", "moving", "problem", "returning", "missing"}


@given(SEEDS)
def test_a_shipment_closes_with_every_checkpoint_answered_or_waived(seed: int) -> None:
    case = walked("shipment_tracking", seed).case
    if case.ended not in (None, "cancelled"):
        points = case.values["checkpoints"]
        assert len(points) == 9
        assert all(point.get("occurred_at") or point.get("waived") for point in points)


@given(SEEDS)
def test_nobody_is_asked_how_it_arrived_while_a_parcel_is_on_its_way(seed: int) -> None:
    for each in walked("shipment_tracking", seed).story:
        if "all_ended" in each.begun:
            assert OPEN.isdisjoint(row.get("state") for row in each.values["parcels"])


@given(SEEDS)
def test_exactly_the_accepted_quotation_is_charged_and_nothing_under_warranty(seed: int) -> None:
    for each in walked("onsite_repair", seed).story:
        if "after_visit" in each.begun:
            charged = float(each.values["charged"]) + float(each.values["charged_before"])
            covered = each.values["coverage"] == "covered"
            agreed = 0.0 if covered else float(each.values["quote_amount"])
            assert charged == agreed or covered or (charged < agreed and each.values["found"] == "no_fault_found")
            assert not covered or float(each.values["charged"]) == 0
            assert covered or each.values["quote_proof"]


@given(SEEDS)
def test_no_repair_is_reported_without_the_number_of_the_unit_that_stands_there(seed: int) -> None:
    for each in walked("onsite_repair", seed).story:
        if "visit" in each.begun:
            assert each.values["sn_seen"] == each.values["sn"]
