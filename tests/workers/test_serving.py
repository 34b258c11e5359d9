"""Worker processes as they run: with a Redis, without one, and while it comes and goes."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from adapters.bell import LocalBell, RedisBell
from tests.servers import child, valkey
from tests.workers.houses import MemoryHouse
from workers.serving import Dispatcher
from workers.ticker import Ticker


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for kind in ("timers", "mails", "calls"):
        (tmp_path / kind).mkdir()
    return tmp_path


@contextmanager
def a_worker(folder: Path, *redis_url: str) -> Iterator[subprocess.Popen[str]]:
    """A worker process that is ended with SIGTERM and must end well."""
    order = [sys.executable, "-m", "tests.workers.process", str(folder), *redis_url]
    with subprocess.Popen(order, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        try:
            yield process
            process.send_signal(signal.SIGTERM)
            said, _ = process.communicate(timeout=30)
            assert (said, process.returncode) == ("ended well\n", 0)
        finally:
            process.kill()


def put(folder: Path, kind: str, name: str) -> Path:
    """Something to do; returns the file that says it is done."""
    (folder / kind / f"{name}.waiting").touch()
    return folder / kind / f"{name}.done"


def wait_until(right: Callable[[], bool], seconds: float = 60) -> None:
    waiting = threading.Event()
    for _ in range(int(seconds / 0.05)):
        if right():
            return
        waiting.wait(0.05)
    pytest.fail(f"waited {seconds} s for it")


def log_of(folder: Path) -> list[str]:
    return sorted((folder / "log").read_text().splitlines())


def test_without_redis_a_worker_does_everything_itself(folder: Path) -> None:
    done = [put(folder, kind, "1") for kind in ("timers", "mails", "calls")]

    with a_worker(folder):
        wait_until(lambda: all(page.exists() for page in done))
        later = put(folder, "mails", "2")
        wait_until(later.exists)

    assert log_of(folder) == ["calls/1 by calls", "mails/1 by mails", "mails/2 by mails", "timers/1 by timers"]


def test_with_redis_mails_are_sent_by_the_rq_worker_and_timers_ring_beside_it(folder: Path, redis_url: str) -> None:
    with a_worker(folder, redis_url):
        done = [put(folder, "mails", str(number)) for number in range(5)]
        wait_until(lambda: all(page.exists() for page in done))

    assert {line.partition(" by ")[2] for line in log_of(folder)} == {"MainThread"}


def test_several_workers_do_each_thing_once(folder: Path, redis_url: str) -> None:
    done = [put(folder, kind, f"{number:03}") for kind in ("timers", "mails", "calls") for number in range(40)]

    with a_worker(folder, redis_url), a_worker(folder, redis_url):
        RedisBell(redis_url).try_ring()
        wait_until(lambda: all(page.exists() for page in done))

    things = [line.partition(" by ")[0] for line in log_of(folder)]
    assert len(things) == len(set(things)) == 120


def test_a_worker_goes_on_while_redis_is_away_and_when_it_is_back(folder: Path) -> None:
    data = child.own_folder("valkey", child.Person())
    port = child.free_port()
    order = [str(valkey.program()), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    url = f"redis://127.0.0.1:{port}/0"

    @contextmanager
    def redis() -> Iterator[None]:
        process = child.start(order, child.Person(), data, ending=signal.SIGKILL)
        try:
            child.wait_until(lambda: valkey.answers(url), process, data)
            yield
        finally:
            child.stop(process, signal.SIGKILL)

    try:
        with a_worker(folder, url):
            before = put(folder, "mails", "before")  # Redis was never there
            wait_until(before.exists)
            with redis():
                wait_until(lambda: valkey.answers(url))
                during = put(folder, "mails", "during")
                wait_until(during.exists)
            away = [put(folder, kind, "away") for kind in ("timers", "mails", "calls")]
            wait_until(lambda: all(page.exists() for page in away))
            with redis():
                back = put(folder, "mails", "back")
                wait_until(back.exists)
    finally:
        child.remove(data)


def test_while_nobody_takes_the_rings_the_dispatcher_works_itself(redis_url: str) -> None:
    house, stop = MemoryHouse(), threading.Event()
    house.timers.left = house.mails.left = house.calls.left = 1
    ticker = Ticker(Dispatcher(house, RedisBell(redis_url)).errands(), LocalBell(), every=0.02)
    thread = threading.Thread(target=ticker.run, args=(stop,))
    thread.start()

    for heap in (house.timers, house.mails, house.calls):
        heap.wait_for(lambda heap=heap: heap.done == 1)  # type: ignore[misc]  # its own heap
    stop.set()
    thread.join(10)

    assert not thread.is_alive()
