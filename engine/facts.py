"""What conditions and mails may ask of a case: fields, records, people, counts and the time, typed as they were declared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal
from zoneinfo import ZoneInfo

from engine.case import Case
from engine.definition.calendars import working_day
from engine.definition.compiled import Compiled
from engine.definition.compiled_parts import deadline_passed
from engine.definition.expressions import holds
from engine.definition.model import Column, FieldDef
from engine.definition.texts import Text
from engine.draft import Draft
from engine.people import World
from engine.rows import ROW, cell_record, cells_of, condition_of, rows_of
from engine.typed_values import typed

EARLIER: Mapping[str, Literal["text", "yes_no", "number"]] = {"number": "text", "open": "yes_no", "count": "number"}
"""What may follow `earlier.` besides the fields of the process."""


@dataclass(frozen=True, slots=True)
class BoundRow:
    """The row that `row.<column>` speaks of: which table, and which of its rows, counted from 0."""

    table: str
    index: int

    def cells(self, field: FieldDef, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """What stands in it now; nothing when the table has become shorter."""
        rows = rows_of(field, values.get(self.table))
        return rows[self.index] if self.index < len(rows) else {}


def row_columns(process: Compiled, table: str) -> Mapping[str, Column]:
    """The columns of a table field by their ids; none of what is no table."""
    definition = process.fields.get(table)
    return (definition.columns or {}) if definition else {}


def choices_told(process: Compiled, kind: str) -> Mapping[str, Text]:
    """What an event may say where its `data` names a choice field; whatever else it says there counts as not said."""
    field = process.fields.get(kind) if kind not in process.site.records else None
    return (field.choices or {}) if field is not None and field.type == "choice" else {}


class CaseFacts:
    """The facts of one case (or of the draft of one) at `world.now`. Never raises; what is missing is None.

    With `row` one row of a table is bound: `row.<column>` is its cell, read anew each time. `rows(table)` gives the facts
    of each row, in which a bare column means the cell and every other name what it means for the case.
    """

    def __init__(
        self,
        process: Compiled,
        case: Case | Draft,
        world: World,
        event: Mapping[str, Any] | None = None,
        assignee: str | None = None,
        step: str = "",
        heard: str = "",
        row: BoundRow | None = None,
    ) -> None:
        self._process = process
        self._case = case
        self._world = world
        self._event = event or {}
        self._assignee = assignee
        self._step = step
        self._heard = heard
        self._row = row

    @cached_property
    def now(self) -> dt.datetime:
        """This moment, in the zone of the site."""
        return self._world.now.astimezone(ZoneInfo(self._process.site.timezone))

    @property
    def today(self) -> dt.date:
        """The date on the wall of the site."""
        return self.now.date()

    @property
    def overdue(self) -> bool:
        """Whether the case is past its due; once ended, whether it was, also where more time was given after that."""
        due, ended = self._case.due_at, self._case.ended_at
        if ended is not None and deadline_passed("") in self._case.facts:
            return True
        return due is not None and (ended or self._world.now) > due

    @property
    def urgent(self) -> bool:
        """Whether the process says that this case cannot wait."""
        guard = self._process.urgent_when
        return guard is not None and holds(guard.expression, self)

    def count(self, step: str, /) -> int:
        """How often a step was entered, or `step.outcome` happened, in this round; every use of an `inner` name together."""
        name, dot, outcome = step.partition(".")
        names = self._process.called.get(name, (name,))
        return sum(fact.count for one in names if (fact := self._case.facts.get(f"{one}{dot}{outcome}")))

    def rows(self, table: str, /) -> Sequence[RowFacts]:
        """The facts of every row of a table, in order."""
        field = self._process.fields.get(table)
        if field is None or not field.columns:
            return ()
        return tuple(RowFacts(self, table, field, row) for row in rows_of(field, self._case.values.get(table)))

    def unanswered(self, table: str, /) -> int:
        """How many rows of a table lack a cell they must have."""
        return sum(1 for row in self.rows(table) if row.missing())

    def working_day(self, n: int, /) -> dt.date:
        """The date n working days from today, in the calendar of the case."""
        return working_day(self._process.calendar_of[""], self.today, n)

    def value(self, path: tuple[str, ...], /) -> Any:
        """The value at a path: a field, an attribute of a record or person, data of the event, `case.number`."""
        first, rest = path[0], path[1:]
        match first:
            case "case":
                return {"number": self._case.number, "milestone": self._case.milestone, "round": self._case.round}.get(
                    rest[0] if rest else ""
                )
            case "event":
                return self._of_event(rest)
            case "owner":
                return self._person(self._case.owner, rest)
            case "starter":
                return self._person(self._case.starter, rest)
            case "assignee":
                return self._person(self._assignee, rest)
            case "row" if self._row is not None:
                return self._cell(self._row, rest)
            case "earlier" if self._process.alike:
                return self._of_earlier(rest)
        return self._of_field(path, self._case.values, self._case.records)

    def _of_field(self, path: tuple[str, ...], values: Mapping[str, Any], records: Mapping[str, Any]) -> Any:
        first, rest = path[0], path[1:]
        field = self._process.fields.get(first)
        if field is None:
            return self.urgent if path == ("urgent",) else None
        if field.type == "record":
            return self._record(field.of or "", records.get(first), rest)
        if field.type == "user":
            return self._person(values.get(first), rest)
        return typed(field.type, values.get(first)) if not rest else None

    def _of_earlier(self, rest: tuple[str, ...]) -> Any:
        """The earlier case about the same, an open one before all others: its number, whether it is open, how many there are, or its fields."""
        earlier = self._case.earlier
        if earlier is None or not rest:
            return earlier
        if rest[0] in EARLIER:
            return typed(EARLIER[rest[0]], earlier[rest[0]]) if len(rest) == 1 else None
        return self._of_field(rest, earlier["values"], earlier["records"])

    def of_earlier(self) -> CaseFacts | None:
        """The facts of the earlier case about the same, as far as this case knows it."""
        told = self._case.earlier
        if told is None:
            return None
        here, world = self._process, self._world
        case = Case(
            told["id"], told["number"], here.id, here.version, world.now, values=told["values"], records=told["records"]
        )
        return CaseFacts(here, case, world)

    def _cell(self, row: BoundRow, rest: tuple[str, ...]) -> Any:
        """A cell of the row that is spoken of."""
        column = row_columns(self._process, row.table).get(rest[0]) if rest else None
        if column is None:
            return None
        cells = row.cells(self._process.fields[row.table], self._case.values)
        return self.cell(row.table, rest[0], column, cells.get(rest[0]), rest[1:])

    def cell(self, table: str, name: str, column: Column, value: Any, rest: tuple[str, ...] = ()) -> Any:
        """What a cell holds, or what follows it; of a record its snapshot where it is known, else its id."""
        if column.type == "record":
            known = self._case.records.get(cell_record(table, name, value))
            snapshot = known or self._world.records.get((column.of or "", str(value)))
            return self._record(column.of or "", snapshot, rest) if snapshot or rest else value
        if column.type == "user":
            return self._person(value, rest)
        return typed(column.type, value) if not rest else None

    def _of_event(self, rest: tuple[str, ...]) -> Any:
        if len(rest) != 1:
            return None
        event = self._process.events.get(self._heard)
        kind, told = event.data.get(rest[0], "text") if event else "text", self._event.get(rest[0])
        choices = choices_told(self._process, kind)
        value = typed(kind, told if not choices or told in tuple(choices) else None)
        if isinstance(value, dt.datetime) and value.tzinfo is None:  # a sender without an offset means the site's clock
            return value.replace(tzinfo=ZoneInfo(self._process.site.timezone))
        return value

    def _person(self, person_id: Any, rest: tuple[str, ...]) -> Any:
        if not rest:
            return person_id
        person = self._world.people.get(person_id) if isinstance(person_id, str) else None
        return getattr(person, rest[0], None) if person and rest[0] in ("name", "email") else None

    def _record(self, type: str, snapshot: Any, rest: tuple[str, ...]) -> Any:
        if not isinstance(snapshot, Mapping):
            return None
        if not rest:
            return snapshot
        definition = self._process.site.records.get(type)
        kind = definition.attributes.get(rest[0], "text") if definition else "text"
        value = snapshot.get(rest[0])
        if kind in self._process.site.records:
            return self._record(kind, value, rest[1:])
        if kind == "user":
            return self._person(value, rest[1:])
        if isinstance(value, Mapping):  # a text that is also a key of another record: the unit a unit replaces
            value = value.get("number") or value.get("key") or value.get("id")
        return typed(kind, value) if not rest[1:] else None


class RowFacts:
    """The facts of a case as one row of a table sees them: the columns of the row first, then everything else."""

    def __init__(self, outer: CaseFacts, table: str, field: FieldDef, row: Mapping[str, Any]) -> None:
        self._outer = outer
        self._table = table
        self._columns = field.columns or {}
        self.cells = row

    def value(self, path: tuple[str, ...], /) -> Any:
        """A cell of this row, else what the path means for the case."""
        return self.own(path) if path[0] in self._columns else self._outer.value(path)

    def own(self, path: tuple[str, ...]) -> Any:
        """A cell of this row and what follows it; None for what is no column."""
        column = self._columns.get(path[0])
        if column is None:
            return self.cells.get(ROW) if path == (ROW,) else None
        return self._outer.cell(self._table, path[0], column, self.cells.get(path[0]), path[1:])

    def missing(self) -> list[str]:
        """The columns that must be filled in this row and are not."""
        filled = cells_of(self.cells)
        return [name for name, column in self._columns.items() if name not in filled and self.requires(column)]

    def requires(self, column: Column) -> bool:
        """Whether a cell of that column must be filled in this row."""
        if column.optional:
            return False
        return column.required_if is None or holds(condition_of(column.required_if), self)

    @property
    def now(self) -> dt.datetime:
        """This moment."""
        return self._outer.now

    @property
    def today(self) -> dt.date:
        """The date on the wall of the site."""
        return self._outer.today

    @property
    def overdue(self) -> bool:
        """Whether the case is past its due."""
        return self._outer.overdue

    def count(self, step: str, /) -> int:
        """How often a step was entered, or an outcome happened."""
        return self._outer.count(step)

    def working_day(self, n: int, /) -> dt.date:
        """The date n working days from today."""
        return self._outer.working_day(n)

    def rows(self, table: str, /) -> Sequence[RowFacts]:
        """The facts of every row of a table."""
        return self._outer.rows(table)

    def unanswered(self, table: str, /) -> int:
        """How many rows of a table lack a cell they must have."""
        return self._outer.unanswered(table)
