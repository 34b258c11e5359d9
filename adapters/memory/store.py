"""A store in memory: one lock, and a journal that takes back what a failed transaction did."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from adapters.account_book import Book, BookReader
from adapters.clock import SystemClock
from adapters.ids import RandomIds
from adapters.memory.case_writes import EventWrites
from adapters.memory.house import HouseWrites
from adapters.memory.queues import Queues
from adapters.memory.records import RecordWrites
from adapters.memory.screens_figures import Figures
from adapters.memory.screens_rest import HouseLists, RecordLists, Timelines
from adapters.memory.state import State
from adapters.references import References, built_in
from engine.ports import Clock, Ids
from engine.screens import Screens
from engine.store import UnitOfWork

T = TypeVar("T")


class MemoryWork(Queues, EventWrites, HouseWrites, RecordWrites):
    """Keeps the promises of `engine.ports.UnitOfWork`."""


class MemoryScreens(RecordLists, Timelines, Figures, HouseLists):
    """Keeps the promises of `engine.screens.Screens`."""


class MemoryStore:
    """Keeps the promises of `engine.ports.Store` as long as the process lives."""

    def __init__(
        self, clock: Clock | None = None, ids: Ids | None = None, *, references: References = built_in
    ) -> None:
        self.clock = clock or SystemClock()
        self.ids = ids or RandomIds(self.clock)
        self._state = State(self.ids, references)
        self._lock = threading.RLock()
        self._writing = False

    def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work`; if it raises, nothing of it is kept."""
        return self._transact(work)

    def read(self, work: Callable[[Screens], T]) -> T:
        """Run a query."""
        with self._lock:
            return work(MemoryScreens(self._state, self.clock.now()))

    def write_book(self, work: Callable[[Book], T]) -> T:
        """Run `work` on the accounts."""
        return self._transact(work)

    def read_book(self, work: Callable[[BookReader], T]) -> T:
        """Look at the accounts."""
        with self._lock:
            return work(MemoryScreens(self._state, self.clock.now()))

    def ping(self) -> bool:
        """Memory always answers."""
        return True

    def close(self) -> None:
        """Nothing to give back."""

    def _transact(self, work: Callable[[MemoryWork], T]) -> T:
        with self._lock:
            if self._writing:
                raise RuntimeError(
                    "A write was begun inside another write. One stimulus is one transaction: use the unit of work at "
                    "hand, or begin the second write when the first one has returned."
                )
            self._writing = True
            try:
                result = work(MemoryWork(self._state, self.clock.now()))
            except BaseException:
                self._state.journal.take_back()
                raise
            finally:
                self._writing = False
            self._state.journal.forget()
            return result
