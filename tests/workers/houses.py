"""Houses for workers to work in: heaps of timers, mails and calls that shrink, in memory or as files."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from adapters.bell import LocalBell


@dataclass
class Heap:
    """Something to do a number of times; says when it is all done, and which threads did it."""

    left: int = 0
    done: int = 0
    looked: int = 0
    at_work: int = 0
    overlapped: bool = False
    threads: set[str] = field(default_factory=set)
    before: Callable[[], None] = lambda: None
    changed: threading.Condition = field(default_factory=threading.Condition)

    def work(self) -> int:
        with self.changed:
            self.overlapped |= self.at_work > 0
            self.at_work += 1
            self.looked += 1
            self.threads.add(threading.current_thread().name)
            self.changed.notify_all()
        try:
            self.before()
            with self.changed:
                if not self.left:
                    return 0
                self.left, self.done = self.left - 1, self.done + 1
                self.changed.notify_all()
                return 1
        finally:
            with self.changed:
                self.at_work -= 1

    def wait_for(self, right: Callable[[], bool]) -> None:
        """Until `right`; fails after a minute."""
        with self.changed:
            assert self.changed.wait_for(right, timeout=60), "waited 60 s for it"


@dataclass
class MemoryHouse:
    """Heaps with the face of a house."""

    digest_mails: Heap = field(default_factory=Heap)
    days: Heap = field(default_factory=Heap)
    timers: Heap = field(default_factory=Heap)
    mails: Heap = field(default_factory=Heap)
    calls: Heap = field(default_factory=Heap)
    bell: LocalBell = field(default_factory=LocalBell)

    @property
    def desk(self) -> MemoryHouse:
        return self

    @property
    def delivery(self) -> MemoryHouse:
        return self

    @property
    def digests(self) -> MemoryHouse:
        return self

    @property
    def dates(self) -> MemoryHouse:
        return self

    def announce_due(self) -> int:
        return self.days.work()

    def send_due(self) -> int:
        return self.digest_mails.work()

    def ring_due_timers(self, limit: int = 200) -> int:
        return self.timers.work()

    def send_mails(self, limit: int = 100) -> int:
        return self.mails.work()

    def make_calls(self, limit: int = 100) -> int:
        return self.calls.work()


@dataclass
class FolderHouse:
    """Files wait in `timers`, `mails` and `calls`; each is renamed to `*.done` once. For workers in other processes."""

    folder: Path
    bell: LocalBell = field(default_factory=LocalBell)

    @property
    def desk(self) -> FolderHouse:
        return self

    @property
    def delivery(self) -> FolderHouse:
        return self

    @property
    def digests(self) -> FolderHouse:
        return self

    @property
    def dates(self) -> FolderHouse:
        return self

    def announce_due(self) -> int:
        return self.take("dates")

    def send_due(self) -> int:
        return self.take("digests")

    def ring_due_timers(self, limit: int = 200) -> int:
        return self.take("timers")

    def send_mails(self, limit: int = 100) -> int:
        return self.take("mails")

    def make_calls(self, limit: int = 100) -> int:
        return self.take("calls")

    def take(self, kind: str) -> int:
        for page in sorted((self.folder / kind).glob("*.waiting")):
            try:
                page.rename(page.with_suffix(".done"))
            except FileNotFoundError:  # another worker was faster
                continue
            with (self.folder / "log").open("a") as log:
                log.write(f"{kind}/{page.stem} by {threading.current_thread().name}\n")
            return 1
        return 0
