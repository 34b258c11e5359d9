"""What goes into the store and comes out of it, piece by piece: each as it is kept, whoever keeps it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.case import Case
from engine.effects import CallAdapter, RaiseIncident, RecordKpi, Remind, SendMail, WriteHistory

FROM_A_CASE = "case"
"""The source of what one case emits for others to hear."""
FROM_A_RECORD = "record"
"""The source of what a change of a record announces."""
INSIDE = (FROM_A_CASE, FROM_A_RECORD)
"""Sources inside the house: what they say goes to every case that listens, and what nobody hears troubles no clerk."""
AFTER_THE_END = "ended:"
"""What the name of an event begins with where a case that has ended would have heard it."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A case listens: event `name`, correlated by `key` (an event key, "" for a case's own button) having `value`."""

    name: str
    key: str
    value: str
    step: str


@dataclass(frozen=True, slots=True)
class KeptEvent:
    """An event that no single open case took: kept, tried again when a case begins to listen, shown on a page."""

    id: str
    name: str
    values: Mapping[str, Any]
    source: str
    received_at: dt.datetime
    state: str = "waiting"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DueTimer:
    """An armed timer whose moment has come."""

    id: str
    case: str
    fire_at: dt.datetime


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """A mail that this worker has claimed. `token` proves the claim when it is marked; `attempt` counts from 1. It is not
    `intact` when address, subject or text are no longer what the checksum was taken of as it was put into the outbox."""

    id: str
    order: SendMail
    case: str
    number: str
    token: str
    attempt: int
    message_id: str
    intact: bool = True


@dataclass(frozen=True, slots=True)
class OutgoingCall:
    """A call to an outside system that this worker has claimed."""

    order: CallAdapter
    case: str
    token: str
    attempt: int


@dataclass(frozen=True, slots=True)
class CaseChange:
    """What one stimulus did to one case: saved together or not at all.

    `before` is None for a new case. Tables of tasks, candidates, timers and subscriptions are brought from `before` to
    `after`; the orders are stored beside them; `subject` and `records` say under which records the case is listed, `alike`
    by which texts a later case about the same finds it.
    """

    before: Case | None
    after: Case
    history: Sequence[WriteHistory] = ()
    mails: Sequence[SendMail] = ()
    reminders: Sequence[Remind] = ()
    calls: Sequence[CallAdapter] = ()
    kpis: Sequence[RecordKpi] = ()
    incidents: Sequence[RaiseIncident] = ()
    listens: Sequence[Subscription] = ()
    alike: Sequence[str] = ()
    records: Sequence[tuple[str, str]] = ()
    subject: str = ""
    category: str = "open"
    labels: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """An immutable version of a process. `kind` is process, library or site; `text` is the file as published."""

    process: str
    number: int
    text: str
    checksum: str
    published_at: dt.datetime
    published_by: str | None
    reason: str = ""
    kind: str = "process"
