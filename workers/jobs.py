"""The one job in the queue: somebody rang, so look what there is. It carries nothing and trusts nothing in the queue."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from rq import SimpleWorker
from rq.job import Job

from adapters.bell import RING
from workers.house import House

MOST_ROUNDS = 100
LONGEST = 5.0

log = logging.getLogger(__name__)
_served: list[House] = []


def serve(house: House) -> None:
    """From now on this process answers rings in `house`."""
    _served[:] = [house]


def answer_the_bell() -> None:
    """Does what is due, until nothing is or it was enough for one ring."""
    drain(served())


def drain(house: House, seconds: float = LONGEST) -> int:
    """Timers first, then a mail, then a call, again and again for some seconds; returns how many things were done."""
    done, end = 0, time.monotonic() + seconds
    for _ in range(MOST_ROUNDS):
        found = house.desk.ring_due_timers() + house.delivery.send_mails(1) + house.delivery.make_calls(1)
        done += found
        if not found or time.monotonic() > end:  # a stop waits for this; the next ring goes on
            break
    return done


def served() -> House:
    if not _served:
        raise RuntimeError("This process was not told where to work; start workers with: python -m workers")
    return _served[0]


class ForeignJob(Exception):
    """Something in the queue that Aftercare did not put there. It was not run."""


class Ring(Job):
    """A job that can only be our ring: whoever can write to Redis cannot name a function for the workers to run."""

    is_answered = False

    def perform(self) -> Any:
        """Answers the bell; raises `ForeignJob` for anything else."""
        if self.func_name != RING or self.args or self.kwargs:
            raise ForeignJob("The queue holds a job that Aftercare did not put there; protect Redis with a password.")
        result = super().perform()
        self.is_answered = True
        return result

    @property
    def success_callback(self) -> Callable[..., Any] | None:
        """None: a ring has no callbacks."""
        return None

    @property
    def failure_callback(self) -> Callable[..., Any] | None:
        """None: a ring has no callbacks."""
        return None

    @property
    def stopped_callback(self) -> Callable[..., Any] | None:
        """None: a ring has no callbacks."""
        return None

    def send_webhooks(self, *args: Any, **options: Any) -> None:
        """None: a ring tells nobody."""


class Listener(SimpleWorker):
    """Answers rings in this process, and does not call it a failure when Redis forgets a ring that was answered."""

    def handle_exception(self, job: Job, *exc_info: Any) -> None:
        """One line when only the putting away failed (Redis was emptied or went away meanwhile); else what RQ says."""
        if isinstance(job, Ring) and job.is_answered:
            log.info("Redis lost a ring that was answered already; nothing is left undone: %s", exc_info[1])
        else:
            super().handle_exception(job, *exc_info)

    def handle_job_failure(self, job: Job, *args: Any, **options: Any) -> None:
        """A ring that was answered is no failed job either."""
        if not (isinstance(job, Ring) and job.is_answered):
            super().handle_job_failure(job, *args, **options)
