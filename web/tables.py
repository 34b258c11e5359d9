"""Between a table on a page and its JSON rows: the cells that are drawn, and the rows that were typed.

A row of which nothing was filled in is no row. One blank row more than anybody needs stands ready for those without script.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from engine.offers import FieldOffer
from web.inputs import PREFIX, Input, RowInput, Surroundings, TableInput, input_of
from web.typed import meant

ROW = "row"
BLANK = 3
MOST_READ = 500
"""More rows than any table takes: what comes beyond is not even looked at."""
PATTERN = "__n__"
"""Stands for the number of a row in the one that a script copies."""


def table_input(field: FieldOffer, value: Any, around: Surroundings) -> Input:
    """A table with its rows: the fixed ones, or those that are there and a few blank ones."""
    rows = list(_fixed_rows(field, value, around) if field.rows else _free_rows(field, value, around))
    drawn = {cell.name for row in rows for cell in row.cells}
    own = [text for key, text in around.errors.items() if _is_in(field, key) and key not in drawn]
    table = TableInput(
        columns=field.columns,
        rows=tuple(rows),
        pattern=None if field.rows else _row(field, PATTERN, _offered(field), around, blank=True),
        fixed=bool(field.rows),
        least=int(field.min or 0),
        most=int(field.max or 0),
    )
    return replace(input_of(field, value, around, table=table), error=" ".join(own))


def typed_rows(field: FieldOffer, form: MultiDict[str, str], zone: ZoneInfo) -> list[dict[str, Any]]:
    """The rows of a table as they were typed, from cells named `f.parts.2.cost`."""
    typed: dict[str, dict[str, Any]] = {}
    columns = {column.name: column.type for column in field.columns}
    start = f"{PREFIX}{field.name}."
    for name, text in form.items():
        key, _, column = name.removeprefix(start).partition(".")
        if name.startswith(start) and column in columns and (value := meant(columns[column], text, zone)) is not None:
            typed.setdefault(key, {})[column] = value
        elif name.startswith(start) and column == ROW and field.numbered and len(text) < 7 and text.isdecimal():
            typed.setdefault(key, {})[ROW] = int(text)
    if field.rows:
        mentioned = {name.removeprefix(start).partition(".")[0] for name in form if name.startswith(start)}
        return [{ROW: id} | typed.get(id, {}) for id, _ in field.rows if id in mentioned]
    numbered = sorted((int(key), row) for key, row in typed.items() if key.isdecimal() and len(key) < 7)
    offered = _offered(field)
    return [row for _, row in numbered[:MOST_READ] if row.get(ROW) or _is_begun(row, offered)]


def record_cells(field: FieldOffer, value: Any) -> Iterator[tuple[str, str]]:
    """Record type and what was typed or stored, of every cell that names a record."""
    types = {column.name: column.of for column in field.columns if column.type == "record"}
    for row in rows_in(value) if types else ():
        for name, of in types.items():
            if isinstance(row.get(name), str) and row[name]:
                yield of, row[name]


def with_ids(field: FieldOffer, value: Any, ids: Mapping[tuple[str, str], str]) -> list[dict[str, Any]]:
    """The same rows with records by their id, as far as those are known."""
    types = {column.name: column.of for column in field.columns if column.type == "record"}
    return [
        {name: ids.get((types.get(name, ""), str(cell)), cell) for name, cell in row.items()} for row in rows_in(value)
    ]


def rows_in(value: Any) -> list[Mapping[str, Any]]:
    """The rows of a value, whatever else it may be."""
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []


def _is_begun(row: Mapping[str, Any], offered: Mapping[str, Any]) -> bool:
    return any(str(row[column]) != str(offered.get(column)) for column in row if column != ROW)


def _fixed_rows(field: FieldOffer, value: Any, around: Surroundings) -> Iterator[RowInput]:
    stored = {str(row.get(ROW)): row for row in rows_in(value)}
    for id, label in field.rows:
        yield _row(field, id, stored.get(id, {}), around, label=label.say(around.language))


def _free_rows(field: FieldOffer, value: Any, around: Surroundings) -> Iterator[RowInput]:
    there = _with_those_that_stay(field, rows_in(value), around)
    for number, row in enumerate(there, 1):
        yield _row(field, str(number), row, around)
    room = max(int(field.max or 0) - len(there), 0) if field.max else BLANK
    for number in range(len(there) + 1, len(there) + 1 + min(BLANK, room)):
        yield _row(field, str(number), _offered(field), around, blank=True)


def _with_those_that_stay(
    field: FieldOffer, rows: list[Mapping[str, Any]], around: Surroundings
) -> list[Mapping[str, Any]]:
    """After the table itself was refused, the rows that were taken away are in their places again: perhaps one had to stay.
    Where cells are wrong, too, they come after those were put right: till then every row stays where its mistakes are told."""
    if not field.numbered or [key for key in around.errors if _is_in(field, key)] != [field.name]:
        return rows
    there = {row.get(ROW) for row in rows}
    stored = [row for row in rows_in(field.value) if row.get(ROW) not in there]
    return sorted([*rows, *stored], key=lambda row: int(row.get(ROW) or MOST_READ))


def _row(
    field: FieldOffer, key: str, row: Mapping[str, Any], around: Surroundings, *, label: str = "", blank: bool = False
) -> RowInput:
    name = f"{field.name}.{key}"
    cells = tuple(
        input_of(
            column,
            row.get(column.name),
            around,
            name=f"{name}.{column.name}",
            labelled=f"f-{around.place}{name}.{column.name}-label f-{around.place}{name}-head",
            described=f"f-{around.place}{field.name}-{column.name}-help" if column.help else "",
        )
        for column in field.columns
    )
    filled = {column.name for column in field.columns if row.get(column.name) not in (None, "", [])}
    answered = bool(filled) and all(column.name in filled for column in field.columns if column.required)
    known = str(row.get(ROW) or 0) if field.numbered else ""
    return RowInput(key, label, cells, blank and not any(cell.error for cell in cells), answered, known)


def _offered(field: FieldOffer) -> dict[str, Any]:
    """What a new row begins with. Where every column has a default, none does: a row begun could not be told apart."""
    if all(column.value is not None for column in field.columns):
        return {}
    return {column.name: column.value for column in field.columns if column.value is not None}


def _is_in(field: FieldOffer, key: str) -> bool:
    return key == field.name or key.startswith(f"{field.name}.")
