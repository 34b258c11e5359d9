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
from engine.refusals import Refusal
from tests.contract.building import HOUR, MONDAY, AnyStore, a_case, a_task, begun, changed, open_case, save

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


def colleagues_mails(store: AnyStore) -> None:
    """Two for Anna and one for Bo that can wait, one for Anna that cannot, one for a customer who has her address."""
    anna, soon = {"kind": "staff", "to": "anna@example.com"}, {"not_before": MONDAY + HOUR}
    waiting = [a_mail("m1", subject="First", **anna, **soon), a_mail("m2", subject="Second", **anna, **soon)]
    bo = a_mail("m3", kind="staff", to="bo@example.com", subject="For Bo", **soon)
    others = [a_mail("m4", subject="Danger", **anna), a_mail("m5", to="anna@example.com", subject="Dear Anna")]
    save(store, begun(a_case(), mails=[*waiting, bo, *others]))


def test_what_waits_for_a_colleague_leaves_as_one_letter_and_what_cannot_wait_at_once(
    store: AnyStore, clock: SetClock
) -> None:
    outside = Outside()
    colleagues_mails(store)
    outside.delivery(store).send_mails()
    assert sorted(mail.order.subject for mail in outside.sent) == ["Danger", "Dear Anna"]
    clock.advance(HOUR)
    outside.sent.clear()
    outside.delivery(store).send_mails()

    bo, letter = sorted(outside.sent, key=lambda mail: len(mail.order.body))
    assert (bo.order.subject, letter.order.subject) == ("For Bo", "2 things need you: First, and 1 more")
    assert "2. Second" in letter.order.body and not letter.case
    of_the_case = store.read(lambda screens: screens.mails(case_id="c1")).rows
    assert {(mail.state, mail.sent_at is not None) for mail in of_the_case} == {("sent", True)} and len(
        of_the_case
    ) == 5
    assert {mail.left_in for mail in of_the_case if mail.subject in ("First", "Second")} == {letter.id}
    assert len(store.read(lambda screens: screens.mails(state="sent")).rows) == 4
    assert outside.delivery(store).send_mails() == 0


def test_what_was_claimed_for_a_letter_that_never_came_about_leaves_by_itself_once(
    store: AnyStore, clock: SetClock
) -> None:
    outside = Outside()
    colleagues_mails(store)
    clock.advance(HOUR)
    claimed = store.write(lambda unit: [*unit.claim_mails(5, LEASE)])  # and dies before a letter is there
    clock.advance(LEASE)
    outside.delivery(store).send_mails()
    assert sorted(mail.order.key for mail in outside.sent) == ["m1", "m2", "m3", "m4", "m5"]
    with pytest.raises(Refusal):
        store.write(lambda unit: unit.leave_together(claimed[:2], a_mail("letter")))
    assert outside.delivery(store).send_mails() == 0


def test_a_letter_that_was_put_together_keeps_its_message_id(store: AnyStore, clock: SetClock) -> None:
    outside, ids = Outside(), []

    def dies_after_sending(mail: OutgoingMail) -> None:
        if not mail.case:
            ids.append(mail.message_id)
            raise KeyboardInterrupt

    colleagues_mails(store)
    clock.advance(HOUR)
    outside.at_sending = dies_after_sending
    with pytest.raises(KeyboardInterrupt):
        outside.delivery(store).send_mails()
    late = a_mail("m6", kind="staff", to="anna@example.com", not_before=MONDAY + HOUR)
    save(store, begun(a_case("c2"), mails=[late]))
    clock.advance(LEASE)
    outside.at_sending = lambda mail: None
    outside.delivery(store).send_mails()
    (letter,) = (mail for mail in outside.sent if not mail.case)
    assert ids == [letter.message_id]
    assert sum(mail.order.key == "m6" for mail in outside.sent) == 1


def test_a_reminder_of_a_moment_that_has_passed_leaves_only_where_its_task_has_more_time(
    store: AnyStore, clock: SetClock
) -> None:
    outside = Outside()
    reminder = {"kind": "staff", "not_before": MONDAY + HOUR}
    in_time, overtaken, with_more_time = (
        a_mail("m1", until=MONDAY + 2 * HOUR, **reminder),
        a_mail("m2", until=MONDAY + HOUR, **reminder),
        a_mail("m3", until=MONDAY + HOUR, task="c2.1", to="ben@example.com", **reminder),
    )
    save(store, begun(a_case(), mails=[in_time, overtaken]))
    extended = a_task("c2.1", due_at=MONDAY + 2 * HOUR)
    save(store, begun(a_case("c2", tasks=(extended,)), mails=[with_more_time]))
    clock.advance(HOUR)
    outside.delivery(store).send_mails()
    assert [mail.order.key for mail in outside.sent] == ["m1", "m3"]
    assert [mail.state for mail in store.read(lambda screens: screens.mails(state="dropped")).rows] == ["dropped"]


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
