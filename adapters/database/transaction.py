"""What every part of a unit of work and every query stands on: one connection inside one transaction, with one `now`."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Executable, Result, select

from adapters.database.columns import instant_text, read_instant
from adapters.database.statements import Hot, always
from adapters.database.tables import ACCOUNT, COUNTER
from adapters.references import References
from engine.people import Absence, Person
from engine.ports import Ids

PEOPLE = "people"
PEOPLE_REVISION = always(select(COUNTER.c.value).where(COUNTER.c.name == PEOPLE))


class TryAgain(Exception):
    """Another transaction was faster; what is tried again will see what it did. `refusal` is the answer if it never does."""

    def __init__(self, refusal: Exception) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


@dataclass(slots=True)
class Shared:
    """What the transactions of one store have in common."""

    ids: Ids
    references: References
    statements: int = 0
    answers: int = 0
    people: tuple[int, Mapping[str, Person]] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self) -> None:
        """One more statement went to the database."""
        with self.lock:
            self.statements += 1


class Transaction:
    """A connection in a transaction. Nothing here begins or commits one."""

    def __init__(self, connection: Connection, now: dt.datetime, shared: Shared) -> None:
        self.now = now
        self._c = connection
        self._shared = shared
        self._dialect = connection.dialect
        self._postgres = connection.dialect.name == "postgresql"
        self._cursor: Any = connection.connection.cursor()
        self._people_changed = False
        self._people_revision: int | None = None
        self.integrity_error: type[Exception] = self._dialect.loaded_dbapi.IntegrityError

    def instant(self, value: dt.datetime | None) -> Any:
        """An instant as this database's driver takes it."""
        if value is None or self._postgres:
            return value
        return instant_text(value)

    def run(self, hot: Hot, values: Mapping[str, Any] | None = None) -> Any:
        """Run a prepared statement; the cursor is valid until the next one."""
        compiled = hot.compiled(self._dialect)
        self._shared.count()
        self._cursor.execute(compiled.sql, compiled.values(values or {}))
        return self._cursor

    def run_many(self, hot: Hot, rows: Sequence[Mapping[str, Any]]) -> int:
        """Run a prepared statement for each of the rows; returns how many rows it touched."""
        if not rows:
            return 0
        compiled = hot.compiled(self._dialect)
        self._shared.count()
        self._cursor.executemany(compiled.sql, [compiled.values(row) for row in rows])
        return int(self._cursor.rowcount)

    def ask(self, statement: Executable) -> Result[Any]:
        """Run a statement of SQLAlchemy Core."""
        return self._c.execute(statement)

    def people(self) -> Mapping[str, Person]:
        """All members of staff; read again only when the list has changed."""
        if self._people_revision is None or self._people_changed:
            found = self.run(PEOPLE_REVISION).fetchone()
            self._people_revision = found[0] if found else 0
        revision = self._people_revision
        known = self._shared.people
        if known and known[0] == revision and not self._people_changed:
            return known[1]
        people = {row.id: person_of(row) for row in self.ask(select(ACCOUNT).order_by(ACCOUNT.c.id))}
        if not self._people_changed:
            self._shared.people = (revision, people)
        return people

    def close(self) -> None:
        """Give the cursor back."""
        self._cursor.close()


def person_of(row: Any) -> Person:
    """A row of accounts as a member of staff."""
    absence = Absence(row.away_since, row.away_until, row.deputy) if row.away_since and row.away_until else None
    return Person(row.id, row.name, frozenset(row.roles), row.email, row.active, row.language, absence)


def at(value: Any) -> dt.datetime | None:
    """An instant as a driver gives it, or None."""
    return None if value is None else read_instant(value)
