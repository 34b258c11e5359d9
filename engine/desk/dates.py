"""Dates of records that have come: each is told to the processes once, and who holds too many back says so."""

from __future__ import annotations

import datetime as dt
import traceback
from zoneinfo import ZoneInfo

from engine.announcing import announce, date_announced
from engine.authority import must
from engine.casework import Casework
from engine.dates_told import Look, ToldDate, too_many, waits
from engine.definition.compiled import DatedEvent
from engine.desk.presses import Presses
from engine.incoming import Incoming
from engine.kept import FROM_A_RECORD, KeptEvent
from engine.refusals import Refusal


class WhatDatesTell(Presses):
    """A warranty that ends, a purchase a month ago: announced record by record, each in a transaction of its own."""

    def announce_date(self, told: ToldDate) -> bool:
        """Tell the processes that a date of a record has come; False when it was told before, or is no longer so. What
        cannot be handled is put before a clerk, whatever went wrong: it holds up no other."""
        tried: list[ToldDate] = []
        try:
            done = self._write(lambda desk: self._announce(desk, told, tried))
        except Exception as error:
            if not tried or isinstance(error, OSError):  # a database that is away or held is not the record's fault
                raise
            reason = error.in_both if isinstance(error, Refusal) else _place_of(error)
            done = self._write(lambda desk: _left_to_a_clerk(desk, told, reason))
        if done:
            self._bell.ring()
        return done

    def _announce(self, desk: Casework, told: ToldDate, tried: list[ToldDate]) -> bool:
        tried.append(told)
        record = desk.uow.records_called(told.type, [told.record]).get(told.record)
        site = self.definitions.site(desk.uow)
        known = date_announced(site, told.event, record, told.date) if record is not None else None
        if known is None or not desk.uow.note_told(told):
            return False
        announce(Incoming(desk), [known], None, desk.new_id, anew=True)
        return True

    def dates_looked_at(self, event: DatedEvent, day: dt.date) -> None:
        """Everything up to this day was announced. When none waits for an administrator any more, the incident is over."""

        waiting = self.store.read(lambda screens: waits(event, screens.looks(event.event), day))

        def work(desk: Casework) -> None:
            desk.uow.note_look(Look(event.event, "looked", day))
            if waiting is None:
                desk.uow.incident_is_over(_held(event))

        self._write(work)

    def hold_dates(self, event: DatedEvent, day: dt.date, most: int) -> None:
        """More turned up than anybody can have foreseen: those up to this day wait for an administrator."""

        def work(desk: Casework) -> None:
            desk.uow.note_look(Look(event.event, "held", day))
            desk.uow.raise_incident("", _held(event), too_many(event, most))

        self._write(work)

    def dates_are_meant(self, event: str, by: str | None) -> None:
        """An administrator says that what waits is to be announced. Without a person the command line speaks."""

        def work(desk: Casework) -> None:
            if by is not None:
                must(desk.uow.people().get(by), "change_records")
            today = desk.uow.now.astimezone(ZoneInfo(self.definitions.site(desk.uow).timezone)).date()
            desk.uow.note_look(Look(event, "meant", today, by))
            desk.uow.audit("dates_meant", by, event, {})

        self._write(work)
        self._bell.ring()


def _held(event: DatedEvent) -> str:
    """The key of the incident about dates of this event that wait."""
    return f"dates:{event.event}"


def _left_to_a_clerk(desk: Casework, told: ToldDate, reason: str) -> bool:
    """The event lies with those that found no case, with all that it would have told of its record."""
    if not desk.uow.note_told(told):
        return False
    record = desk.uow.records_called(told.type, [told.record]).get(told.record)
    attributes = dict(record.attributes) if record is not None else {}
    values = {**attributes, told.type: told.record, "date": told.date.isoformat()}
    event = KeptEvent(
        f"{FROM_A_RECORD}:{desk.new_id()}", told.event, values, FROM_A_RECORD, desk.uow.now, "several", reason
    )
    desk.uow.keep_event(event)
    return True


def _place_of(error: Exception) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    found = f"{type(error).__name__}: {error} (in {place.name}, line {place.lineno})"
    return f"A fault of the program, tell an administrator: {found} | 程序出错，请告知管理员"
