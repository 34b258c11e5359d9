"""What happened and what waits on the read side: timelines, mails, reminders, incidents, events nobody took."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import RowMapping, and_, func, literal, literal_column, or_, select, tuple_

from adapters.database.columns import Instant
from adapters.database.tables import EVENT, HISTORY, INCIDENT, NOTICE, OUTBOX, STILL_SAYS_SO, waiting
from adapters.database.transaction import Transaction
from adapters.paging import key_of, start_of
from engine.definition.texts import Text
from engine.incoming import KEPT_FOR
from engine.kept import INSIDE
from engine.screen_rows import HistoryRow, IncidentRow, MailRow, NoticeRow, UnmatchedRow
from engine.screens import Page, Rows

LETTER = OUTBOX.alias("letter")
MAILS = select(
    *OUTBOX.c,
    LETTER.c.state.label("letter_state"),
    LETTER.c.sent_at.label("letter_sent_at"),
    LETTER.c.last_error.label("letter_last_error"),
).outerjoin(LETTER, LETTER.c.id == OUTBOX.c.left_in)
"""Every mail, beside the letter in which it left with others."""


class Timelines(Transaction):
    """Look at what happened."""

    def history(self, case_id: str) -> Sequence[HistoryRow]:
        """The whole timeline, oldest first."""
        rows = self.ask(select(HISTORY).where(HISTORY.c.case_id == case_id).order_by(HISTORY.c.seq))
        return [HistoryRow(r.seq, r.at, r.kind, r.by, r.step, r.visit, r.details) for r in rows]

    def mails(self, *, case_id: str = "", state: str = "", page: Page = Page()) -> Rows[MailRow]:  # noqa: B008 - frozen
        """Mails, newest first."""
        c = OUTBOX.c
        wanted = MAILS.where(c.case_id == case_id if case_id else c.left_in.is_(None))
        if state:
            wanted = wanted.where((func.coalesce(LETTER.c.state, c.state) if case_id else c.state) == state)
        start = start_of(page.after)
        if start:
            wanted = wanted.where(tuple_(c.created_at, c.id) < tuple_(literal(start[0], Instant()), literal(start[1])))
        ordered = wanted.order_by(c.created_at.desc(), c.id.desc()).limit(page.size + 1)
        rows = [_mail_row(row) for row in self.ask(ordered).mappings()]
        last = rows[page.size - 1] if len(rows) > page.size else None
        return Rows(rows[: page.size], key_of(last.created_at, last.id) if last else "")

    def mail(self, mail_id: str) -> MailRow | None:
        """One mail."""
        row = self.ask(MAILS.where(OUTBOX.c.id == mail_id)).mappings().first()
        return None if row is None else _mail_row(row)

    def notices(self, person: str, *, unread_only: bool = True, size: int = 50) -> Sequence[NoticeRow]:
        """A person's reminders, newest first."""
        c = NOTICE.c
        wanted = select(NOTICE).where(c.person == person)
        if unread_only:
            wanted = wanted.where(c.unread, STILL_SAYS_SO)
        rows = self.ask(wanted.order_by(c.at.desc(), c.id).limit(size))
        return [
            NoticeRow(r.id, r.at, r.case_id, r.number, r.task, Text(r.text_en, r.text_zh), not r.unread) for r in rows
        ]

    def incidents(self, *, open_only: bool = True, case_id: str = "", size: int = 200) -> Sequence[IncidentRow]:
        """Incidents, newest first."""
        c = INCIDENT.c
        wanted = select(INCIDENT)
        if open_only:
            wanted = wanted.where(c.state == literal_column("'open'"))
        if case_id:
            wanted = wanted.where(c.case_id == case_id)
        rows = self.ask(wanted.order_by(c.at.desc(), c.id).limit(size))
        return [IncidentRow(r.id, r.at, r.case_id, r.number, Text(r.text_en, r.text_zh), r.state) for r in rows]

    def unmatched(self, size: int = 200) -> Sequence[UnmatchedRow]:
        """Events that several cases could take, or that came from outside and nobody took for seven days; newest first."""
        c = EVENT.c
        alone = and_(waiting(EVENT), c.source.not_in(INSIDE), c.received_at <= self.now - KEPT_FOR)
        rows = self.ask(
            select(EVENT).where(or_(c.state == "several", alone)).order_by(c.received_at.desc(), c.id).limit(size)
        ).mappings()
        return [_event_row(row) for row in rows]

    def news_kept(self, names: Collection[str], since: dt.datetime, size: int = 200) -> Sequence[UnmatchedRow]:
        """Events with one of these names that were received since then and that no case has taken, newest first."""
        c = EVENT.c
        asked = and_(c.state.in_(("waiting", "several")), c.name.in_(names), c.received_at >= since)
        rows = self.ask(select(EVENT).where(asked).order_by(c.received_at.desc(), c.id).limit(size)).mappings()
        return [_event_row(row) for row in rows]


def _event_row(row: RowMapping) -> UnmatchedRow:
    told = (row[name] for name in ("id", "name", "values", "source", "received_at", "state", "reason"))
    return UnmatchedRow(*told)


def _mail_row(row: RowMapping) -> MailRow:
    of = "letter_" if row["left_in"] else ""
    return MailRow(
        id=row["id"],
        case=row["case_id"],
        number=row["number"],
        kind=row["kind"],
        to=row["to"],
        subject=row["subject"],
        body=row["body"],
        template=row["template"],
        state=row[f"{of}state"],
        created_at=row["created_at"],
        sent_at=row[f"{of}sent_at"],
        attempts=row["attempts"],
        last_error=row[f"{of}last_error"],
        message_id=row["message_id"],
        by=row["by"],
        checksum=row["checksum"],
        not_before=row["not_before"],
        left_in=row["left_in"] or "",
    )
