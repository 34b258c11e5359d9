"""Which names a condition, formula or mail of a process may use, and what kinds of value they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import get_args

from engine.definition.compiled import Compiled, Site
from engine.definition.expressions import Scope, ValueType
from engine.definition.expressions.problem import meant
from engine.definition.model import Column, FieldDef
from engine.definition.model.site import AttributeDef
from engine.definition.model.vocabulary import FieldType
from engine.facts import EARLIER

PERSONS = ("owner", "starter", "assignee")
_TEXT = ValueType("text")
_USER = ValueType("user")
_YES_NO = ValueType("yes_no")
_OF_A_PERSON = {"name": _TEXT, "email": ValueType("email")}
_EARLIER = ValueType("record", of="earlier case")
_OF_THE_CASE = {"number": _TEXT}
_PLAIN_KINDS = frozenset(get_args(FieldType)) - {"choice", "choices", "record", "case", "table", "signature"}
_KIND_OF = {"signature": "files", "case": "text"}
"""Types whose values are of another kind to conditions: a case is its number there."""


class ProcessScope:
    """The fields of a process with what follows them, the persons of the case, inside a handler the event's data, and
    `row` where one row of a table is spoken of: in the handlers of an event that matches one, and under `for_each`."""

    def __init__(self, process: Compiled, event: str = "", row: str = "") -> None:
        self._process = process
        table = process.fields.get(row or process.row_events.get(event, ""))
        self._columns: Mapping[str, Column] = (table.columns if table else None) or {}
        declared = process.events.get(event)
        self._event: Mapping[str, str] = declared.data if declared else {}
        self._hears = bool(event)

    def type_of(self, path: tuple[str, ...], /) -> ValueType | None:
        """The type of a field, a part of a record, or a name such as `owner`; None when it is unknown."""
        first, rest = path[0], path[1:]
        if first == "event":
            return (
                self._below(told_type(self._event[rest[0]], self._process), rest[1:]) if self._carries(rest) else None
            )
        if first == "case":
            return _OF_THE_CASE.get(rest[0]) if len(rest) == 1 else None
        if first in PERSONS:
            return self._below(_USER, rest)
        if first == "row" and self._columns:
            column = self._columns.get(rest[0]) if rest else None
            return self._below(field_type(column.as_field()), rest[1:]) if column else None
        if first == "earlier" and self._process.alike:
            return self._of_earlier(rest)
        return self._of_field(path)

    def _of_field(self, path: tuple[str, ...]) -> ValueType | None:
        definition = self._process.fields.get(path[0])
        if definition is None:
            return _YES_NO if path == ("urgent",) else None
        return self._below(field_type(definition), path[1:])

    def _of_earlier(self, rest: tuple[str, ...]) -> ValueType | None:
        if not rest:
            return _EARLIER
        if rest[0] in EARLIER:
            return ValueType(EARLIER[rest[0]]) if len(rest) == 1 else None
        return self._of_field(rest)

    def names(self) -> Iterable[str]:
        """The first names of all paths."""
        here = (*(("event",) if self._hears else ()), *(("row",) if self._columns else ()))
        here += ("earlier",) if self._process.alike else ()
        return (*self._process.fields, *PERSONS, "case", "urgent", *here)

    def names_after(self, path: tuple[str, ...], /) -> Iterable[str]:
        """The names that may follow `path` and a dot."""
        if path == ("case",):
            return tuple(_OF_THE_CASE)
        if path == ("event",):
            return tuple(self._event)
        if path == ("row",) and self._columns:
            return tuple(self._columns)
        if path == ("earlier",) and self._process.alike:
            return (*EARLIER, *self._process.fields)
        kind = self.type_of(path)
        return tuple(_parts(kind, self._site)) if kind else ()

    def row_of(self, table: str, /) -> Scope:
        """The names of one row of a table: its columns, then everything else."""
        definition = self._process.fields.get(table)
        return _RowScope(self, (definition.columns if definition else None) or {})

    def parts(self, kind: ValueType) -> Iterable[str]:
        """The names that may follow a value of that kind."""
        return tuple(_parts(kind, self._site))

    def below(self, kind: ValueType, rest: tuple[str, ...]) -> ValueType | None:
        """What follows a value of that kind: an attribute of a record, the name of a person."""
        return self._below(kind, rest)

    def is_step(self, name: str, /) -> bool:
        """Whether a step may be counted under this name."""
        return name in self._process.called

    def steps(self) -> Iterable[str]:
        """All names of steps, for suggestions."""
        return tuple(name for name, step in self._process.steps.items() if step.kind != "joined")

    def outcomes(self, step: str, /) -> Iterable[str] | None:
        """The outcomes and events that can be counted of a step; how a case of each row ends is not known here."""
        found: set[str] = set()
        for name in self._process.called.get(step, ()):
            if self._process.steps[name].for_each:
                return None
            found |= {*self._process.steps[name].outcomes, *self._process.steps[name].events}
        return found

    @property
    def _site(self) -> Site:
        return self._process.site

    def _carries(self, rest: tuple[str, ...]) -> bool:
        return bool(rest) and rest[0] in self._event

    def _below(self, kind: ValueType | None, rest: tuple[str, ...]) -> ValueType | None:
        for name in rest:
            kind = _parts(kind, self._site).get(name) if kind else None
        return kind


class _RowScope:
    """A scope with the columns of one row before all its other names."""

    def __init__(self, outer: ProcessScope, columns: Mapping[str, Column]) -> None:
        self._outer = outer
        self._columns = columns

    def type_of(self, path: tuple[str, ...], /) -> ValueType | None:
        column = self._columns.get(path[0])
        return self._outer.below(field_type(column.as_field()), path[1:]) if column else self._outer.type_of(path)

    def names(self) -> Iterable[str]:
        return (*self._columns, *self._outer.names())

    def names_after(self, path: tuple[str, ...], /) -> Iterable[str]:
        if path[0] not in self._columns:
            return self._outer.names_after(path)
        kind = self.type_of(path)
        return self._outer.parts(kind) if kind else ()

    def row_of(self, table: str, /) -> Scope:
        return self._outer.row_of(table)

    def is_step(self, name: str, /) -> bool:
        return self._outer.is_step(name)

    def steps(self) -> Iterable[str]:
        return self._outer.steps()

    def outcomes(self, step: str, /) -> Iterable[str] | None:
        return self._outer.outcomes(step)


def field_type(definition: FieldDef) -> ValueType:
    """The kind of value a field holds."""
    return ValueType(
        _KIND_OF.get(definition.type, definition.type),  # type: ignore[arg-type]  # what is left are kinds
        choices=tuple(definition.choices or ()),
        of=definition.of,
        least=_bound(definition.least),
        most=_bound(definition.most),
        columns=tuple((name, field_type(column.as_field())) for name, column in (definition.columns or {}).items()),
        rows=tuple(definition.rows or ()),
    )


def attribute_type(written: str, site: Site) -> ValueType | None:
    """The kind an attribute, an event's data or an adapter's argument has: a field type or the name of a record type."""
    if written in site.records:
        return ValueType("record", of=written)
    return ValueType(written) if written in _PLAIN_KINDS else None  # type: ignore[arg-type]  # a set of just these kinds


def kept_type(attribute: AttributeDef, site: Site) -> ValueType | None:
    """The kind an attribute of a record has, with its words where only certain ones are taken; what stood there before stays."""
    if attribute.type == "choice":
        return ValueType("choice", choices=tuple(attribute.choices or ()), others=True)
    return attribute_type(attribute.type, site)


def told_type(written: str, process: Compiled) -> ValueType | None:
    """The kind of what an event carries: the same, or a choice field of the process, whose choices it has."""
    known = attribute_type(written, process.site)
    field = process.fields.get(written)
    return field_type(field) if known is None and field is not None and field.type == "choice" else known


def attribute_types(site: Site) -> tuple[str, ...]:
    """What may be written as such a type."""
    return (*sorted(_PLAIN_KINDS), *site.records)


def _parts(kind: ValueType | None, site: Site) -> dict[str, ValueType]:
    if kind is None:
        return {}
    if kind.kind == "user":
        return _OF_A_PERSON
    record = site.records.get(kind.of or "") if kind.kind == "record" else None
    if record is None:
        return {}
    found = {name: kept_type(attribute, site) for name, attribute in record.described.items()}
    return {name: known for name, known in found.items() if known}


def _bound(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(repr(value))


def meant_path(path: tuple[str, ...], scope: ProcessScope) -> object:
    """A hint for a path: about the first part that is unknown."""
    for length in range(len(path)):
        known = scope.names() if not length else scope.names_after(path[:length])
        if scope.type_of(path[: length + 1]) is None and path[length] not in known:
            return meant(path[length], known)
    return meant(path[-1], scope.names())
