"""The invariants of after-sales service, held by the shipped files whatever people, carriers and clocks do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.processes.wandering import Happened, shipped, wander

PROCESSES = {name: shipped(name) for name in ("complaint", "factory_return", "onsite_repair", "shipment_tracking")}
SEEDS = st.integers(0, 1_000_000)
FEW = settings(max_examples=40, deadline=None)


@given(SEEDS)
@FEW
def test_nothing_ships_before_it_was_judged_and_tested_by_somebody_who_did_not_repair_it(seed: int) -> None:
    story = wander(PROCESSES["factory_return"], seed).story
    for before, shipping in _beginnings(story, "shipping"):
        assert _since(before, "reinspection.passed", ("receiving", "shipping"))
        assert _since(before, "final_test.passed", ("receiving", "repair", "replacing", "shipping"))
        tester = next(each.by for each in reversed(before) if "final_test.passed" in each.finished)
        assert tester not in {each.by for each in before if each.finished & {"repair", "long_test"}}
        assert shipping.values["tested_unit"] in (shipping.values["sn"], shipping.values.get("new_unit"))


@given(SEEDS)
@FEW
def test_what_travels_is_what_was_tested(seed: int) -> None:
    for _, delivery in _beginnings(wander(PROCESSES["factory_return"], seed).story, "delivery"):
        assert delivery.values["shipped_unit"] == delivery.values["tested_unit"]


@given(SEEDS)
@FEW
def test_chargeable_work_begins_after_an_accepted_quotation_with_its_proof(seed: int) -> None:
    for _, work in _beginnings(wander(PROCESSES["factory_return"], seed).story, "repair"):
        if float(work.values["customer_share"]) > 0:
            assert work.values["quote_accepted"] is True
            assert work.values["quote_proof"]
    for _, visit in _beginnings(wander(PROCESSES["onsite_repair"], seed).story, "visit"):
        if visit.values["coverage"] == "chargeable":
            assert visit.values["accepted_by"]


@given(SEEDS)
@FEW
def test_nobody_approves_their_own_refund(seed: int) -> None:
    walk = wander(PROCESSES["complaint"], seed)
    for before, _ in _beginnings(walk.story, "paying"):
        approved = next(each.by for each in reversed(before) if "refund_approval.approved" in each.finished)
        assert approved != walk.case.starter
        assert approved not in {each.by for each in before if "investigation" in each.finished}


@given(SEEDS)
@FEW
def test_a_complaint_closes_only_with_its_answer_sent_by_the_person_who_recorded_it(seed: int) -> None:
    walk = wander(PROCESSES["complaint"], seed)
    if walk.case.ended in ("closed", "unresolved"):
        assert _since(walk.story, "answer.sent", ("investigation",))
        assert {each.by for each in walk.story if "answer.sent" in each.finished} == {walk.case.starter}


@pytest.mark.parametrize(
    ("name", "ends", "contact"),
    [
        ("complaint", ("closed", "unresolved"), ("follow_up",)),
        ("factory_return", ("returned", "settled", "not_received"), ("follow_up",)),
        (
            "onsite_repair",
            ("repaired", "unsolved", "sent_to_factory"),
            ("follow_up", "unrepaired_call", "factory_return"),
        ),
        ("shipment_tracking", ("delivered", "unconfirmed", "settled"), ("confirm_arrival", "follow_up")),
    ],
)
@given(seed=SEEDS)
@FEW
def test_no_case_ends_without_the_customer_being_asked(
    name: str, ends: tuple[str, ...], contact: tuple[str, ...], seed: int
) -> None:
    walk = wander(PROCESSES[name], seed)
    if walk.case.ended in ends:
        assert any(each.finished & set(contact) for each in walk.story)


@pytest.mark.parametrize("name", PROCESSES)
@given(seed=SEEDS)
@FEW
def test_an_open_case_always_waits_for_somebody_or_for_a_moment(name: str, seed: int) -> None:
    assert wander(PROCESSES[name], seed).orphaned == []


@pytest.mark.parametrize("name", PROCESSES)
def test_cases_do_come_to_their_ends(name: str) -> None:
    ended = {wander(PROCESSES[name], seed, most=400).case.ended for seed in range(40)}
    assert len(ended - {None}) >= 3, ended


@pytest.mark.parametrize(
    ("name", "reached", "refused"),
    [
        ("complaint", ("paying", "appeal"), {"same_person", "different_person"}),
        ("factory_return", ("shipping", "repair", "replacing", "crediting"), {"rule", "different_person"}),
        ("onsite_repair", ("visit", "raise_complaint"), {"rule", "different_person"}),
        ("shipment_tracking", ("claim_loss", "ship_again", "raise_complaint"), {"different_person"}),
    ],
)
def test_the_wanderer_comes_to_the_places_that_matter_and_is_stopped_there(
    name: str, reached: tuple[str, ...], refused: set[str]
) -> None:
    walks = [wander(PROCESSES[name], seed) for seed in range(40)]
    assert refused <= set().union(*(walk.refused for walk in walks))
    for step in reached:
        assert any(list(_beginnings(walk.story, step)) for walk in walks), step


def _beginnings(story: list[Happened], step: str) -> Iterator[tuple[list[Happened], Happened]]:
    """Every beginning of a step, with everything that had happened up to and including the move that began it."""
    for n, each in enumerate(story):
        if step in each.begun:
            yield story[: n + 1], each


def _since(story: list[Happened], moment: str, since: tuple[str, ...]) -> bool:
    """Whether a moment happened after the last beginning of these steps, the very last move left out."""
    for n in range(len(story) - 1, -1, -1):
        if moment in story[n].finished:
            return True
        if n < len(story) - 1 and set(since) & set(story[n].begun):
            return False
    return False
