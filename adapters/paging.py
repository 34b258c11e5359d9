"""The opaque key of a page: the sorting values of the last row shown. Knows nothing of what is listed."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json

MOST_DIGITS = 19
"""Longer than this no number of a row is."""


def key_of(*values: str | dt.datetime) -> str:
    """The key of the page that begins after a row with these sorting values."""
    plain = [v.astimezone(dt.UTC).isoformat() if isinstance(v, dt.datetime) else v for v in values]
    return base64.urlsafe_b64encode(json.dumps(plain, ensure_ascii=False).encode()).decode().rstrip("=")


def values_of(key: str, count: int) -> list[str] | None:
    """The values inside a key; None for the first page. A key that was tampered with begins at the first page."""
    try:
        found = json.loads(base64.urlsafe_b64decode(key + "=" * (-len(key) % 4)))
    except (binascii.Error, ValueError):
        return None
    if isinstance(found, list) and len(found) == count and all(isinstance(v, str) for v in found):
        return found
    return None


def instant_of(text: str) -> dt.datetime | None:
    """An instant out of a key; None for what is none, or has no year in UTC."""
    try:
        instant = dt.datetime.fromisoformat(text)
        return instant.astimezone(dt.UTC) if instant.tzinfo else None
    except (ValueError, OverflowError):
        return None


def place_of(text: str) -> int | None:
    """The number of a row out of a key; None for what no table has."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < MOST_DIGITS else None


def start_in_parts_of(key: str) -> tuple[str, dt.datetime, str] | None:
    """The part of a list, and the instant and id in it, after which a page begins; None for the first page."""
    values = values_of(key, 3)
    start = start_of(key_of(*values[1:])) if values else None
    return (values[0], *start) if values and start else None


def start_of(key: str) -> tuple[dt.datetime, str] | None:
    """The instant and id after which a page begins; None for the first page."""
    values = values_of(key, 2)
    instant = instant_of(values[0]) if values else None
    return (instant, values[1]) if values and instant else None
