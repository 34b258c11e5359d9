"""Customers, orders and serial numbers: what the desk knows about the world its cases hang on.

Every record, built-in or declared in `_site.yaml`, has one shape here: a type, an id, a key people know it by, and
attributes as JSON values (dates as `2026-03-02`, money as text, a referred record by its id, a user by the person's id).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

BUILT_IN = ("customer", "order", "serial_number")
"""Record types with tables of their own; every other type of the site is stored generically."""

KEY_OF = {"customer": "code", "order": "number", "serial_number": "number"}
"""The attribute a record is known by, unless the site says otherwise."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record. `key` is unique within its type; `label` is what a list shows."""

    type: str
    id: str
    key: str
    label: str
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WarrantyChange:
    """The one way a warranty end may change: who, when, from what to what, and why (source: sale, renewal, …)."""

    serial_number: str
    at: dt.datetime
    by: str | None
    old: str | None
    new: str | None
    source: str
    reason: str


def label_of(type: str, attributes: Mapping[str, Any]) -> str:
    """What people read for a record: a customer's name, a unit's number and product, else its key."""
    if type == "customer":
        return str(attributes.get("name") or attributes.get("code") or "")
    if type == "serial_number":
        return " ".join(str(attributes[a]) for a in ("number", "product") if attributes.get(a))
    return str(attributes.get("number") or attributes.get("name") or attributes.get("code") or "")
