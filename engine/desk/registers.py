"""The records that cases hang on: entered, corrected and imported, and what a change of them announces to the processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from engine.announcing import Announced, announce, announced, refuse_a_flood
from engine.authority import must
from engine.casework import Casework
from engine.desk.presses import Presses
from engine.importing.importing import Imported, import_sheet
from engine.importing.plan import Plan
from engine.importing.sheet import Sheet
from engine.incoming import Incoming
from engine.records import Record
from engine.registering import add_record, change_record, record_called

T = TypeVar("T")


class WhatIsKept(Presses):
    """Customers, orders, units and whatever else a site keeps. Each change is one transaction with all it announces."""

    def add_record(self, type: str, typed: Mapping[str, str], by: str, *, because: str = "") -> Record:
        """A record that nobody has imported: what was typed, attribute by attribute, and why something unlikely is right.
        Raises FormRefusal, Doubtful among them, and Refusal("role")."""

        def work(desk: Casework) -> Record:
            must(desk.uow.people().get(by), "add_records")
            site = self.definitions.site(desk.uow)
            record = add_record(desk.uow, site, type, typed, by=by, reason="by hand 手工登记", because=because)
            _announce(desk, announced(site, None, record), by)
            return record

        return self._told(work)

    def change_record(self, type: str, id: str, typed: Mapping[str, str], by: str, reason: str) -> Record:
        """A record corrected by hand, with the reason. Raises FormRefusal, and Refusal("role")."""

        def work(desk: Casework) -> Record:
            must(desk.uow.people().get(by), "change_records")
            site = self.definitions.site(desk.uow)
            old = record_called(desk.uow, type, id)
            record = change_record(desk.uow, site, old, typed, by=by, reason=reason)
            _announce(desk, announced(site, old, record), by)
            return record

        return self._told(work)

    def import_list(
        self,
        sheet: Sheet,
        plan: Plan,
        *,
        by: str | None,
        name: str,
        skip_refused: bool = False,
        dry_run: bool = False,
        tells: bool | None = None,
    ) -> Imported:
        """A whole list, or nothing of it. `tells`: whether its changes are announced; None: as long as they are few.
        Raises Refusal("too_many_events")."""

        def work(desk: Casework) -> Imported:
            site = None if tells is False else self.definitions.site(desk.uow)
            found = import_sheet(
                desk.uow, sheet, plan, by=by, name=name, skip_refused=skip_refused, dry_run=dry_run, site=site
            )
            if found.written:
                if tells is None:
                    refuse_a_flood(found.told)
                _announce(desk, found.told, by)
            return found

        return self._told(work)

    def _told(self, work: Callable[[Casework], T]) -> T:
        done = self._write(work)
        self._bell.ring()
        return done


def _announce(desk: Casework, told: Iterable[Announced], by: str | None) -> None:
    announce(Incoming(desk), told, by, desk.new_id)
