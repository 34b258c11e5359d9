"""Which digests are due, which cases they list, and what the mail says. Pure: rows and the time are handed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from engine.case import Case
from engine.clocks import Pauses, pairs, worked_on
from engine.definition.calendars import is_open, open_time
from engine.definition.compiled import Compiled, Digest, DigestList, Site
from engine.definition.opening_hours import Calendar
from engine.definition.texts import Text
from engine.screen_rows import CaseRow, TaskRow
from engine.writing import moment_in_words

LONGEST_CLOSED = 31
"""A digest of a closed day waits for the next open one, but not for ever."""
MOST_LINES = 100
URGENT = Text("Urgent: ", "紧急：")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a digest: what waits, where it is read, and until when it was wanted."""

    number: str
    what: Text
    subject: str
    due_at: dt.datetime | None
    address: str
    urgent: bool = False


def digest_day(digest: Digest, site: Site, now: dt.datetime) -> dt.date | None:
    """The day whose digest is due now, by its hour on the clock of the site, while its calendar is open; else None.

    A morning that nobody was at work for is made up for on the same day; a closed day's digest goes on the next open day.
    """
    calendar, local = site.calendar(digest.calendar), now.astimezone(ZoneInfo(site.timezone))
    if local.time() < digest.at or not is_open(calendar, now):
        return None
    return local.date() if _is_its_day(digest, calendar, local.date()) else None


def _is_its_day(digest: Digest, calendar: Calendar, day: dt.date) -> bool:
    """Whether this open day, or a closed day since the last open one, is one of the days that the file names."""
    if digest.days is None or day.weekday() in digest.days:
        return True
    for _ in range(LONGEST_CLOSED):
        day -= dt.timedelta(days=1)
        if calendar.hours_on(day):
            return False
        if day.weekday() in digest.days:
            return True
    return False


def is_listed(wanted: DigestList, row: CaseRow, calendar: Calendar, now: dt.datetime) -> bool:
    """Whether an open case belongs into a list, as far as its time goes."""
    is_late = row.due_at is not None and row.due_at <= now
    if wanted.used is not None:
        return is_late or (row.due_at is not None and _used(row.opened_at, row.due_at, (), calendar, now) > wanted.used)
    return is_late or not wanted.overdue


def is_at_risk(case: Case, share: int, calendar: Calendar, now: dt.datetime) -> bool:
    """Whether a case has used more than this share of its time, in percent; while its clock stood it used none. A row
    knows of no pauses: by it a case looks nearer to its end than it is, never further away."""
    due, entry = case.runs_out_at, case.round_started_at or case.opened_at
    return due is not None and (due <= now or _used(entry, due, pairs(case.pauses), calendar, now) > share)


def _used(began: dt.datetime, due: dt.datetime, pauses: Pauses, calendar: Calendar, now: dt.datetime) -> float:
    """How much of its open time a case has used, in percent. Its due has moved with its pauses."""
    whole, used = (
        sum((open_time(calendar, part.since, part.until) for part in worked_on(began, until, pauses)), dt.timedelta())
        for until in (due, now)
    )
    return 100 * (used / whole) if whole > dt.timedelta() else 100.0


def steps_named(process: Compiled, wanted: DigestList) -> frozenset[str]:
    """The steps that a list names: with the steps inside them, in every use of a fragment."""
    named = {name for step in wanted.steps for name in process.called.get(step, ())}
    return frozenset(step.name for step in process.steps.values() if named & {step.name, *step.inside})


def case_line(row: CaseRow, base: str) -> Line:
    """A case as a digest lists it."""
    where = Text(*(", ".join(step.say(language) for step in row.steps) for language in ("en", "zh-Hans")))
    return Line(row.number, where, row.subject, row.due_at, f"{base}/cases/{row.id}", row.urgent)


def task_line(row: TaskRow, base: str) -> Line:
    """A task as a digest lists it; what is still nobody's says so."""
    label = row.label
    if row.assignee is None:
        label = Text(f"{label.say('en')} (nobody has taken it yet)", f"{label.say('zh-Hans')}（待领取）")
    return Line(row.number, label, row.subject, row.due_at, f"{base}/tasks/{row.id}", row.urgent)


def letter(digest: Digest, site: Site, lines: Sequence[Line], now: dt.datetime, language: str) -> tuple[str, str]:
    """Subject and text in the language of who reads it. Urgent cases come first, and the subject counts them."""
    chinese = language.startswith("zh")
    label, urgent = digest.label.say(language), sum(line.urgent for line in lines)
    first = (f"紧急 {urgent} 项，" if chinese else f"{urgent} urgent - ") if urgent else ""
    subject = f"{first}{label}（{len(lines)}）" if chinese else f"{first}{label} ({len(lines)})"
    urgent_first = sorted(lines, key=lambda line: not line.urgent)
    told = [_told(line, site, now, language) for line in urgent_first[:MOST_LINES]]
    if more := len(lines) - len(told):
        told.append(f"……另有 {more} 项" if chinese else f"… and {more} more")
    return subject, "\n\n".join(told)


def _told(line: Line, site: Site, now: dt.datetime, language: str) -> str:
    parts = [line.number, line.what.say(language), line.subject]
    if line.due_at is not None:
        moment = moment_in_words(line.due_at, site.timezone, language)
        late = line.due_at <= now
        if language.startswith("zh"):
            parts.append(f"已于{moment}到期" if late else f"{moment}到期")
        else:
            parts.append(f"overdue since {moment}" if late else f"due {moment}")
    mark = URGENT.say(language) if line.urgent else ""
    return f"{mark}{' · '.join(part for part in parts if part)}\n{line.address}"
