"""Carries out what cases ordered from the world outside: mails and calls. Must not know how they travel.

Claim (one transaction), send (in none), mark (one transaction). A crash after sending means sending again: a mail arrives
at least once, every copy with the same Message-ID; a call has a key by which its second copy is recognised.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from engine.effects import SendMail
from engine.kept import OutgoingCall, OutgoingMail
from engine.ports import Adapters, CallRefused, Mailer, MailRefused
from engine.refusals import Refusal
from engine.screens import Screens
from engine.staff_hours import TOGETHER
from engine.staff_letter import goes_along, one_letter
from engine.store import Store, UnitOfWork

# After the first failure a minute, … ; after the sixth an administrator looks at it.
TRY_AGAIN = (
    dt.timedelta(minutes=1),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=12),
)

CHANGED = "it is not what was put into the outbox, somebody changed it there. 内容与放入发件箱时不一致，已被改动。"


class Answers(Protocol):
    """The desk, as far as it hears what became of an order. Hearing the same twice changes nothing."""

    def call_answered(self, case: str, key: str, values: Mapping[str, Any]) -> object:
        """The outside system did it and gave these values."""
        ...

    def call_failed(self, case: str, key: str, reason: str) -> object:
        """It did not; the case decides whether to try again."""
        ...

    def mail_bounced(self, case: str, mail: SendMail, reason: str) -> object:
        """A customer mail will never arrive; somebody must correct the address or call."""
        ...


class Delivery:
    """Sends what waits. Any number of these may work at once: a claim belongs to one of them until its lease ends."""

    def __init__(
        self,
        store: Store,
        mailer: Mailer,
        adapters: Adapters,
        lease: dt.timedelta,
        desk: Answers,
        address: str = "",
    ) -> None:
        """`address` is where people open the product: mails to staff end with the way to what they are about."""
        self._address = address.rstrip("/")
        self._store = store
        self._mailer = mailer
        self._adapters = adapters
        self._lease = lease
        self._desk = desk

    def send_mails(self, limit: int = 100) -> int:
        """Send at most `limit` waiting mails; returns how many were tried."""
        for tried in range(limit):
            claimed = self._store.write(self._claim)
            wanted = [mail for mail in claimed if self._may_leave(mail)]
            if not claimed:
                return tried
            if len(wanted) > 1:
                self._put_together(wanted)
            elif wanted:
                self.send(wanted[0])
        return limit

    def _claim(self, unit: UnitOfWork) -> Sequence[OutgoingMail]:
        """One letter at a time: a lease must outlast a single sending, however slow the server. To a colleague everything
        leaves that waits for them at the moment."""
        claimed = unit.claim_mails(1, self._lease)
        if claimed and goes_along(claimed[0]):
            return [*claimed, *unit.claim_beside(claimed[0], unit.now + TOGETHER)]
        return claimed

    def _may_leave(self, mail: OutgoingMail) -> bool:
        """One that was changed in the outbox never leaves; nor one that asks colleagues for what was done while it waited,
        or tells them of a moment to come that has passed since."""
        if not mail.intact:
            self.note_failure(mail, CHANGED, for_good=True)
            return False
        has_a_time = mail.order.kind == "staff" and (mail.order.not_before or mail.order.until) is not None
        if has_a_time and self._store.read(lambda screens: _says_nothing_new(mail, screens)):
            self._store.write(lambda unit: unit.mail_dropped(mail))
            return False
        return True

    def _put_together(self, mails: Sequence[OutgoingMail]) -> None:
        """The mails become one letter in the outbox, in one transaction; it waits there and is claimed like any other."""
        people = self._store.read(lambda screens: screens.people())
        language = next((p.language for p in people.values() if p.email == mails[0].order.to), "en")
        letter = one_letter([self._with_the_way(mail) for mail in mails], language)
        self._store.write(lambda unit: unit.leave_together(mails, letter))

    def send(self, mail: OutgoingMail) -> None:
        """Send one claimed mail and note what became of it."""
        try:
            self._mailer.send(self._with_the_way(mail))
        except MailRefused as refused:
            self.note_failure(mail, refused.reason, for_good=refused.for_good)
        except Exception as broken:
            self.note_failure(mail, f"{type(broken).__name__}: {broken}", for_good=False)
            raise
        else:
            self._store.write(lambda unit: unit.mail_sent(mail))

    def _with_the_way(self, mail: OutgoingMail) -> OutgoingMail:
        """A mail to staff about a case as it leaves: with the address of its task, or of the case."""
        order = mail.order
        if order.kind != "staff" or not mail.case or not self._address:
            return mail
        place = f"tasks/{order.task}" if order.task else f"cases/{mail.case}"
        return replace(mail, order=replace(order, body=f"{order.body}\n\n{self._address}/{place}"))

    def note_failure(self, mail: OutgoingMail, reason: str, *, for_good: bool) -> None:
        """Try again later, or never: then there is an incident, and a task when a customer was to read it."""
        wait = None if for_good or mail.attempt > len(TRY_AGAIN) else TRY_AGAIN[mail.attempt - 1]
        mine = self._store.write(
            lambda unit: unit.mail_failed(mail, reason, again_at=unit.now + wait if wait is not None else None)
        )
        if mine and wait is None and mail.order.kind == "customer":
            self._desk.mail_bounced(mail.case, mail.order, reason)

    def make_calls(self, limit: int = 100) -> int:
        """Make at most `limit` waiting calls; returns how many were tried."""
        for tried in range(limit):
            claimed = self._store.write(lambda unit: unit.claim_calls(1, self._lease))
            if not claimed:
                return tried
            self.make(claimed[0])
        return limit

    def make(self, call: OutgoingCall) -> None:
        """Make one claimed call. The case hears of it first, then it leaves the queue: a crash between the two makes
        the call again, which its key makes harmless, and never loses an answer."""
        try:
            values = self._adapters.call(call.order)
        except CallRefused as refused:
            self._desk.call_failed(call.case, call.order.key, str(refused))
        except Exception as broken:
            self._desk.call_failed(call.case, call.order.key, f"{type(broken).__name__}: {broken}")
            self._store.write(lambda unit: unit.call_done(call))
            raise
        else:
            self.answer(call, values)
        self._store.write(lambda unit: unit.call_done(call))

    def answer(self, call: OutgoingCall, values: Mapping[str, Any]) -> None:
        """An answer that the case cannot take (a date that is none) is a failure like any other: somebody sees it."""
        try:
            self._desk.call_answered(call.case, call.order.key, values)
        except Refusal as refused:
            self._desk.call_failed(call.case, call.order.key, str(refused))


def _says_nothing_new(mail: OutgoingMail, screens: Screens) -> bool:
    """What waited for the opening and asks for what is done by now, or tells of a moment to come that has passed. Of a task
    that has more time meanwhile the new deadline counts."""
    order = mail.order
    case = screens.case(mail.case) if order.task else None
    task = case.task(order.task) if case is not None else None
    if case is not None and task is None:
        return True
    until = order.until
    if until is not None and task is not None and task.due_at is not None:
        until = max(until, task.due_at)
    return until is not None and screens.now >= until
