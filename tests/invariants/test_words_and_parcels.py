"""INV-04, 05, 07, 08, 14, 15, 16, 17 and 19, tried directly: closing without words, parcels that lie, clocks that ring twice."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace
from typing import Any

import pytest

from engine.kept import PublishedVersion
from engine.refusals import Refusal
from tests.invariants.house import Premises
from tests.invariants.law import hold
from tests.invariants.stories import answered, returned_unit, two_complaints_about_the_same, waiting_for_its_test

SHIPMENT: dict[str, Any] = {
    "customer": "C-1", "promised_on": "2026-03-09", "batch_no": "B-1", "lines": [{"product": "Pump", "quantity": 2}],
    "no_order_reason": "samples",
    "parcels": [{"carrier": "SF", "tracking_no": "SF1"}, {"carrier": "SF", "tracking_no": "SF2"}],
}  # fmt: skip


def shipment(house: Premises) -> str:
    """Two parcels on their way."""
    return house.desk.start("shipment_tracking", "sales", **SHIPMENT).case


def tell(house: Premises, id: str, name: str, number: str, hour: int) -> str:
    """A program tells of a parcel."""
    values = {"tracking_no": number, "time": f"2026-03-02T{hour:02}:00:00+00:00", "place": "Suzhou"}
    answer = house.ask("POST", "/events", "bot", {"id": id, "name": name, "values": values})
    return str((answer.get_json() or {}).get("state"))


def refuses_to_end(house: Premises, case: str, by: str, *ends: str) -> None:
    for end in ends:
        with pytest.raises(Refusal):
            house.desk.house.desk.move_case(case, end, by, "enough of it")
        body = {"to": end, "reason": "enough of it"}
        assert house.ask("POST", f"/cases/{case}/move", by, body).status_code >= 400
    assert house.desk.case(case).is_open
    hold(house.witness)


def test_no_hand_closes_a_complaint_without_its_answer(premises: Premises) -> None:
    first, second = two_complaints_about_the_same(premises.desk)
    ends = ("closed", "unresolved", "closed_unanswered", "merged", "withdrawn")
    for case in (first, second):
        refuses_to_end(premises, case, "service_manager", *ends)


def test_no_hand_closes_a_complaint_that_was_answered_but_not_followed_up(premises: Premises) -> None:
    first, _ = two_complaints_about_the_same(premises.desk)
    answered(premises.desk, first)
    refuses_to_end(premises, first, "service_manager", "closed", "unresolved", "merged", "withdrawn")


def test_an_examination_after_the_answer_voids_the_answer(premises: Premises) -> None:
    first, _ = two_complaints_about_the_same(premises.desk)
    answered(premises.desk, first)
    premises.desk.house.desk.move_case(first, "investigation", "service_manager", "new facts")
    refuses_to_end(premises, first, "service_manager", "closed", "unresolved")


def test_a_withdrawal_needs_the_customers_own_words(premises: Premises) -> None:
    first, _ = two_complaints_about_the_same(premises.desk)
    values = {"customer": "C-1", "number": premises.desk.case(first).number}
    premises.ask("POST", "/events", "bot", {"id": "w1", "name": "complaint.withdrawn", "values": values})
    assert premises.desk.case(first).is_open


@pytest.mark.parametrize("ends", [("returned", "settled", "not_received", "line_done")])
def test_no_hand_closes_a_return_that_nobody_called_about(premises: Premises, ends: tuple[str, ...]) -> None:
    refuses_to_end(premises, waiting_for_its_test(premises.desk), "service_manager", *ends)


def test_no_hand_closes_a_shipment_that_the_customer_has_not_confirmed(premises: Premises) -> None:
    ends = ("delivered", "unconfirmed", "settled", "came_back", "lost")
    refuses_to_end(premises, shipment(premises), "sales_manager", *ends)


def test_news_told_by_two_doors_moves_one_parcel_once(premises: Premises) -> None:
    case = shipment(premises)
    assert tell(premises, "a", "parcel.delivered", "SF1", 3) == "taken"
    assert tell(premises, "a", "parcel.delivered", "SF1", 3) == "repeated"
    states = [row["state"] for row in premises.desk.case(case).values["parcels"]]
    assert states[0] == "delivered" and states[1] != "delivered"
    hold(premises.witness)


def test_old_news_and_news_of_the_other_parcel_leave_a_delivered_one_alone(premises: Premises) -> None:
    case = shipment(premises)
    tell(premises, "a", "parcel.delivered", "SF1", 5)
    before = premises.desk.case(case).values["parcels"][0]
    for n, (name, number, hour) in enumerate(
        [
            ("parcel.scanned", "SF1", 3),
            ("parcel.scanned", "SF1", 9),
            ("parcel.lost", "SF1", 9),
            ("parcel.lost", "SF2", 9),
        ]
    ):
        assert tell(premises, f"late{n}", name, number, hour) in ("taken", "kept")
    assert premises.desk.case(case).values["parcels"][0] == before
    hold(premises.witness)


def test_no_carrier_ends_a_case(premises: Premises) -> None:
    case = shipment(premises)
    for n, name in enumerate(("parcel.delivered", "parcel.lost", "parcel.exception", "parcel.delivered")):
        tell(premises, f"x{n}", name, f"SF{n % 2 + 1}", 3 + n)
        assert premises.desk.case(case).is_open
    for _ in range(20):
        premises.desk.pass_time(days=3)
    assert premises.desk.case(case).is_open
    hold(premises.witness)


def test_two_clocks_at_once_ring_each_row_once(premises: Premises) -> None:
    case = returned_unit(premises.desk, "SN-1")
    premises.desk.clock.advance(dt.timedelta(days=9))
    hands = [threading.Thread(target=premises.desk.house.desk.ring_due_timers) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    rung = [row.details["timer"] for row in premises.desk.history(case) if row.kind == "rang"]
    assert rung and len(rung) == len(set(rung))
    hold(premises.witness)


def test_a_task_that_was_put_aside_is_not_chased_by_any_clock(premises: Premises) -> None:
    case = returned_unit(premises.desk, "SN-1")
    task = premises.desk.work(case, "reinspection")
    until = premises.desk.clock.now() + dt.timedelta(days=20)
    premises.desk.house.desk.pause_task(task.id, "waits for a part", until, "quality_engineer")
    premises.desk.pass_time(days=15)
    assert not [row for row in premises.desk.history(case) if row.kind == "rang" and row.step == "reinspection"]
    hold(premises.witness)


def test_a_draft_is_not_sent_twice_nor_by_whom_it_is_not_for(premises: Premises) -> None:
    first, _ = two_complaints_about_the_same(premises.desk)
    draft = next(task for task in premises.desk.case(first).tasks if task.mail)
    desk = premises.desk.house.desk
    assert draft.mail is not None
    with pytest.raises(Refusal):
        desk.complete_task(draft.id, "sent", {}, "workshop", mail=draft.mail)
    changed = replace(draft.mail, template="result", body="Something else.")
    with pytest.raises(Refusal):
        desk.complete_task(draft.id, "sent", {}, "sales", mail=changed)
    premises.desk.house.delivery.send_mails()
    assert not premises.witness.mails_of(first)
    desk.complete_task(draft.id, "sent", {}, "sales", mail=draft.mail)
    with pytest.raises(Refusal):
        desk.complete_task(draft.id, "sent", {}, "sales", mail=draft.mail)
    hold(premises.witness)
    assert len(premises.witness.mails_of(first)) == 1


def test_a_newer_version_moves_nobody_by_itself_and_leads_nobody_around_the_test(premises: Premises) -> None:
    desk = premises.desk
    case = waiting_for_its_test(desk)
    stored = desk.house.store.read(lambda screens: screens.version("factory_return"))
    assert stored is not None
    text = stored.text.replace(
        "\nversion: 1\n", "\nversion: 2\nmigrate: {from: 1, steps: {final_test: shipping, reinspection: shipping}}\n"
    )
    again = PublishedVersion("factory_return", 2, text, "around", desk.clock.now(), "admin", "in a hurry")
    desk.house.store.write(lambda uow: uow.publish(again))
    assert desk.case(case).version == 1
    with pytest.raises(Refusal) as refused:
        desk.house.desk.migrate_case(case, "admin")
    assert refused.value.code == "rule"
    assert (desk.case(case).version, desk.case(case).leaves) == (1, ("final_test",))
    hold(premises.witness)


def test_a_repeated_complaint_is_not_investigated_without_its_standard(premises: Premises) -> None:
    first, _ = two_complaints_about_the_same(premises.desk)
    desk = premises.desk
    desk.house.desk.move_case(first, "assessment", "service_manager", "once more")
    accepted = {"severity": "minor", "repeated": True, "department": "service", "handler": "ann"}
    with pytest.raises(Refusal):
        desk.press(first, "assessment", "accepted", "complaint_officer", **accepted)
    hold(premises.witness)


def test_who_investigated_does_not_ask_the_customer_how_it_was(premises: Premises) -> None:
    first, _ = two_complaints_about_the_same(premises.desk)
    answered(premises.desk, first)
    desk, task = premises.desk.house.desk, premises.desk.work(first, "follow_up/call_customer")
    call = {"solved": True, "satisfaction": 5}
    with pytest.raises(Refusal) as refused:
        desk.complete_task(task.id, "reached", call, "ann")
    assert refused.value.code == "different_person"
    for by, reason in (("ann", "x"), ("bo", ""), ("sales", "x")):
        with pytest.raises(Refusal):
            desk.reassign_task(task.id, "ann", by, reason)
    desk.reassign_task(task.id, "ann", "bo", "everybody else is ill")
    desk.complete_task(task.id, "reached", call, "ann")
    assert "waived" in {row.kind for row in premises.desk.history(first)}
    hold(premises.witness)


def test_who_investigated_is_not_the_supervisor_who_calls_the_dissatisfied_customer(premises: Premises) -> None:
    first, _ = two_complaints_about_the_same(premises.desk)
    answered(premises.desk, first)
    premises.desk.press(first, "follow_up/call_customer", "reached", "bo", solved=True, satisfaction=1)
    desk, task = premises.desk.house.desk, premises.desk.work(first, "follow_up/supervisor_call")
    for act in (
        lambda: desk.claim_task(task.id, "ann"),
        lambda: desk.complete_task(task.id, "done", {"supervisor_note": "we spoke"}, "ann"),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "different_person"
    desk.complete_task(task.id, "done", {"supervisor_note": "we spoke"}, "bo")
    assert premises.desk.case(first).ended == "closed"
    hold(premises.witness)


def test_nobody_is_given_up_after_calls_in_one_way_where_two_are_known(premises: Premises) -> None:
    first, _ = two_complaints_about_the_same(premises.desk)
    answered(premises.desk, first)
    desk = premises.desk
    desk.house.desk.change_record("customer", "C-1", {"phone": "+86 21 5555 0100"}, "service_manager", "told us")
    for _ in range(3):
        desk.press(first, "follow_up/call_customer", "no_answer", "bo")
        desk.pass_time(days=1)
    assert desk.case(first).leaves == ("follow_up/another_way",)
    with pytest.raises(Refusal):
        desk.press(first, "follow_up/another_way", "makes_no_sense", "bo")
    desk.press(first, "follow_up/another_way", "makes_no_sense", "bo", one_channel_reason="reads no mail")
    desk.press(first, "follow_up/last_notice", "sent", "bo")
    assert desk.case(first).ended == "closed"
    hold(premises.witness)
