"""Counts time in a calendar: what is so many working days later, how much open time lies between two instants.

Every instant taken or given is zone-aware; those given are UTC. The rules: N working days are N open days later at the
same time of day, and an entry outside opening hours counts from the next opening; working hours count open minutes
only and end at the first instant they are used up; calendar days keep the local clock time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import assert_never
from zoneinfo import ZoneInfo

from engine.definition.calendar_reading import calendar_from
from engine.definition.durations import Duration
from engine.definition.opening_hours import (
    Calendar,
    NotACalendar,
    at_minute,
    can_count_in,
    instant,
    open_year,
    year_without_make_up_days,
)

__all__ = [
    "Calendar",
    "NotACalendar",
    "after",
    "before",
    "calendar_from",
    "closing_time",
    "is_open",
    "next_opening",
    "open_minutes",
    "open_time",
    "previous_closing",
    "spend",
    "working_day",
    "year_without_make_up_days",
]

_MINUTE = timedelta(minutes=1)
_YEARS_AHEAD = 3  # a calendar that has no open day for so long has none: refuse instead of searching on


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Whether the calendar is open at that instant; closing time itself is closed."""
    at, year = _utc(at), open_year(calendar, _local(calendar, at).year)
    span = bisect_right(year.starts, at) - 1
    return span >= 0 and at < year.ends[span]


def next_opening(calendar: Calendar, at: datetime) -> datetime:
    """`at` itself when the calendar is open then, else the next instant at which it opens."""
    at = _utc(at)
    if is_open(calendar, at):
        return at
    first = _local(calendar, at).year
    for year in (open_year(calendar, first + step) for step in range(_YEARS_AHEAD)):
        span = bisect_right(year.starts, at)
        if span < len(year.starts):
            return year.starts[span]
    raise NotACalendar("P415.never")


def previous_closing(calendar: Calendar, at: datetime) -> datetime:
    """`at` itself when the calendar is open then or just closing, else the last instant before at which it closed."""
    at = _utc(at)
    if is_open(calendar, at):
        return at
    last = _local(calendar, at).year
    for year in (open_year(calendar, last - step) for step in range(_YEARS_AHEAD)):
        span = bisect_right(year.ends, at) - 1
        if span >= 0:
            return year.ends[span]
    raise NotACalendar("P415.never")


def after(start: datetime, duration: Duration, calendar: Calendar) -> datetime:
    """The instant at which `duration`, begun at `start`, ends."""
    start = _utc(start)
    match duration.unit:
        case "minute" | "hour":
            length = _length(duration)
            return spend(calendar, start, length) if duration.working else start + length
        case "day" | "week" if not duration.working:
            return _same_clock_time(calendar, start, _days(duration))
        case "day" | "week":
            opened = next_opening(calendar, start)
            return next_opening(calendar, _open_days_on(calendar, opened, _days(duration)))
        case _:
            assert_never(duration.unit)


def before(end: datetime, duration: Duration, calendar: Calendar) -> datetime:
    """The instant from which `duration` runs until `end`; the mirror of `after`, never later than `end`.

    Working days count back from the last closing where `end` lies outside opening hours.
    """
    end = _utc(end)
    match duration.unit:
        case "minute" | "hour":
            length = _length(duration)
            return _spend_back(calendar, end, length) if duration.working else end - length
        case "day" | "week" if not duration.working:
            return _same_clock_time(calendar, end, -_days(duration))
        case "day" | "week":
            closed = previous_closing(calendar, end)
            return previous_closing(calendar, _open_days_on(calendar, closed, -_days(duration)))
        case _:
            assert_never(duration.unit)


def open_time(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """The open time between two instants, exact to the microsecond; negative when `end` lies before `start`."""
    start, end = _utc(start), _utc(end)
    first, last = _local(calendar, start).year, _local(calendar, end).year
    if last < first:
        return -open_time(calendar, end, start)
    whole = sum((open_year(calendar, year).total for year in range(first, last)), timedelta())
    return whole + open_year(calendar, last).used_until(end) - open_year(calendar, first).used_until(start)


def open_minutes(calendar: Calendar, start: datetime, end: datetime) -> float:
    """The open minutes between two instants, with fractions. Sums and comparisons that must be exact use `open_time`."""
    return open_time(calendar, start, end) / _MINUTE


def spend(calendar: Calendar, start: datetime, length: timedelta) -> datetime:
    """The first instant at which `length` of open time has passed since `start`; for none, the next opening."""
    start = _utc(start)
    if length <= timedelta():
        return next_opening(calendar, start)
    number, empty = _local(calendar, start).year, 0
    year = open_year(calendar, number)
    wanted = year.used_until(start) + length
    while wanted > year.total:
        wanted -= year.total
        empty = 0 if year.total else empty + 1
        if empty == _YEARS_AHEAD:
            raise NotACalendar("P415.never")
        number += 1
        year = open_year(calendar, number)
    span = bisect_left(year.used, wanted) - 1
    return year.starts[span] + (wanted - year.used[span])


def closing_time(calendar: Calendar, day: date) -> datetime:
    """When a date without a time ends: at closing time; on a closed day at the hour the calendar closes ordinarily."""
    if not can_count_in(day.year):
        raise NotACalendar("P415.year", year=day.year)
    hours = calendar.hours_on(day) or calendar.ordinary_hours(day)
    return at_minute(ZoneInfo(calendar.zone), day, hours[-1][1])


def working_day(calendar: Calendar, today: date, n: int) -> date:
    """The open day `n` open days after `today`; a closed day counts as the next open one (for n < 0 the one before)."""
    if n >= 0:
        return _nth_open_day(calendar, _nth_open_day(calendar, today - timedelta(days=1), 1), n)
    return _nth_open_day(calendar, _nth_open_day(calendar, today + timedelta(days=1), -1), n)


def _spend_back(calendar: Calendar, end: datetime, length: timedelta) -> datetime:
    """The last instant from which `length` of open time passes until `end`."""
    number, empty = _local(calendar, end).year, 0
    year = open_year(calendar, number)
    wanted = year.used_until(end) - length
    while wanted < timedelta():
        number -= 1
        year = open_year(calendar, number)
        wanted += year.total
        empty = 0 if year.total else empty + 1
        if empty == _YEARS_AHEAD:
            raise NotACalendar("P415.never")
    span = bisect_right(year.used, wanted, hi=len(year.starts)) - 1
    return year.starts[span] + (wanted - year.used[span])


def _open_days_on(calendar: Calendar, at: datetime, days: int) -> datetime:
    local = _local(calendar, at)
    there = _nth_open_day(calendar, local.date(), days)
    return instant(ZoneInfo(calendar.zone), datetime.combine(there, local.time()))


def _nth_open_day(calendar: Calendar, day: date, n: int) -> date:
    """The nth open day after `day` (n > 0) or before it (n < 0); `day` itself for 0."""
    if n == 0:
        return day
    number, empty = day.year, 0
    year = open_year(calendar, number)
    # Position among the open days of the year: those before it are behind, those after it ahead.
    place = bisect_right(year.days, day) + n - 1 if n > 0 else bisect_left(year.days, day) + n
    while not 0 <= place < len(year.days):
        step = 1 if n > 0 else -1
        place -= len(year.days) if n > 0 else 0
        number += step
        year = open_year(calendar, number)
        place += len(year.days) if n < 0 else 0
        empty = 0 if year.days else empty + 1
        if empty == _YEARS_AHEAD:
            raise NotACalendar("P415.never")
    return year.days[place]


def _same_clock_time(calendar: Calendar, at: datetime, days: int) -> datetime:
    local = _local(calendar, at).replace(tzinfo=None, fold=0)
    return instant(ZoneInfo(calendar.zone), local + timedelta(days=days))


def _days(duration: Duration) -> int:
    return int(duration.amount) * (7 if duration.unit == "week" else 1)


def _length(duration: Duration) -> timedelta:
    minutes = duration.amount * (60 if duration.unit == "hour" else 1)
    return timedelta(microseconds=int(Decimal(minutes) * 60_000_000))


def _local(calendar: Calendar, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(calendar.zone))


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone: instants here are zone-aware")
    if not can_count_in(at.year):
        raise NotACalendar("P415.year", year=at.year)
    return at.astimezone(UTC)
