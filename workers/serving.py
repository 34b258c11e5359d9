"""Runs a worker process until it is told to stop: with Redis an RQ worker and a dispatcher beside it, without one the
ticker alone. Must not open the house: it is handed in.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Sequence
from types import FrameType

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.exceptions import StopRequested
from rq.serializers import JSONSerializer

from adapters.bell import QUEUE, LocalBell, RedisBell
from workers import jobs
from workers.house import House
from workers.ticker import Errand, Ticker, tick

log = logging.getLogger(__name__)
LOOK_EVERY = 0.1
REDIS_AGAIN = 1.0


def serve(house: House, redis_url: str | None, name: str = "its database") -> None:
    """Works in `house` until SIGTERM or SIGINT; what is under way then is brought to its end."""
    stop = threading.Event()
    listen_to_signals(stop)
    log.info("At work on %s.", name)
    if redis_url is None:
        tick(house, stop)
        return
    jobs.serve(house)
    dispatcher = threading.Thread(target=Dispatcher(house, RedisBell(redis_url)).run, args=(stop,), name="dispatcher")
    dispatcher.start()
    try:
        answer_rings(redis_url, stop)
    finally:
        stop.set()
        dispatcher.join()


class Dispatcher:
    """Looks at the tables whatever Redis does: rings due timers itself, has the others woken for the rest, and does
    the rest itself while nobody takes the rings."""

    def __init__(self, house: House, bell: RedisBell) -> None:
        self._house = house
        self._bell = bell
        self._is_heard = True

    def run(self, stop: threading.Event) -> None:
        """Until `stop` is set."""
        Ticker(self.errands(), LocalBell()).run(stop)

    def errands(self) -> Sequence[Errand]:
        house = self._house
        return (
            Errand("timers", house.desk.ring_due_timers),
            Errand("digests", house.digests.send_due),
            Errand("dates", house.dates.announce_due),
            Errand("bell", self.ring),
            Errand("mails", lambda: 0 if self._is_heard else house.delivery.send_mails(1)),
            Errand("calls", lambda: 0 if self._is_heard else house.delivery.make_calls(1)),
        )

    def ring(self) -> int:
        self._is_heard = self._bell.try_ring()
        return 0


def answer_rings(redis_url: str, stop: threading.Event) -> None:
    """Has RQ work off the rings whenever there are some. In the main thread, for RQ sets signals of its own.

    RQ is entered only while there is something in the queue: its own waiting for a Redis that is away cannot be ended by
    a signal reliably, ours can.
    """
    connection = Redis.from_url(redis_url, socket_connect_timeout=1)
    queue = Queue(QUEUE, connection=connection, serializer=JSONSerializer, job_class=jobs.Ring)
    while not stop.is_set():
        try:
            if queue.count:
                work_off(queue, connection, stop)
            stop.wait(LOOK_EVERY)
        except RedisError as away:
            log.info("Redis does not answer, the tables are looked at without it: %s", away)
            stop.wait(REDIS_AGAIN)
        except StopRequested:  # a signal in the moment before we listened again
            stop.set()


def work_off(queue: Queue, connection: Redis, stop: threading.Event) -> None:
    worker = jobs.Listener([queue], connection=connection, serializer=JSONSerializer, job_class=jobs.Ring)
    try:
        worker.work(burst=True, logging_level="WARNING")
    finally:
        # RQ puts this in place at the first signal it gets: then the end was asked for.
        if signal.getsignal(signal.SIGTERM) == worker.request_force_stop:
            stop.set()
        listen_to_signals(stop)


def listen_to_signals(stop: threading.Event) -> None:
    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
