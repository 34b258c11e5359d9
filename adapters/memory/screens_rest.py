"""Timelines, records and the house on the read side of the memory store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from adapters.listing import near
from adapters.memory.house import HouseReads
from adapters.memory.records import RecordReads
from adapters.memory.screens_work import WorkLists
from adapters.memory.state import KeptMail, Transaction
from adapters.paging import key_of, start_of, values_of
from adapters.references import folded, targets
from engine.incoming import KEPT_FOR
from engine.kept import INSIDE, KeptEvent
from engine.people import Snapshot
from engine.records import Record
from engine.screen_rows import Found, HistoryRow, IncidentRow, MailRow, NoticeRow, UnmatchedRow, VersionRow
from engine.screens import Page, Rows, Viewer

SHORTEST_GUESS = 4


class Timelines(Transaction):
    """Look at what happened."""

    def history(self, case_id: str) -> Sequence[HistoryRow]:
        """The whole timeline, oldest first."""
        return list(self._state.history.get(case_id, ()))

    def mails(self, *, case_id: str = "", state: str = "", page: Page = Page()) -> Rows[MailRow]:  # noqa: B008 - frozen
        """Mails, newest first."""
        start = start_of(page.after)
        rows = sorted(
            (
                row
                for row in map(self._as_it_left, self._state.mails.values())
                if (row.case == case_id if case_id else not row.left_in) and state in ("", row.state)
                if start is None or (row.created_at, row.id) < start
            ),
            key=lambda row: (row.created_at, row.id),
            reverse=True,
        )
        last = rows[page.size - 1] if len(rows) > page.size else None
        return Rows(rows[: page.size], key_of(last.created_at, last.id) if last else "")

    def mail(self, mail_id: str) -> MailRow | None:
        """One mail."""
        kept = self._state.mails.get(mail_id)
        return self._as_it_left(kept) if kept else None

    def _as_it_left(self, kept: KeptMail) -> MailRow:
        """What left in a letter became what became of that."""
        if not kept.row.left_in:
            return kept.row
        letter = self._state.mails[kept.row.left_in].row
        return replace(kept.row, state=letter.state, sent_at=letter.sent_at, last_error=letter.last_error)

    def notices(self, person: str, *, unread_only: bool = True, size: int = 50) -> Sequence[NoticeRow]:
        """A person's reminders, newest first."""
        state = self._state
        every = [kept.row for kept in state.notices.values() if kept.person == person]
        mine = state.still_to_read(person) if unread_only else every
        return sorted(sorted(mine, key=lambda row: row.id), key=lambda row: row.at, reverse=True)[:size]

    def incidents(self, *, open_only: bool = True, case_id: str = "", size: int = 200) -> Sequence[IncidentRow]:
        """Incidents, newest first."""
        found = [
            i.row
            for i in self._state.incidents.values()
            if not (open_only and i.row.state != "open") and case_id in ("", i.row.case)
        ]
        return sorted(sorted(found, key=lambda row: row.id), key=lambda row: row.at, reverse=True)[:size]

    def unmatched(self, size: int = 200) -> Sequence[UnmatchedRow]:
        """Events that several cases could take, or that came from outside and nobody took for seven days; newest first."""
        old = self.now - KEPT_FOR
        return self._events(
            lambda e: (
                e.state == "several" or (e.state == "waiting" and e.source not in INSIDE and e.received_at <= old)
            ),
            size,
        )

    def news_kept(self, names: Collection[str], since: dt.datetime, size: int = 200) -> Sequence[UnmatchedRow]:
        """Events with one of these names that were received since then and that no case has taken, newest first."""
        return self._events(
            lambda e: e.state in ("waiting", "several") and e.name in names and e.received_at >= since, size
        )

    def _events(self, wanted: Callable[[KeptEvent], bool], size: int) -> list[UnmatchedRow]:
        found = [
            UnmatchedRow(e.id, e.name, e.values, e.source, e.received_at, e.state, e.reason)
            for e in self._state.events.values()
            if wanted(e)
        ]
        return sorted(sorted(found, key=lambda row: row.id), key=lambda row: row.received_at, reverse=True)[:size]


class RecordLists(RecordReads, WorkLists):
    """Look at records."""

    def record(self, type: str, id: str) -> Record | None:
        """A record by its id."""
        return self.stored_record(type, id)

    def record_snapshot(self, type: str, id: str) -> Snapshot | None:
        """A record with referred records inside."""
        return self.stored_snapshot(type, id)

    def labels(self, type: str, ids: Collection[str]) -> Mapping[str, str]:
        """What these records are called."""
        found = {id: self.stored_record(type, id) for id in ids}
        return {id: record.label or record.key for id, record in found.items() if record}

    def find_record(self, type: str, text: str) -> Record | None:
        """A record by id or key; a customer also by its name."""
        return self.record_by_text(type, text)

    def look_up(self, type: str, text: str, size: int = 10) -> Sequence[Found]:
        """Type-ahead: those that begin with the text first; near keys when nothing contains it."""
        found = self._containing(type, text, size)
        if found or len(text.strip()) < SHORTEST_GUESS:
            return found
        keys = {r.key: _found(r) for r in self.records_of(type)}
        return [keys[key] for key in near(text.strip(), keys)][:size]

    def records(self, type: str, text: str, page: Page) -> Rows[Record]:
        """Records of a type by key."""
        start = values_of(page.after, 1)
        rows = [r for r in self._matching(type, text) if start is None or r.key > start[0]]
        last = rows[page.size - 1] if len(rows) > page.size else None
        return Rows(rows[: page.size], key_of(last.key) if last else "")

    def related(self, type: str, id: str) -> Sequence[Record]:
        """What this record refers to, then what refers to it."""
        record = self.stored_record(type, id)
        if record is None:
            return []
        known = self._state.references()
        refers_to = [self._state.records.get(place) for place in targets(type, record.attributes, known).values()]
        pointing = sorted(
            (r for r in self._state.records.values() if (type, id) in targets(r.type, r.attributes, known).values()),
            key=lambda r: (r.type != "order", r.type != "serial_number", r.type, r.key),
        )
        return list({(r.type, r.id): r for r in [*refers_to, *pointing] if r}.values())

    def search(self, viewer: Viewer, text: str, size: int = 20) -> Sequence[Found]:
        """Cases the viewer may see, and records."""
        if not text.strip():
            return []
        found = list(self.found_cases(viewer, text, size))
        declared = sorted({t for t, _ in self._state.records} - {"serial_number", "order", "customer"})
        for type in ("serial_number", "order", "customer", *declared):
            found += self._containing(type, text, size)
        return found[:size]

    def _containing(self, type: str, text: str, size: int) -> list[Found]:
        typed = text.casefold().strip()
        rows = sorted(self._matching(type, text), key=lambda r: (not folded(r).startswith(typed), r.key))
        return [_found(r) for r in rows[:size]]

    def _matching(self, type: str, text: str) -> list[Record]:
        words = text.casefold().split()
        return [r for r in self.records_of(type) if all(word in folded(r) for word in words)]


def _found(record: Record) -> Found:
    return Found(record.type, record.id, record.key, record.label)


class HouseLists(HouseReads):
    """Look at the house."""

    def versions(self, process: str = "") -> Sequence[VersionRow]:
        """All versions of one process, or the newest of each; newest first."""
        if process:
            chosen = sorted((v for (p, _), v in self._state.versions.items() if p == process), key=lambda v: -v.number)
        else:
            chosen = sorted(self.newest("process"), key=lambda v: v.process)
            chosen.sort(key=lambda v: v.published_at, reverse=True)
        running = [(k.case.process, k.case.version) for k in self._state.cases.values() if k.case.is_open]
        return [
            VersionRow(
                v.process,
                v.number,
                v.published_at,
                v.published_by,
                v.reason,
                v.checksum,
                running.count((v.process, v.number)),
            )
            for v in chosen
        ]

    def audit(self, size: int = 200) -> Sequence[Mapping[str, Any]]:
        """Administrative acts, newest first."""
        return [act for _, act in sorted(self._state.acts.items(), reverse=True)][:size]
