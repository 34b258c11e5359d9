"""Which days a country has off and which weekend days it works instead; the only module that knows the library `holidays`."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import holidays
from holidays.registry import COUNTRIES

_FIRST_YEAR, _LAST_YEAR = 1950, 2100  # what the library knows
_DAY = timedelta(days=1)

# China announces each holiday as one row of days, the weekend days in it included. The library lists such weekend
# days only where a statutory day falls on them, which is not enough for a calendar that is open on Saturdays.
_ANNOUNCED_AS_ROWS = frozenset({"CN"})


class PublicHolidays(NamedTuple):
    """One country, one year: days off, and weekend days worked in exchange for them."""

    off: frozenset[date]
    worked: frozenset[date]


def country_code(name: str) -> str | None:
    """`china`, `China`, `CN` -> `CN`; `DE-BY` is a part of a country with holidays of its own. None when unknown."""
    country, _, part = name.strip().partition("-")
    code = _CODES.get(country.strip().lower().replace(" ", "_"))
    if code is None or not part:
        return code
    part = part.strip().upper()
    return f"{code}-{part}" if part in holidays.list_supported_countries(include_aliases=False).get(code, []) else None


def country_names() -> tuple[str, ...]:
    """Every country by the name a site may write, for a "did you mean"."""
    return tuple(COUNTRIES)


@lru_cache(maxsize=256)
def public_holidays(code: str, year: int) -> PublicHolidays:
    """Days off and make-up working days of a year. No make-up days where the country has not announced them."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return PublicHolidays(frozenset(), frozenset())
    country, _, part = code.partition("-")
    # expand=False: without it, asking for a day of another year would quietly add that year.
    known = holidays.country_holidays(country, subdiv=part or None, years=year, expand=False)
    worked = frozenset(day for day in known.weekend_workdays if day.year == year)
    off = frozenset(known)
    if country in _ANNOUNCED_AS_ROWS:
        off |= _weekend_days_beside(off, worked)
    return PublicHolidays(off, worked)


@lru_cache(maxsize=64)
def announces_make_up_days(code: str, year: int) -> bool:
    """Whether this country has make-up working days as a rule: it had some in most of the ten years before `year`."""
    return sum(bool(public_holidays(code, earlier).worked) for earlier in range(year - 10, year)) > 5


def _weekend_days_beside(off: frozenset[date], worked: frozenset[date]) -> frozenset[date]:
    """Saturdays and Sundays that touch a holiday, alone or in a pair, and are not worked."""
    found: set[date] = set()
    for holiday in off:
        for step in (_DAY, -_DAY):
            day = holiday + step
            while day.weekday() >= 5 and day not in worked and day.year == holiday.year:
                found.add(day)
                day += step
    return frozenset(found)


_CODES: dict[str, str] = {
    spelling.lower(): codes[1] for name, codes in COUNTRIES.items() for spelling in (name, codes[1])
}
