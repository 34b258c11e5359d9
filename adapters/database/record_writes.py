"""Records on the write side: insert and change, with every change in the record's history and every warranty move kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, insert, update
from sqlalchemy.exc import IntegrityError

from adapters import refusing
from adapters.database.case_writes import CaseWrites
from adapters.database.record_reads import RecordReads
from adapters.database.record_rows import COLUMNS, TABLES, lines_of, row_of, table_of
from adapters.database.statements import adding, as_json_or_none
from adapters.database.tables import LINE, RECORD, RECORD_CHANGE, REFERENCE, WARRANTY_CHANGE
from adapters.database.transaction import TryAgain
from adapters.references import WARRANTY, changed, differences, moved, targets
from engine.people import Snapshot
from engine.records import Record

ADD_CHANGE = adding(RECORD_CHANGE)


class RecordWrites(RecordReads, CaseWrites):
    """Insert and change records."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._changing: dict[tuple[str, str], Record] = {}
        self._told: list[dict[str, Any]] = []

    def record(self, type: str, id: str) -> Snapshot | None:
        """A record as decisions see it."""
        return self.stored_snapshot(type, id)

    def find_record(self, type: str, text: str) -> Snapshot | None:
        """A record by id or key (a customer also by its name), as decisions see it."""
        found = self.record_by_text(type, text)
        return None if found is None else self._snapshot(found, 2)

    def save_record(self, record: Record, *, by: str | None, source: str) -> bool:
        """Insert a record or change it; True when anything changed."""
        old = self._record_to_change(record.type, record.id)
        if old == record:
            return False
        self._put(record, old)
        before: Mapping[str, Any] = old.attributes if old else {}
        self._tell(record, differences(before, record.attributes), by, reason=source, source=source)
        return True

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
        """Change one attribute. Several of one record are written together."""
        old = self._record_to_change(type, id)
        if old is None:
            raise refusing.unknown_record(type, id)
        if moved(old, seen):
            raise TryAgain(refusing.record_moved(type, old.key))
        new = changed(old, attribute, value)
        if new == old:
            return
        self._changing.setdefault((type, id), old)
        self._records[type, id] = new
        self._moved.add((type, id))
        self._tell(new, differences(old.attributes, new.attributes), by, reason=reason, source=source)

    def stored_records(
        self, type: str, *where: ColumnElement[bool], order: Sequence[Any] = (), size: int = 0, locked: bool = False
    ) -> list[Record]:
        """The records of a type that fulfil some conditions, as this transaction has left them."""
        self._put_changed()
        return super().stored_records(type, *where, order=order, size=size, locked=locked)

    def _record_to_change(self, type: str, id: str) -> Record | None:
        """A record as it stands now, kept from others until the end: two cases that change different attributes of one
        unit at the same moment must not undo each other."""
        if self._postgres and (type, id) not in self._changing:
            self._records.pop((type, id), None)
            for found in self.stored_records(type, table_of(type).c.id == id, locked=True):
                self._records[type, id] = found
        return self.stored_record(type, id)

    def flush(self) -> None:
        """Write what was gathered. Changes are told after the cases: one that changed its own record looks again too."""
        self._put_changed()
        super().flush()
        told, self._told = self._told, []
        self.run_many(ADD_CHANGE, told)

    def _put_changed(self) -> None:
        changing, self._changing = self._changing, {}
        for place, old in changing.items():
            self._put(self._records[place], old)

    def _put(self, record: Record, old: Record | None) -> None:
        table, row = table_of(record.type), row_of(record)
        if old is not None and old.key == record.key:
            self._change_row(table, record, row)
        else:
            try:
                with self._c.begin_nested():
                    if old is None:
                        self.ask(insert(table).values(row))
                    else:
                        self._change_row(table, record, row)
            except IntegrityError as error:
                raise refusing.key_of_another(record.type, record.key) from error
        self._records[record.type, record.id] = record
        self._put_lines(record, old)
        self._put_references(record, old)
        self._put_days(record, old)
        if old is not None:
            self._moved.add((record.type, record.id))

    def _change_row(self, table: Table, record: Record, row: Mapping[str, Any]) -> None:
        one = update(table).where(table.c.id == record.id)
        self.ask((one.where(RECORD.c.type == record.type) if table is RECORD else one).values(row))

    def _put_lines(self, record: Record, old: Record | None) -> None:
        lines = lines_of(record)
        if lines == (lines_of(old) if old else None):
            return
        if old:
            self.ask(delete(LINE).where(LINE.c.order_id == record.id))
        for position, values in enumerate(lines or [], 1):
            self.ask(insert(LINE).values(order_id=record.id, position=position, values=values))

    def _put_references(self, record: Record, old: Record | None) -> None:
        """References that have no column of their own; these have an index each."""
        known = self._shared.references()
        now = _elsewhere(record, targets(record.type, record.attributes, known))
        if now == (_elsewhere(old, targets(old.type, old.attributes, known)) if old else {}):
            return
        self.ask(delete(REFERENCE).where(REFERENCE.c.type == record.type, REFERENCE.c.id == record.id))
        for attribute, (target_type, target_id) in now.items():
            row = {"attribute": attribute, "target_type": target_type, "target_id": target_id}
            self.ask(insert(REFERENCE).values(type=record.type, id=record.id, **row))

    def _tell(
        self, record: Record, changes: Iterable[tuple[str, Any, Any]], by: str | None, *, reason: str, source: str
    ) -> None:
        for attribute, old, new in changes:
            told = {"at": self.now, "by": by, "old": old, "new": new, "reason": reason}
            self._told.append(
                {"type": record.type, "id": record.id, "attribute": attribute}
                | told
                | {"at": self.instant(self.now), "old": as_json_or_none(old), "new": as_json_or_none(new)}
            )
            if (record.type, attribute) == WARRANTY:
                self.ask(insert(WARRANTY_CHANGE).values(serial_number=record.id, source=source, **told))


def _elsewhere(record: Record, found: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    columns = COLUMNS[record.type] if record.type in TABLES else ()
    return {name: target for name, target in found.items() if name not in columns}
