"""What becomes of a waiting mail or call, through refusals, crashes and time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from engine.definition.texts import Text
from engine.delivery import TRY_AGAIN, Delivery
from engine.effects import CallAdapter, SendMail
from engine.kept import OutgoingMail
from engine.ports import CallRefused, MailRefused
from engine.refusals import Refusal
from engine.store import Store
from tests.engine.outbox import Outbox

LEASE = dt.timedelta(seconds=30)
TO_A_CUSTOMER = SendMail("m1", "customer", "wang@example.com", "Your case", "We got it.")
TO_STAFF = SendMail("m1", "staff", "li@example.com", "Overdue", "Look.")
CREDIT = CallAdapter("c1:credit:1:0", "erp.credit_note", {"amount": "99.50"})


class Crash(BaseException):
    """The process ends here."""


@dataclass
class World:
    """A mail server, an ERP and a desk that do as told and remember what came."""

    outbox: Outbox = field(default_factory=Outbox)
    at_sending: Callable[[OutgoingMail], None] = lambda mail: None
    at_calling: Callable[[CallAdapter], Mapping[str, Any]] = lambda order: {"document": "CN-1"}
    at_answering: Callable[[], None] = lambda: None
    sent: list[str] = field(default_factory=list)
    heard: list[tuple[Any, ...]] = field(default_factory=list)

    def send(self, mail: OutgoingMail) -> None:
        assert not self.outbox.in_transaction, "nothing is sent inside a transaction"
        self.at_sending(mail)
        self.sent.append(mail.message_id)

    def call(self, order: CallAdapter) -> Mapping[str, Any]:
        assert not self.outbox.in_transaction, "nothing is called inside a transaction"
        return self.at_calling(order)

    def call_answered(self, case: str, key: str, values: Mapping[str, Any]) -> None:
        self.at_answering()
        self.heard.append(("answered", case, key, dict(values)))

    def call_failed(self, case: str, key: str, reason: str) -> None:
        self.heard.append(("failed", case, key, reason))

    def mail_bounced(self, case: str, mail: SendMail, reason: str) -> None:
        self.heard.append(("bounced", case, mail.key, reason))

    @property
    def delivery(self) -> Delivery:
        return Delivery(cast(Store, self.outbox), self, self, LEASE, self)


def refusing(reason: str, *, for_good: bool) -> Callable[[OutgoingMail], None]:
    def refuse(mail: OutgoingMail) -> None:
        raise MailRefused(reason, for_good=for_good)

    return refuse


def raising(error: BaseException) -> Callable[..., Any]:
    def fail(*_: Any) -> Any:
        raise error

    return fail


def test_a_waiting_mail_is_sent_once() -> None:
    world = World()
    world.outbox.order_mail(TO_A_CUSTOMER)

    assert world.delivery.send_mails() == 1
    assert world.delivery.send_mails() == 0

    assert world.sent == ["<m1@x>"]
    assert world.outbox.mails["m1"].state == "sent"


def test_no_more_than_asked_for_are_sent_at_once() -> None:
    world = World()
    for number in range(5):
        world.outbox.order_mail(SendMail(f"m{number}", "staff", "li@example.com", "s", "b"))

    assert [world.delivery.send_mails(2) for _ in range(3)] == [2, 2, 1]


def test_a_refused_mail_is_tried_after_1_and_5_and_30_minutes_and_2_and_12_hours_then_somebody_looks_at_it() -> None:
    world = World(at_sending=refusing("450 busy", for_good=False))
    world.outbox.order_mail(TO_A_CUSTOMER)

    for wait in TRY_AGAIN:
        assert world.delivery.send_mails() == 1
        world.outbox.wait(wait - dt.timedelta(seconds=1))
        assert world.delivery.send_mails() == 0
        world.outbox.wait(dt.timedelta(seconds=1))
        assert world.outbox.mails["m1"].state == "waiting"
    assert world.delivery.send_mails() == 1

    assert (world.outbox.mails["m1"].state, world.outbox.mails["m1"].reason) == ("failed", "450 busy")
    assert world.heard == [("bounced", "c1", "m1", "450 busy")]
    assert [wait.total_seconds() / 60 for wait in TRY_AGAIN] == [1, 5, 30, 120, 720]


def test_a_mail_refused_for_good_is_not_tried_again_and_its_case_hears_of_it() -> None:
    world = World(at_sending=refusing("550 no such person", for_good=True))
    world.outbox.order_mail(TO_A_CUSTOMER)

    world.delivery.send_mails()
    world.outbox.wait(dt.timedelta(days=30))

    assert world.delivery.send_mails() == 0
    assert world.outbox.mails["m1"].state == "failed"
    assert world.heard == [("bounced", "c1", "m1", "550 no such person")]


def test_a_staff_mail_that_cannot_arrive_is_no_matter_of_the_case() -> None:
    world = World(at_sending=refusing("550 no such person", for_good=True))
    world.outbox.order_mail(TO_STAFF)

    world.delivery.send_mails()

    assert world.outbox.mails["m1"].state == "failed"
    assert world.heard == []


def test_one_bad_mail_does_not_hold_up_the_others() -> None:
    def picky(mail: OutgoingMail) -> None:
        if mail.id == "m1":
            raise MailRefused("550 no", for_good=True)

    world = World(at_sending=picky)
    world.outbox.order_mail(TO_STAFF)
    world.outbox.order_mail(SendMail("m2", "staff", "li@example.com", "s", "b"))

    assert world.delivery.send_mails() == 2
    assert world.sent == ["<m2@x>"]


def test_a_mailer_that_breaks_is_noted_and_not_hidden() -> None:
    world = World(at_sending=raising(ZeroDivisionError("oh")))
    world.outbox.order_mail(TO_A_CUSTOMER)

    with pytest.raises(ZeroDivisionError):
        world.delivery.send_mails()

    assert world.outbox.mails["m1"].reason == "ZeroDivisionError: oh"
    assert world.outbox.mails["m1"].due_at == world.outbox.now + TRY_AGAIN[0]


def test_a_crash_while_sending_sends_the_same_mail_again_after_the_lease() -> None:
    world = World(at_sending=raising(Crash()))
    world.outbox.order_mail(TO_A_CUSTOMER)
    with pytest.raises(Crash):
        world.delivery.send_mails()

    world.at_sending = lambda mail: None
    assert world.delivery.send_mails() == 0  # another worker may still be at it
    world.outbox.wait(LEASE)

    assert world.delivery.send_mails() == 1
    assert world.sent == ["<m1@x>"]


def test_a_worker_that_lost_its_claim_changes_nothing() -> None:
    world = World()
    world.outbox.order_mail(TO_A_CUSTOMER)

    def overtaken(mail: OutgoingMail) -> None:
        world.at_sending = lambda mail: None
        world.outbox.wait(LEASE)
        assert world.delivery.send_mails() == 1
        raise MailRefused("550 too late", for_good=True)

    world.at_sending = overtaken
    world.delivery.send_mails()

    assert world.outbox.mails["m1"].state == "sent"
    assert world.heard == []


def test_the_case_hears_what_an_outside_system_answered() -> None:
    world = World()
    world.outbox.order_call(CREDIT)

    assert world.delivery.make_calls() == 1
    assert world.delivery.make_calls() == 0

    assert world.heard == [("answered", "c1", CREDIT.key, {"document": "CN-1"})]
    assert world.outbox.calls[CREDIT.key].state == "done"


def test_the_case_hears_of_a_refusal_and_decides_itself() -> None:
    world = World(at_calling=raising(CallRefused("erp.credit_note: customer unknown")))
    world.outbox.order_call(CREDIT)

    world.delivery.make_calls()
    world.outbox.wait(dt.timedelta(days=1))

    assert world.delivery.make_calls() == 0
    assert world.heard == [("failed", "c1", CREDIT.key, "erp.credit_note: customer unknown")]


def test_an_adapter_that_breaks_is_a_failure_and_not_hidden() -> None:
    world = World(at_calling=raising(KeyError("amount")))
    world.outbox.order_call(CREDIT)

    with pytest.raises(KeyError):
        world.delivery.make_calls()

    assert world.heard == [("failed", "c1", CREDIT.key, "KeyError: 'amount'")]
    assert world.outbox.calls[CREDIT.key].state == "done"


def test_an_answer_that_the_case_cannot_take_is_a_failure_that_somebody_sees() -> None:
    refusal = Refusal("wrong_value", Text("'soon' is not a date.", "“soon”不是日期。"))
    world = World(at_answering=raising(refusal))
    world.outbox.order_call(CREDIT)

    world.delivery.make_calls()

    assert world.heard == [("failed", "c1", CREDIT.key, "'soon' is not a date.")]
    assert world.outbox.calls[CREDIT.key].state == "done"


@pytest.mark.parametrize("where", ["at_calling", "at_answering"])
def test_a_crash_around_a_call_never_loses_its_answer(where: str) -> None:
    world = World()
    working = getattr(world, where)
    setattr(world, where, raising(Crash()))
    world.outbox.order_call(CREDIT)
    with pytest.raises(Crash):
        world.delivery.make_calls()

    setattr(world, where, working)
    world.outbox.wait(LEASE)
    world.delivery.make_calls()

    assert world.heard == [("answered", "c1", CREDIT.key, {"document": "CN-1"})]
