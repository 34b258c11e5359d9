"""The loop that looks for due timers, digests and dates, waiting mails and waiting calls. Must not know what they are about.

Each of them has a thread of its own and never overlaps itself: a mail server that hangs delays no timer.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from adapters.bell import LocalBell
from workers.house import House

EVERY = 0.5
AFTER_ERRORS = 5.0
SIGNALS_EVERY = 1.0
"""A signal that reaches another thread is handled when the main one runs again; one that waits for ever never does."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to look after: `work` does a little of it and returns how much there was."""

    name: str
    work: Callable[[], int]


def tick(house: House, stop: threading.Event) -> None:
    """Look after everything in a house until `stop` is set; woken by its bell when that hangs in this process."""
    Ticker(errands_of(house), house.bell if isinstance(house.bell, LocalBell) else LocalBell()).run(stop)


def errands_of(house: House) -> Sequence[Errand]:
    """Everything that waits in a house. Mails and calls one at a time, so that a stop is quick."""
    return (
        Errand("timers", house.desk.ring_due_timers),
        Errand("digests", house.digests.send_due),
        Errand("dates", house.dates.announce_due),
        Errand("mails", lambda: house.delivery.send_mails(1)),
        Errand("calls", lambda: house.delivery.make_calls(1)),
    )


class Ticker:
    """Looks after `errands` until it is told to stop: at once when the bell rings, else every half a second."""

    def __init__(self, errands: Sequence[Errand], bell: LocalBell, *, every: float = EVERY) -> None:
        self._errands = errands
        self._bell = bell
        self._every = every

    def run(self, stop: threading.Event) -> None:
        """Returns after `stop` is set and every errand has come to its end. Errors are logged, none ends the loop."""
        threads = [threading.Thread(target=self.look_after, args=(e, stop), name=e.name) for e in self._errands]
        for thread in threads:
            thread.start()
        while not stop.wait(SIGNALS_EVERY):
            pass
        self._bell.ring()
        for thread in threads:
            thread.join()

    def look_after(self, errand: Errand, stop: threading.Event) -> None:
        errors = 0
        while not stop.is_set():
            heard = self._bell.heard()
            try:
                found = errand.work()
                errors = 0
            except Exception:
                log.exception("Looking after %s failed; it is tried again.", errand.name)
                errors, found = errors + 1, 0
            if not found and not stop.is_set():
                self._bell.wait(heard, self.pause(errors))

    def pause(self, errors: int) -> float:
        """Half a second; longer while it fails, so that a broken database is not asked all the time."""
        return self._every if not errors else min(AFTER_ERRORS, self._every * 2.0 ** min(errors, 10))
