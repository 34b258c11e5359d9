"""What a transaction is going to write about cases, gathered so that each table is written once, however many cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

RowValues = dict[str, Any]
Keyed = dict[tuple[Any, ...], RowValues | None]
"""Rows by primary key: the row to be written, or None for one to be removed. The last word counts."""


@dataclass(slots=True)
class Pending:
    """Rows by table, in the order in which the tables are written."""

    new_cases: list[RowValues] = field(default_factory=list)
    cases: dict[str, RowValues] = field(default_factory=dict)
    links: list[RowValues] = field(default_factory=list)
    tasks: dict[str, RowValues] = field(default_factory=dict)
    candidates: Keyed = field(default_factory=dict)
    timers: Keyed = field(default_factory=dict)
    subscriptions: Keyed = field(default_factory=dict)
    records: Keyed = field(default_factory=dict)
    history: list[RowValues] = field(default_factory=list)
    mails: list[RowValues] = field(default_factory=list)
    calls: list[RowValues] = field(default_factory=list)
    notices: list[RowValues] = field(default_factory=list)
    kpis: list[RowValues] = field(default_factory=list)
    incidents: list[RowValues] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any((self.new_cases, self.cases, self.history, self.timers, self.incidents))


def replace(keyed: Keyed, before: Iterable[RowValues], after: Iterable[RowValues], key: tuple[str, ...]) -> None:
    """Bring rows from `before` to `after`; what is in both unchanged is not touched."""
    old = {tuple(row[name] for name in key): row for row in before}
    new = {tuple(row[name] for name in key): row for row in after}
    for gone in old.keys() - new.keys():
        keyed[gone] = None
    for known, row in new.items():
        if old.get(known) != row:
            keyed[known] = row


def removed(keyed: Keyed, key: tuple[str, ...]) -> list[RowValues]:
    """The rows to be removed, by the columns of their key."""
    return [dict(zip(key, values, strict=True)) for values, row in keyed.items() if row is None]


def written(keyed: Keyed) -> list[RowValues]:
    """The rows to be written."""
    return [row for row in keyed.values() if row is not None]
