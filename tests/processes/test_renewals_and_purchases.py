"""The renewal of a warranty and the follow-up after a purchase hold their promises whatever people press."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.processes.shipped import shipped
from tests.processes.wandering import BEGINNING, Happened, wander

RENEWAL, PURCHASE = shipped("warranty_renewal"), shipped("purchase_follow_up")
SEEDS = st.integers(0, 1_000_000)
FEW = settings(max_examples=25, deadline=None, derandomize=True)
TODAY = BEGINNING.date()
CUSTOMER = {"id": "C-1", "key": "C-1", "name": "ACME", "contact": "Ms Li", "salesperson": "ann"}


def known(days_left: int = 20, **customer: Any) -> dict[tuple[str, str], dict[str, Any]]:
    """Two units of one customer whose warranty ends in some days."""
    owner = {**CUSTOMER, **customer}
    end = (TODAY + dt.timedelta(days=days_left)).isoformat()
    unit = {"status": "active", "warranty_until": end, "purchased_on": "2026-01-31", "customer": owner}
    return {("customer", "C-1"): owner, ("serial_number", "SN-1"): unit, ("serial_number", "SN-2"): unit}


def before_each(story: Sequence[Happened], step: str) -> Iterator[tuple[Sequence[Happened], Happened]]:
    """What came before each beginning of a step, in this round, and the beginning."""
    for n, each in enumerate(story):
        if step in each.begun:
            yield story[: n + 1], each


def since(story: Sequence[Happened], moment: str, begun: str) -> bool:
    """Whether something was finished after a step had last begun."""
    last = max((n for n, each in enumerate(story) if begun in each.begun), default=-1)
    return any(moment in each.finished for each in story[last + 1 :])


@given(SEEDS, st.sampled_from([40, 20, -5]))
@FEW
def test_nothing_is_renewed_that_was_not_accepted_and_paid_since_the_last_offer(seed: int, days: int) -> None:
    story = wander(RENEWAL, seed, records=known(days, email="li@customer.example")).story
    for before, renewed in before_each(story, "activating"):
        assert since(before, "record_answer.accepted", "prepare_offer")
        assert since(before, "payment.paid", "prepare_offer")
        assert renewed.values["new_until"] > renewed.values["warranty_was"]
        assert renewed.values["accepted_by"] and renewed.values["pay_proof"]


@given(SEEDS)
@FEW
def test_after_the_end_of_a_warranty_the_unit_is_inspected_before_it_is_paid_for(seed: int) -> None:
    story = wander(RENEWAL, seed, records=known(-5)).story
    for before, _ in before_each(story, "payment"):
        assert since(before, "inspect_unit.fit", "prepare_offer")


@pytest.mark.parametrize(("process", "calls"), [(RENEWAL, "reach_customer"), (PURCHASE, "follow_up")])
@given(seed=SEEDS, email=st.sampled_from([None, "li@customer.example"]))
@FEW
def test_who_does_not_want_to_be_called_is_not_called(process: Any, calls: str, seed: int, email: str | None) -> None:
    told = known(20, do_not_call=True, email=email, phone="+86 21 5555 0101")
    walk = wander(process, seed, records=told)
    assert not any(calls in each.begun for each in walk.story)
    assert walk.orphaned == []


@given(SEEDS)
@FEW
def test_every_case_of_either_always_waits_for_somebody_or_ends(seed: int) -> None:
    for process in (RENEWAL, PURCHASE):
        walk = wander(process, seed, records=known(20, email="li@customer.example"))
        assert walk.orphaned == []


def test_walks_come_everywhere() -> None:
    """Else the laws above would hold for want of anything to look at."""
    renewals = [wander(RENEWAL, seed, records=known(days, email="li@customer.example")) for seed in range(25) for days in (40, -5)]  # fmt: skip
    purchases = [wander(PURCHASE, seed, records=known(20)) for seed in range(15)]
    begun = {step for walk in (*renewals, *purchases) for each in walk.story for step in each.begun}
    assert begun >= {"activating", "payment", "inspect_unit", "reach_customer", "follow_up", "choose_help"}
    assert {walk.case.ended for walk in renewals} >= {"renewed", "declined"}
    assert {walk.case.ended for walk in purchases} >= {"closed"}
