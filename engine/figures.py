"""Who may read the figures of a process, what a figure is grouped by, and whether it keeps to its target.

Pure: it knows neither how values were measured (`kpis` does that while cases run) nor how a page shows them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from engine.authority import can
from engine.definition.compiled import Compiled, CompiledKpi
from engine.definition.opening_hours import Calendar
from engine.definition.texts import Text
from engine.people import Person
from engine.record_words import attribute_at
from engine.screen_rows import FigureRow
from engine.screens import Viewer

HALF = 0.5
MOST_MONTHS = 12
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2999, 12, 31)
_A_MONDAY = dt.date(2026, 1, 5)
_NAME = re.compile(r"[a-z_][a-z0-9_]*")
_PEOPLE = ("owner", "assignee", "role")


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day up to and including the last, on the clock of the site."""

    first: dt.date
    last: dt.date

    def bounds(self, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
        """The instants from which and up to which it lasts."""
        return _midnight(self.first, zone), _midnight(self.last + dt.timedelta(days=1), zone)


def between(first: dt.date, last: dt.date) -> Period:
    """From the earlier of two days to the later, within the years that anything can have been measured in."""
    first, last = sorted(max(EARLIEST, min(day, LATEST)) for day in (first, last))
    return Period(first, last)


def this_month(today: dt.date) -> Period:
    """The month so far."""
    return Period(today.replace(day=1), today)


def last_month(today: dt.date) -> Period:
    """The whole month before this one."""
    last = today.replace(day=1) - dt.timedelta(days=1)
    return Period(last.replace(day=1), last)


def twelve_months(today: dt.date) -> Period:
    """This month and the eleven before it."""
    months = today.year * 12 + today.month - 12
    return Period(dt.date(months // 12, months % 12 + 1, 1), today)


def months(period: Period) -> list[Period]:
    """The months of a period, the latest twelve at most, the first and the last one as far as it goes."""
    found = [Period(max(period.first, period.last.replace(day=1)), period.last)]
    while len(found) < MOST_MONTHS and found[0].first > period.first:
        before = last_month(found[0].first)
        found.insert(0, Period(max(period.first, before.first), before.last))
    return found


def readable(processes: Iterable[Compiled], person: Person, viewer: Viewer) -> list[Compiled]:
    """The processes with figures that this person may read: those whose cases they see, or all by their role."""
    everything = reads_all(person) or viewer.everything
    return [p for p in processes if p.kpis and (everything or p.id in viewer.processes)]


def reads_all(person: Person) -> bool:
    """Whether somebody reads every figure, and those of each colleague."""
    return can(person, "see_kpis")


def grouped_by(process: Compiled, kpi: CompiledKpi) -> Literal["nothing", "people", "values"]:
    """What a KPI is told apart by."""
    per = kpi.definition.per
    if per is None:
        return "nothing"
    return "people" if per in _PEOPLE or _kind_of(process, per) == "user" else "values"


def may_be_apart(process: Compiled, kpi: CompiledKpi, person: Person) -> bool:
    """Whether this person may see a KPI told apart: by people whoever reads all figures; by a field kept from some whoever
    has a role that reads it."""
    match grouped_by(process, kpi):
        case "nothing":
            return False
        case "people":
            return reads_all(person) and _reads_what_parts(process, kpi, person)
        case _:
            return _reads_what_parts(process, kpi, person)


def is_their_own(process: Compiled, kpi: CompiledKpi, person: Person, per: str | None) -> bool:
    """Whether this is what a KPI came to for this very person, who may see that."""
    return per == person.id and grouped_by(process, kpi) == "people" and _reads_what_parts(process, kpi, person)


def may_list(process: Compiled, kpi: CompiledKpi, person: Person) -> bool:
    """Whether this person may see what the figure was in each case: a share may ask of a field that is kept from some."""
    named = {word for word in _NAME.findall(kpi.definition.share or "") if word in process.fields}
    return all(_reads(process, name, person) for name in named)


def value_label(process: Compiled, kpi: CompiledKpi, value: str) -> Text:
    """What a value is called that is no person: of a choice its label."""
    per = kpi.definition.per or ""
    said_of = attribute_at(process, tuple(per.split("."))) if "." in per else process.fields.get(per)
    labels = said_of.choices.items() if said_of is not None and said_of.choices else ()
    return next((label for id, label in labels if value in (id, label.en, label.zh)), Text(value, value))


def is_met(kpi: CompiledKpi, row: FigureRow) -> bool | None:
    """Whether a share keeps to its target: one under a half is a most, any other a least. None without such a target."""
    if kpi.target_share is None or not row.count:
        return None
    return row.mean <= kpi.target_share if is_a_most(kpi) else row.mean >= kpi.target_share


def is_a_most(kpi: CompiledKpi) -> bool:
    """Whether the target of a share is not to be exceeded."""
    return kpi.target_share is not None and kpi.target_share < HALF


def day_of(calendar: Calendar) -> dt.timedelta:
    """How long an ordinary day of this calendar is open."""
    return dt.timedelta(minutes=sum(until - since for since, until in calendar.ordinary_hours(_A_MONDAY)))


def _kind_of(process: Compiled, per: str) -> str:
    """What a field holds, or what a record of it says: `sn.salesperson` is a user."""
    first, *attributes = per.split(".")
    field = process.fields.get(first)
    kind = "" if field is None else (field.of or "") if field.type == "record" else field.type
    for attribute in attributes:
        record = process.site.records.get(kind)
        kind = record.attributes.get(attribute, "") if record is not None else ""
    return kind


def _reads_what_parts(process: Compiled, kpi: CompiledKpi, person: Person) -> bool:
    return _reads(process, (kpi.definition.per or "").partition(".")[0], person)


def _reads(process: Compiled, name: str, person: Person) -> bool:
    field = process.fields.get(name)
    kept_to = field.visible_to if field is not None else None
    return not kept_to or bool(person.roles & set(kept_to))


def _midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=zone).astimezone(dt.UTC)
