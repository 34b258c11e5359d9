"""Wakes the workers after a commit: within this process, or through Redis. A ring carries nothing and may get lost.

Must not know what the workers will find; the rows say that.
"""

from __future__ import annotations

import logging
import os
import threading
from typing import Final

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer

QUEUE: Final = "aftercare"
RING: Final = "workers.jobs.answer_the_bell"
MOST_WAITING: Final = 4

log = logging.getLogger(__name__)


class LocalBell:
    """A bell in this process. Any number may wait; a ring between a look and a wait is not missed."""

    def __init__(self) -> None:
        self._rings = 0
        self._changed = threading.Condition()

    def ring(self) -> None:
        """Wake everybody who waits."""
        with self._changed:
            self._rings += 1
            self._changed.notify_all()

    def heard(self) -> int:
        """How often it rang; remember it before looking for work."""
        with self._changed:
            return self._rings

    def wait(self, heard: int, seconds: float) -> None:
        """Wait until it has rung since `heard`, at most `seconds`."""
        with self._changed:
            self._changed.wait_for(lambda: self._rings > heard, timeout=seconds)


class RedisBell:
    """A bell for workers in other processes: an empty message in their queue, never more than four waiting."""

    def __init__(self, url: str) -> None:
        # A web page must not wait for a Redis that is away: short limits, and the ringing is done beside it.
        self._connection = Redis.from_url(url, socket_connect_timeout=1, socket_timeout=2)
        self._queue = Queue(QUEUE, connection=self._connection, serializer=JSONSerializer)
        self._wanted = threading.Event()
        self._ringer: threading.Thread | None = None
        self._process = 0
        self._starting = threading.Lock()

    def ring(self) -> None:
        """Ask for a ring and go on at once. Never raises."""
        self._wanted.set()
        if self._process != os.getpid():  # also after a server has forked its workers
            self.start()

    def try_ring(self) -> bool:
        """Ring now. False when Redis is away or nobody takes the messages: then whoever asks looks for work itself."""
        try:
            if self._queue.count >= MOST_WAITING:
                return False
            self._queue.enqueue(RING, job_timeout=600, ttl=60, result_ttl=0, failure_ttl=86400)
        except (RedisError, OSError) as away:
            log.info("The bell is silent, Redis does not answer: %s", away)
            return False
        return True

    def start(self) -> None:
        with self._starting:
            if self._process == os.getpid():
                return
            self._ringer = threading.Thread(target=self.ring_when_asked, name="bell", daemon=True)
            self._ringer.start()
            self._process = os.getpid()

    def ring_when_asked(self) -> None:
        """Many asked in the meantime are one ring."""
        while True:
            self._wanted.wait()
            self._wanted.clear()
            self.try_ring()
