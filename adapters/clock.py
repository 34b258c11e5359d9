"""The only place that reads the time. Everybody else is handed an instant; tests and rehearsals hand in their own."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable


class SystemClock:
    """This machine's clock."""

    def now(self) -> dt.datetime:
        """The present instant, in UTC."""
        return dt.datetime.now(dt.UTC)


class SetClock:
    """A clock that stands where it is set: for tests and rehearsals."""

    def __init__(self, at: dt.datetime) -> None:
        self.set(at)

    def now(self) -> dt.datetime:
        """Where the clock was set, in UTC."""
        return self._at

    def set(self, at: dt.datetime) -> None:
        """Move the clock to an instant, forwards or backwards."""
        if at.tzinfo is None:
            raise ValueError(f"A clock is set to an instant with a time zone; {at.isoformat()} has none.")
        self._at = at.astimezone(dt.UTC)

    def advance(self, by: dt.timedelta) -> dt.datetime:
        """Move the clock forwards and return the new instant."""
        self.set(self._at + by)
        return self._at


class ServerClock:
    """The clock of the database server, so that several machines agree on what is due.

    The server is asked at most every five seconds; in between, its answer is carried on by this machine's monotonic
    clock, which nobody can set.
    """

    def __init__(self, ask: Callable[[], dt.datetime]) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._told: tuple[float, dt.datetime] | None = None

    def now(self) -> dt.datetime:
        """The server's present instant, in UTC."""
        with self._lock:
            passed = time.monotonic() - self._told[0] if self._told else ASK_AGAIN
            if self._told is None or passed >= ASK_AGAIN:
                told = self._ask().astimezone(dt.UTC)
                self._told, passed = (time.monotonic(), told), 0.0
            return self._told[1] + dt.timedelta(seconds=passed)


ASK_AGAIN = 5.0
