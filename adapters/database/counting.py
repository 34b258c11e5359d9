"""Counts the statements a store sends: a number that needs no quiet machine, so tests and benchmarks can hold it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event

from adapters.database.store import DatabaseStore

NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@dataclass(slots=True)
class Counted:
    """How many statements were sent; one for many rows counts once."""

    statements: int = 0


@contextmanager
def counting(store: DatabaseStore) -> Iterator[Counted]:
    """Count what is sent inside this block. Transaction control is not counted."""
    counted = Counted()
    before = store.shared.statements

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(NOT_COUNTED):
            store.shared.count()

    for engine in store.engines():
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield counted
    finally:
        counted.statements = store.shared.statements - before
        for engine in store.engines():
            event.remove(engine, "before_cursor_execute", note)
