"""What the installation offers to every process, once its file is compiled: roles, hours, records, digests, dates to announce.

All values are immutable and may be shared by threads.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.definition.model.site import Adapter, RecordDef, RecordEvent
from engine.definition.opening_hours import Calendar
from engine.definition.texts import Text


@dataclass(frozen=True, slots=True)
class DigestList:
    """What a digest lists. `used` is a share of the time of a case in percent; `mine`: overdue, today."""

    process: str = ""
    steps: tuple[str, ...] = ()
    used: int | None = None
    overdue: bool = False
    mine: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """A mail at an hour of the day. `days` are weekdays from Monday as 0; None: every open day of its calendar."""

    name: str
    label: Text
    to: tuple[str, ...]
    at: dt.time
    days: frozenset[int] | None
    calendar: str
    lists: tuple[DigestList, ...]


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """An event that a date of a record announces: `days` after it (before it: less than 0), and for `within` more days."""

    event: str
    type: str
    attribute: str
    days: int
    within: int

    def moment(self, date: dt.date) -> dt.date:
        """The day on which a date is announced first."""
        return date + dt.timedelta(days=self.days)

    def date(self, moment: dt.date) -> dt.date:
        """The date that is announced first on a day."""
        return moment - dt.timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Site:
    """What the installation offers to every process."""

    id: str
    languages: tuple[str, ...]
    timezone: str
    roles: Mapping[str, Text]
    calendars: Mapping[str, Calendar]
    records: Mapping[str, RecordDef]
    adapters: Mapping[str, Adapter]
    auto_confirm_notices: bool = False
    mail_closing: Text = Text()
    currency: Text = Text()
    ladder: str = "standard"
    digests: tuple[Digest, ...] = ()
    mail_hours: Mapping[str, str] = field(default_factory=dict)
    record_events: Mapping[str, RecordEvent] = field(default_factory=dict)
    dated_events: tuple[DatedEvent, ...] = ()

    def calendar(self, name: str) -> Calendar:
        """The calendar of that name, or the first one of the site."""
        return self.calendars.get(name) or next(iter(self.calendars.values()))
