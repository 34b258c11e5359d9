"""How two values of a case compare: total, so that nothing a field may hold can make a condition fail.

A missing value (None, an empty text, no choices, no files) equals nothing and has no order.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Context, Decimal
from typing import TypeAlias

from engine.definition.expressions.functions import whole
from engine.definition.expressions.tree import PlusMinus, Sign

_EXACT = Context(prec=60, traps=[])  # a sum never raises; what has no finite result is missing

Comparable: TypeAlias = bool | Decimal | str | date | datetime | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Zone:
    """Where days begin: a moment is compared with a date by the date it falls on here."""

    here: tzinfo

    @classmethod
    def of(cls, now: datetime) -> Zone:
        """The zone a moment is given in; UTC when it has none."""
        return cls(now.tzinfo or UTC)


def as_compared(text: str) -> str:
    """A number as everybody means it: carriers print one thing, people type it small, wide or with gaps."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def told_apart_by(text: str) -> str:
    """What tells two numbers of one list apart: they are the same with hyphens and without."""
    return as_compared(text).translate(_HYPHENS)


_HYPHENS = str.maketrans(dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014\u2212"))


def is_set(value: object) -> bool:
    """Whether there is a value. An empty text, list or record is none; 0 and no are values."""
    if value is None:
        return False
    return bool(value) if isinstance(value, str | tuple | list | frozenset | set | Mapping) else True


def compare(sign: Sign, left: object, right: object, zone: Zone) -> bool:
    """One comparison. With a missing value, or two kinds that do not fit, only `!=` holds."""
    if sign == "==":
        return equal(left, right, zone)
    if sign == "!=":
        return not equal(left, right, zone)
    order = _order(left, right, zone)
    if order is None:
        return False
    return {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[sign]


def equal(left: object, right: object, zone: Zone) -> bool:
    """Whether two values are there and the same; records by their id or key."""
    if not is_set(left) or not is_set(right):
        return False
    if isinstance(left, Mapping) or isinstance(right, Mapping):
        return _same_record(left, right)
    a, b = _plain(left, zone), _plain(right, zone)
    if a is None or b is None or isinstance(a, bool) != isinstance(b, bool):
        return False
    if isinstance(a, date) and isinstance(b, date):
        return _order(a, b, zone) == 0
    return a == b


def contains(value: object, word: object, zone: Zone) -> bool:
    """Equality with one of the chosen ones for a field of several choices, plain equality for everything else."""
    if isinstance(value, tuple | list | frozenset | set):
        return word in value if isinstance(word, str) else False
    return equal(value, word, zone)


def add(left: object, sign: PlusMinus, right: object, zone: Zone) -> object | None:
    """left + right or left - right: numbers, a date and days, or two dates (their difference in days). Else None."""
    a, b = _plain(left, zone), _plain(right, zone)
    if isinstance(a, date) and isinstance(b, date):
        return _days_between(a, b, zone) if sign == "-" else None
    if isinstance(a, date) and isinstance(b, Decimal):
        return _moved(a, b if sign == "+" else b.copy_negate(), zone)
    if isinstance(b, date) and isinstance(a, Decimal) and sign == "+":
        return _moved(b, a, zone)
    if not isinstance(a, Decimal) or not isinstance(b, Decimal):
        return None
    total = _EXACT.add(a, b) if sign == "+" else _EXACT.subtract(a, b)
    if not total.is_finite():
        return None
    return int(total) if isinstance(left, int) and isinstance(right, int) else total


def _plain(value: object, zone: Zone) -> Comparable | None:
    """The value in the one form it is compared in; None when it is none of ours."""
    match value:
        case bool() | str():
            return value
        case int():
            return Decimal(value)
        case Decimal():
            return value if value.is_finite() else None
        case float():
            number = Decimal(repr(value))
            return number if number.is_finite() else None
        case datetime():
            return value if value.tzinfo is not None else value.replace(tzinfo=zone.here)
        case date():
            return value
        case tuple():
            return value
        case _:
            return None


def _order(left: object, right: object, zone: Zone) -> int | None:
    """-1, 0 or 1; None when the two have no order."""
    a, b = _plain(left, zone), _plain(right, zone)
    if isinstance(a, Decimal) and isinstance(b, Decimal):
        return (a > b) - (a < b)
    if isinstance(a, datetime) and isinstance(b, datetime):
        return (a > b) - (a < b)
    if isinstance(a, date) and isinstance(b, date):
        day_a, day_b = _day(a, zone), _day(b, zone)
        return None if day_a is None or day_b is None else (day_a > day_b) - (day_a < day_b)
    return None


def _same_record(left: object, right: object) -> bool:
    if not isinstance(left, Mapping):
        left, right = right, left
    if not isinstance(left, Mapping):
        return False
    if isinstance(right, Mapping):
        for name in ("id", "key"):
            if is_set(left.get(name)) and is_set(right.get(name)):
                return _same_id(left[name], right[name])
        return left is right
    return any(_same_id(left.get(name), right) for name in ("id", "key"))


def _same_id(left: object, right: object) -> bool:
    """Ids and keys are texts or whole numbers; anything else (a NaN even refuses to be compared) is no id."""
    return isinstance(left, str | int) and isinstance(right, str | int) and is_set(left) and left == right


def _day(value: date, zone: Zone) -> date | None:
    if not isinstance(value, datetime):
        return value
    try:
        return value.astimezone(zone.here).date()
    except (OverflowError, ValueError):  # within a day of the first or last year there is
        return None


def _days_between(later: date, earlier: date, zone: Zone) -> int | None:
    a, b = _day(later, zone), _day(earlier, zone)
    return None if a is None or b is None else (a - b).days


def _moved(value: date, days: Decimal, zone: Zone) -> date | None:
    """The same local clock time so many days away."""
    n = whole(days)
    if n is None:
        return None
    try:
        local = value.astimezone(zone.here) if isinstance(value, datetime) else value
        return local + timedelta(days=n)
    except (OverflowError, ValueError):
        return None
