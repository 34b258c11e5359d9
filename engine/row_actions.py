"""What actions do to the rows of a table: one more row, other values in the rows for which a condition holds, or in the
cell of the row that is spoken of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from engine.definition.compiled import Guard
from engine.definition.expressions import holds
from engine.definition.model import FieldDef
from engine.definition.texts import Text
from engine.facts import RowFacts
from engine.forms import put_value
from engine.one_value import WrongValue, one_value
from engine.refusals import Refusal
from engine.rows import ROW, rows_of
from engine.tables import most_rows, new_row

if TYPE_CHECKING:
    from engine.flow import Flow

CellsOf = Callable[[RowFacts], Mapping[str, Any]]
"""What cells of one row become."""


def add_row(flow: Flow, table: str, cells: Mapping[str, Any]) -> None:
    """One row at the end of a table; nothing when there is nothing to put in it."""
    definition = flow.process.fields[table]
    rows = list(flow.draft.values.get(table) or ())
    if len(rows) >= most_rows(definition):
        raise _full(definition, table, len(rows))
    try:
        row = new_row(definition, cells, flow.process, flow.world, flow.facts())
    except WrongValue as wrong:
        raise cannot_be_set(definition, table, wrong) from wrong
    if row:
        _store(flow, table, [*rows, row])


def set_rows(flow: Flow, table: str, row: str, where: Guard | None, cells: CellsOf) -> None:
    """Other values in every row for which the condition holds, or only in the fixed row of that id."""
    definition = flow.process.fields[table]
    before = [dict(stored) for stored in rows_of(definition, flow.draft.values.get(table))]
    rows = list(before)
    for n, facts in enumerate(flow.facts().rows(table)):
        if row in ("", rows[n].get(ROW)) and (where is None or holds(where.expression, facts)):
            changed = rows[n] | _clean(flow, table, cells(facts))
            rows[n] = {name: value for name, value in changed.items() if value is not None}
    if rows != before:
        _store(flow, table, rows)


def _clean(flow: Flow, table: str, cells: Mapping[str, Any]) -> dict[str, Any]:
    """The cells as they are stored; refused where one of them does not fit its column."""
    definition = flow.process.fields[table]
    columns = definition.columns or {}
    try:
        return {
            name: one_value(columns[name].as_field(), value, flow.process, flow.world) for name, value in cells.items()
        }
    except WrongValue as wrong:
        raise cannot_be_set(definition, table, wrong) from wrong


def set_cell(flow: Flow, column: str, value: Any) -> None:
    """Another value in a cell of the row that the event concerns; nothing when that row is not there any more."""
    at = flow.row
    if at is None:
        return
    table = flow.process.fields[at.table]
    rows = [dict(row) for row in rows_of(table, flow.draft.values.get(at.table))]
    if at.index >= len(rows):
        return
    declared = (table.columns or {})[column].as_field()
    try:
        clean = one_value(declared, value, flow.process, flow.world)
    except WrongValue as wrong:
        raise cannot_be_set(declared, at.table, wrong) from wrong
    if clean == rows[at.index].get(column):
        return
    if clean is None:
        del rows[at.index][column]
    else:
        rows[at.index][column] = clean
    _store(flow, at.table, rows)


def _store(flow: Flow, table: str, rows: list[dict[str, Any]]) -> None:
    """Several changes of one stimulus are one entry of its history: from what was there before to what is there now."""
    before = flow.details.get("changes", {}).get(table, [flow.draft.values.get(table)])[0]
    put_value(flow.process, flow.draft, table, rows, flow.world)
    flow.changed({table: [before, rows]})


def cannot_be_set(definition: FieldDef, name: str, wrong: WrongValue) -> Refusal:
    """A value that an action worked out does not suit the field."""
    label = definition.label
    return Refusal(
        "wrong_value",
        Text(
            f"'{label.say('en')}' cannot be set: {wrong.text.say('en')}",
            f"无法设置“{label.say('zh-Hans')}”：{wrong.text.say('zh-Hans')}",
        ),
        concerns=name,
    )


def _full(definition: FieldDef, table: str, rows: int) -> Refusal:
    label = definition.label
    return Refusal(
        "wrong_value",
        Text(
            f"'{label.say('en')}' is full: it has {rows} rows, and one more would be added.",
            f"“{label.say('zh-Hans')}”已满：已有 {rows} 行，无法再添加。",
        ),
        concerns=table,
    )
