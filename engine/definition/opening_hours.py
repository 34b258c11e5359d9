"""When a calendar is open: its hours by weekday, holidays and exceptions, laid out year by year as instants.

It knows nothing of durations and due times; `calendars` counts with what stands here.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from zoneinfo import ZoneInfo

from engine.definition.durations import NotUnderstood
from engine.definition.public_holidays import announces_make_up_days, public_holidays

# Minutes after midnight, open until just before the second; 1440 is the end of the day.
Hours = tuple[tuple[int, int], ...]
FIRST_YEAR, LAST_YEAR = 10, 9900  # room for ten years either way within what a date can say


class NotACalendar(NotUnderstood):
    """The calendar cannot be understood, or is never open (P415)."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Opening hours in one time zone. `week` has the hours of Monday to Sunday; `holidays` is a code such as `CN`.

    Days in `closed` and `open` come before the holidays of the country. A make-up day has the hours of its weekday
    if that is an open one, else those of the first open day of the week.
    """

    zone: str
    week: tuple[Hours, Hours, Hours, Hours, Hours, Hours, Hours]
    holidays: str | None = None
    closed: frozenset[date] = frozenset()
    open: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if not any(self.week):
            raise NotACalendar("P415.never")

    def hours_on(self, day: date) -> Hours:
        """The opening hours of that day; none when it is closed."""
        if day in self.closed:
            return ()
        if day in self.open:
            return self.ordinary_hours(day)
        if self.holidays:
            known = public_holidays(self.holidays, day.year)
            if day in known.worked:
                return self.ordinary_hours(day)
            if day in known.off:
                return ()
        return self.week[day.weekday()]

    def ordinary_hours(self, day: date) -> Hours:
        """The hours of that weekday, or of the first open weekday where that one is never open."""
        return self.week[day.weekday()] or next(hours for hours in self.week if hours)


@dataclass(frozen=True, slots=True)
class OpenYear:
    """A calendar year of a calendar: open days, and its open spans as instants with the open time before each."""

    days: tuple[date, ...]
    starts: tuple[datetime, ...]
    ends: tuple[datetime, ...]
    used: tuple[timedelta, ...]  # open time of the year before each span; one more entry than spans, the total

    @property
    def total(self) -> timedelta:
        """All open time of the year."""
        return self.used[-1]

    def used_until(self, at: datetime) -> timedelta:
        """Open time of the year that has passed by `at`."""
        span = bisect_right(self.starts, at) - 1
        return self.used[span] + min(at, self.ends[span]) - self.starts[span] if span >= 0 else timedelta()


@lru_cache(maxsize=256)
def open_year(calendar: Calendar, year: int) -> OpenYear:
    """The open spans of a year. Raises NotACalendar for a year no date of a case can mean."""
    if not can_count_in(year):
        raise NotACalendar("P415.year", year=year)
    days: list[date] = []
    spans: list[tuple[datetime, datetime]] = []
    day, zone = date(year, 1, 1), ZoneInfo(calendar.zone)
    while day.year == year:
        found = [
            (at_minute(zone, day, opens), at_minute(zone, day, closes)) for opens, closes in calendar.hours_on(day)
        ]
        if found := [(start, end) for start, end in found if start < end]:  # a span may fall into a skipped hour
            days.append(day)
            spans.extend(found)
        day += timedelta(days=1)
    return OpenYear(
        days=tuple(days),
        starts=tuple(start for start, _ in spans),
        ends=tuple(end for _, end in spans),
        used=tuple(accumulate((end - start for start, end in spans), initial=timedelta())),
    )


def can_count_in(year: int) -> bool:
    """Whether time is counted in that year at all: 9999 and 0206 are slips of the hand, or mean never."""
    return FIRST_YEAR <= year <= LAST_YEAR


def year_without_make_up_days(calendar: Calendar, year: int) -> bool:
    """Whether the country works on make-up days most years, but none are known for this one: worth a warning."""
    if calendar.holidays is None or any(day.year == year for day in calendar.open):
        return False
    return not public_holidays(calendar.holidays, year).worked and announces_make_up_days(calendar.holidays, year)


def at_minute(zone: ZoneInfo, day: date, minute: int) -> datetime:
    """The instant of a minute after midnight; 1440 is midnight at the end of the day."""
    return instant(zone, datetime(day.year, day.month, day.day) + timedelta(minutes=minute))  # noqa: DTZ001 - local


def instant(zone: ZoneInfo, local: datetime) -> datetime:
    """The UTC instant of a local clock time without zone.

    A time the clock shows twice means the first; a time it skips means the first instant after the gap, so that a later
    local time never gives an earlier instant.
    """
    first = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == local:
        return first
    before, after = local.replace(tzinfo=zone, fold=1).astimezone(UTC), first  # the gap ends between these two
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        before, after = (middle, after) if middle.astimezone(zone).utcoffset() == offset else (before, middle)
    return after.replace(microsecond=0)
