"""The invariants of after-sales service, held by the shipped files whatever people, carriers and clocks do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.processes.shipped import shipped
from tests.processes.wandering import Happened, walked

PROCESSES = ("complaint", "eight_d", "factory_return", "onsite_repair", "shipment_tracking")
EVERY = (*PROCESSES, "return_order", "remote_help", "consultation", "customer_care_item")
SEEDS = st.integers(0, settings().max_examples - 1)
"""Every law looks at the same walks through a process, so that each is taken once."""
WORK = ("repair", "long_test", "deep_analysis")


@given(SEEDS)
def test_nothing_ships_before_it_was_judged_and_tested_by_somebody_who_did_not_repair_it(seed: int) -> None:
    story = walked("factory_return", seed).story
    for before, shipping in _beginnings(story, "shipping"):
        assert _since(before, "reinspection.passed", ("receiving", "delivery"))
        assert _since(
            before, "final_test.passed", ("receiving", *WORK, "order_parts", "replacing", "final_test", "shipping")
        )
        tester = next(each.by for each in reversed(before) if "final_test.passed" in each.finished)
        assert tester not in {each.by for each in before if each.finished & set(WORK)}
        assert shipping.values["tested_unit"] in (shipping.values["sn"], shipping.values.get("new_unit"))


@given(SEEDS)
def test_a_replacement_in_advance_leaves_judged_on_evidence_and_tested(seed: int) -> None:
    for before, shipping in _beginnings(walked("factory_return", seed).story, "ship_swap"):
        assert _since(before, "advance_judging.agreed", ("authorising",))
        assert _since(before, "test_swap.passed", ("choose_swap", "test_swap", "ship_swap"))
        assert shipping.values["tested_unit"] == shipping.values["new_unit"] != shipping.values["sn"]
        assert shipping.values["evidence"]


@given(SEEDS)
def test_a_judgement_divides_the_whole_cost_and_nothing_but_the_cost(seed: int) -> None:
    for each in walked("factory_return", seed).story:
        if "reinspection.passed" in each.finished and float(each.values["cost_total"]) > 0:
            shares = each.values["cost_shares"]
            assert sum(row["share"] for row in shares) == 100
            assert sum(float(row["amount"]) for row in shares) == float(each.values["cost_total"])


@given(SEEDS)
def test_a_return_of_no_order_never_ends_as_the_line_of_one(seed: int) -> None:
    assert walked("factory_return", seed).case.ended != "line_done"


@given(SEEDS)
def test_what_travels_is_what_was_tested(seed: int) -> None:
    for _, delivery in _beginnings(walked("factory_return", seed).story, "delivery"):
        assert delivery.values["shipped_unit"] == delivery.values["tested_unit"]


@given(SEEDS)
def test_chargeable_work_begins_after_an_accepted_quotation_with_its_proof(seed: int) -> None:
    for _, work in _beginnings(walked("factory_return", seed).story, "repair"):
        if float(work.values["customer_share"]) > 0:
            assert work.values["quote_accepted"] is True
            assert work.values["quote_proof"]
    for _, visit in _beginnings(walked("onsite_repair", seed).story, "visit"):
        if visit.values["coverage"] == "chargeable":
            assert visit.values["accepted_by"]


@given(SEEDS)
def test_nobody_approves_their_own_refund(seed: int) -> None:
    walk = walked("complaint", seed)
    for before, _ in _beginnings(walk.story, "paying"):
        approved = next(each.by for each in reversed(before) if "refund_approval.approved" in each.finished)
        assert approved != walk.case.starter
        assert approved not in {each.by for each in before if "investigation" in each.finished}


@given(SEEDS)
def test_a_complaint_closes_only_with_an_answer_given_by_the_person_who_recorded_it(seed: int) -> None:
    walk = walked("complaint", seed)
    if walk.case.ended in ("closed", "unresolved"):
        undone = ("investigation", "answer_returned")
        given = ("answer.sent", "answered_otherwise", "final_answer.sent")
        assert any(_since(walk.story, moment, undone) for moment in given)
        sent = {each.by for each in walk.story if each.finished & {"answer.sent", "other_way"}}
        assert sent == {walk.case.starter} or _complained_about(walk.story, walk.case.starter)


def _complained_about(story: Sequence[Happened], person: str | None) -> bool:
    """Whether a complaint was about somebody at any time: then somebody else answers for it."""
    return any(each.values.get("about_person") == person for each in story)


@given(SEEDS)
def test_whom_a_complaint_is_about_neither_answers_for_it_nor_holds_anything_that_waits_beside_its_flow(
    seed: int,
) -> None:
    case = walked("complaint", seed).case
    about = case.values.get("about_person")
    if about and case.is_open:
        assert case.owner != about
        assert all(about in task.excluded for task in case.tasks if task.kind in ("draft", "escalation"))


@given(SEEDS)
def test_nobody_investigates_a_complaint_they_recorded_or_that_is_about_them(seed: int) -> None:
    walk = walked("complaint", seed)
    for each in walk.story:
        if "investigation" in each.finished:
            assert each.by not in (walk.case.starter, each.values.get("about_person"))


@given(SEEDS)
def test_whom_a_complaint_is_about_decides_nothing_in_it(seed: int) -> None:
    decides = {
        "assessment.accepted",
        "investigation",
        "answer.sent",
        "other_way",
        "refund_approval",
        "appeal",
        "waive_answer",
    }
    calls = {f"follow_up/{step}" for step in ("call_customer", "supervisor_call", "last_notice", "last_letter")}
    for each in walked("complaint", seed).story:
        if each.finished & (decides | calls):
            assert each.by != each.values.get("about_person"), each.finished


@given(SEEDS)
def test_a_complaint_we_had_before_is_answered_by_a_standard_and_its_cost_is_shared_out(seed: int) -> None:
    for _, answering in _beginnings(walked("complaint", seed).story, "answering"):
        assert answering.values.get("standard_used") or not answering.values.get("repeated")
        if cost := float(answering.values.get("cost") or 0):
            shares = answering.values["cost_shares"]
            assert sum(float(row["percent"]) for row in shares) == 100
            assert sum(float(row["amount"]) for row in shares) == cost


@given(SEEDS)
def test_every_remote_session_has_a_consent_of_its_own(seed: int) -> None:
    for before, session in _beginnings(walked("remote_help", seed).story, "session"):
        assert _since(before, "meeting.consented", ("arranging", "rebook", "taking_over"))
        assert session.values["consent"] is True
        assert session.values["consent_by"] and session.values["consent_at"]


@given(SEEDS)
def test_care_counts_as_delivered_only_with_a_mail_that_left_or_a_proof(seed: int) -> None:
    for before, arrived in _beginnings(walked("customer_care_item", seed).story, "let_it_arrive"):
        assert any(_since(before, moment, ("preparing",)) for moment in ("writing.sent", "writing_warranty.sent")) or (
            _since(before, "delivering.delivered", ("preparing",)) and arrived.values["proof"]
        )


@given(SEEDS)
def test_who_helped_from_afar_does_not_ask_whether_it_helped(seed: int) -> None:
    helped: set[str | None] = set()
    for each in walked("remote_help", seed).story:
        if "follow_up/call_customer" in each.finished:
            assert each.by not in helped
        if each.finished & {"taking_over", "session"}:
            helped.add(each.by)


@given(SEEDS)
def test_nobody_counts_as_not_reached_before_three_attempts_on_two_days_and_a_letter(seed: int) -> None:
    walk = walked("complaint", seed)
    for before, missed in _beginnings(walk.story, "follow_up/unreachable"):
        tried = [row["day"] for row in missed.values["attempts"] if row.get("day")]
        assert len(tried) >= 3
        assert len(set(tried)) >= 2
        assert before[-1].finished & {"follow_up/last_notice.sent", "follow_up/last_letter.written"}


@given(SEEDS)
def test_a_report_closes_with_both_causes_acted_upon_and_proved_by_somebody_else(seed: int) -> None:
    walk = walked("eight_d", seed)
    if walk.case.ended == "closed":
        actions = walk.case.values["corrections"]
        assert {row["against"] for row in actions} == {"occurrence", "escape"}
        assert all(row.get("done_on") for row in actions)
        chose = {each.by for each in walk.story if "d5_corrections" in each.finished}
        proved = {each.by for each in walk.story if "d6_effect" in each.finished}
        assert not chose & proved


@pytest.mark.parametrize(
    ("name", "ends", "contact"),
    [
        ("complaint", ("closed", "unresolved"), ("follow_up",)),
        ("factory_return", ("returned", "settled", "not_received"), ("follow_up",)),
        ("return_order", ("closed",), ("follow_up",)),
        ("consultation", ("closed",), ("answering.answered_live", "draft_answer.sent", "other_way.told")),
        (
            "remote_help",
            ("closed", "handed_on", "unsolved", "not_reached"),
            ("follow_up", "absent_call", "onsite_repair", "factory_return"),
        ),
        (
            "onsite_repair",
            ("repaired", "unsolved", "sent_to_factory"),
            ("follow_up", "unrepaired_call", "factory_return", "write_letter", "paper_letter"),
        ),
        ("shipment_tracking", ("delivered", "unconfirmed", "settled"), ("confirm_arrival", "follow_up")),
    ],
)
@given(seed=SEEDS)
def test_no_case_ends_without_the_customer_being_asked(
    name: str, ends: tuple[str, ...], contact: tuple[str, ...], seed: int
) -> None:
    walk = walked(name, seed)
    if walk.case.ended in ends:
        assert any(each.finished & set(contact) for each in walk.story)


@pytest.mark.parametrize("name", EVERY)
@given(seed=SEEDS)
def test_an_open_case_always_waits_for_somebody_or_for_a_moment(name: str, seed: int) -> None:
    assert walked(name, seed).orphaned == []


@pytest.mark.parametrize("name", PROCESSES)
def test_cases_do_come_to_their_ends(name: str) -> None:
    ended = {walked(name, seed).case.ended for seed in range(40)}
    possible = [step for step in shipped(name).steps.values() if step.ends_case and step.end != "cancelled"]
    assert len(ended - {None}) >= min(3, len(possible)), ended


@pytest.mark.parametrize(
    ("name", "reached", "refused"),
    [
        ("complaint", ("paying", "appeal"), {"same_person", "different_person"}),
        (
            "factory_return",
            ("shipping", "repair", "replacing", "crediting", "swap_delivery"),
            {"rule", "different_person"},
        ),
        ("onsite_repair", ("visit", "raise_complaint"), {"rule", "different_person"}),
        ("shipment_tracking", ("claim_loss", "ship_again", "raise_complaint"), {"different_person"}),
    ],
)
def test_the_wanderer_comes_to_the_places_that_matter_and_is_stopped_there(
    name: str, reached: tuple[str, ...], refused: set[str]
) -> None:
    walks = [walked(name, seed) for seed in range(40)]
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
