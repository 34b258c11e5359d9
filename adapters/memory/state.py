"""Everything the memory store keeps, shelf by shelf, and what a transaction on it stands on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.account_book import Account, Session, Token
from adapters.memory.shelf import Shelf, Shelves
from adapters.references import References
from engine.case import Case
from engine.dates_told import Look, ToldDate
from engine.definition.texts import Text
from engine.effects import CallAdapter, RecordKpi, SendMail
from engine.kept import KeptEvent, PublishedVersion, Subscription
from engine.people import Person
from engine.ports import Ids
from engine.records import Record, WarrantyChange
from engine.screen_rows import HistoryRow, IncidentRow, MailRow, NoticeRow


@dataclass(frozen=True, slots=True)
class KeptCase:
    """A case and what lists say about it."""

    case: Case
    subject: str
    category: str
    steps: tuple[Text, ...]
    records: frozenset[tuple[str, str]]
    listens: tuple[Subscription, ...]
    records_changed: bool = False
    alike: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class KeptMail:
    """A mail: what is shown of it, the order, and who holds it until when."""

    row: MailRow
    order: SendMail
    due_at: dt.datetime
    token: str | None = None


@dataclass(frozen=True, slots=True)
class KeptCall:
    """A call and who holds it until when."""

    order: CallAdapter
    case: str
    state: str
    due_at: dt.datetime
    attempts: int = 0
    token: str | None = None


@dataclass(frozen=True, slots=True)
class KeptNotice:
    """A reminder before a person."""

    person: str
    row: NoticeRow


@dataclass(frozen=True, slots=True)
class KeptIncident:
    """An incident and what goes back into its queue when it is settled."""

    row: IncidentRow
    queue: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class KeptFact:
    """A measured value, and where and when it was measured."""

    process: str
    case: str
    at: dt.datetime
    kpi: RecordKpi


class State:
    """The shelves. Lists that only grow are shelves by number."""

    def __init__(self, ids: Ids, references: References) -> None:
        shelves = Shelves()
        self.journal = shelves.journal
        self.ids = ids
        self.references = references
        self.cases: Shelf[str, KeptCase] = shelves.new()
        self.numbers: Shelf[str, str] = shelves.new()
        self.open_tasks: Shelf[str, str] = shelves.new()
        self.closed_tasks: Shelf[str, Mapping[str, Any]] = shelves.new()
        self.timers: Shelf[str, tuple[dt.datetime, str]] = shelves.new()
        self.lifted: Shelf[str, bool] = shelves.new()
        self.listening: Shelf[str, frozenset[str]] = shelves.new()
        self.children: Shelf[str, tuple[str, ...]] = shelves.new()
        self.history: Shelf[str, tuple[HistoryRow, ...]] = shelves.new()
        self.mails: Shelf[str, KeptMail] = shelves.new()
        self.mail_keys: Shelf[str, str] = shelves.new()
        self.calls: Shelf[str, KeptCall] = shelves.new()
        self.notices: Shelf[str, KeptNotice] = shelves.new()
        self.incidents: Shelf[str, KeptIncident] = shelves.new()
        self.kpis: Shelf[int, KeptFact] = shelves.new()
        self.events: Shelf[str, KeptEvent] = shelves.new()
        self.seen: Shelf[str, bool] = shelves.new()
        self.versions: Shelf[tuple[str, int], PublishedVersion] = shelves.new()
        self.counters: Shelf[str, int] = shelves.new()
        self.answers: Shelf[str, str] = shelves.new()
        self.acts: Shelf[int, Mapping[str, Any]] = shelves.new()
        self.records: Shelf[tuple[str, str], Record] = shelves.new()
        self.record_changes: Shelf[tuple[str, str], tuple[Mapping[str, Any], ...]] = shelves.new()
        self.warranty_changes: Shelf[str, tuple[WarrantyChange, ...]] = shelves.new()
        self.told_dates: Shelf[ToldDate, dt.datetime] = shelves.new()
        self.looks: Shelf[int, Look] = shelves.new()
        self.accounts: Shelf[str, Account] = shelves.new()
        self.sessions: Shelf[str, Session] = shelves.new()
        self.tokens: Shelf[str, Token] = shelves.new()
        self.failures: Shelf[str, tuple[dt.datetime, ...]] = shelves.new()

    def still_to_read(self, person: str) -> list[NoticeRow]:
        """The unread notices of a person; what one says of a task holds as long as that is open, and what it says of a case
        until that ends."""
        unread = (kept.row for kept in self.notices.values() if kept.person == person and not kept.row.read)
        return [row for row in unread if (row.task in self.open_tasks if row.task else self._says_so(row))]

    def _says_so(self, row: NoticeRow) -> bool:
        kept = self.cases.get(row.case)
        return kept is None or kept.case.ended_at is None or kept.case.ended_at <= row.at


class Transaction:
    """One `now`, and the shelves."""

    def __init__(self, state: State, now: dt.datetime) -> None:
        self.now = now
        self._state = state
        self._moved: set[tuple[str, str]] = set()

    def people(self) -> Mapping[str, Person]:
        """All members of staff."""
        return {id: account.person for id, account in sorted(self._state.accounts.items())}
