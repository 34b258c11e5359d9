"""The loop: it looks, it does not stop for errors, and it stops when told to."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from adapters.bell import LocalBell
from tests.workers.houses import MemoryHouse
from workers.ticker import Ticker, errands_of, tick


@contextmanager
def ticking(house: MemoryHouse, bell: LocalBell | None = None, every: float = 0.01) -> Iterator[None]:
    """A ticker at work; fails when it does not end soon after it was told to."""
    stop = threading.Event()
    ticker = Ticker(errands_of(house), bell or LocalBell(), every=every)
    thread = threading.Thread(target=ticker.run, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(10)
        assert not thread.is_alive()


def test_everything_that_waits_is_done() -> None:
    house = MemoryHouse()
    house.timers.left = house.mails.left = house.calls.left = 20

    with ticking(house):
        for heap in (house.timers, house.mails, house.calls):
            heap.wait_for(lambda heap=heap: heap.done == 20)  # type: ignore[misc]  # its own heap


def test_it_looks_again_without_a_bell() -> None:
    house = MemoryHouse()

    with ticking(house):
        house.timers.wait_for(lambda: house.timers.looked >= 3)
        house.timers.left = 1
        house.timers.wait_for(lambda: house.timers.done == 1)


def test_a_bell_wakes_it_at_once() -> None:
    house, bell = MemoryHouse(), LocalBell()

    with ticking(house, bell, every=3600):
        house.mails.wait_for(lambda: house.mails.looked == 1)
        house.mails.left = 1
        bell.ring()
        house.mails.wait_for(lambda: house.mails.done == 1)


def test_a_ring_during_a_look_is_not_missed() -> None:
    house, bell = MemoryHouse(), LocalBell()

    def somebody_orders_a_mail_too_late_for_this_look() -> None:
        if house.calls.looked == 1:
            bell.ring()

    house.calls.before = somebody_orders_a_mail_too_late_for_this_look
    with ticking(house, bell, every=3600):
        house.calls.wait_for(lambda: house.calls.looked >= 2)


def test_an_error_is_logged_and_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    house = MemoryHouse()
    house.timers.left = 1

    def break_twice() -> None:
        if house.timers.looked <= 2:
            raise ZeroDivisionError("the database is away")

    house.timers.before = break_twice
    with caplog.at_level(logging.ERROR), ticking(house):
        house.timers.wait_for(lambda: house.timers.done == 1)

    assert [record.getMessage() for record in caplog.records] == ["Looking after timers failed; it is tried again."] * 2
    assert "the database is away" in caplog.text


def test_a_mail_server_that_hangs_delays_no_timer_and_no_call() -> None:
    house, over = MemoryHouse(), threading.Event()

    def hang() -> None:
        over.wait(20)

    house.mails.before = hang
    with ticking(house):
        house.mails.wait_for(lambda: house.mails.looked == 1)
        house.timers.left = house.calls.left = 3
        house.timers.wait_for(lambda: house.timers.done == 3)
        house.calls.wait_for(lambda: house.calls.done == 3)
        over.set()


def test_no_errand_overlaps_itself() -> None:
    house, bell = MemoryHouse(), LocalBell()
    house.timers.left = house.mails.left = house.calls.left = 50
    house.mails.before = bell.ring

    with ticking(house, bell):
        for heap in (house.timers, house.mails, house.calls):
            heap.wait_for(lambda heap=heap: heap.done == 50)  # type: ignore[misc]  # its own heap

    assert not (house.timers.overlapped or house.mails.overlapped or house.calls.overlapped)
    assert [len(heap.threads) for heap in (house.timers, house.mails, house.calls)] == [1, 1, 1]


def test_it_stops_while_it_waits_and_finishes_what_is_under_way() -> None:
    house, started, go_on = MemoryHouse(), threading.Event(), threading.Event()
    house.mails.left = 5

    def take_time() -> None:
        started.set()
        go_on.wait(20)

    house.mails.before = take_time
    stop = threading.Event()
    thread = threading.Thread(target=Ticker(errands_of(house), LocalBell(), every=3600).run, args=(stop,))
    thread.start()
    assert started.wait(10)

    stop.set()
    go_on.set()
    thread.join(10)

    assert not thread.is_alive()
    assert house.mails.done == 1


def test_the_bell_of_a_house_wakes_its_ticker() -> None:
    house, stop = MemoryHouse(), threading.Event()
    thread = threading.Thread(target=tick, args=(house, stop))
    thread.start()
    house.mails.wait_for(lambda: house.mails.looked >= 1)
    rings = house.bell.heard()
    stop.set()
    thread.join(10)

    assert not thread.is_alive()
    assert house.bell.heard() == rings + 1  # the ring that wakes everybody for the end


def test_it_asks_a_broken_house_less_and_less_often() -> None:
    ticker = Ticker((), LocalBell(), every=0.5)

    assert [ticker.pause(errors) for errors in (0, 1, 2, 3, 4, 1000)] == [0.5, 1.0, 2.0, 4.0, 5.0, 5.0]
