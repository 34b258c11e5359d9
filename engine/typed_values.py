"""A value between its two forms: the JSON that is stored, and the Python value that its type means.

It knows types alone, neither cases nor processes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from engine.definition.model import FieldDef


def typed(kind: str, value: Any) -> Any:
    """A JSON value as the Python value its type means; None where it is missing or does not fit."""
    if value is None or value == "":
        return None
    try:
        match kind:
            case "number" | "money":
                return Decimal(str(value))
            case "date":
                return in_our_time(dt.date.fromisoformat(value))
            case "datetime":
                return in_our_time(dt.datetime.fromisoformat(value))
            case "yes_no":
                return value if isinstance(value, bool) else None
            case "choices":
                return tuple(str(one) for one in value)
            case "files" | "signature":
                return tuple(str(file.get("id", "")) if isinstance(file, Mapping) else str(file) for file in value)
            case "table":
                return tuple(dict(row) for row in value)
            case _:
                return value
    except (ValueError, TypeError, InvalidOperation):
        return None


Day = TypeVar("Day", bound=dt.date)


def in_our_time(day: Day) -> Day:
    """The same day or moment, one that calendars can count from. Raises ValueError for one before 1900 or after 2199."""
    if not 1900 <= day.year <= 2199:
        raise ValueError("no year of ours")
    return day


def plain(field: FieldDef | str, value: Any) -> Any:
    """A Python value as the JSON value that is stored for a field of that type; None where it does not fit."""
    kind = field if isinstance(field, str) else field.type
    if value is None:
        return None
    if isinstance(value, Mapping) and kind == "record":
        return value.get("id")
    match value:
        case bool():
            return value if kind == "yes_no" else None
        case dt.datetime():
            return _date_or_moment(kind, value)
        case dt.date():
            return value.isoformat() if kind != "datetime" else None
        case Decimal() | int() | float():
            return _number(kind, value)
        case tuple() | list():
            return list(value)
        case _:
            return value


def _date_or_moment(kind: str, value: dt.datetime) -> str:
    return value.date().isoformat() if kind == "date" else value.astimezone(dt.UTC).isoformat()


def _number(kind: str, value: Decimal | int | float) -> Any:
    number = Decimal(str(value))
    if kind in ("money", "text", "long_text"):
        return f"{number:f}"
    return int(number) if number == number.to_integral_value() else float(number)
