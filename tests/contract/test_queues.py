"""Timers, mails and calls: claimed by one worker, done once, never forgotten."""

from __future__ import annotations

import datetime as dt
from typing import Any

from adapters.clock import SetClock
from engine.effects import CallAdapter, SendMail
from engine.kept import OutgoingMail
from engine.screens import Page
from tests.contract.building import DAY, HOUR, MONDAY, AnyStore, a_timer, changed, open_case, save

LEASE = dt.timedelta(seconds=30)


def due(store: AnyStore, limit: int = 10) -> list[str]:
    return [t.id for t in store.write(lambda u: u.due_timers(limit))]


def a_mail(key: str = "c1/1", **given: Any) -> SendMail:
    return SendMail(key, "staff", "anna@example.com", "Late", "It is late.", **given)


def claim(store: AnyStore, limit: int = 10) -> list[OutgoingMail]:
    return list(store.write(lambda u: u.claim_mails(limit, LEASE)))


def test_timers_ring_in_order_of_their_moment(store: AnyStore, clock: SetClock) -> None:
    open_case(
        store, "c1", timers=(a_timer("c1:1", MONDAY + 2 * HOUR), a_timer("c1:2", None), a_timer("c1:3", MONDAY + DAY))
    )
    open_case(store, "c2", timers=(a_timer("c2:1", MONDAY + HOUR),))
    assert due(store) == []
    clock.advance(HOUR)
    assert due(store) == ["c2:1"]
    clock.advance(2 * HOUR)
    assert due(store) == ["c2:1", "c1:1"]
    assert due(store, 1) == ["c2:1"]
    found = store.write(lambda u: u.due_timers(1))[0]
    assert (found.case, found.fire_at) == ("c2", MONDAY + HOUR)


def test_a_timer_follows_its_case(store: AnyStore, clock: SetClock) -> None:
    case = open_case(store, timers=(a_timer("c1:1"), a_timer("c1:2")))
    clock.advance(HOUR)
    case = save(store, changed(case, timers=(a_timer("c1:1"), a_timer("c1:2", MONDAY + DAY))))
    assert due(store) == ["c1:1"]
    case = save(store, changed(case, timers=(a_timer("c1:1", None),)))
    assert due(store) == []
    save(store, changed(case, timers=(a_timer("c1:1"),)))
    assert due(store) == ["c1:1"]


def test_of_an_ended_case_only_what_it_keeps_rings(store: AnyStore, clock: SetClock) -> None:
    case = open_case(store, timers=(a_timer("c1:1"), a_timer("c1:2")))
    save(store, changed(case, ended="closed", ended_at=MONDAY, timers=(a_timer("c1:2"),)))
    clock.advance(DAY)
    assert due(store) == ["c1:2"]


def test_a_batch_of_timers_is_handled_in_one_transaction(store: AnyStore, clock: SetClock) -> None:
    for n in range(5):
        open_case(store, f"c{n}", timers=(a_timer(f"c{n}:1", MONDAY + n * HOUR), a_timer(f"c{n}:2", MONDAY)))
    clock.advance(DAY)

    def ring(unit: Any) -> int:
        rung = unit.due_timers(20)
        for timer in rung:
            case = unit.case(timer.case)
            unit.save(changed(case, timers=tuple(t for t in case.timers if t.id != timer.id)))
        return len(rung)

    assert store.write(ring) == 10
    assert store.write(ring) == 0
    case = store.read(lambda s: s.case("c4"))
    assert case is not None
    assert (case.timers, case.revision) == ((), 3)


def test_a_timer_nobody_can_handle_is_lifted_out_and_told(store: AnyStore, clock: SetClock) -> None:
    open_case(store, timers=(a_timer("c1:1"), a_timer("c1:2")))
    clock.advance(HOUR)
    store.write(lambda u: u.lift_timer("c1:1", "KeyError: x"))
    assert due(store) == ["c1:2"]
    incident = store.read(lambda s: s.incidents())[0]
    assert (incident.case, incident.number, incident.state) == ("c1", "FR-2026-c1", "open")
    assert "KeyError: x" in incident.text.en
    assert store.write(lambda u: u.settle_incident(incident.id, "boss")) == "c1"
    assert due(store) == ["c1:1", "c1:2"]
    assert store.read(lambda s: s.incidents()) == []
    assert [i.state for i in store.read(lambda s: s.incidents(open_only=False))] == ["settled"]
    assert store.write(lambda u: u.settle_incident("nothing", "boss")) is None


def test_a_mail_is_claimed_by_one_worker_and_sent_once(store: AnyStore) -> None:
    open_case(store, listed={"mails": [a_mail("c1/1"), a_mail("c1/2")]})
    first = claim(store, 1)
    second = claim(store)
    assert len(first) == len(second) == 1
    assert first[0].id != second[0].id
    assert claim(store) == []
    mail = first[0]
    assert (mail.order, mail.case, mail.number, mail.attempt) == (a_mail(mail.order.key), "c1", "FR-2026-c1", 1)
    assert store.write(lambda u: u.mail_sent(mail)) is True
    assert store.write(lambda u: u.mail_sent(mail)) is False
    row = store.read(lambda s: s.mail(mail.id))
    assert row is not None
    assert (row.state, row.sent_at, row.attempts, row.message_id) == ("sent", MONDAY, 1, mail.message_id)


def test_a_mail_whose_worker_died_is_claimed_again_and_the_dead_one_cannot_mark_it(
    store: AnyStore, clock: SetClock
) -> None:
    open_case(store, listed={"mails": [a_mail()]})
    lost = claim(store)[0]
    clock.advance(LEASE)
    again = claim(store)[0]
    assert (again.id, again.attempt, again.message_id) == (lost.id, 2, lost.message_id)
    assert store.write(lambda u: u.mail_sent(lost)) is False
    assert store.write(lambda u: u.mail_failed(lost, "late", again_at=None)) is False
    assert store.write(lambda u: u.mail_sent(again)) is True


def test_a_mail_waits_for_its_hour(store: AnyStore, clock: SetClock) -> None:
    open_case(store, listed={"mails": [a_mail(not_before=MONDAY + HOUR)]})
    assert claim(store) == []
    clock.advance(HOUR)
    assert len(claim(store)) == 1


def test_a_mail_that_is_no_longer_needed_is_kept_and_never_claimed_again(store: AnyStore, clock: SetClock) -> None:
    open_case(store, listed={"mails": [a_mail()]})
    mail = claim(store)[0]
    assert store.write(lambda u: u.mail_dropped(mail)) is True
    assert store.write(lambda u: u.mail_dropped(mail)) is False
    clock.advance(DAY)
    assert claim(store) == []
    assert [m.id for m in store.read(lambda s: s.mails(state="dropped")).rows] == [mail.id]
    assert store.read(lambda s: s.incidents()) == []


def test_a_failed_mail_is_tried_again_later_then_given_up_and_told(store: AnyStore, clock: SetClock) -> None:
    open_case(store, listed={"mails": [a_mail()]})
    mail = claim(store)[0]
    assert store.write(lambda u: u.mail_failed(mail, "450 busy", again_at=MONDAY + HOUR)) is True
    assert claim(store) == []
    row = store.read(lambda s: s.mail(mail.id))
    assert row is not None
    assert (row.state, row.last_error) == ("waiting", "450 busy")
    clock.advance(HOUR)
    mail = claim(store)[0]
    assert store.write(lambda u: u.mail_failed(mail, "550 unknown", again_at=None)) is True
    assert [m.state for m in store.read(lambda s: s.mails(state="failed")).rows] == ["failed"]
    incident = store.read(lambda s: s.incidents(case_id="c1"))[0]
    assert "550 unknown" in incident.text.zh
    assert claim(store) == []
    store.write(lambda u: u.settle_incident(incident.id, "boss"))
    assert claim(store)[0].id == mail.id


def test_mails_are_listed_newest_first_page_by_page(store: AnyStore, clock: SetClock) -> None:
    for n in range(3):
        open_case(store, f"c{n}", listed={"mails": [a_mail(f"c{n}/1")]})
        clock.advance(HOUR)
    first = store.read(lambda s: s.mails(page=Page(size=2)))
    rest = store.read(lambda s: s.mails(page=Page(first.next, 2)))
    assert [m.case for m in (*first.rows, *rest.rows)] == ["c2", "c1", "c0"]
    assert rest.next == ""
    assert [m.case for m in store.read(lambda s: s.mails(case_id="c1")).rows] == ["c1"]
    assert store.read(lambda s: s.mail("nothing")) is None


def test_a_call_is_claimed_with_a_lease_and_taken_out_when_done(store: AnyStore, clock: SetClock) -> None:
    order = CallAdapter("c1/k", "erp.credit_note", {"金额": "10"})
    open_case(store, listed={"calls": [order]})
    call = store.write(lambda u: u.claim_calls(5, LEASE))[0]
    assert (call.order, call.case, call.attempt) == (order, "c1", 1)
    assert list(store.write(lambda u: u.claim_calls(5, LEASE))) == []
    clock.advance(LEASE)
    again = store.write(lambda u: u.claim_calls(5, LEASE))[0]
    assert store.write(lambda u: u.call_done(call)) is False
    assert store.write(lambda u: u.call_done(again)) is True
    clock.advance(DAY)
    assert list(store.write(lambda u: u.claim_calls(5, LEASE))) == []
