"""Many records at once, for imports: the same promises as one at a time, in a few statements for hundreds of rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func, insert, or_, select
from sqlalchemy.exc import IntegrityError

from adapters.database.portions import portions
from adapters.database.record_days import day_rows
from adapters.database.record_rows import COLUMNS, TABLES, lines_of, row_of, table_of
from adapters.database.record_writes import RecordWrites
from adapters.database.tables import DAY, LINE, RECORD, RECORD_CHANGE, REFERENCE, WARRANTY_CHANGE
from adapters.references import DEPTH, WARRANTY, differences, targets
from engine.people import Snapshot
from engine.records import Record


class RecordBulk(RecordWrites):
    """Look up, insert and change hundreds of records together."""

    def records_called(self, type: str, names: Sequence[str]) -> Mapping[str, Record]:
        """Many records by key, else by id."""
        found: dict[str, Record] = {}
        table = table_of(type)
        for some in portions(names):
            records = self.stored_records(type, or_(table.c.key.in_(some), table.c.id.in_(some)))
            by_id = {record.id: record for record in records}
            by_key = {record.key: record for record in records}
            found |= {name: known for name in some if (known := by_key.get(name) or by_id.get(name))}
        return found

    def keys_of_length(self, type: str, shortest: int, longest: int) -> Sequence[str]:
        """The keys of all records of a type that have so many letters."""
        table = table_of(type)
        wanted = select(table.c.key).where(func.length(table.c.key).between(shortest, longest))
        if table is RECORD:
            wanted = wanted.where(RECORD.c.type == type)
        return list(self.ask(wanted).scalars())

    def find_records(self, type: str, texts: Sequence[str]) -> Mapping[str, Snapshot]:
        """Many records by id or key as decisions see them. What they refer to is read level by level, not one by one."""
        found = {text: known for text in texts if (known := self._records.get((type, text)))}
        table = table_of(type)
        for some in portions([text for text in texts if text not in found]):
            records = self._known(type, self.stored_records(type, or_(table.c.id.in_(some), table.c.key.in_(some))))
            by_id, by_key = {one.id: one for one in records}, {one.key: one for one in records}
            found |= {text: known for text in some if (known := by_id.get(text) or by_key.get(text))}
        self._read_referred(list(found.values()))
        known_by_name = (text for text in texts if type == "customer" and text not in found)
        named = {text: snapshot for text in known_by_name if (snapshot := self.find_record(type, text))}
        return {text: self._snapshot(record, DEPTH) for text, record in found.items()} | named

    def _read_referred(self, records: Sequence[Record]) -> None:
        known = self._shared.references()
        for _ in range(DEPTH):
            wanted: dict[str, set[str]] = {}
            for record in records:
                for type, id in targets(record.type, record.attributes, known).values():
                    wanted.setdefault(type, set()).add(id)
            records = [record for type, ids in wanted.items() for record in self._by_id(type, sorted(ids))]

    def _by_id(self, type: str, ids: Sequence[str]) -> list[Record]:
        missing = [id for id in ids if (type, id) not in self._records]
        for some in portions(missing):
            self._known(type, self.stored_records(type, table_of(type).c.id.in_(some)))
        return [known for id in ids if (known := self._records.get((type, id)))]

    def _known(self, type: str, records: Sequence[Record]) -> list[Record]:
        """These records, remembered for this transaction."""
        return [self._records.setdefault((type, record.id), record) for record in records]

    def save_records(self, records: Sequence[Record], *, by: str | None, source: str) -> int:
        """Insert or change many records of one type."""
        changed = 0
        for some in portions(records):
            table = table_of(some[0].type)
            stored = {old.id: old for old in self.stored_records(some[0].type, table.c.id.in_([r.id for r in some]))}
            fresh = [record for record in some if record.id not in stored]
            self._insert(fresh)
            moved = [record for record in some if record.id in stored and stored[record.id] != record]
            for record in moved:
                self._put(record, stored[record.id])
            self._tell_all([*fresh, *moved], stored, by, source)
            changed += len(fresh) + len(moved)
        return changed

    def _insert(self, fresh: Sequence[Record]) -> None:
        if not fresh:
            return
        table = table_of(fresh[0].type)
        try:
            with self._c.begin_nested():
                self._c.execute(insert(table), [row_of(record) for record in fresh])
        except IntegrityError:
            for record in fresh:  # one of them is refused by its key
                self._put(record, None)
            return
        self._many(LINE, (line for record in fresh for line in _line_rows(record)))
        known = self._shared.references()
        self._many(REFERENCE, (row for record in fresh for row in _reference_rows(record, known)))
        self._many(DAY, day_rows(*fresh))

    def _tell_all(self, changed: Iterable[Record], stored: Mapping[str, Record], by: str | None, source: str) -> None:
        told = [
            {"type": record.type, "id": record.id, "attribute": name, "old": old, "new": new}
            | {"at": self.now, "by": by, "reason": source}
            for record in changed
            for name, old, new in differences(
                stored[record.id].attributes if record.id in stored else {}, record.attributes
            )
        ]
        self._many(RECORD_CHANGE, told)
        warranty = [
            {"serial_number": row["id"], "source": source}
            | {name: row[name] for name in ("at", "by", "old", "new", "reason")}
            for row in told
            if (row["type"], row["attribute"]) == WARRANTY
        ]
        self._many(WARRANTY_CHANGE, warranty)

    def _many(self, table: Any, rows: Iterable[Mapping[str, Any]]) -> None:
        listed = [dict(row) for row in rows]
        if listed:
            self._c.execute(insert(table), listed)


def _line_rows(record: Record) -> Iterator[dict[str, Any]]:
    for position, values in enumerate(lines_of(record) or [], 1):
        yield {"order_id": record.id, "position": position, "values": values}


def _reference_rows(record: Record, known: Mapping[str, Mapping[str, str]]) -> Iterator[dict[str, Any]]:
    """References that have no column of their own."""
    columns = COLUMNS[record.type] if record.type in TABLES else ()
    for name, (type, id) in targets(record.type, record.attributes, known).items():
        if name not in columns:
            yield {"type": record.type, "id": record.id, "attribute": name, "target_type": type, "target_id": id}
