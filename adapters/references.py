"""Which attributes of a record name another record, and what a look-up may find: the same for every store."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

from engine.records import KEY_OF, Record, label_of

BUILT_IN_REFERENCES: Mapping[str, Mapping[str, str]] = {
    "order": {"customer": "customer"},
    "serial_number": {
        "customer": "customer",
        "order": "order",
        "replaces": "serial_number",
        "replaced_by": "serial_number",
    },
}
"""What refers to what before a site says more."""

References = Callable[[], Mapping[str, Mapping[str, str]]]
"""Which attributes of which record type refer to which other record type, as the site says it now."""

WARRANTY = ("serial_number", "warranty_until")
"""The one attribute that changes by a recorded move only."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

DEPTH = 2
"""How many levels of referred records a snapshot holds."""


def built_in() -> Mapping[str, Mapping[str, str]]:
    """The references of a site that declares nothing beyond the built-in records."""
    return BUILT_IN_REFERENCES


def days_of(attributes: Mapping[str, Any]) -> dict[str, str]:
    """The attributes that hold a date: by these a record is found when a day has come."""
    return {name: value for name, value in attributes.items() if isinstance(value, str) and _is_day(value)}


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def targets(
    type: str, attributes: Mapping[str, Any], known: Mapping[str, Mapping[str, str]]
) -> dict[str, tuple[str, str]]:
    """The records that this one refers to: attribute to (type, id)."""
    refers = {**BUILT_IN_REFERENCES.get(type, {}), **known.get(type, {})}
    return {
        name: (target, attributes[name])
        for name, target in refers.items()
        if isinstance(attributes.get(name), str) and attributes[name]
    }


REACHED_BY = ("email", "phone", "contact", "contact_2", "email_2", "phone_2")


def folded(record: Record) -> str:
    """What a look-up searches: key, label and, for people outside, how they are reached; without regard to case."""
    reached = [str(record.attributes.get(name) or "") for name in REACHED_BY]
    return "\n".join((record.key, record.label, *reached)).casefold()


def changed(record: Record, attribute: str, value: Any) -> Record:
    """The record after one attribute changed: its key and label follow."""
    attributes = {**record.attributes, attribute: value}
    named = record.label == label_of(record.type, record.attributes)
    return Record(
        type=record.type,
        id=record.id,
        key=str(value) if value and attribute == KEY_OF.get(record.type) else record.key,
        label=label_of(record.type, attributes) if named else record.label,
        attributes=attributes,
    )


def moved(record: Record, seen: Mapping[str, Any] | None) -> bool:
    """Whether an attribute is no longer as somebody saw it; nothing and an empty text are the same."""
    return any((record.attributes.get(name) or None) != (value or None) for name, value in (seen or {}).items())


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """The attributes that differ: (name, old value, new value), by name."""
    names = sorted(set(old) | set(new))
    return [(n, old.get(n), new.get(n)) for n in names if old.get(n) != new.get(n)]
