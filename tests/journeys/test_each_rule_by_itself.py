"""Each promise is tried where nothing but its own rule stands in the way, so that nobody takes that rule out unseen."""

from __future__ import annotations

from typing import Any

import pytest

from engine.refusals import Refusal
from tests.journeys.a_desk import ADesk
from tests.journeys.a_return import (
    AUTHORISED,
    JUDGED,
    REPAIRED,
    as_judged,
    as_shipped,
    as_tested,
    received,
    repaired,
)

PROOF = {"id": "f1", "name": "proof.png", "size": 3, "type": "image/png"}
LINES = [
    {"party": "company", "share": 60, "amount": "60"},
    {"party": "customer", "share": 40, "amount": "40"},
]
PAID = {"paid_on": "2026-03-02", "payment_proof": [PROOF]}
COMPLAINT: dict[str, Any] = {
    "customer": "C-1", "complaint_type": "service", "complaint_text": "nobody called back", "channel": "phone",
    "wish": "apology", "not_order_related": True, "solve_by": "2026-03-04T09:00:00+00:00",
    "occurred_at": "2026-03-01T09:00:00+00:00",
}  # fmt: skip
ACCEPTED = {"severity": "minor", "repeated": False, "department": "service", "handler": "service_supervisor"}
FOUND = {
    "cause": "forgotten", "cause_code": "planning", "action_taken": "a reminder", "remedy": "explain", "opinion": "sorry",
}  # fmt: skip


def refused_because(because: str) -> Any:
    """Refused by a rule, and by the one with this reason."""
    return pytest.raises(Refusal, match=because)


def moved(desk: ADesk, case: str, to: str) -> None:
    desk.house.desk.move_case(case, to, "service_manager", "in a hurry")


def passes(desk: ADesk, case: str, step: str = "final_test", unit: str = "SN-1", **more: Any) -> None:
    desk.press(case, step, "passed", "quality_engineer_2", **as_tested(unit, **more))


def chargeable(desk: ADesk) -> str:
    """The customer has accepted to pay 40, and the unit is repaired."""
    case = received(desk)
    shares = {"cost_total": "100", "customer_share": "40", "cost_shares": LINES, "warranty": "expired"}
    desk.press(case, "reinspection", "passed", "quality_engineer", **as_judged("repair", **shares))
    lines = [{"item": "Repair", "quantity": 1, "amount": "40"}]
    written = {"quote_lines": lines, "valid_until": "2026-04-01", "decline_fee": "0"}
    desk.press(case, "prepare_quote", "ready", "service_agent", **written)
    desk.press(case, "quoting", "sent", "service_agent")
    desk.house.desk.press_event(case, "quote.accepted", {}, "service_agent")
    said = {"accepted_by": "Ms Li", "accepted_on": "2026-03-02", "quote_proof": [PROOF]}
    desk.press(case, "record_acceptance", "accepted", "service_agent", **said)
    desk.press(case, "repair", "repaired", "workshop", **REPAIRED)
    return case


def in_advance(desk: ADesk) -> str:
    """The replacement SN-9 has passed its test and waits for its parcel."""
    desk.add("serial_number", "SN-9", customer=None, product="Pump", status="stock")
    case = desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="dead on arrival").case
    desk.press(case, "authorising", "authorised", "service_agent", **AUTHORISED, return_required="after_swap")
    judged = {"evidence": [PROOF], "warranty": "covered", "liability": "manufacturing", "basis": "a burnt board"}
    desk.press(case, "advance_judging", "agreed", "quality_engineer", **judged)
    chosen(desk, case)
    passes(desk, case, "test_swap", "SN-9")
    return case


def chosen(desk: ADesk, case: str) -> None:
    desk.press(case, "choose_swap", "chosen", "service_manager", new_unit="SN-9", swap_reason="dead on arrival")


def test_a_tested_unit_that_nobody_judged_does_not_ship(desk: ADesk) -> None:
    case = received(desk)
    moved(desk, case, "final_test")
    with refused_because("judged"):
        passes(desk, case)


def test_a_unit_that_nobody_received_is_not_judged(desk: ADesk) -> None:
    case = desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="no power").case
    desk.press(case, "authorising", "authorised", "service_agent", **AUTHORISED)
    moved(desk, case, "reinspection")
    with refused_because("judged when it has been received"):
        desk.press(case, "reinspection", "passed", "quality_engineer", **JUDGED)


@pytest.mark.parametrize("step", ["repair", "long_test", "deep_analysis", "order_parts", "final_test"])
def test_work_after_the_pass_voids_it_also_where_the_payment_was_waited_for(desk: ADesk, step: str) -> None:
    case = chargeable(desk)
    passes(desk, case)
    assert desk.case(case).leaves == ("payment",)
    moved(desk, case, step)
    for onward in ("payment", "shipping"):
        with refused_because("outgoing test"):
            moved(desk, case, onward)


def test_without_that_work_the_payment_opens_the_way(desk: ADesk) -> None:
    case = chargeable(desk)
    passes(desk, case)
    desk.press(case, "payment", "received", "service_agent", **PAID)
    assert desk.case(case).leaves == ("shipping",)


def test_a_replacement_that_is_chosen_again_is_tested_again(desk: ADesk) -> None:
    case = in_advance(desk)
    assert desk.case(case).leaves == ("ship_swap",)
    moved(desk, case, "choose_swap")
    chosen(desk, case)
    with refused_because("its own test"):
        moved(desk, case, "ship_swap")


def test_a_check_that_is_not_in_order_is_no_pass(desk: ADesk) -> None:
    case = repaired(desk)
    bad = {"item": "Leak", "min": 0, "max": 2, "value": 1, "ok": False}
    with refused_because("not in order"):
        passes(desk, case, readings=[bad])
    checks = [{"row": row, "ok": row != "screws"} for row in ("plate", "fault", "screws", "packing")]
    with refused_because("not in order"):
        passes(desk, case, checklist=checks)


def test_a_unit_that_was_worked_on_is_not_only_looked_at(desk: ADesk) -> None:
    case = repaired(desk)
    with refused_because("full test"):
        passes(desk, case, kind="identity")


def test_the_unit_in_the_parcel_is_the_one_that_was_tested(desk: ADesk) -> None:
    desk.add("serial_number", "SN-9", customer=None, product="Pump", status="stock")
    case = received(desk)
    desk.press(case, "reinspection", "passed", "quality_engineer", **as_judged("replace"))
    replacing = {"new_unit": "SN-9", "swap_reason": "burnt out", "old_unit_goes": "refurbish"}
    desk.press(case, "replacing", "chosen", "service_manager", **replacing)
    passes(desk, case, unit="SN-9")
    with refused_because("SN-1 is in the parcel"):
        desk.press(case, "shipping", "shipped", "shipping_clerk", **as_shipped("SN-1"))


def test_a_chargeable_visit_waits_for_the_acceptance_even_when_the_unit_was_read(desk: ADesk) -> None:
    asked = {"sn": "SN-1", "complaint_text": "noise", "urgency": "impaired"}
    case = desk.start("onsite_repair", "service_agent", **asked).case
    assessed = {"symptom": "noise", "urgency": "impaired", "coverage": "chargeable", "coverage_reason": "a wear part"}
    desk.press(case, "triage", "visit", "tech_support", **assessed)
    moved(desk, case, "check_unit")
    desk.press(
        case, "check_unit", "done", "tech_support", sn="SN-1", coverage="chargeable", coverage_reason="a wear part"
    )
    with refused_because("accepted quotation"):
        moved(desk, case, "visit")


@pytest.mark.parametrize(
    "shares",
    [
        [{"party": "company", "percent": 60, "amount": "100"}],
        [{"party": "company", "percent": 100, "amount": "90"}],
    ],
)
def test_a_complaint_is_not_answered_before_its_cost_is_divided_whole(desk: ADesk, shares: list[Any]) -> None:
    case = desk.start("complaint", "sales", **COMPLAINT).case
    desk.press(case, "assessment", "accepted", "complaint_officer", **ACCEPTED)
    with refused_because("add up"):
        desk.press(case, "investigation", "found", "service_supervisor", **FOUND, cost="100", cost_shares=shares)


@pytest.mark.parametrize(
    ("to", "because"),
    [
        ("closed", "its answer has reached"),
        ("waive_answer", "gets an answer"),
        ("withdrawn", "only follows from what is done before it"),  # only the customer's own words end it there
        ("merged", "only follows from what is done before it"),
    ],
)
def test_a_complaint_is_moved_to_no_end_that_leaves_its_customer_without_words(
    desk: ADesk, to: str, because: str
) -> None:
    case = desk.start("complaint", "sales", **COMPLAINT).case
    desk.press(case, "assessment", "accepted", "complaint_officer", **ACCEPTED)
    with refused_because(because):
        moved(desk, case, to)


def test_an_answered_complaint_is_closed_only_after_the_follow_up(desk: ADesk) -> None:
    case = desk.start("complaint", "sales", **COMPLAINT).case
    desk.press(case, "assessment", "accepted", "complaint_officer", **ACCEPTED)
    desk.press(case, "investigation", "found", "service_supervisor", **FOUND)
    desk.press(case, "answer", "sent", "sales")
    with refused_because("only after a follow-up"):
        moved(desk, case, "closed")


@pytest.mark.parametrize("end", ["returned", "settled", "not_received"])
def test_a_return_is_moved_to_no_end_without_a_contact(desk: ADesk, end: str) -> None:
    case = repaired(desk)
    with refused_because("without talking to the customer"):
        moved(desk, case, end)


def known_before_only_now(desk: ADesk, before: str) -> str:
    """A complaint past a step of which it shows only now that there was one like it; no form has asked for the standard."""
    desk.add("order", "SO-1", customer="C-1")
    desk.start("complaint", "sales", **COMPLAINT | {"order": "SO-1", "not_order_related": False})
    case = desk.start("complaint", "sales", **COMPLAINT).case
    desk.press(case, "assessment", "accepted", "complaint_officer", **ACCEPTED)
    if before != "investigation":
        desk.press(case, "investigation", "found", "service_supervisor", **FOUND)
    moved(desk, case, "registration")
    corrected = {name: COMPLAINT[name] for name in ("channel", "wish", "solve_by")}
    corrected |= {"occurred_at": "2026-03-01", "product": "Pump", "order": "SO-1"}
    desk.press(case, "registration", "done", "sales", **corrected)
    assert desk.case(case).earlier is not None
    return case


@pytest.mark.parametrize("step", ["investigation", "answer", "other_way"])
def test_a_repeated_complaint_names_its_standard_where_no_form_asks_for_it(desk: ADesk, step: str) -> None:
    case = known_before_only_now(desk, step)
    with refused_because("names its handling standard"):
        moved(desk, case, step)


@pytest.mark.parametrize("by", ["dispatcher", "quality_engineer", "dept_handler"])
def test_who_may_read_a_complaint_does_not_confirm_its_mails(desk: ADesk, by: str) -> None:
    case = desk.start("complaint", "sales", **COMPLAINT).case
    desk.press(case, "assessment", "accepted", "complaint_officer", **ACCEPTED)
    draft = next(task for task in desk.case(case).tasks if task.mail)
    with refused_because("This is for: "):
        desk.house.desk.complete_task(draft.id, "sent", {}, by, mail=draft.mail)


def test_no_hand_ends_a_complaint_that_nobody_answered_whichever_end_it_is(desk: ADesk) -> None:
    case = desk.start("complaint", "sales", **COMPLAINT).case
    for end, missing in (
        ("closed", "its answer has reached the customer"),
        ("closed", "a follow-up with the customer"),
        ("unresolved", "Confirm the answer"),
        ("unresolved", "'Follow-up' has to come first"),
        ("closed_unanswered", "Close without an answer"),
    ):
        with refused_because(missing):
            moved(desk, case, end)


def asked_in_vain(desk: ADesk, case: str, hours_later: float, how: str) -> tuple[str, ...]:
    """Somebody in a hurry asks once more without waiting for the day the process names; where the case is then."""
    desk.pass_time(hours=hours_later)
    moved(desk, case, "rebook")
    desk.press(case, "rebook", how, "service_agent")
    return desk.case(case).leaves


@pytest.mark.parametrize(
    ("waits", "one_more"),
    [((0, 2, 2), 24), ((0, 24, 1.9), 0.1)],
    ids=["three times on one day", "on two days but twice within two hours"],
)
def test_a_customer_who_was_asked_too_often_too_soon_does_not_count_as_not_reached(
    desk: ADesk, waits: tuple[float, ...], one_more: float
) -> None:
    case = desk.start("onsite_repair", "service_agent", sn="SN-1", complaint_text="noise", urgency="impaired").case
    tried = [
        asked_in_vain(desk, case, hours, how)
        for hours, how in zip(waits, ("no_answer", "no_reply", "no_answer"), strict=True)
    ]
    assert tried == [("try_later",)] * 3
    assert asked_in_vain(desk, case, one_more, "no_answer") != ("try_later",)
