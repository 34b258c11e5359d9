"""What people look at: the queries of the read side. Nothing here decides; who may see is part of each query.

Every query that lists cases or tasks takes the `Viewer` and answers only what that person may see.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, Protocol, TypeVar

from engine.case import Case
from engine.dates_told import Look
from engine.kept import PublishedVersion
from engine.people import Person, Snapshot
from engine.records import Record, WarrantyChange
from engine.screen_rows import (
    CaseRow,
    Counts,
    FactRow,
    FigureRow,
    Found,
    HistoryRow,
    IncidentRow,
    MailRow,
    NoticeRow,
    TaskRow,
    UnmatchedRow,
    VersionRow,
)

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks. `processes` are those whose cases all of the person's roles may see (`permissions.see`);
    `everything` is true for administrators and auditors."""

    id: str
    roles: frozenset[str]
    processes: frozenset[str] = frozenset()
    everything: bool = False


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks. `whose`: mine, roles (unclaimed ones of my roles), both, or all I may see."""

    whose: Literal["mine", "roles", "both", "all"] = "both"
    process: str = ""
    role: str = ""
    overdue: bool = False
    paused: bool = False
    before: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page by key: at most `size` rows after `after` (opaque text from the page before, "" for the first)."""

    after: str = ""
    size: int = 50


@dataclass(frozen=True, slots=True)
class Rows(Generic[T_co]):
    """A page of rows and the key of the next page ("" at the end)."""

    rows: Sequence[T_co] = field(default_factory=tuple)
    next: str = ""


class Screens(Protocol):
    """Queries. `now` is the instant of this read, from the same clock as the write side."""

    now: dt.datetime

    def inbox(self, viewer: Viewer, wanted: TaskFilter, page: Page) -> Rows[TaskRow]:
        """Open tasks: those of urgent cases first, then by due time, then id; tasks without a due time last. `both`: mine and
        unclaimed of my roles."""
        ...

    def counts(
        self, viewer: Viewer, today_ends: dt.datetime, week_ends: dt.datetime, month_ends: dt.datetime
    ) -> Counts:
        """How many of my and my roles' tasks are urgent; of the others how many are overdue, due today, this week, this month,
        later."""
        ...

    def task(self, task_id: str) -> TaskRow | None:
        """An open task."""
        ...

    def closed_task(self, task_id: str) -> Mapping[str, Any] | None:
        """What became of a task that is no longer open: {case, step, outcome ("": the case went on without it), by, at, for
        (the roles and the person that had it)}."""
        ...

    def case(self, case_id: str) -> Case | None:
        """A case as it stands."""
        ...

    def many_cases(self, ids: Collection[str]) -> Mapping[str, Case]:
        """Cases as they stand, by id; those that are not there are left out."""
        ...

    def cases_numbered(self, numbers: Sequence[str]) -> Mapping[str, Case]:
        """As on the write side: the cases with these numbers, in one statement."""
        ...

    def case_id(self, number: str) -> str | None:
        """The id of the case with this number."""
        ...

    def may_see(self, viewer: Viewer, case_id: str) -> bool:
        """By `permissions.see` of its process, or as owner, starter or somebody who holds or may claim an open task."""
        ...

    def earlier_alike(
        self, process: str, keys: Sequence[str], *, since: dt.datetime, until: dt.datetime, number: str = ""
    ) -> tuple[Case, int] | None:
        """As on the write side: the other case of a process saved under one of these texts, and how many."""
        ...

    def open_alike(self, viewer: Viewer, process: str, keys: Sequence[str], size: int) -> Sequence[CaseRow]:
        """The open cases of a process saved under one of these texts that this person may see, newest first."""
        ...

    def cases(self, viewer: Viewer, *, process: str, state: str, text: str, page: Page) -> Rows[CaseRow]:
        """Cases, newest first. `state`: open, closed, overdue (the case itself or a task of it), `in_category:` with a
        category, or "" for all; `text` searches number and subject."""
        ...

    def cases_of(self, viewer: Viewer, type: str, id: str, page: Page) -> Rows[CaseRow]:
        """The cases that hang on a record, open ones first."""
        ...

    def open_beside(
        self, viewer: Viewer, case_id: str, about: Sequence[tuple[str, str]], size: int
    ) -> Sequence[tuple[str, CaseRow]]:
        """The other open cases that hang on one of these records (type and id), each with the type of the first of
        them that it hangs on; in that order, then newest first."""
        ...

    def family(self, case_id: str) -> tuple[CaseRow | None, Sequence[CaseRow]]:
        """The parent and the children of a case."""
        ...

    def history(self, case_id: str) -> Sequence[HistoryRow]:
        """The whole timeline, oldest first."""
        ...

    def mails(self, *, case_id: str = "", state: str = "", page: Page = Page()) -> Rows[MailRow]:
        """Mails, newest first: those of one case, or all that leave by themselves (not those that left in one of them)."""
        ...

    def mail(self, mail_id: str) -> MailRow | None:
        """One mail."""
        ...

    def notices(self, person: str, *, unread_only: bool = True, size: int = 50) -> Sequence[NoticeRow]:
        """A person's reminders, newest first. Of those still to be read what is about a task goes by itself when that is
        no longer open, and what is about a case when that ends; what is told of its end, or after it, stays."""
        ...

    def incidents(self, *, open_only: bool = True, case_id: str = "", size: int = 200) -> Sequence[IncidentRow]:
        """Incidents, newest first."""
        ...

    def unmatched(self, size: int = 200) -> Sequence[UnmatchedRow]:
        """Events that several cases could take, or that came from outside and nobody took for seven days; newest first."""
        ...

    def news_kept(self, names: Collection[str], since: dt.datetime, size: int = 200) -> Sequence[UnmatchedRow]:
        """Events with one of these names that were received since then and that no case has taken, newest first."""
        ...

    def people(self) -> Mapping[str, Person]:
        """All members of staff."""
        ...

    def record(self, type: str, id: str) -> Record | None:
        """A record by its id."""
        ...

    def record_snapshot(self, type: str, id: str) -> Snapshot | None:
        """A record with referred records inside, as decisions see it."""
        ...

    def labels(self, type: str, ids: Collection[str]) -> Mapping[str, str]:
        """What these records of a type are called, by id; those that are not there are left out."""
        ...

    def find_record(self, type: str, text: str) -> Record | None:
        """A record by id or key."""
        ...

    def look_up(self, type: str, text: str, size: int = 10) -> Sequence[Found]:
        """Type-ahead: records of a type whose key or label contains the text; near keys when nothing does."""
        ...

    def records(self, type: str, text: str, page: Page) -> Rows[Record]:
        """Records of a type by key."""
        ...

    def related(self, type: str, id: str) -> Sequence[Record]:
        """Records that refer to this one or that it refers to: a customer's orders and units, an order's units."""
        ...

    def record_history(self, type: str, id: str) -> Sequence[Mapping[str, Any]]:
        """Changes of a record, oldest first: {at, by, attribute, old, new, reason}."""
        ...

    def warranty_changes(self, serial_number: str) -> Sequence[WarrantyChange]:
        """Every change of a unit's warranty end, oldest first."""
        ...

    def dated(
        self,
        type: str,
        attribute: str,
        first: dt.date,
        last: dt.date,
        *,
        untold: str,
        after: tuple[str, str] = ("", ""),
        limit: int,
    ) -> Sequence[tuple[str, str]]:
        """(date, id) of the records whose date lies between the two, both included, and was not noted as told for the
        event `untold`; by date, then id, those behind `after`. Found by an index, however many records there are."""
        ...

    def looks(self, event: str) -> Mapping[str, Look]:
        """What was noted of the dates of an event: the newest of each act."""
        ...

    def search(self, viewer: Viewer, text: str, size: int = 20) -> Sequence[Found]:
        """Cases by number and subject, records by key and label; only what the viewer may see."""
        ...

    def version(self, process: str, number: int | None = None) -> PublishedVersion | None:
        """A published version with its text, the newest one when `number` is None."""
        ...

    def newest(self, kind: str) -> Sequence[PublishedVersion]:
        """The newest version of every process, library or site."""
        ...

    def versions(self, process: str = "") -> Sequence[VersionRow]:
        """All versions of one process, or the newest of each; newest first."""
        ...

    def figures(
        self, processes: Collection[str], since: dt.datetime, until: dt.datetime, *, apart: bool = False
    ) -> Sequence[FigureRow]:
        """What the KPIs of these processes came to from one instant up to another; with `apart` for each value of `per`."""
        ...

    def measured(
        self, process: str, kpi: str, since: dt.datetime, until: dt.datetime, *, per: str | None, page: Page
    ) -> Rows[FactRow]:
        """The values behind a figure, newest first; those of one `per`, or of all (None)."""
        ...

    def in_hand(self, processes: Collection[str]) -> Mapping[str, tuple[int, int]]:
        """How many cases of these processes are open, and how many of those are overdue; none are left out."""
        ...

    def audit(self, size: int = 200) -> Sequence[Mapping[str, Any]]:
        """Administrative acts, newest first: {at, action, by, about, details}."""
        ...
