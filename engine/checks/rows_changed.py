"""Whether `set_rows` names rows, columns and values that there are, and `where` speaks of them (P456-P457)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.checks.given import Given
from engine.checks.said import actions
from engine.checks.scope import ProcessScope, field_type
from engine.checks.values import value_flaws
from engine.definition.compiled import Action
from engine.definition.compiling import Flaw
from engine.definition.compiling.names import under
from engine.definition.expressions import check
from engine.definition.expressions.problem import meant


def changed_rows(given: Given) -> Iterator[Flaw]:
    """`set_rows` names a table, or a fixed row of it (P456), and columns of it with values that fit (P457)."""
    for done in actions(given.process):
        if done.action.word == "set_rows":
            yield from _one(given, done.action, ProcessScope(given.process, done.event))


def _one(given: Given, action: Action, scope: ProcessScope) -> Iterator[Flaw]:
    table, dot, row = action.target.partition(".")
    here = under(action.spot, "set_rows", action.target)
    definition = given.process.fields.get(table)
    if definition is None or definition.type != "table":
        known = [name for name, field in given.process.fields.items() if field.columns]
        yield Flaw("P456.unknown", here, {"table": table, "meant": meant(table, known)})
        return
    if dot and row not in (definition.rows or {}):
        yield Flaw("P456.row", here, {"table": table, "row": row, "meant": meant(row, definition.rows or {})})
    columns = definition.columns or {}
    for name, value in action.values:
        if name not in columns:
            yield Flaw(
                "P457.column", under(here, name), {"column": name, "table": table, "meant": meant(name, columns)}
            )
        else:
            wanted = field_type(columns[name].as_field())
            yield from value_flaws(value, wanted, under(here, name), scope.row_of(table))
    if action.where is not None:
        for wrong in check(action.where.expression, scope.row_of(table), wanted="condition"):
            yield Flaw(wrong.key, action.where.spot, wrong.names, action.where.before + wrong.column)
