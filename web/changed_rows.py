"""What became of the rows of a table: new ones, removed ones, and in changed ones the cells before and after."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from engine.definition.model import Column, FieldDef
from web.tables import ROW, rows_in
from web.words import say

Row = Mapping[str, Any]
NO_ROW: Row = {}
Words = Callable[[Column, Any], str]
"""Says a cell in words; "" for an empty one."""


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One row: what it is called, whether it is `new`, `gone` or `changed` (a fixed one `filled` or `emptied`), and each cell before and after in words."""

    label: str
    state: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ChangedTable:
    """The rows that are not as before, under their columns."""

    columns: tuple[str, ...]
    rows: tuple[ChangedRow, ...]


def changed_table(field: FieldDef, old: Any, new: Any, language: str, words: Words) -> ChangedTable:
    """The difference between two values of a table."""
    columns = field.columns or {}
    pairs = _fixed(field, old, new, language) if field.rows else _free(rows_in(old), rows_in(new), language)
    rows = []
    for label, before, after in pairs:
        cells = tuple(
            (_said(column, before, n, words), _said(column, after, n, words)) for n, column in columns.items()
        )
        if any(a != b for a, b in cells):
            rows.append(ChangedRow(label, _state(before, after, fixed=bool(field.rows)), cells))
    return ChangedTable(tuple(column.label.say(language) for column in columns.values()), tuple(rows))


def _fixed(field: FieldDef, old: Any, new: Any, language: str) -> Iterator[tuple[str, Row, Row]]:
    before, after = ({str(row.get(ROW)): row for row in rows_in(value)} for value in (old, new))
    for id, label in (field.rows or {}).items():
        yield label.say(language), _filled(before.get(id, {})), _filled(after.get(id, {}))


def _free(old: Sequence[Row], new: Sequence[Row], language: str) -> Iterator[tuple[str, Row, Row]]:
    """Rows have no names: those that stayed the same hold the others in their places."""
    before, after = ([json.dumps(row, sort_keys=True, default=str) for row in rows] for rows in (old, new))
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            for n, (was, now) in enumerate(zip_longest(old[a:b], new[c:d], fillvalue=NO_ROW)):
                yield say("table.row_n", language, n=(c if now else a) + n + 1), was, now


def _filled(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != ROW and value not in (None, "")}


def _said(column: Column, row: Row, name: str, words: Words) -> str:
    value = row.get(name)
    return "" if value in (None, "") else words(column, value)


def _state(before: Row, after: Row, *, fixed: bool) -> str:
    if before and after:
        return "changed"
    return ("filled" if fixed else "new") if after else ("emptied" if fixed else "gone")
