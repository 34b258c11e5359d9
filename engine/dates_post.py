"""Looks once a day which dates of records have come, by the clock of the site, and has each announced.

Also after an outage: what came meanwhile is announced at the next look, as long as its window is open. Any number of
workers may look at once; what was announced is known to all of them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from engine.announcing import AT_ONCE, date_announced
from engine.dates_told import A_DAY, ToldDate, Window, window
from engine.definition.compiled import DatedEvent, Site
from engine.definitions import Definitions
from engine.desk.dates import WhatDatesTell
from engine.screens import Screens
from engine.store import Store

A_PORTION = 20
"""So many records are looked at before the worker may stop."""
ASKED_AGAIN = dt.timedelta(minutes=1)
"""After so long it is asked again whether a new day has come, or an administrator has spoken."""


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A look that has begun: what is left of its window, and the record it came to."""

    event: DatedEvent
    today: dt.date
    window: Window
    after: tuple[str, str] = ("", "")


class Dates:
    """The dates of a house."""

    def __init__(self, store: Store, definitions: Definitions, desk: WhatDatesTell) -> None:
        self._store = store
        self._definitions = definitions
        self._desk = desk
        self._under_way: UnderWay | None = None
        self._settled: dict[str, dt.datetime] = {}

    def announce_due(self) -> int:
        """Announce some of the dates that have come; returns how many records were looked at, 0 when nothing is left."""
        look = self._under_way or self._store.read(self._next)
        self._under_way = None
        if look is None:
            return 0
        return self._portion(look) + 1

    def _next(self, screens: Screens) -> UnderWay | None:
        if not screens.newest("site"):
            return None
        site = self._definitions.site(screens)
        today = screens.now.astimezone(ZoneInfo(site.timezone)).date()
        for event in site.dated_events:
            if screens.now < self._settled.get(event.event, screens.now):
                continue
            found = window(event, screens.looks(event.event), today)
            if found is not None:
                return UnderWay(event, today, found)
            self._settled[event.event] = screens.now + ASKED_AGAIN
        return None

    def _portion(self, look: UnderWay) -> int:
        """Some records further. The first portion asks first whether all this can be meant."""
        event = look.event
        if look.window.unforeseen is not None:
            look = self._without_a_flood(look, look.window.unforeseen)
        found = self._store.read(lambda screens: _dates(screens, event, look.window, look.after))
        for told in found:
            self._desk.announce_date(told)
        if len(found) == A_PORTION:
            last = found[-1]
            self._under_way = UnderWay(event, look.today, look.window, (last.date.isoformat(), last.record))
        else:
            self._desk.dates_looked_at(event, look.today)
        return len(found)

    def _without_a_flood(self, look: UnderWay, unforeseen: dt.date) -> UnderWay:
        """Dates that were in the window before anybody looked are announced while they are few; else they wait."""
        asked = Window(look.window.first, min(unforeseen, look.window.last), None)
        first = look.window.first
        if self._store.read(lambda screens: self._is_flood(screens, look.event, asked)):
            self._desk.hold_dates(look.event, look.event.moment(asked.last), AT_ONCE)
            first = asked.last + A_DAY
        return UnderWay(look.event, look.today, Window(first, look.window.last, None))

    def _is_flood(self, screens: Screens, event: DatedEvent, asked: Window) -> bool:
        site = self._definitions.site(screens)
        after, many = ("", ""), 0
        while True:
            found = _dates(screens, event, asked, after)
            many += sum(is_announced(screens, site, told) for told in found)
            if many > AT_ONCE or len(found) < A_PORTION:
                return many > AT_ONCE
            after = (found[-1].date.isoformat(), found[-1].record)


def _dates(screens: Screens, event: DatedEvent, asked: Window, after: tuple[str, str]) -> list[ToldDate]:
    if asked.first > asked.last:
        return []
    rows = screens.dated(
        event.type, event.attribute, asked.first, asked.last, untold=event.event, after=after, limit=A_PORTION
    )
    return [ToldDate(event.event, event.type, id, dt.date.fromisoformat(day)) for day, id in rows]


def is_announced(screens: Screens, site: Site, told: ToldDate) -> bool:
    """Whether the conditions of an event mean the record, and it still says that date."""
    record = screens.record(told.type, told.record)
    return record is not None and date_announced(site, told.event, record, told.date) is not None
