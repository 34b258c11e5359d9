"""Thirty days before a warranty ends its renewal begins, a month after a purchase somebody asks; nothing is announced twice."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.refusals import Refusal
from engine.screens import Page, Viewer
from tests.journeys.a_desk import MONDAY, ADesk

EVERYTHING = Viewer("", frozenset(), everything=True)
TODAY = MONDAY.date()
DAY = dt.timedelta(days=1)


def look(desk: ADesk, days: int = 0) -> None:
    """Days pass, and the workers look which dates have come."""
    desk.clock.advance(DAY * days)
    while desk.house.dates.announce_due():
        pass


def unit(desk: ADesk, number: str, days_left: int, **more: object) -> None:
    end = (TODAY + DAY * days_left).isoformat()
    desk.add("serial_number", number, **{"customer": "C-1", "product": "Pump", "status": "active", "warranty_until": end, **more})  # fmt: skip


def cases(desk: ADesk, process: str = "warranty_renewal") -> dict[str, str]:
    """Each case by the unit it is about."""
    rows = desk.house.store.read(
        lambda s: s.cases(EVERYTHING, process=process, state="", text="", page=Page(size=200))
    ).rows
    return {str(desk.case(row.id).values["serial_number"]): row.id for row in rows}


def about(desk: ADesk, number: str) -> list[str]:
    """All renewals of a unit, oldest first."""
    rows = desk.house.store.read(
        lambda s: s.cases(EVERYTHING, process="warranty_renewal", state="", text="", page=Page(size=200))
    ).rows
    found = [desk.case(row.id) for row in rows]
    return [c.id for c in sorted(found, key=lambda c: c.opened_at) if c.values["serial_number"] == number]


def test_the_list_of_renewals_has_thirty_days_in_and_thirty_one_expired_and_replaced_out(desk: ADesk) -> None:
    for number, days, status in (("IN-30", 30, "active"), ("IN-0", 0, "in_service"), ("OUT-31", 31, "active"), ("EXPIRED", -1, "active"), ("REPLACED", 20, "replaced"), ("SCRAPPED", 20, "scrapped")):  # fmt: skip
        unit(desk, number, days, status=status)
    look(desk)
    begun = cases(desk)
    assert sorted(begun) == ["IN-0", "IN-30"]
    case = desk.case(begun["IN-30"])
    assert (case.leaves, case.owner, case.values["warranty_was"]) == (("prepare_offer",), "sales", "2026-04-01")
    assert desk.work(case.id, "prepare_offer").assignee == "sales"

    look(desk, days=1)
    assert sorted(cases(desk)) == ["IN-0", "IN-30", "OUT-31"]


def test_a_renewal_moves_the_warranty_on_record_and_is_announced_again_when_the_new_one_ends(desk: ADesk) -> None:
    unit(desk, "U-1", 30)
    look(desk)
    case = cases(desk)["U-1"]
    desk.press(case, "prepare_offer", "offer", "sales", plan="one_year", price="1200", excluded_fault="none")
    desk.press(case, "send_offer", "sent", "sales")
    desk.house.desk.press_event(case, "customer.replied", {"text": "yes"}, "sales")
    desk.press(case, "record_answer", "accepted", "sales", accepted_by="Ms Li", accepted_on=TODAY.isoformat())
    slip = dict(desk.house.files.put("slip.jpg", b"\xff\xd8\xff\xe0 jpeg", by="sales"))
    desk.press(case, "payment", "paid", "sales", paid_on=TODAY.isoformat(), pay_proof=[slip])
    desk.press(case, "certificate", "sent", "sales")
    assert desk.case(case).ended == "renewed"

    changes = desk.house.store.read(lambda s: s.warranty_changes("U-1"))
    assert [(c.old, c.new, c.source) for c in changes][-1] == ("2026-04-01", "2027-04-01", "renewal")
    look(desk, days=300)
    assert cases(desk)["U-1"] == case
    look(desk, days=65)
    assert desk.case(about(desk, "U-1")[-1]).values["warranty_was"] == "2027-04-01"
    assert len(about(desk, "U-1")) == 2


def test_who_does_not_want_to_be_called_is_written_to(desk: ADesk) -> None:
    desk.add("customer", "C-2", name="Quiet", email="q@quiet.example", contact="Mr Ma", salesperson="sales", do_not_call=True)  # fmt: skip
    bought = (TODAY - DAY * 30).isoformat()
    unit(desk, "Q-1", 30, customer="C-2", purchased_on=bought)
    look(desk)
    asked = desk.case(cases(desk, "purchase_follow_up")["Q-1"])
    assert asked.leaves == ("ask_by_mail",)

    renewal = cases(desk)["Q-1"]
    desk.press(renewal, "prepare_offer", "offer", "sales", plan="one_year", price="1200", excluded_fault="none")
    desk.press(renewal, "send_offer", "sent", "sales")
    desk.pass_time(days=40)
    assert desk.case(renewal).leaves == ("decide_silent",)


def test_a_unit_without_a_customer_is_found_out_before_anybody_is_troubled(desk: ADesk) -> None:
    unit(desk, "N-1", 10, customer=None)
    look(desk)
    case = cases(desk)["N-1"]
    assert desk.case(case).leaves == ("find_customer",)
    assert desk.case(case).owner == "sales_manager", "nobody began it: it belongs to the first who answers for renewals"
    desk.press(case, "find_customer", "found", "service_agent", customer="C-1")
    assert desk.case(case).leaves == ("prepare_offer",)
    found = desk.house.store.read(lambda s: s.record("serial_number", "N-1"))
    assert found is not None and found.attributes["customer"] == "C-1"


def test_a_second_offer_for_a_unit_is_refused_while_the_first_is_open(desk: ADesk) -> None:
    unit(desk, "U-1", 30)
    look(desk)
    with pytest.raises(Refusal) as refused:
        desk.start("warranty_renewal", "sales", serial_number="U-1", why_again="asked again")
    assert "open offer" in refused.value.text.en


def test_a_purchase_is_followed_up_once_for_each_order_between_thirty_and_thirty_five_days(desk: ADesk) -> None:
    desk.add("order", "SO-1", customer="C-1")
    for number, days, order in (("A-1", 30, "SO-1"), ("A-2", 30, "SO-1"), ("B-1", 35, None), ("C-29", 29, None), ("C-36", 36, None)):  # fmt: skip
        unit(desk, number, 500, purchased_on=(TODAY - DAY * days).isoformat(), order=order)
    look(desk)
    begun = {number: desk.case(case).leaves for number, case in cases(desk, "purchase_follow_up").items()}
    assert begun == {
        "A-1": ("follow_up/call_customer",),
        "A-2": ("asked_already",),
        "B-1": ("follow_up/call_customer",),
    }


def test_after_a_week_without_a_server_what_is_still_in_time_is_announced(desk: ADesk) -> None:
    look(desk)
    unit(desk, "LATE", 32, purchased_on=(TODAY - DAY * 20).isoformat())
    unit(desk, "GONE", 500, purchased_on=(TODAY - DAY * 29).isoformat())
    look(desk, days=12)
    assert sorted(cases(desk)) == ["LATE"]
    assert sorted(cases(desk, "purchase_follow_up")) == ["LATE"]
