"""The rows of a table field as they are stored, and where the snapshots of records named in their cells are kept.

Knows JSON values and declarations only: what a cell means to a condition is `facts`, what may be entered is `tables`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from engine.definition.expressions import Expression, parse
from engine.definition.model import FieldDef
from engine.definition.texts import Text

ROW = "row"
"""The key under which a fixed row carries its id."""
MOST_ROWS = 50
"""How many rows a table takes that says nothing else; never more than `MOST_OF_ALL`."""
MOST_OF_ALL = 200


def rows_of(field: FieldDef, value: Any) -> tuple[Mapping[str, Any], ...]:
    """The rows of a table; fixed rows are there, in order, even before anything is entered."""
    found = tuple(row for row in value if isinstance(row, Mapping)) if isinstance(value, list | tuple) else ()
    if not field.rows:
        return found
    known = {row.get(ROW): row for row in found}
    return tuple(known.get(id, {ROW: id}) for id in field.rows)


def cells_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The filled cells of a row."""
    return {name: value for name, value in row.items() if name != ROW and value not in (None, "", [])}


def row_label(field: FieldDef, position: int) -> Text:
    """What people call a row: the label of a fixed one, else its number."""
    if field.rows:
        return tuple(field.rows.values())[position]
    return Text(f"Row {position + 1}", f"第 {position + 1} 行")


def row_place(field: FieldDef, position: int) -> str:
    """How a refusal names a row: the id of a fixed one, else its number from 1."""
    return tuple(field.rows)[position] if field.rows else str(position + 1)


def cell_record(table: str, column: str, id: Any) -> str:
    """The name under which a case keeps the snapshot of a record that a cell names, whichever row it stands in."""
    return f"{table}.{column}.{id}"


def type_of_record(fields: Mapping[str, FieldDef], name: str) -> str:
    """The record type of a snapshot that a case keeps under this name, of a field or of a cell; "" for none."""
    field, _, rest = name.partition(".")
    definition = fields.get(field)
    if definition is None or not rest:
        return definition.of or "" if definition is not None else ""
    column = (definition.columns or {}).get(rest.partition(".")[0])
    return column.of or "" if column is not None else ""


def records_named(fields: Mapping[str, FieldDef], values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every record that values name, as (type, id or key as written): those of record fields and those of cells."""
    for name, value in values.items():
        field = fields.get(name)
        if field is None or not value:
            continue
        if field.type == "record" and field.of:
            yield field.of, value
        for column, definition in (field.columns or {}).items():
            if definition.type == "record" and definition.of:
                listed: Sequence[Any] = value if isinstance(value, list | tuple) else ()
                cells = (row.get(column) for row in listed if isinstance(row, Mapping))
                yield from ((definition.of, cell) for cell in cells if cell)


@lru_cache(maxsize=2048)
def condition_of(text: str) -> Expression:
    """A condition as declared with a column; it was checked before publishing, and is asked for every row."""
    return parse(text)
