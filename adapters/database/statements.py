"""Statements that are compiled once per database and run on the driver's own cursor: the hot path.

What they cost beyond the driver is a dictionary look-up. Values are handed over as the driver takes them: see
`Transaction.instant` and `as_json`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ClauseElement, Dialect, Table, bindparam, delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite

Build = Callable[[str], ClauseElement]


@dataclass(frozen=True, slots=True)
class Compiled:
    """The text of a statement, the order of its parameters where the driver takes them by position, its constants."""

    sql: str
    order: tuple[str, ...] | None
    constants: Mapping[str, Any]

    def values(self, row: Mapping[str, Any]) -> Any:
        """The parameters for one row, as the driver takes them."""
        if self.constants:
            row = {**self.constants, **row}
        return row if self.order is None else [row[name] for name in self.order]


class Hot:
    """One statement. `build` makes it for a database (`sqlite` or `postgresql`); `columns` are those it sets."""

    def __init__(self, build: Build, columns: Iterable[str] | None = None) -> None:
        self._build = build
        self._columns = list(columns) if columns is not None else None
        self._compiled: dict[str, Compiled] = {}

    def compiled(self, dialect: Dialect) -> Compiled:
        """The statement as this database takes it."""
        found = self._compiled.get(dialect.name)
        if found is None:
            done: Any = self._build(dialect.name).compile(dialect=dialect, column_keys=self._columns)
            order = tuple(done.positiontup) if done.positional else None
            constants = {name: value for name, value in done.params.items() if value is not None}
            found = self._compiled[dialect.name] = Compiled(str(done), order, constants)
        return found


def always(statement: ClauseElement) -> Hot:
    """A statement that is the same on both databases."""
    return Hot(lambda _: statement)


def adding(table: Table) -> Hot:
    """Insert rows; a row that exists is an error."""
    names = _names(table)
    return Hot(lambda _: insert(table).inline(), names)


def adding_once(table: Table, *unique: str) -> Hot:
    """Insert rows; one that exists stays as it is."""

    def build(database: str) -> ClauseElement:
        start = insert_for(database)(table).inline()
        return cast(ClauseElement, start.on_conflict_do_nothing(index_elements=_keys(table, unique)))

    return Hot(build, _names(table))


def putting(table: Table, *unique: str, keeping: Iterable[str] = ()) -> Hot:
    """Insert rows, or bring the ones that exist up to date, except for the columns in `keeping`."""

    def build(database: str) -> ClauseElement:
        start = insert_for(database)(table).inline()
        keys = _keys(table, unique)
        changed = {n: start.excluded[n] for n in _names(table) if n not in keys and n not in keeping}
        return cast(ClauseElement, start.on_conflict_do_update(index_elements=keys, set_=changed))

    return Hot(build, _names(table))


def removing(table: Table) -> Hot:
    """Delete rows by their primary key; the parameters are called as the columns."""
    keys = list(table.primary_key.columns)
    return always(delete(table).where(*(c == bindparam(c.name, type_=c.type) for c in keys)))


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def moving(table: Table) -> Hot:
    """Change rows, their keys too: each is found by the key handed over as `known_…`."""
    known = [c == bindparam(f"known_{c.name}", type_=c.type) for c in table.primary_key.columns]
    values = {c.name: bindparam(c.name, type_=c.type) for c in table.columns}
    return always(update(table).where(*known).values(values))


def as_json(value: Any) -> str:
    """JSON as people can read it: Chinese stays Chinese."""
    return _encode(value)


def as_json_or_none(value: Any) -> str | None:
    """JSON, and nothing for nothing."""
    return None if value is None else as_json(value)


def insert_for(database: str) -> Any:
    """The database's own INSERT, which knows what to do about a row that exists."""
    return postgresql.insert if database == "postgresql" else sqlite.insert


def _keys(table: Table, unique: tuple[str, ...]) -> list[str]:
    return list(unique) or [c.name for c in table.primary_key.columns]


def _names(table: Table) -> list[str]:
    """All columns but the numbers that the database counts up by itself."""
    counted = table.autoincrement_column
    return [c.name for c in table.columns if c is not counted or c.name not in ("seq", "id")]
