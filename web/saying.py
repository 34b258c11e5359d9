"""Times, money and numbers as people say them, in their language. Pure: the time is an argument."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from babel.numbers import format_decimal

from web.words import say


def due(moment: dt.datetime | None, now: dt.datetime, zone: ZoneInfo, language: str) -> str:
    """When something must be done: "2 h overdue", "today 17:00", "tomorrow 09:00", "Wed 10:00", "3 Dec 10:00"."""
    if moment is None:
        return say("time.no_due", language)
    if moment < now:
        return say("time.overdue", language, long=span(now - moment, language))
    return when(moment, now, zone, language)


def when(moment: dt.datetime, now: dt.datetime, zone: ZoneInfo, language: str) -> str:
    """A moment near to now in as few words as are clear."""
    there, here = moment.astimezone(zone), now.astimezone(zone)
    days = (there.date() - here.date()).days
    clock = there.strftime("%H:%M")
    if days in _NEAR_DAYS:
        return say(_NEAR_DAYS[days], language, clock=clock)
    if 0 < days < 7:
        return _pattern(there, "EEE HH:mm", language)
    if there.year == here.year:
        return _pattern(there, "M月d日 HH:mm" if _chinese(language) else "d MMM HH:mm", language)
    return _pattern(there, "yyyy年M月d日" if _chinese(language) else "d MMM yyyy", language)


_NEAR_DAYS = {-1: "time.yesterday", 0: "time.today", 1: "time.tomorrow"}


def ago(moment: dt.datetime, now: dt.datetime, zone: ZoneInfo, language: str) -> str:
    """How long ago something happened; after a day, when."""
    passed = now - moment
    if dt.timedelta(0) <= passed < dt.timedelta(minutes=1):
        return say("time.just_now", language)
    if dt.timedelta(0) <= passed < dt.timedelta(hours=24):
        return say("time.ago", language, long=span(passed, language))
    return when(moment, now, zone, language)


def span(length: dt.timedelta, language: str) -> str:
    """A length of time in one unit: 5 min, 2 h, 3 d."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 60:
        return say("time.minutes", language, n=max(minutes, 1))
    if minutes < 48 * 60:
        return say("time.hours", language, n=minutes // 60)
    return say("time.days", language, n=minutes // (24 * 60))


def working_time(seconds: float, day: dt.timedelta, language: str) -> str:
    """So much working time of a calendar with days of this length: 25 min, 3.5 h, 2.4 working days."""
    around_the_clock = day >= dt.timedelta(days=1)
    if seconds < 3600:
        return say("time.in_minutes", language, n=number(round(seconds / 60), language))
    if seconds < day.total_seconds():
        return say("time.in_hours", language, n=number(round(seconds / 3600, 1), language))
    days = round(seconds / day.total_seconds(), 1)
    if days == 1:
        return say("time.one_day" if around_the_clock else "time.one_working_day", language)
    return say("time.in_days" if around_the_clock else "time.in_working_days", language, n=number(days, language))


def percent(share: float, language: str) -> str:
    """A share of one in percent; a decimal only where it says more: 95 %, 97.5 %."""
    text = number(round(share * 100, 1), language)
    return f"{text}%" if _chinese(language) else f"{text} %"


def exact(moment: dt.datetime, zone: ZoneInfo, language: str) -> str:
    """The whole moment, for a hover and for print: with weekday and zone."""
    there = moment.astimezone(zone)
    pattern = "yyyy年M月d日 EEE HH:mm:ss zzz" if _chinese(language) else "EEE d MMM yyyy, HH:mm:ss zzz"
    return _pattern(there, pattern, language)


def day(value: Any, language: str) -> str:
    """A date: "2 Mar 2026", "2026年3月2日". Anything that is no date is shown as it is."""
    try:
        date = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return str(value)
    moment = dt.datetime.combine(date, dt.time(), tzinfo=dt.UTC)
    return _pattern(moment, "yyyy年M月d日" if _chinese(language) else "d MMM yyyy", language)


def month(date: dt.date, language: str) -> str:
    """The month of a day: "Mar 2026", "2026年3月"."""
    moment = dt.datetime.combine(date, dt.time(), tzinfo=dt.UTC)
    return _pattern(moment, "yyyy年M月" if _chinese(language) else "MMM yyyy", language)


def instant(value: Any, zone: ZoneInfo, language: str) -> str:
    """A stored moment on the clock of the site: "2 Mar 2026, 14:30". Anything that is no moment is shown as it is."""
    try:
        moment = dt.datetime.fromisoformat(str(value)).astimezone(zone)
    except ValueError:
        return str(value)
    return _pattern(moment, "yyyy年M月d日 HH:mm" if _chinese(language) else "d MMM yyyy, HH:mm", language)


def totals(rows: Iterable[Mapping[str, Any]], columns: Iterable[str]) -> dict[str, Decimal]:
    """The sum of each of these columns in which any number stands."""
    found: dict[str, Decimal] = {}
    for row in rows:
        for column in columns:
            with suppress(InvalidOperation):
                if row.get(column) is not None:
                    found[column] = found.get(column, Decimal(0)) + Decimal(str(row[column]))
    return found


def amount(value: Any, language: str) -> str:
    """Money with two decimals and groups: 1,250.00."""
    try:
        return format_decimal(Decimal(str(value)), format="#,##0.00", locale=_locale(language))
    except InvalidOperation:
        return str(value)


def number(value: Any, language: str) -> str:
    """A number with groups."""
    try:
        return format_decimal(Decimal(str(value)), locale=_locale(language))
    except InvalidOperation:
        return str(value)


def size(count: int, language: str) -> str:
    """How big a file is."""
    for unit, step in (("MB", 1024 * 1024), ("kB", 1024)):
        if count >= step:
            return f"{number(round(count / step, 1), language)} {unit}"
    return f"{count} B"


def _pattern(moment: dt.datetime, pattern: str, language: str) -> str:
    return format_datetime(moment, pattern, tzinfo=moment.tzinfo, locale=_locale(language))


def _locale(language: str) -> str:
    return "zh_Hans_CN" if _chinese(language) else "en_GB"


def _chinese(language: str) -> bool:
    return language.startswith("zh")
