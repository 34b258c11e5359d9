"""Reading records: one by id or key, and as a snapshot with the records it refers to. Used by both sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from adapters.database.record_days import RecordDays
from adapters.database.record_rows import record_of, table_of
from adapters.database.tables import CUSTOMER, LINE, RECORD, RECORD_CHANGE, WARRANTY_CHANGE
from adapters.references import DEPTH, targets
from engine.people import Snapshot
from engine.records import Record, WarrantyChange


class RecordReads(RecordDays):
    """Look at records."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._records: dict[tuple[str, str], Record] = {}

    def stored_record(self, type: str, id: str) -> Record | None:
        """A record by its id; looked up once in a transaction."""
        if (type, id) not in self._records:
            for found in self.stored_records(type, table_of(type).c.id == id):
                self._records[type, id] = found
        return self._records.get((type, id))

    def stored_records(
        self, type: str, *where: ColumnElement[bool], order: Sequence[Any] = (), size: int = 0, locked: bool = False
    ) -> list[Record]:
        """The records of a type that fulfil some conditions; `locked` against other writers where they can be many."""
        table = table_of(type)
        wanted = select(table).where(*where).order_by(*order)
        if locked and self._postgres:
            wanted = wanted.with_for_update()
        if table is RECORD:
            wanted = wanted.where(RECORD.c.type == type)
        rows = [row._mapping for row in self.ask(wanted.limit(size) if size else wanted)]
        lines = self._lines(row["id"] for row in rows if type == "order" and row["line_count"])
        return [
            record_of(
                type, row, lines.get(row["id"], []) if type == "order" and row["line_count"] is not None else None
            )
            for row in rows
        ]

    def stored_snapshot(self, type: str, id: str, depth: int = DEPTH) -> Snapshot | None:
        """A record with the records it refers to inside, so many levels deep."""
        record = self.stored_record(type, id)
        return None if record is None else self._snapshot(record, depth)

    def record_by_text(self, type: str, text: str) -> Record | None:
        """The record whose id or key is `text`, else the only customer of that exact name."""
        table = table_of(type)
        known_as = [table.c.id == text, table.c.key == text]
        if type == "customer":
            known_as.append(CUSTOMER.c.name == text)
        found = self.stored_records(type, or_(*known_as), size=50)
        by_id = next((r for r in found if r.id == text), None) or next((r for r in found if r.key == text), None)
        return by_id or (found[0] if len(found) == 1 else None)

    def record_history(self, type: str, id: str) -> Sequence[Mapping[str, Any]]:
        """Changes of a record, oldest first."""
        c = RECORD_CHANGE.c
        shown = (c.at, c.by, c.attribute, c.old, c.new, c.reason)
        return [
            dict(row) for row in self.ask(select(*shown).where(c.type == type, c.id == id).order_by(c.seq)).mappings()
        ]

    def warranty_changes(self, serial_number: str) -> Sequence[WarrantyChange]:
        """Every change of a unit's warranty end, oldest first."""
        c = WARRANTY_CHANGE.c
        rows = self.ask(select(WARRANTY_CHANGE).where(c.serial_number == serial_number).order_by(c.seq))
        return [WarrantyChange(serial_number, r.at, r.by, r.old, r.new, r.source, r.reason) for r in rows]

    def _snapshot(self, record: Record, depth: int) -> Snapshot:
        snapshot: dict[str, Any] = {**record.attributes, "id": record.id}
        if depth:
            for name, (target, id) in targets(record.type, record.attributes, self._shared.references()).items():
                referred = self.stored_record(target, id)
                if referred is not None:
                    snapshot[name] = self._snapshot(referred, depth - 1)
        return snapshot

    def _lines(self, orders: Iterable[str]) -> dict[str, list[Any]]:
        wanted = list(orders)
        found: dict[str, list[Any]] = {}
        if wanted:
            rows = self.ask(select(LINE).where(LINE.c.order_id.in_(wanted)).order_by(LINE.c.order_id, LINE.c.position))
            for row in rows:
                found.setdefault(row.order_id, []).append(row._mapping["values"])
        return found
