"""What one line of a page, a list or a count says: rows made for reading. Which of them somebody may see, `engine.screens` knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.definition.texts import Text


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One line of the inbox. `subject` is what the case is about in words; `case_due_at` the deadline of the case,
    `urgent` whether the case cannot wait."""

    id: str
    case: str
    number: str
    process: str
    kind: str
    step: str
    label: Text
    subject: str
    roles: tuple[str, ...]
    assignee: str | None
    due_at: dt.datetime | None
    opened_at: dt.datetime
    paused: bool
    resume_at: dt.datetime | None
    level: int
    only: str | None
    excluded: tuple[str, ...]
    case_due_at: dt.datetime | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of a list of cases. `steps` says where it stands, or how it ended; `category`: open, waiting_customer,
    waiting_internal, done, closed, cancelled."""

    id: str
    number: str
    process: str
    version: int
    subject: str
    steps: tuple[Text, ...]
    category: str
    milestone: str | None
    owner: str | None
    opened_at: dt.datetime
    ended_at: dt.datetime | None
    ended: str | None
    due_at: dt.datetime | None
    round: int
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One entry of a case's timeline; see `effects.WriteHistory`. A comment has kind "commented"."""

    seq: int
    at: dt.datetime
    kind: str
    by: str | None
    step: str
    visit: int
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MailRow:
    """A mail and what became of it. `state`: waiting, sent, failed, dropped (what it was about was over before it could leave);
    of a mail that left with others in one letter (`left_in`) it is the letter's."""

    id: str
    case: str
    number: str
    kind: str
    to: str
    subject: str
    body: str
    template: str
    state: str
    created_at: dt.datetime
    sent_at: dt.datetime | None
    attempts: int
    last_error: str
    message_id: str
    by: str | None
    checksum: str = ""
    not_before: dt.datetime | None = None
    left_in: str = ""


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A reminder in somebody's inbox."""

    id: str
    at: dt.datetime
    case: str
    number: str
    task: str
    text: Text
    read: bool


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """Something an administrator must look at."""

    id: str
    at: dt.datetime
    case: str
    number: str
    text: Text
    state: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A published version in a list; `open_cases` run on it."""

    process: str
    number: int
    published_at: dt.datetime
    published_by: str | None
    reason: str
    checksum: str
    open_cases: int


@dataclass(frozen=True, slots=True)
class UnmatchedRow:
    """An event that no case took."""

    id: str
    name: str
    values: Mapping[str, Any]
    source: str
    received_at: dt.datetime
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, for type-ahead and the search page. `kind`: case, customer, order, serial_number, …"""

    kind: str
    id: str
    key: str
    label: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers above the inbox, each counted up to 1,000. A task of an urgent case counts there and not by its due time; how
    many of those are overdue stands beside."""

    urgent: int = 0
    urgent_overdue: int = 0
    overdue: int = 0
    today: int = 0
    week: int = 0
    month: int = 0
    later: int = 0
    drafts: int = 0
    notices: int = 0


@dataclass(frozen=True, slots=True)
class FigureRow:
    """What a KPI came to in a period. `per` is the value these belong to, None for all together; of `promised` values that
    had a target, `timely` kept to it. Times are seconds, shares 0 to 1."""

    process: str
    kpi: str
    per: str | None
    count: int
    mean: float
    median: float
    promised: int
    timely: int


@dataclass(frozen=True, slots=True)
class FactRow:
    """One measured value behind a figure, with the case it was measured on."""

    case: str
    number: str
    subject: str
    owner: str | None
    starter: str | None
    at: dt.datetime
    value: float
    per: str
    on_time: bool | None
