"""Where everything is kept: one store for SQLite, one for PostgreSQL, with the same promises to the engine."""

from __future__ import annotations

import datetime as dt
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from random import SystemRandom
from typing import TypeVar, cast

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from adapters import refusing
from adapters.account_book import Book, BookReader
from adapters.clock import ServerClock, SystemClock
from adapters.database.engines import is_postgres, postgres_engine, sqlite_engine, sqlite_file
from adapters.database.file_lock import FileLock
from adapters.database.migrating import upgrade
from adapters.database.screens import DatabaseScreens
from adapters.database.transaction import Shared, TryAgain
from adapters.database.unit_of_work import DatabaseWork
from adapters.database.writer import Writer
from adapters.ids import RandomIds
from adapters.references import References, built_in
from engine.ports import Clock, Ids
from engine.screens import Screens
from engine.store import UnitOfWork

T = TypeVar("T")

ATTEMPTS = 5
TRANSIENT = frozenset({"40001", "40P01"})
"""PostgreSQL's codes for a serialization failure and a deadlock: nothing was kept, running again is right."""


def open_store(
    url: str,
    clock: Clock | None = None,
    ids: Ids | None = None,
    *,
    references: References = built_in,
    prepare: bool = True,
) -> DatabaseStore:
    """Open the database of a URL (`sqlite:///folder/file.db`, `postgresql://user@host/name`).

    Without a clock, SQLite goes by this machine's and PostgreSQL by the server's. `references` tells which attributes of
    the site's records refer to other records. `prepare` brings the schema up to date first.
    """
    if prepare:
        upgrade(url)
    if is_postgres(url):
        return PostgresStore(url, clock, ids, references)
    return SqliteStore(url, clock, ids, references)


class DatabaseStore(ABC):
    """What both stores share: reading, and units of work on a connection."""

    def __init__(self, clock: Clock, ids: Ids | None, references: References) -> None:
        self.clock = clock
        self.ids = ids or RandomIds(clock)
        self.shared = Shared(self.ids, references)

    def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` in one transaction; returns after the commit."""
        return self._transact(lambda connection: self._run(connection, work))

    def read(self, work: Callable[[Screens], T]) -> T:
        """Run a query in one short read transaction."""
        with self.reading.begin() as connection:
            screens = DatabaseScreens(connection, self.clock.now(), self.shared)
            try:
                return work(screens)
            finally:
                screens.close()

    def write_book(self, work: Callable[[Book], T]) -> T:
        """Run `work` on the accounts, in one transaction."""
        return self.write(cast(Callable[[UnitOfWork], T], work))

    def read_book(self, work: Callable[[BookReader], T]) -> T:
        """Look at the accounts."""
        return self.read(cast(Callable[[Screens], T], work))

    def ping(self) -> bool:
        """True when the database answers."""
        try:
            with self.reading.connect() as connection:
                return connection.execute(text("SELECT 1")).scalar() == 1
        except SQLAlchemyError:
            return False

    @abstractmethod
    def engines(self) -> tuple[Engine, ...]:
        """All connections, for those who count statements."""

    @property
    @abstractmethod
    def reading(self) -> Engine:
        """Where read transactions get their connections."""

    @abstractmethod
    def close(self) -> None:
        """Give everything back."""

    @abstractmethod
    def _transact(self, piece: Callable[[Connection], T]) -> T:
        """Run a piece of work in a transaction."""

    def _run(self, connection: Connection, work: Callable[[UnitOfWork], T]) -> T:
        unit = DatabaseWork(connection, self.clock.now(), self.shared)
        try:
            result = work(unit)
            unit.flush()
        finally:
            unit.close()
        return result


class SqliteStore(DatabaseStore):
    """One file on a local disk, one writer thread per process, readers beside it."""

    def __init__(self, url: str, clock: Clock | None, ids: Ids | None, references: References) -> None:
        super().__init__(clock or SystemClock(), ids, references)
        file = sqlite_file(url)
        self._readers = sqlite_engine(url, writing=False)
        self._writers = sqlite_engine(url, writing=True)
        self.writer = Writer(self._writers, FileLock(file.with_name(file.name + ".lock")))

    def engines(self) -> tuple[Engine, ...]:
        """Readers and the writer."""
        return self._readers, self._writers

    @property
    def reading(self) -> Engine:
        """Connections that begin with a plain BEGIN."""
        return self._readers

    def close(self) -> None:
        """Finish what waits and close the file."""
        self.writer.close()
        self._writers.dispose()
        self._readers.dispose()

    def _transact(self, piece: Callable[[Connection], T]) -> T:
        try:
            return self.writer.write(piece)
        except TryAgain as conflict:
            raise conflict.refusal from conflict


class PostgresStore(DatabaseStore):
    """A server; each write has a pooled connection, and locks the case it works on."""

    def __init__(self, url: str, clock: Clock | None, ids: Ids | None, references: References) -> None:
        self._engine = postgres_engine(url)
        self._inside = threading.local()
        super().__init__(clock or ServerClock(self._server_time), ids, references)

    def engines(self) -> tuple[Engine, ...]:
        """One pool for both sides."""
        return (self._engine,)

    @property
    def reading(self) -> Engine:
        """The same pool as for writing."""
        return self._engine

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _transact(self, piece: Callable[[Connection], T]) -> T:
        if getattr(self._inside, "a_write", False):
            raise RuntimeError(
                "A write was begun inside another write. One stimulus is one transaction: use the unit of work at hand, "
                "or begin the second write when the first one has returned."
            )
        self._inside.a_write = True
        try:
            return self._again_and_again(piece)
        finally:
            self._inside.a_write = False

    def _again_and_again(self, piece: Callable[[Connection], T]) -> T:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._once(piece)
            except TryAgain as conflict:
                if attempt == ATTEMPTS:
                    raise conflict.refusal from conflict
            except Exception as error:
                if not _is_transient(error):
                    raise
                if attempt == ATTEMPTS:
                    raise error if isinstance(error, ConnectionError) else refusing.busy() from error
                # Who met in a deadlock does not meet again at once.
                time.sleep(SystemRandom().uniform(0, 0.02 * 2**attempt))
        raise AssertionError("the last attempt returns or raises")

    def _once(self, piece: Callable[[Connection], T]) -> T:
        """A connection that broke before its commit kept nothing; one that breaks in it may have, so that is not repeated."""
        with self._engine.connect() as connection:
            transaction = connection.begin()
            try:
                result = piece(connection)
            except BaseException as error:
                if _is_lost(connection):
                    connection.invalidate()
                    self._engine.dispose()
                    raise ConnectionError("The database server closed the connection.") from error
                transaction.rollback()
                raise
            transaction.commit()
            return result

    def _server_time(self) -> dt.datetime:
        with self._engine.connect() as connection:
            return cast(dt.datetime, connection.execute(select(func.clock_timestamp())).scalar_one())


def _is_lost(connection: Connection) -> bool:
    return connection.invalidated or bool(getattr(connection.connection.driver_connection, "closed", False))


def _is_transient(error: Exception) -> bool:
    """True for what the server undid by itself. SQLAlchemy wraps the driver's errors, the hot path does not."""
    if isinstance(error, ConnectionError):
        return True
    if isinstance(error, DBAPIError):
        error = cast(Exception, error.orig)
    return getattr(error, "sqlstate", None) in TRANSIENT
