"""The time and new ids: where they come from, and that tests can hold them."""

from __future__ import annotations

import datetime as dt

import pytest

from adapters.clock import ServerClock, SetClock, SystemClock
from adapters.ids import CountingIds, RandomIds

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def test_every_clock_speaks_utc() -> None:
    shanghai = dt.timezone(dt.timedelta(hours=8))
    told = ServerClock(lambda: dt.datetime(2026, 3, 2, 20, tzinfo=shanghai)).now()
    for now in (SystemClock().now(), SetClock(dt.datetime(2026, 3, 2, 20, tzinfo=shanghai)).now(), told):
        assert now.utcoffset() == dt.timedelta(0)
    assert SetClock(dt.datetime(2026, 3, 2, 20, tzinfo=shanghai)).now() == NOON


def test_a_set_clock_stands_until_it_is_moved() -> None:
    clock = SetClock(NOON)
    assert clock.now() == clock.now() == NOON
    assert clock.advance(dt.timedelta(hours=1)) == clock.now() == NOON + dt.timedelta(hours=1)


def test_a_clock_cannot_be_set_to_a_time_of_no_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        SetClock(dt.datetime(2026, 3, 2, 12))


def test_the_server_is_asked_rarely_and_its_time_is_carried_on() -> None:
    asked: list[int] = []

    def ask() -> dt.datetime:
        asked.append(1)
        return NOON

    clock = ServerClock(ask)
    first, second = clock.now(), clock.now()
    assert NOON <= first <= second < NOON + dt.timedelta(seconds=5)
    assert len(asked) == 1


def test_ids_are_letters_and_digits_that_begin_with_the_time() -> None:
    clock = SetClock(NOON)
    ids = RandomIds(clock)
    early = [ids.new() for _ in range(200)]
    clock.advance(dt.timedelta(milliseconds=1))
    late = [ids.new() for _ in range(200)]
    assert len({*early, *late}) == 400
    assert max(early) < min(late)
    assert all(id.isalnum() and id.isascii() and len(id) == 26 for id in early)


def test_ids_of_one_moment_keep_the_order_they_were_born_in_also_after_the_house_was_opened_again() -> None:
    born = [RandomIds(SetClock(NOON)).new() for _ in range(50)]
    assert born == sorted(born)


def test_counted_ids_are_the_same_in_every_run() -> None:
    ids = CountingIds("t")
    assert [ids.new(), ids.new()] == ["t1", "t2"]
