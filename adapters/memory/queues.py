"""Timers, mails and calls of the memory store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from adapters import refusing
from adapters.listing import digest
from adapters.memory.case_writes import CaseWrites
from adapters.memory.state import KeptCall, KeptMail
from adapters.mistakes import final_failure, lifted
from engine.definition.texts import Text
from engine.effects import RaiseIncident, SendMail
from engine.kept import DueTimer, OutgoingCall, OutgoingMail


class Queues(CaseWrites):
    """Claim what is due and say what became of it."""

    def due_timers(self, limit: int) -> Sequence[DueTimer]:
        """Armed timers whose moment has come, in order."""
        state = self._state
        due = sorted(
            (fire_at, id, case)
            for id, (fire_at, case) in state.timers.items()
            if fire_at <= self.now and id not in state.lifted
        )
        return [DueTimer(id, case, fire_at) for fire_at, id, case in due[:limit]]

    def lift_timer(self, timer_id: str, reason: str) -> None:
        """Take a timer out of the queue and raise an incident."""
        self._state.lifted[timer_id] = True
        case_id = timer_id.partition(":")[0]
        kept = self._state.cases.get(case_id)
        number = kept.case.number if kept else ""
        self._incident(lifted(timer_id, reason), case_id, number, queue="timer", item=timer_id)

    def claim_mails(self, limit: int, lease: dt.timedelta) -> Sequence[OutgoingMail]:
        """Claim waiting mails, oldest due first."""
        waiting = [m for m in self._state.mails.values() if m.row.state == "waiting" and m.due_at <= self.now]
        token = self._state.ids.new()
        return [self._hold(m, token, lease) for m in sorted(waiting, key=lambda m: (m.due_at, m.row.id))[:limit]]

    def claim_beside(self, mail: OutgoingMail, by: dt.datetime) -> Sequence[OutgoingMail]:
        """Claim what else waits for the same member of staff."""
        held = self._state.mails[mail.id]
        beside = [m for m in self._state.mails.values() if _waits_beside(m, held) and m.due_at <= by]
        oldest_first = sorted(beside, key=lambda m: (m.row.created_at, m.row.id))
        return [self._hold(m, mail.token, held.due_at - self.now) for m in oldest_first]

    def leave_together(self, mails: Sequence[OutgoingMail], letter: SendMail) -> None:
        """Put one letter into the outbox in the place of these mails."""
        if not all(self._held_mail(mail) for mail in mails):
            raise refusing.stale(letter.subject)
        self.queue_mail(letter)
        for mail in mails:
            kept = self._state.mails[mail.id]
            row = replace(kept.row, state="together", left_in=self._state.mail_keys[letter.key])
            self._state.mails[mail.id] = replace(kept, row=row, token=None)

    def mail_sent(self, mail: OutgoingMail) -> bool:
        """Mark a claimed mail as sent."""
        kept = self._held_mail(mail)
        if kept is None:
            return False
        row = replace(kept.row, state="sent", sent_at=self.now, last_error="")
        self._state.mails[mail.id] = replace(kept, row=row, token=None)
        return True

    def mail_dropped(self, mail: OutgoingMail) -> bool:
        """Mark a claimed mail as no longer needed."""
        kept = self._held_mail(mail)
        if kept is None:
            return False
        self._state.mails[mail.id] = replace(kept, row=replace(kept.row, state="dropped", last_error=""), token=None)
        return True

    def mail_failed(self, mail: OutgoingMail, reason: str, *, again_at: dt.datetime | None) -> bool:
        """Note a failed attempt: again later, or an incident."""
        kept = self._held_mail(mail)
        if kept is None:
            return False
        row = replace(kept.row, state="waiting" if again_at else "failed", last_error=reason)
        self._state.mails[mail.id] = replace(kept, row=row, token=None, due_at=again_at or kept.due_at)
        if again_at is None:
            self._incident(final_failure(mail, reason), mail.case, mail.number, queue="mail", item=mail.id)
        return True

    def claim_calls(self, limit: int, lease: dt.timedelta) -> Sequence[OutgoingCall]:
        """Claim waiting calls, oldest due first."""
        waiting = [c for c in self._state.calls.values() if c.state == "waiting" and c.due_at <= self.now]
        token = self._state.ids.new()
        claimed = []
        for call in sorted(waiting, key=lambda c: (c.due_at, c.order.key))[:limit]:
            held = replace(call, token=token, attempts=call.attempts + 1, due_at=self.now + lease)
            self._state.calls[call.order.key] = held
            claimed.append(OutgoingCall(held.order, held.case, token, held.attempts))
        return claimed

    def call_done(self, call: OutgoingCall) -> bool:
        """Take a claimed call from the queue: a case that tries again orders it anew under the same key."""
        kept: KeptCall | None = self._state.calls.get(call.order.key)
        if kept is None or kept.state != "waiting" or kept.token != call.token:
            return False
        del self._state.calls[call.order.key]
        return True

    def raise_incident(self, case_id: str, key: str, text: Text) -> None:
        """Something an administrator must look at; the same key twice is one."""
        kept = self._state.cases.get(case_id)
        self._incident(RaiseIncident(key, text), case_id, kept.case.number if kept else "")

    def incident_is_over(self, key: str) -> None:
        """What an incident was about has passed by itself."""
        id = digest(key)[:32]
        if (kept := self._state.incidents.get(id)) is not None:
            self._state.incidents[id] = replace(kept, row=replace(kept.row, state="settled"))

    def settle_incident(self, incident_id: str, by: str) -> str | None:
        """Mark an incident as dealt with and put what it concerns back into its queue."""
        kept = self._state.incidents.get(incident_id)
        if kept is None:
            return None
        if kept.row.state == "open":
            self._state.incidents[incident_id] = replace(kept, row=replace(kept.row, state="settled"))
            self._queue_again(kept.queue, kept.item)
        return kept.row.case

    def _queue_again(self, queue: str, item: str) -> None:
        if queue == "timer":
            self._state.lifted.drop(item)
        mail = self._state.mails.get(item) if queue == "mail" else None
        if mail and mail.row.state == "failed":
            row = replace(mail.row, state="waiting", attempts=0)
            self._state.mails[item] = replace(mail, row=row, due_at=self.now, token=None)

    def _hold(self, mail: KeptMail, token: str, lease: dt.timedelta) -> OutgoingMail:
        row = replace(mail.row, attempts=mail.row.attempts + 1)
        self._state.mails[row.id] = replace(mail, row=row, token=token, due_at=self.now + lease)
        intact = row.checksum == digest(mail.order.to, mail.order.subject, mail.order.body)
        return OutgoingMail(row.id, mail.order, row.case, row.number, token, row.attempts, row.message_id, intact)

    def _held_mail(self, mail: OutgoingMail) -> KeptMail | None:
        kept = self._state.mails.get(mail.id)
        return kept if kept and kept.row.state == "waiting" and kept.token == mail.token else None


def _waits_beside(mail: KeptMail, held: KeptMail) -> bool:
    row, for_staff = mail.row, mail.order.kind == "staff" and mail.order.not_before is not None
    return for_staff and row.to == held.row.to and row.state == "waiting" and not row.attempts and row.id != held.row.id
