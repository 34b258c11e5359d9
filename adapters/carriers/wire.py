"""Reads JSON from outside without trusting its shape. Knows no vendor."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from adapters.carriers.parcels import MalformedDelivery

MOST_CHECKPOINTS = 2000
LONGEST_TEXT = 500


def read_object(raw: bytes | str, who: str) -> Mapping[str, Any]:
    """The JSON object in `raw`; raises `MalformedDelivery`."""
    try:
        value = json.loads(raw, parse_constant=no_constant)
        # What no database stores as text: half of a character pair (fails here), NUL.
        if b"\\u0000" in json.dumps(value, ensure_ascii=False).encode("utf-8"):
            raise MalformedDelivery(f"{who} sent a text with a NUL character.")
    except MalformedDelivery:
        raise
    except (ValueError, RecursionError):  # a text that is no JSON, no UTF-8, or a staircase
        raise MalformedDelivery(f"{who} sent a body that is not JSON.") from None
    return an_object(value, who, "body")


def an_object(value: Any, who: str, what: str) -> Mapping[str, Any]:
    """`value` when it is an object."""
    if not isinstance(value, dict):
        raise MalformedDelivery(f"{who}: the {what} is not an object.")
    return value


def a_list(value: Any, who: str, what: str) -> Sequence[Any]:
    """`value` when it is a list of a length that can be meant; nothing is an empty one."""
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > MOST_CHECKPOINTS:
        raise MalformedDelivery(f"{who}: {what} is not a list of at most {MOST_CHECKPOINTS}.")
    return value


def a_text(value: Any) -> str:
    """One line for people: numbers as digits, no invisible characters, at most 500 long; anything else is ""."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    line = " ".join(str(value).split())
    return "".join(c for c in line if c.isprintable())[:LONGEST_TEXT]


def a_number_of_a_parcel(value: Any, who: str) -> str:
    """A tracking number; raises `MalformedDelivery` when it is missing."""
    number = a_text(value)
    if not number or len(number) > 100:
        raise MalformedDelivery(f"{who}: the tracking number is missing.")
    return number


def an_instant(value: Any, zone: dt.tzinfo) -> dt.datetime | None:
    """A moment as UTC; one without an offset is read in `zone`. None when there is none."""
    try:
        read = dt.datetime.fromisoformat(a_text(value))
        return (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None


def no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")
