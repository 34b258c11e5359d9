"""A store that holds waiting mails and calls and nothing else, in memory and on a clock of its own."""

from __future__ import annotations

import datetime as dt
import itertools
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from engine.effects import CallAdapter, SendMail
from engine.kept import OutgoingCall, OutgoingMail

T = TypeVar("T")
NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)


@dataclass
class Row:
    """A mail or a call in its queue: waiting (perhaps claimed under `token`), sent, done or failed."""

    order: Any
    due_at: dt.datetime
    state: str = "waiting"
    token: str = ""
    attempts: int = 0
    reason: str = ""


@dataclass
class Outbox:
    """Stands in for the whole store: what is asked here beyond the two queues is no attribute and fails loudly."""

    now: dt.datetime = NOON
    mails: dict[str, Row] = field(default_factory=dict)
    calls: dict[str, Row] = field(default_factory=dict)
    in_transaction: bool = False

    def __post_init__(self) -> None:
        self._tokens = itertools.count(1)
        self._lock = threading.Lock()

    # --- what a test puts in and lets pass ---

    def order_mail(self, mail: SendMail) -> None:
        self.mails[mail.key] = Row(mail, self.now)

    def order_call(self, call: CallAdapter) -> None:
        self.calls[call.key] = Row(call, self.now)

    def wait(self, time: dt.timedelta) -> None:
        self.now += time

    # --- the store ---

    def write(self, work: Callable[[Any], T]) -> T:
        with self._lock:
            self.in_transaction = True
            try:
                return work(self)
            finally:
                self.in_transaction = False

    # --- the unit of work ---

    def claim_mails(self, limit: int, lease: dt.timedelta) -> Sequence[OutgoingMail]:
        claimed = self.claim(self.mails, limit, lease)
        return [OutgoingMail(k, r.order, "c1", "AS-1", r.token, r.attempts, f"<{k}@x>") for k, r in claimed]

    def mail_sent(self, mail: OutgoingMail) -> bool:
        return self.mark(self.mails, mail.id, mail.token, "sent")

    def mail_failed(self, mail: OutgoingMail, reason: str, *, again_at: dt.datetime | None) -> bool:
        mine = self.mark(self.mails, mail.id, mail.token, "waiting" if again_at else "failed", reason)
        if mine and again_at:
            self.mails[mail.id].due_at = again_at
        return mine

    def claim_calls(self, limit: int, lease: dt.timedelta) -> Sequence[OutgoingCall]:
        return [OutgoingCall(r.order, "c1", r.token, r.attempts) for _, r in self.claim(self.calls, limit, lease)]

    def call_done(self, call: OutgoingCall) -> bool:
        return self.mark(self.calls, call.order.key, call.token, "done")

    def claim(self, rows: dict[str, Row], limit: int, lease: dt.timedelta) -> list[tuple[str, Row]]:
        due = [(key, row) for key, row in rows.items() if row.state == "waiting" and row.due_at <= self.now][:limit]
        for _, row in due:
            row.token, row.due_at = f"t{next(self._tokens)}", self.now + lease
            row.attempts += 1
        return due

    def mark(self, rows: dict[str, Row], key: str, token: str, state: str, reason: str = "") -> bool:
        row = rows[key]
        if row.token != token or row.state != "waiting":
            return False
        row.state, row.token, row.reason = state, "", reason
        return True
