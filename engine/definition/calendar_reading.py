"""Reads the calendars of a site: `office: {days: mon-fri, hours: 09:00-17:30, holidays: china}`.

It refuses what it cannot read in one sentence each; it does not know the file the words stand in.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from engine.definition.opening_hours import Calendar, Hours, NotACalendar
from engine.definition.public_holidays import country_code, country_names

_KEYS = ("days", "hours", "holidays", "closed", "open")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*[-–]\s*([0-9]{1,2}):([0-9]{2})")


def calendar_from(definition: object, zone: str) -> Calendar:
    """The calendar a site's definition describes, in the time zone `zone` (IANA name). Raises NotACalendar.

    `definition` is a mapping with `days` and `hours`, and if wanted `holidays`, `closed` and `open`.
    """
    if not isinstance(definition, Mapping):
        raise NotACalendar("P415.shape", found=definition)
    for key in definition:
        if key not in _KEYS:
            raise NotACalendar("P415.key", key=key)
    for key in ("days", "hours"):
        if not definition.get(key):
            raise NotACalendar("P415.missing", key=key)
    days, hours = _days(definition["days"]), _hours(definition["hours"])
    mon, tue, wed, thu, fri, sat, sun = (hours if weekday in days else () for weekday in range(7))
    closed, opened = _dates("closed", definition.get("closed")), _dates("open", definition.get("open"))
    if both := closed & opened:
        raise NotACalendar("P415.both", day=min(both))
    return Calendar(
        zone=_zone(zone),
        week=(mon, tue, wed, thu, fri, sat, sun),
        holidays=_country(definition.get("holidays")),
        closed=closed,
        open=opened,
    )


def weekdays_from(written: object) -> frozenset[int]:
    """The weekdays that `mon-fri` or `mon, thu` names, Monday as 0. Raises NotACalendar."""
    return _days(written)


def _days(written: object) -> frozenset[int]:
    text = ", ".join(str(part) for part in _listed(written))
    found: set[int] = set()
    for part in text.lower().split(","):
        ends = [end.strip() for end in re.split(r"[-–]", part)]
        if not 1 <= len(ends) <= 2 or any(end not in _WEEKDAYS for end in ends):
            raise NotACalendar("P415.days", text=text)
        first, last = _WEEKDAYS.index(ends[0]), _WEEKDAYS.index(ends[-1])
        found.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return frozenset(found)


def _hours(written: object) -> Hours:
    texts = [str(part).strip() for part in _listed(written)]
    if len(texts) == 1:
        texts = [text.strip() for text in texts[0].split(",")]
    spans = sorted((_span(text), text) for text in texts)
    merged: list[tuple[int, int]] = []
    for number, ((opens, closes), text) in enumerate(spans):
        if merged and opens < merged[-1][1]:
            raise NotACalendar("P415.overlap", first=spans[number - 1][1], second=text)
        if merged and opens == merged[-1][1]:
            merged[-1] = (merged[-1][0], closes)
        else:
            merged.append((opens, closes))
    return tuple(merged)


def _span(text: str) -> tuple[int, int]:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise NotACalendar("P415.hours", text=text)
    from_hour, from_minute, to_hour, to_minute = map(int, found.groups())
    opens, closes = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    if from_minute > 59 or to_minute > 59 or opens >= 24 * 60 or closes > 24 * 60:
        raise NotACalendar("P415.hours", text=text)
    if closes <= opens:
        raise NotACalendar("P415.backwards", text=text)
    return opens, closes


def _dates(key: str, written: object) -> frozenset[date]:
    return frozenset(_date(key, part) for part in _listed(written) if part is not None)


def _date(key: str, written: object) -> date:
    if isinstance(written, date) and not isinstance(written, datetime):
        return written
    try:
        return date.fromisoformat(str(written).strip())
    except ValueError:
        raise NotACalendar("P415.date", key=key, text=written) from None


def _country(written: object) -> str | None:
    name = "" if written is None else str(written).strip()
    if name.lower() in ("", "none"):
        return None
    if code := country_code(name):
        return code
    near = difflib.get_close_matches(name.lower(), country_names(), n=1)
    guess, guess_zh = (f" (did you mean '{near[0]}'?)", f" (是不是 '{near[0]}'?)") if near else ("", "")
    raise NotACalendar("P415.country", text=name, guess=guess, guess_zh=guess_zh)


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (OSError, ValueError, KeyError):  # unknown, a folder of the zone files, or not a path at all
        raise NotACalendar("P415.zone", text=name) from None


def _listed(written: object) -> Iterable[object]:
    return written if isinstance(written, list | tuple | set | frozenset) else (written,)
