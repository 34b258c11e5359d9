"""The one writer thread of a process on SQLite: whatever waits is committed together, each piece in a savepoint of its own.

1. take everything that waits; 2. take the file lock, then BEGIN IMMEDIATE; 3. run each piece inside a savepoint, so that a
failing one takes nothing else with it; 4. COMMIT, which returns when the disk has it; 5. only then answer the callers.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from adapters import refusing
from adapters.database.file_lock import FileLock

T = TypeVar("T")
Piece = Callable[[Connection], Any]
MOST_AT_ONCE = 64


class Writer:
    """Runs pieces of work one after the other, and commits those that wait together."""

    def __init__(self, engine: Engine, lock: FileLock) -> None:
        self._engine = engine
        self._lock = lock
        self._waiting: queue.SimpleQueue[tuple[Piece, Future[Any]] | None] = queue.SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False
        self.commits = 0

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` on the writer thread; returns or raises after its commit."""
        if threading.current_thread() is self._thread:
            raise RuntimeError(
                "A write was begun inside another write. One stimulus is one transaction: use the unit of work at hand, "
                "or begin the second write when the first one has returned."
            )
        self._start()
        answer: Future[T] = Future()
        self._waiting.put((work, answer))
        return answer.result()

    def waiting(self) -> int:
        """How many pieces wait for the next commit."""
        return self._waiting.qsize()

    def close(self) -> None:
        """Finish what waits, then end the thread."""
        with self._starting:
            self._closed = True
            thread = self._thread
        if thread:
            self._waiting.put(None)
            thread.join()

    def _start(self) -> None:
        if self._thread and not self._closed:
            return
        with self._starting:
            if self._closed:
                raise RuntimeError("The store was closed; open it again before writing.")
            if self._thread is None:
                self._thread = threading.Thread(target=self._work_on, name="sqlite-writer", daemon=True)
                self._thread.start()

    def _work_on(self) -> None:
        with self._engine.connect() as connection:
            while True:
                batch = self._next_batch()
                pieces = [piece for piece in batch if piece is not None]
                if pieces:
                    self._write_together(connection, pieces)
                if len(pieces) < len(batch):
                    return

    def _next_batch(self) -> list[tuple[Piece, Future[Any]] | None]:
        batch = [self._waiting.get()]
        while len(batch) < MOST_AT_ONCE:
            try:
                batch.append(self._waiting.get_nowait())
            except queue.Empty:
                break
        return batch

    def _write_together(self, connection: Connection, pieces: list[tuple[Piece, Future[Any]]]) -> None:
        done: list[tuple[Future[Any], Any, BaseException | None]] = []
        try:
            with self._lock.held(), connection.begin():
                for work, answer in pieces:
                    done.append((answer, *_alone(connection, work)))
            self.commits += 1
        except Exception as error:  # noqa: BLE001 - the commit failed: every caller is told, the thread lives on
            for _, answer in pieces:
                answer.set_exception(_in_words(error))
            return
        for answer, result, failure in done:
            if failure is None:
                answer.set_result(result)
            else:
                answer.set_exception(failure)


def _alone(connection: Connection, work: Piece) -> tuple[Any, BaseException | None]:
    """One piece inside its savepoint: its result, or what it raised after nothing of it was kept."""
    connection.exec_driver_sql("SAVEPOINT piece")
    try:
        result = work(connection)
    except BaseException as error:  # noqa: BLE001 - it goes to the caller, who waits on another thread
        connection.exec_driver_sql("ROLLBACK TO piece")
        connection.exec_driver_sql("RELEASE piece")
        return None, error
    connection.exec_driver_sql("RELEASE piece")
    return result, None


def _in_words(error: Exception) -> Exception:
    return refusing.busy() if isinstance(error, OperationalError) and "locked" in str(error) else error
