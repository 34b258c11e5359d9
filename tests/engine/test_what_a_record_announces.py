"""A record announces what the site declares: by a value it gets, on a date, and only where its conditions hold."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.announcing import announced, date_announced
from engine.dates_told import Look, waits, window
from engine.definition.compiled import DatedEvent, Site
from engine.definition.compiling import compile_site
from engine.definition.reading import read_site
from engine.records import Record
from tests.engine.stage import SITE

EVENTS = """
record_events:
  unit.came_back: {record: serial_number, attribute: location, becomes: [store, 仓库], where: {status: [active, in_service]}, unless: {custody: lost}}
  unit.ends: {record: serial_number, attribute: warranty_until, at: 30 days before, unless: {status: scrapped}}
"""
TODAY = dt.date(2026, 3, 2)
DAY = dt.timedelta(days=1)


def site() -> Site:
    model = read_site(SITE + EVENTS, "_site.yaml").model
    assert model is not None
    compiled, flaws = compile_site(model)
    assert not flaws
    return compiled


def unit(**attributes: Any) -> Record:
    return Record("serial_number", "U", "U", "U", attributes)


@pytest.mark.parametrize(
    ("attributes", "told"),
    [
        ({"location": "Store", "status": "ACTIVE"}, True),
        ({"location": "仓库", "status": "in_service"}, True),
        ({"location": "store"}, False),
        ({"location": "store", "status": "replaced"}, False),
        ({"location": "store", "status": "active", "custody": "Lost"}, False),
        ({"location": "shop", "status": "active"}, False),
    ],
)
def test_a_value_announces_only_records_that_are_meant(attributes: dict[str, Any], told: bool) -> None:
    found = [each.event for each in announced(site(), None, unit(**attributes))]
    assert found == (["unit.came_back"] if told else [])
    assert list(announced(site(), unit(**attributes), unit(**attributes))) == []


def test_a_date_that_no_longer_stands_there_announces_nothing() -> None:
    end = TODAY + DAY * 30
    found = date_announced(site(), "unit.ends", unit(warranty_until=end.isoformat()), end)
    assert found is not None and found.values["serial_number"] == "U"
    assert date_announced(site(), "unit.ends", unit(warranty_until="2027-01-01"), end) is None
    assert date_announced(site(), "unit.ends", unit(warranty_until=end.isoformat(), status="scrapped"), end) is None
    assert date_announced(site(), "unit.gone", unit(warranty_until=end.isoformat()), end) is None


EVERY = st.builds(
    DatedEvent, st.just("e"), st.just("t"), st.just("a"), st.integers(-60, 60).filter(bool), st.integers(1, 40)
)
LAW = settings(max_examples=60, deadline=None, derandomize=True)


@given(EVERY, st.integers(-120, 120))
@LAW
def test_the_window_holds_exactly_the_dates_whose_moment_has_come_and_not_passed(event: DatedEvent, off: int) -> None:
    found = window(event, {}, TODAY)
    assert found is not None
    date = TODAY + DAY * off
    assert (found.first <= date <= found.last) == (
        event.moment(date) <= TODAY <= event.moment(date) + DAY * event.within
    )


@given(EVERY, st.lists(st.integers(1, 9), min_size=1, max_size=8), st.integers(0, 60))
@LAW
def test_whoever_looks_often_enough_sees_each_moment_once_it_has_come(
    event: DatedEvent, gaps: list[int], off: int
) -> None:
    """Looks days apart: a date is in a window at the first look inside its own, and none before its moment."""
    date, day = event.date(TODAY + DAY * off), TODAY
    for gap in gaps:
        day += DAY * gap
        notes = {"looked": Look("e", "looked", day - DAY * gap, number=1)}
        found = window(event, notes, day)
        assert found is not None
        open_then = event.moment(date) <= day <= event.moment(date) + DAY * event.within
        assert (found.first <= date <= found.last) == open_then
        if open_then and event.moment(date) > day - DAY * gap:
            assert found.unforeseen is not None and date > found.unforeseen, "it came since: no flood is suspected"


def test_a_day_that_was_looked_at_is_done_until_somebody_gives_the_word() -> None:
    event = DatedEvent("e", "t", "a", -30, 30)
    looked, held = Look("e", "looked", TODAY, number=2), Look("e", "held", TODAY - DAY, number=1)
    assert window(event, {"looked": looked}, TODAY) is None
    assert window(event, {"looked": looked, "held": held}, TODAY) is None
    word = {"looked": looked, "held": held, "meant": Look("e", "meant", TODAY, number=3)}
    found = window(event, word, TODAY)
    assert found is not None and (found.first, found.unforeseen) == (TODAY, None)
    assert waits(event, word, TODAY) is None

    later = window(event, {"looked": looked, "held": held}, TODAY + DAY)
    assert later is not None and later.first == event.date(TODAY), "what is held stays out"
    still = waits(event, {"looked": looked, "held": held}, TODAY + DAY)
    assert still is not None and (still.first, still.last) == (TODAY + DAY, event.date(TODAY - DAY))
    assert waits(event, {"held": held}, TODAY + DAY * 40) is None, "its window has closed"
