"""What a transaction is going to write about cases, gathered so that each table is written once, however many cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

RowValues = dict[str, Any]
Key = tuple[Any, ...]


@dataclass(slots=True)
class Keyed:
    """Rows by primary key: the row to be written, or None for one to be removed. The last word counts.

    `fresh` are keys the table does not have yet: their rows may take the place of rows that go, in one statement.
    """

    key: tuple[str, ...]
    rows: dict[Key, RowValues | None] = field(default_factory=dict)
    fresh: set[Key] = field(default_factory=set)

    def replace(self, before: Iterable[RowValues], after: Iterable[RowValues]) -> None:
        """Bring rows from `before` to `after`; what is in both unchanged is not touched."""
        old = {self._key_of(row): row for row in before}
        new = {self._key_of(row): row for row in after}
        for gone in [key for key in old if key not in new]:
            self._remove(gone)
        for key, row in new.items():
            if old.get(key) != row:
                if key not in old and key not in self.rows:
                    self.fresh.add(key)
                self.rows[key] = row

    def moved(self) -> list[RowValues]:
        """Rows that stand in the table and change, and fresh ones that take the place of a row that goes. Each comes with
        the key (`known_…`) under which it is found."""
        pairs = [(key, key) for key, row in self.rows.items() if row is not None and key not in self.fresh]
        pairs += zip(self._gone(), self._fresh(), strict=False)
        return [
            self._written(key) | {f"known_{name}": value for name, value in zip(self.key, known, strict=True)}
            for known, key in pairs
        ]

    def removed(self) -> list[RowValues]:
        """The rows that go and whose place nobody takes, by the columns of their key."""
        return [dict(zip(self.key, key, strict=True)) for key in self._gone()[len(self.fresh) :]]

    def added(self) -> list[RowValues]:
        """Fresh rows for which no place became free."""
        return [self._written(key) for key in self._fresh()[len(self._gone()) :]]

    def _remove(self, key: Key) -> None:
        if key in self.fresh:
            self.fresh.discard(key)
            del self.rows[key]
        else:
            self.rows[key] = None

    def _fresh(self) -> list[Key]:
        return [key for key in self.rows if key in self.fresh]

    def _gone(self) -> list[Key]:
        return [key for key, row in self.rows.items() if row is None]

    def _key_of(self, row: RowValues) -> Key:
        return tuple(row[name] for name in self.key)

    def _written(self, key: Key) -> RowValues:
        row = self.rows[key]
        assert row is not None, "fresh rows are rows to be written"
        return row


@dataclass(slots=True)
class Pending:
    """Rows by table, in the order in which the tables are written."""

    new_cases: list[RowValues] = field(default_factory=list)
    cases: dict[str, RowValues] = field(default_factory=dict)
    links: list[RowValues] = field(default_factory=list)
    tasks: dict[str, RowValues] = field(default_factory=dict)
    candidates: Keyed = field(
        default_factory=lambda: Keyed(
            (
                "who",
                "due_key",
                "task_id",
            )
        )
    )
    timers: Keyed = field(default_factory=lambda: Keyed(("id",)))
    subscriptions: Keyed = field(
        default_factory=lambda: Keyed(
            (
                "name",
                "key",
                "value",
                "case_id",
                "step",
            )
        )
    )
    records: Keyed = field(
        default_factory=lambda: Keyed(
            (
                "type",
                "record_id",
                "case_id",
            )
        )
    )
    likeness: Keyed = field(
        default_factory=lambda: Keyed(
            (
                "process",
                "key",
                "case_id",
            )
        )
    )
    history: list[RowValues] = field(default_factory=list)
    mails: list[RowValues] = field(default_factory=list)
    calls: list[RowValues] = field(default_factory=list)
    notices: list[RowValues] = field(default_factory=list)
    kpis: list[RowValues] = field(default_factory=list)
    incidents: list[RowValues] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any((self.new_cases, self.cases, self.history, self.timers.rows, self.mails, self.incidents))
