"""The bell, within a process and through a real Redis."""

from __future__ import annotations

import threading

import redis
from rq import Queue
from rq.serializers import JSONSerializer

from adapters.bell import MOST_WAITING, QUEUE, RING, LocalBell, RedisBell


def test_a_ring_wakes_everybody_who_waits() -> None:
    bell = LocalBell()
    heard = bell.heard()
    sleepers = [threading.Thread(target=bell.wait, args=(heard, 30)) for _ in range(3)]
    for sleeper in sleepers:
        sleeper.start()

    bell.ring()

    for sleeper in sleepers:
        sleeper.join(10)
        assert not sleeper.is_alive()


def test_a_ring_between_looking_and_waiting_is_not_missed() -> None:
    bell = LocalBell()
    heard = bell.heard()
    bell.ring()

    sleeper = threading.Thread(target=bell.wait, args=(heard, 30))
    sleeper.start()
    sleeper.join(10)

    assert not sleeper.is_alive()


def test_without_a_ring_the_wait_ends_by_itself() -> None:
    bell = LocalBell()

    bell.wait(bell.heard(), 0.01)

    assert bell.heard() == 0


def test_a_ring_through_redis_carries_nothing(redis_url: str) -> None:
    assert RedisBell(redis_url).try_ring()

    with redis.Redis.from_url(redis_url) as connection:
        (job,) = Queue(QUEUE, connection=connection, serializer=JSONSerializer).jobs
        assert (job.func_name, job.args, job.kwargs) == (RING, [], {})
        assert connection.hget(job.key, "data") is not None


def test_no_more_than_four_rings_wait(redis_url: str) -> None:
    bell = RedisBell(redis_url)

    assert [bell.try_ring() for _ in range(7)] == [True] * MOST_WAITING + [False] * 3

    with redis.Redis.from_url(redis_url) as connection:
        assert connection.llen(f"rq:queue:{QUEUE}") == MOST_WAITING


def test_ringing_does_not_wait_for_redis(redis_url: str) -> None:
    RedisBell(redis_url).ring()

    with redis.Redis.from_url(redis_url) as connection:
        assert connection.brpop([f"rq:queue:{QUEUE}"], timeout=10) is not None


def test_a_redis_that_is_away_is_no_error() -> None:
    bell = RedisBell("redis://127.0.0.1:1/0")

    bell.ring()

    assert bell.try_ring() is False
