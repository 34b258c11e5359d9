"""Mails and calls through every store: claimed by one worker, tried again in time, and never forgotten."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from adapters.clock import SetClock
from engine.delivery import TRY_AGAIN, Delivery
from engine.effects import CallAdapter, SendMail
from engine.kept import OutgoingMail
from engine.ports import CallRefused, MailRefused
from tests.contract.building import HOUR, MONDAY, AnyStore, a_case, begun, changed, open_case, save

LEASE = dt.timedelta(seconds=30)
CREDIT = CallAdapter("c1:credit:1:0", "erp.credit_note", {"amount": "99.50"})


@dataclass
class Outside:
    """A mail server, an ERP and a desk that do as told and remember what came."""

    at_sending: Callable[[OutgoingMail], None] = lambda mail: None
    at_calling: Callable[[CallAdapter], None] = lambda order: None
    sent: list[OutgoingMail] = field(default_factory=list)
    heard: list[tuple[str, ...]] = field(default_factory=list)

    def send(self, mail: OutgoingMail) -> None:
        self.at_sending(mail)
        self.sent.append(mail)

    def call(self, order: CallAdapter) -> Mapping[str, Any]:
        self.at_calling(order)
        return {"document": "CN-1"}

    def call_answered(self, case: str, key: str, values: Mapping[str, Any]) -> None:
        self.heard.append(("answered", case, key, values["document"]))

    def call_failed(self, case: str, key: str, reason: str) -> None:
        self.heard.append(("failed", case, key, reason))

    def mail_bounced(self, case: str, mail: SendMail, reason: str) -> None:
        self.heard.append(("bounced", case, mail.to, reason))

    def delivery(self, store: AnyStore) -> Delivery:
        return Delivery(store, self, self, LEASE, self)


def a_mail(key: str = "m1", **given: Any) -> SendMail:
    usual: dict[str, Any] = {"kind": "customer", "to": "wang@example.com", "subject": "您的维修", "body": "已收到。\n"}
    return SendMail(key=key, **(usual | given))


def busy(mail: OutgoingMail) -> None:
    raise MailRefused("450 busy", for_good=False)


def away(order: CallAdapter) -> None:
    raise CallRefused("the ERP is away")


def test_a_mail_leaves_as_it_was_ordered(store: AnyStore) -> None:
    outside, order = Outside(), a_mail(template="received", by="anna", task="c1.1")
    save(store, begun(a_case(), mails=[order]))

    assert outside.delivery(store).send_mails() == 1
    assert outside.delivery(store).send_mails() == 0

    (mail,) = outside.sent
    assert (mail.order.to, mail.order.subject, mail.order.body) == (order.to, order.subject, order.body)
    assert (mail.case, mail.number, mail.attempt) == ("c1", "FR-2026-c1", 1)


def test_a_staff_mail_waits_for_opening_hours(store: AnyStore, clock: SetClock) -> None:
    outside = Outside()
    save(store, begun(a_case(), mails=[a_mail(kind="staff", not_before=MONDAY + HOUR)]))

    assert outside.delivery(store).send_mails() == 0
    clock.advance(HOUR)
    assert outside.delivery(store).send_mails() == 1


def test_every_copy_of_a_mail_has_one_message_id(store: AnyStore, clock: SetClock) -> None:
    outside, ids = Outside(at_sending=busy), []
    save(store, begun(a_case(), mails=[a_mail()]))

    def note(mail: OutgoingMail) -> None:
        ids.append(mail.message_id)
        busy(mail)

    outside.at_sending = note
    for wait in TRY_AGAIN:
        outside.delivery(store).send_mails()
        clock.advance(wait)

    assert len(ids) == len(TRY_AGAIN)
    assert len(set(ids)) == 1


def test_a_refused_mail_is_tried_again_at_the_right_times_and_then_shown_to_somebody(
    store: AnyStore, clock: SetClock
) -> None:
    outside = Outside(at_sending=busy)
    save(store, begun(a_case(), mails=[a_mail()]))

    for wait in TRY_AGAIN:
        assert outside.delivery(store).send_mails() == 1
        clock.advance(wait - dt.timedelta(seconds=1))
        assert outside.delivery(store).send_mails() == 0
        clock.advance(dt.timedelta(seconds=1))
    assert outside.heard == []
    assert outside.delivery(store).send_mails() == 1
    clock.advance(dt.timedelta(days=30))

    assert outside.delivery(store).send_mails() == 0
    assert outside.heard == [("bounced", "c1", "wang@example.com", "450 busy")]


def test_several_workers_send_each_mail_once(store: AnyStore) -> None:
    outside = Outside()
    for number in range(4):
        mails = [a_mail(f"m{number}.{n}", to=f"{number}.{n}@example.com") for n in range(5)]
        save(store, begun(a_case(f"c{number}", number=f"FR-{number}"), mails=mails))

    workers = [threading.Thread(target=outside.delivery(store).send_mails) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(mail.order.to for mail in outside.sent) == [
        f"{c}.{n}@example.com" for c in range(4) for n in range(5)
    ]


def test_a_claim_is_free_again_when_its_lease_ran_out(store: AnyStore, clock: SetClock) -> None:
    outside = Outside()
    save(store, begun(a_case(), mails=[a_mail()]))
    (lost,) = store.write(lambda work: work.claim_mails(1, LEASE))  # by a worker that was killed then

    assert outside.delivery(store).send_mails() == 0
    clock.advance(LEASE)
    assert outside.delivery(store).send_mails() == 1
    assert store.write(lambda work: work.mail_sent(lost)) is False


def test_an_answer_reaches_the_case(store: AnyStore) -> None:
    outside = Outside()
    save(store, begun(a_case(), calls=[CREDIT]))

    assert outside.delivery(store).make_calls() == 1
    assert outside.delivery(store).make_calls() == 0
    assert outside.heard == [("answered", "c1", CREDIT.key, "CN-1")]


def test_a_call_that_the_case_orders_again_is_made_again(store: AnyStore, clock: SetClock) -> None:
    outside = Outside(at_calling=away)
    case = open_case(store)
    case = save(store, changed(case, change={"calls": [CREDIT]}))
    outside.delivery(store).make_calls()
    clock.advance(dt.timedelta(minutes=10))

    outside.at_calling = lambda order: None
    save(store, changed(case, change={"calls": [CREDIT]}))

    assert outside.delivery(store).make_calls() == 1
    assert outside.heard == [("failed", "c1", CREDIT.key, "the ERP is away"), ("answered", "c1", CREDIT.key, "CN-1")]


def test_a_failed_mail_leaves_after_an_administrator_dealt_with_it(store: AnyStore) -> None:
    def unknown(mail: OutgoingMail) -> None:
        raise MailRefused("550 no such person", for_good=True)

    outside = Outside(at_sending=unknown)
    save(store, begun(a_case(), mails=[a_mail()]))
    outside.delivery(store).send_mails()
    (incident,) = store.read(lambda screens: screens.incidents())

    outside.at_sending = lambda mail: None
    assert outside.delivery(store).send_mails() == 0
    store.write(lambda work: work.settle_incident(incident.id, "admin"))
    assert outside.delivery(store).send_mails() == 1


@pytest.mark.parametrize("error", [ZeroDivisionError("oh"), KeyError("amount")])
def test_an_error_of_ours_is_tried_again_too_and_not_hidden(store: AnyStore, clock: SetClock, error: Exception) -> None:
    def break_down(mail: OutgoingMail) -> None:
        raise error

    outside = Outside(at_sending=break_down)
    save(store, begun(a_case(), mails=[a_mail()]))
    with pytest.raises(type(error)):
        outside.delivery(store).send_mails()

    outside.at_sending = lambda mail: None
    clock.advance(TRY_AGAIN[0])
    assert outside.delivery(store).send_mails() == 1
