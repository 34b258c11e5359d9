"""The one job: what a ring does, and what nothing else in the queue can do."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
import redis
from rq import Callback, Queue
from rq.serializers import JSONSerializer

from adapters.bell import QUEUE, RedisBell
from tests.workers.houses import MemoryHouse
from workers import jobs


def work_off(redis_url: str) -> Queue:
    """What an RQ worker does until the queue is empty; returns the queue."""
    connection = redis.Redis.from_url(redis_url)
    queue = Queue(QUEUE, connection=connection, serializer=JSONSerializer, job_class=jobs.Ring)
    jobs.Listener([queue], connection=connection, serializer=JSONSerializer, job_class=jobs.Ring).work(burst=True)
    return queue


def test_a_ring_does_what_is_due() -> None:
    house = MemoryHouse()
    house.timers.left, house.mails.left, house.calls.left = 3, 2, 1

    assert jobs.drain(house) == 6
    assert jobs.drain(house) == 0


def test_one_ring_does_not_go_on_for_ever() -> None:
    house = MemoryHouse()
    house.timers.left = 1000

    assert jobs.drain(house) == jobs.MOST_ROUNDS
    assert jobs.drain(house, seconds=-1) == 1


def test_a_ring_in_redis_is_answered_by_an_rq_worker(redis_url: str) -> None:
    house = MemoryHouse()
    house.mails.left = 2
    jobs.serve(house)
    RedisBell(redis_url).try_ring()

    queue = work_off(redis_url)

    assert house.mails.done == 2
    assert (queue.count, queue.failed_job_registry.count) == (0, 0)


def test_a_ring_that_redis_forgot_while_it_was_answered_is_one_line_and_no_failure_of_ours(
    redis_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    memory = redis.Redis.from_url(redis_url)
    house = MemoryHouse()
    house.mails.left = 1
    house.mails.before = lambda: memory.delete(*memory.keys("rq:execution:*") or ["none"])
    jobs.serve(house)
    RedisBell(redis_url).try_ring()

    with caplog.at_level("INFO"):
        queue = work_off(redis_url)

    assert (house.mails.done, queue.count, queue.failed_job_registry.count) == (1, 0, 0)
    assert [r.message.partition(";")[0] for r in caplog.records if r.name == "workers.jobs"] == [
        "Redis lost a ring that was answered already"
    ]
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    "order",
    [
        ("os.mkdir", ["{folder}"], {}),
        ("workers.jobs.answer_the_bell", ["{folder}"], {}),
        ("workers.jobs.drain", [], {"house": "{folder}"}),
    ],
)
def test_no_other_job_in_the_queue_is_run(
    redis_url: str, tmp_path: Path, order: tuple[str, list[str], dict[str, str]]
) -> None:
    house, planted = MemoryHouse(), tmp_path / "planted"
    house.mails.left = 1
    jobs.serve(house)
    function, arguments, options = order
    with redis.Redis.from_url(redis_url) as connection:
        stranger = Queue(QUEUE, connection=connection, serializer=JSONSerializer)
        given = [argument.format(folder=planted) for argument in arguments]
        stranger.enqueue_call(function, given, options, on_failure=Callback("os.abort"))

    queue = work_off(redis_url)

    assert not planted.exists()
    assert house.mails.done == 0
    assert queue.failed_job_registry.count == 1


def test_a_pickle_in_the_queue_is_never_opened(redis_url: str, tmp_path: Path) -> None:
    planted = tmp_path / "planted"
    with redis.Redis.from_url(redis_url) as connection:
        job = Queue(QUEUE, connection=connection, serializer=JSONSerializer).enqueue("workers.jobs.answer_the_bell")
        connection.hset(job.key, "data", pickle.dumps(Bomb(planted)))

    work_off(redis_url)

    assert not planted.exists()


class Bomb:
    """Makes a folder when it is unpickled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[object, ...]:
        return Path.mkdir, (self.folder,)


def test_a_worker_started_in_another_way_says_how_it_is_done() -> None:
    program = "from workers import jobs; jobs.answer_the_bell()"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert "start workers with: python -m workers" in done.stderr
