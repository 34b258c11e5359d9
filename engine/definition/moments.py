"""When a timer of a ladder rings: `4 working hours before due`, `7 days after entry`, `75 % of due`.

It computes the instant from entry, due and pauses alone; whether the timer has already rung is not its business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from engine.definition.calendars import after, before, closing_time
from engine.definition.durations import Duration, NotUnderstood, parse_duration
from engine.definition.opening_hours import Calendar, can_count_in
from engine.definition.pauses import Pause, in_order, moved_by, out_of_pauses, share_of, with_pauses


@dataclass(frozen=True, slots=True)
class Moment:
    """An anchor (`due`, `entry` or the path of a date field) and how long before or after it; or a share of the time."""

    anchor: str
    offset: Duration | None = None
    before: bool = False
    percent: Decimal | None = None


class NotAMoment(NotUnderstood):
    """The text is not a moment (P412)."""


_SHARE = re.compile(r"(?P<percent>-?[0-9]{1,6}(?:\.[0-9]{1,4})?)\s*%\s*of\s+(?P<anchor>\S+)")
_OFFSET = re.compile(r"(?P<offset>.+?)\s+(?P<side>before|after)\s+(?P<anchor>\S+)")
_PATH = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")


def parse_moment(text: str) -> Moment:
    """The moment an `at:` describes. Raises NotAMoment or NotADuration, each with the key of the sentence to show."""
    written = text.strip()
    if found := _SHARE.fullmatch(written):
        percent = Decimal(found["percent"])
        if not 0 < percent <= 100:
            raise NotAMoment("P412.share", text=written)
        if found["anchor"] != "due":
            raise NotAMoment("P412.anchor", text=written, anchor=found["anchor"])
        return Moment("due", percent=percent)
    if found := _OFFSET.fullmatch(written):
        offset = parse_duration(found["offset"])
        return Moment(_anchor(written, found["anchor"]), offset, before=found["side"] == "before")
    if _PATH.fullmatch(written):
        return Moment(written)
    raise NotAMoment("P412.moment", text=written)


def when_is(
    moment: Moment,
    *,
    entry: datetime,
    due: datetime | None,
    anchor_value: date | datetime | None,
    pauses: Sequence[Pause],
    due_working: bool,
    calendar: Calendar,
    promise: bool = False,
) -> datetime | None:
    """The instant of `moment`; None when what it counts from has no value, or while a pause lasts that holds it up.

    `due` is the nominal one, without pauses, and `due_working` says whether it counts working time. `anchor_value` is
    the field's value when the moment counts from a field; a date without a time ends at closing time. `promise` says
    that `due` is a promised date, which does not move: then, as with a field, only the timer waits for a pause to end.
    """
    entry = entry.astimezone(UTC)
    if moment.anchor == "entry":
        return _after_fixed(moment, entry, entry, pauses, calendar)
    if moment.anchor != "due":
        anchor = _as_instant(anchor_value, calendar)
        return _after_fixed(moment, anchor, entry, pauses, calendar) if anchor else None
    if due is None or not can_count_in(due.year):
        return None
    due = due.astimezone(UTC)
    if moment.percent is not None:
        share = share_of(entry, due, moment.percent, due_working, calendar)
        return out_of_pauses(share, pauses) if promise else with_pauses(entry, share, pauses, due_working, calendar)
    if promise:
        return _after_fixed(moment, due, entry, pauses, calendar)
    if moment.before and moment.offset is not None:
        return _before_moving(moment.offset, entry, due, pauses, due_working, calendar)
    moved_due = with_pauses(entry, due, pauses, due_working, calendar)
    if moved_due is None or moment.offset is None:
        return moved_due
    return with_pauses(moved_due, after(moved_due, moment.offset, calendar), pauses, moment.offset.working, calendar)


def _after_fixed(
    moment: Moment, anchor: datetime, entry: datetime, pauses: Sequence[Pause], calendar: Calendar
) -> datetime | None:
    """Counted from an anchor that no pause moves. Before and at it a timer only waits; after it, its time stands still."""
    if moment.offset is None:
        return anchor if anchor == entry else out_of_pauses(anchor, pauses)
    if moment.before:
        return out_of_pauses(before(anchor, moment.offset, calendar), pauses)
    return with_pauses(anchor, after(anchor, moment.offset, calendar), pauses, moment.offset.working, calendar)


def _before_moving(
    offset: Duration, entry: datetime, due: datetime, pauses: Sequence[Pause], due_working: bool, calendar: Calendar
) -> datetime | None:
    """Counted back from a due that moves: each pause that begins before the timer moves the due and the timer with it."""
    rings = before(due, offset, calendar)
    for since, until in in_order(pauses, entry):
        if since >= rings:
            break
        if until is None:
            return None
        due = moved_by(since, until, due, due_working, calendar)
        rings = max(until, before(due, offset, calendar))
    return rings


def _as_instant(value: date | datetime | None, calendar: Calendar) -> datetime | None:
    match value:
        case None:
            return None
        case _ if not can_count_in(value.year):
            return None  # 9999-12-31 means never
        case datetime():
            return value.astimezone(UTC)
        case _:
            return closing_time(calendar, value)


def _anchor(text: str, anchor: str) -> str:
    if not _PATH.fullmatch(anchor):
        raise NotAMoment("P412.anchor", text=text, anchor=anchor)
    return anchor
