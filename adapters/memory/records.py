"""Records of the memory store: reading for both sides, and changing with every change told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from adapters import refusing
from adapters.memory.state import Transaction
from adapters.references import DEPTH, WARRANTY, changed, days_of, differences, moved, targets
from engine.dates_told import Look, ToldDate
from engine.people import Snapshot
from engine.records import Record, WarrantyChange


class RecordReads(Transaction):
    """Look at records."""

    def stored_record(self, type: str, id: str) -> Record | None:
        """A record by its id."""
        return self._state.records.get((type, id))

    def stored_snapshot(self, type: str, id: str, depth: int = DEPTH) -> Snapshot | None:
        """A record with the records it refers to inside, so many levels deep."""
        record = self.stored_record(type, id)
        if record is None:
            return None
        snapshot: dict[str, Any] = {**record.attributes, "id": record.id}
        if depth:
            for name, (target, target_id) in targets(type, record.attributes, self._state.references()).items():
                referred = self.stored_snapshot(target, target_id, depth - 1)
                if referred is not None:
                    snapshot[name] = referred
        return snapshot

    def record_by_text(self, type: str, text: str) -> Record | None:
        """The record whose id or key is `text`, else the only customer of that exact name."""
        by_id = self.stored_record(type, text)
        all_of_type = self.records_of(type)
        by_key = next((r for r in all_of_type if r.key == text), None)
        if by_id or by_key or type != "customer":
            return by_id or by_key
        named = [r for r in all_of_type if r.attributes.get("name") == text]
        return named[0] if len(named) == 1 else None

    def records_of(self, type: str) -> list[Record]:
        """All records of a type, by key."""
        return sorted((r for r in self._state.records.values() if r.type == type), key=lambda r: r.key)

    def record_history(self, type: str, id: str) -> Sequence[Mapping[str, Any]]:
        """Changes of a record, oldest first."""
        return list(self._state.record_changes.get((type, id), ()))

    def warranty_changes(self, serial_number: str) -> Sequence[WarrantyChange]:
        """Every change of a unit's warranty end, oldest first."""
        return list(self._state.warranty_changes.get(serial_number, ()))

    def dated(
        self,
        type: str,
        attribute: str,
        first: dt.date,
        last: dt.date,
        *,
        untold: str,
        after: tuple[str, str] = ("", ""),
        limit: int,
    ) -> Sequence[tuple[str, str]]:
        """(date, id) of the records whose date lies between the two and was not told."""
        days = ((days_of(record.attributes).get(attribute, ""), record.id) for record in self.records_of(type))
        between = (each for each in days if first.isoformat() <= each[0] <= last.isoformat() and each > after)
        found = (each for each in sorted(between) if ToldDate(untold, type, each[1], _day(each[0])) not in self._told())
        return list(islice(found, limit))

    def looks(self, event: str) -> Mapping[str, Look]:
        """What was noted of the dates of an event: the newest of each act."""
        return {look.act: look for look in self._state.looks.values() if look.event == event}

    def _told(self) -> Container[ToldDate]:
        return self._state.told_dates


class RecordWrites(RecordReads):
    """Insert and change records, and note which of their dates were told."""

    def note_told(self, told: ToldDate) -> bool:
        """Note that a date of a record was announced; False when it was noted before."""
        if told in self._state.told_dates:
            return False
        self._state.told_dates[told] = self.now
        return True

    def note_look(self, look: Look) -> None:
        """Note what became of the dates of an event on a day."""
        number = len(self._state.looks) + 1
        self._state.looks[number] = replace(look, number=number)

    def record(self, type: str, id: str) -> Snapshot | None:
        """A record as decisions see it."""
        return self.stored_snapshot(type, id)

    def find_record(self, type: str, text: str) -> Snapshot | None:
        """A record by id or key (a customer also by its name), as decisions see it."""
        found = self.record_by_text(type, text)
        return None if found is None else self.stored_snapshot(type, found.id)

    def save_record(self, record: Record, *, by: str | None, source: str) -> bool:
        """Insert a record or change it; True when anything changed."""
        old = self.stored_record(record.type, record.id)
        if old == record:
            return False
        self._put(record, old, by=by, reason=source, source=source)
        return True

    def keys_of_length(self, type: str, shortest: int, longest: int) -> Sequence[str]:
        """The keys of all records of a type that have so many letters."""
        return [record.key for record in self.records_of(type) if shortest <= len(record.key) <= longest]

    def records_called(self, type: str, names: Sequence[str]) -> Mapping[str, Record]:
        """Many records by key, else by id."""
        by_key = {record.key: record for record in self.records_of(type)}
        found = {name: by_key.get(name) or self.stored_record(type, name) for name in names}
        return {name: record for name, record in found.items() if record is not None}

    def find_records(self, type: str, texts: Sequence[str]) -> Mapping[str, Snapshot]:
        """Many records by id or key, as decisions see them."""
        return {text: found for text in texts if (found := self.find_record(type, text)) is not None}

    def save_records(self, records: Sequence[Record], *, by: str | None, source: str) -> int:
        """Insert or change many records."""
        return sum(self.save_record(record, by=by, source=source) for record in records)

    def write_attribute(
        self,
        type: str,
        id: str,
        attribute: str,
        value: Any,
        *,
        by: str | None,
        reason: str,
        source: str = "case",
        seen: Mapping[str, Any] | None = None,
    ) -> None:
        """Change one attribute."""
        old = self.stored_record(type, id)
        if old is None:
            raise refusing.unknown_record(type, id)
        if moved(old, seen):
            raise refusing.record_moved(type, old.key)
        new = changed(old, attribute, value)
        if new != old:
            self._put(new, old, by=by, reason=reason, source=source)

    def _put(self, record: Record, old: Record | None, *, by: str | None, reason: str, source: str) -> None:
        state, place = self._state, (record.type, record.id)
        if any(r.key == record.key and r.id != record.id for r in self.records_of(record.type)):
            raise refusing.key_of_another(record.type, record.key)
        state.records[place] = record
        if old is not None:
            self._moved.add(place)
        for case_id, kept in list(state.cases.items()) if old else ():
            if place in kept.records and not kept.records_changed:
                state.cases[case_id] = replace(kept, records_changed=True)
        before: Mapping[str, Any] = old.attributes if old else {}
        for attribute, was, now in differences(before, record.attributes):
            told = {"at": self.now, "by": by, "attribute": attribute, "old": was, "new": now, "reason": reason}
            state.record_changes[place] = (*state.record_changes.get(place, ()), told)
            if (record.type, attribute) == WARRANTY:
                moved = WarrantyChange(record.id, self.now, by, was, now, source, reason)
                state.warranty_changes[record.id] = (*state.warranty_changes.get(record.id, ()), moved)


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
