"""Work that waits for its moment: timers, mails and calls. Claimed under lock (timers) or with a lease and a token.

On PostgreSQL rows that another worker holds are passed over (SKIP LOCKED); on SQLite there is one writer at a time, and a
claim is an UPDATE with a condition whose row count tells who won.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Delete, Select, Table, Update, and_, bindparam, delete, select, update

from adapters import refusing
from adapters.case_document import read
from adapters.database.case_writes import PUT_INCIDENT, CaseWrites
from adapters.database.statements import Hot
from adapters.database.tables import CALL, CASE, INCIDENT, OUTBOX, TIMER, waiting
from adapters.database.transaction import at
from adapters.listing import digest
from adapters.mistakes import final_failure, lifted
from engine.definition.texts import Text
from engine.effects import CallAdapter, RaiseIncident, SendMail
from engine.kept import DueTimer, OutgoingCall, OutgoingMail


def _due_timers(database: str) -> Select[Any]:
    wanted = (
        select(TIMER.c.id, TIMER.c.case_id, TIMER.c.fire_at, CASE.c.document, CASE.c.listed, CASE.c.records_changed)
        .join(CASE, CASE.c.id == TIMER.c.case_id)
        .where(TIMER.c.armed, TIMER.c.fire_at <= bindparam("now", type_=TIMER.c.fire_at.type))
        .order_by(TIMER.c.fire_at, TIMER.c.id)
        .limit(bindparam("most"))
    )
    # The case is locked with its timer: whoever works on the case is passed over, nobody waits for anybody.
    return wanted.with_for_update(of=[TIMER, CASE], skip_locked=True) if database == "postgresql" else wanted


DUE_TIMERS = Hot(_due_timers)


def _due_timer(id: str, case_id: str, fire_at: dt.datetime | str) -> DueTimer:
    moment = at(fire_at)
    assert moment is not None, "the condition on fire_at leaves out timers that stand still"
    return DueTimer(id, case_id, moment)


def _outgoing(row: Mapping[str, Any]) -> OutgoingMail:
    return OutgoingMail(
        id=row["id"],
        order=SendMail(
            key=row["key"],
            kind=row["kind"],
            to=row["to"],
            subject=row["subject"],
            body=row["body"],
            template=row["template"],
            role=row["role"],
            by=row["by"],
            not_before=row["not_before"],
            task=row["task"],
            until=row["until"],
        ),
        case=row["case_id"],
        number=row["number"],
        token=row["token"],
        attempt=row["attempts"],
        message_id=row["message_id"],
        intact=row["checksum"] == digest(row["to"], row["subject"], row["body"]),
    )


class Queues(CaseWrites):
    """Claim what is due and say what became of it."""

    def due_timers(self, limit: int) -> Sequence[DueTimer]:
        """Armed timers whose moment has come, in order; their cases are loaded in the same breath."""
        self.flush()
        due = []
        for id, case_id, fire_at, document, listed, outdated in self.run(
            DUE_TIMERS, {"now": self.instant(self.now), "most": limit}
        ).fetchall():
            if case_id not in self._loaded:
                self._loaded[case_id] = (read(document), listed)
                if outdated:
                    self._outdated.add(case_id)
            due.append(_due_timer(id, case_id, fire_at))
        return self._in_their_order(due) if self._postgres else due

    def _in_their_order(self, due: list[DueTimer]) -> list[DueTimer]:
        """What another worker passed over meanwhile comes first: while one row after the other was locked, it may have let
        go of a case, so that a later timer of it was found and an earlier one was not. Now that the cases are ours they
        are asked once more."""
        if not due:
            return due
        of_ours = TIMER.c.case_id.in_({timer.case for timer in due})
        wanted = (
            select(TIMER.c.id, TIMER.c.case_id, TIMER.c.fire_at)
            .where(TIMER.c.armed, TIMER.c.fire_at <= self.now, of_ours)
            .order_by(TIMER.c.fire_at, TIMER.c.id)
            .limit(len(due))
        )
        return [_due_timer(row.id, row.case_id, row.fire_at) for row in self.ask(wanted)]

    def lift_timer(self, timer_id: str, reason: str) -> None:
        """Take a timer out of the queue and raise an incident."""
        self.flush()
        self.ask(update(TIMER).where(TIMER.c.id == timer_id).values(armed=False))
        case_id = timer_id.partition(":")[0]
        self._incident(lifted(timer_id, reason), case_id, queue="timer", item=timer_id)

    def claim_mails(self, limit: int, lease: dt.timedelta) -> Sequence[OutgoingMail]:
        """Claim waiting mails, oldest due first."""
        return [_outgoing(row) for row in self._claim(OUTBOX, "id", limit, lease)]

    def claim_beside(self, mail: OutgoingMail, by: dt.datetime) -> Sequence[OutgoingMail]:
        """Claim what else waits for the same member of staff; never tried means that nobody holds it."""
        c = OUTBOX.c
        free = and_(waiting(OUTBOX), c.kind == "staff", c.attempts == 0, c.not_before.is_not(None), c.due_at <= by)
        wanted = select(OUTBOX).where(free, c.to == mail.order.to).order_by(c.created_at, c.id)
        rows = self.ask(wanted.with_for_update(skip_locked=True) if self._postgres else wanted).all()
        lease = select(c.due_at).where(c.id == mail.id).scalar_subquery()
        ours = update(OUTBOX).where(c.id.in_([row.id for row in rows]), free)
        self.ask(ours.values(token=mail.token, attempts=1, due_at=lease))
        return [_outgoing(dict(row._mapping) | {"token": mail.token, "attempts": 1}) for row in rows]

    def leave_together(self, mails: Sequence[OutgoingMail], letter: SendMail) -> None:
        """Put one letter into the outbox in the place of these mails."""
        row = self.mail_row(letter, "", "")
        self._pending.mails.append(row)
        self.flush()
        of_us = and_(OUTBOX.c.id.in_([mail.id for mail in mails]), OUTBOX.c.token == mails[0].token)
        left = update(OUTBOX).where(of_us, waiting(OUTBOX)).values(state="together", left_in=row["id"], token=None)
        if self._c.execute(left).rowcount != len(mails):
            raise refusing.stale(letter.subject)

    def mail_sent(self, mail: OutgoingMail) -> bool:
        """Mark a claimed mail as sent."""
        done = self._held(OUTBOX, OUTBOX.c.id == mail.id, mail.token)
        return self._changed(done.values(state="sent", sent_at=self.now, token=None, last_error=""))

    def mail_dropped(self, mail: OutgoingMail) -> bool:
        """Mark a claimed mail as no longer needed."""
        done = self._held(OUTBOX, OUTBOX.c.id == mail.id, mail.token)
        return self._changed(done.values(state="dropped", token=None, last_error=""))

    def mail_failed(self, mail: OutgoingMail, reason: str, *, again_at: dt.datetime | None) -> bool:
        """Note a failed attempt: again later, or an incident."""
        mine = self._held(OUTBOX, OUTBOX.c.id == mail.id, mail.token)
        if again_at is not None:
            return self._changed(mine.values(due_at=again_at, token=None, last_error=reason))
        if not self._changed(mine.values(state="failed", token=None, last_error=reason)):
            return False
        self._incident(final_failure(mail, reason), mail.case, number=mail.number, queue="mail", item=mail.id)
        return True

    def claim_calls(self, limit: int, lease: dt.timedelta) -> Sequence[OutgoingCall]:
        """Claim waiting calls, oldest due first."""
        return [
            OutgoingCall(
                CallAdapter(row["key"], row["operation"], row["values"]), row["case_id"], row["token"], row["attempts"]
            )
            for row in self._claim(CALL, "key", limit, lease)
        ]

    def call_done(self, call: OutgoingCall) -> bool:
        """Take a claimed call from the queue: a case that tries again orders it anew under the same key."""
        self.flush()
        mine = and_(CALL.c.key == call.order.key, waiting(CALL), CALL.c.token == call.token)
        return self._changed(delete(CALL).where(mine))

    def raise_incident(self, case_id: str, key: str, text: Text) -> None:
        """Something an administrator must look at."""
        self.flush()
        self._incident(RaiseIncident(key, text), case_id, queue="", item="")

    def incident_is_over(self, key: str) -> None:
        """What an incident was about has passed by itself."""
        self.flush()
        mine = and_(INCIDENT.c.key == key, INCIDENT.c.state == "open")
        self.ask(update(INCIDENT).where(mine).values(state="settled", settled_at=self.now))

    def settle_incident(self, incident_id: str, by: str) -> str | None:
        """Mark an incident as dealt with and put what it concerns back into its queue."""
        self.flush()
        found = self.ask(select(INCIDENT).where(INCIDENT.c.id == incident_id)).first()
        if found is None:
            return None
        if found.state == "open":
            settled = {"state": "settled", "settled_by": by, "settled_at": self.now}
            self.ask(update(INCIDENT).where(INCIDENT.c.id == incident_id).values(settled))
            self._queue_again(found.queue, found.item)
        return str(found.case_id)

    def _queue_again(self, queue: str, item: str) -> None:
        again = {"state": "waiting", "due_at": self.now, "attempts": 0, "token": None}
        match queue:
            case "timer":
                self.ask(update(TIMER).where(TIMER.c.id == item).values(armed=True))
            case "mail":
                self.ask(update(OUTBOX).where(OUTBOX.c.id == item, OUTBOX.c.state == "failed").values(again))
            case "call":
                self.ask(update(CALL).where(CALL.c.key == item, CALL.c.state == "failed").values(again))
            case _:
                return

    def _incident(self, incident: Any, case_id: str, *, queue: str, item: str, number: str = "") -> None:
        if not number:
            known = self.ask(select(CASE.c.number).where(CASE.c.id == case_id)).scalar()
            number = str(known or "")
        self.run_many(PUT_INCIDENT, [self.incident_row(incident, case_id, number, queue=queue, item=item)])

    def _claim(self, table: Table, key: str, limit: int, lease: dt.timedelta) -> list[dict[str, Any]]:
        """Waiting rows whose time has come, or whose lease ran out: the end of a lease is a due time too."""
        self.flush()
        token = self._shared.ids.new()
        wanted = (
            select(table)
            .where(waiting(table), table.c.due_at <= self.now)
            .order_by(table.c.due_at, table.c[key])
            .limit(limit)
        )
        rows = self.ask(wanted.with_for_update(skip_locked=True) if self._postgres else wanted).all()
        claimed = []
        for row in rows:
            held = {"token": token, "attempts": row.attempts + 1, "due_at": self.now + lease}
            still_free = and_(table.c[key] == row._mapping[key], waiting(table), table.c.due_at == row.due_at)
            if self._changed(update(table).where(still_free).values(held)):
                claimed.append(dict(row._mapping) | held)
        return claimed

    def _held(self, table: Table, one: Any, token: str) -> Update:
        self.flush()
        return update(table).where(one, waiting(table), table.c.token == token)

    def _changed(self, statement: Update | Delete) -> bool:
        return bool(self._c.execute(statement).rowcount)
