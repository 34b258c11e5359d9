"""Records on the read side: cards, lists, type-ahead with near matches, what hangs together, and the search over all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, case, func, or_, select

from adapters.database.record_reads import RecordReads
from adapters.database.record_rows import table_of
from adapters.database.screens_cases import CaseLists
from adapters.database.tables import ORDER, RECORD, REFERENCE, UNIT
from adapters.listing import near
from adapters.paging import key_of, values_of
from adapters.references import targets
from engine.people import Snapshot
from engine.records import Record
from engine.screen_rows import Found
from engine.screens import Page, Rows, Viewer

LOOKED_AT = 2000
SHORTEST_GUESS = 4


class RecordLists(RecordReads, CaseLists):
    """Look at records."""

    def record(self, type: str, id: str) -> Record | None:
        """A record by its id."""
        return self.stored_record(type, id)

    def record_snapshot(self, type: str, id: str) -> Snapshot | None:
        """A record with referred records inside."""
        return self.stored_snapshot(type, id)

    def labels(self, type: str, ids: Collection[str]) -> Mapping[str, str]:
        """What these records are called."""
        if not ids:
            return {}
        table = table_of(type)
        wanted = select(table.c.id, table.c.key, table.c.label).where(table.c.id.in_(sorted(ids)))
        if table is RECORD:
            wanted = wanted.where(RECORD.c.type == type)
        return {row.id: row.label or row.key for row in self.ask(wanted)}

    def find_record(self, type: str, text: str) -> Record | None:
        """A record by id or key; a customer also by its name."""
        return self.record_by_text(type, text)

    def look_up(self, type: str, text: str, size: int = 10) -> Sequence[Found]:
        """Type-ahead: those that begin with the text first; near keys when nothing contains it."""
        return self._containing(type, text, size) or self._near(type, text.strip(), size)

    def records(self, type: str, text: str, page: Page) -> Rows[Record]:
        """Records of a type by key."""
        table = table_of(type)
        where = [table.c.folded.contains(word, autoescape=True) for word in text.casefold().split()]
        start = values_of(page.after, 1)
        if start:
            where.append(table.c.key > start[0])
        found = self.stored_records(type, *where, order=[table.c.key], size=page.size + 1)
        last = found[page.size - 1] if len(found) > page.size else None
        return Rows(found[: page.size], key_of(last.key) if last else "")

    def related(self, type: str, id: str) -> Sequence[Record]:
        """What this record refers to, then what refers to it."""
        record = self.stored_record(type, id)
        if record is None:
            return []
        known = self._shared.references()
        refers_to = [
            found
            for target, target_id in targets(type, record.attributes, known).values()
            if (found := self.stored_record(target, target_id))
        ]
        pointing: list[Record] = []
        if type == "customer":
            pointing += self.stored_records("order", ORDER.c.customer == id, order=[ORDER.c.key])
        if type in ("customer", "order"):
            column = UNIT.c.customer if type == "customer" else UNIT.c.order
            pointing += self.stored_records("serial_number", column == id, order=[UNIT.c.key])
        rows = self.ask(
            select(REFERENCE.c.type, REFERENCE.c.id)
            .where(REFERENCE.c.target_type == type, REFERENCE.c.target_id == id)
            .distinct()
            .order_by(REFERENCE.c.type, REFERENCE.c.id)
        )
        pointing += [found for row in rows.all() if (found := self.stored_record(row.type, row.id))]
        return list({(r.type, r.id): r for r in refers_to + pointing}.values())

    def search(self, viewer: Viewer, text: str, size: int = 20) -> Sequence[Found]:
        """Cases the viewer may see, and records."""
        if not text.strip():
            return []
        found: list[Found] = list(self.found_cases(viewer, text, size))
        declared = self.ask(select(RECORD.c.type).distinct().order_by(RECORD.c.type)).scalars().all()
        for type in ("serial_number", "order", "customer", *declared):
            found += self._containing(type, text, size)
        return found[:size]

    def _containing(self, type: str, text: str, size: int) -> list[Found]:
        table = table_of(type)
        typed = text.casefold().strip()
        words = [table.c.folded.contains(word, autoescape=True) for word in typed.split()]
        begins = case((table.c.folded.startswith(typed, autoescape=True), 0), else_=1)
        return self._found(type, table, words, [begins, table.c.key], size)

    def _near(self, type: str, typed: str, size: int) -> list[Found]:
        """Keys with at most two wrong letters. One third of the typed key must then be right: this narrows the choice."""
        if len(typed) < SHORTEST_GUESS:
            return []
        table = table_of(type)
        third = -(-len(typed) // 3)
        parts = [typed[at : at + third] for at in range(0, len(typed), third)]
        alike = or_(*(table.c.key.icontains(part, autoescape=True) for part in parts))
        length = func.length(table.c.key).between(len(typed) - 2, len(typed) + 2)
        candidates = {f.key: f for f in self._found(type, table, [alike, length], [table.c.key], LOOKED_AT)}
        return [candidates[key] for key in near(typed, candidates)][:size]

    def _found(self, type: str, table: Table, where: Sequence[Any], order: Sequence[Any], size: int) -> list[Found]:
        wanted = select(table.c.id, table.c.key, table.c.label).where(*where)
        if table is RECORD:
            wanted = wanted.where(RECORD.c.type == type)
        return [Found(type, r.id, r.key, r.label) for r in self.ask(wanted.order_by(*order).limit(size))]
