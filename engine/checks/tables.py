"""Whether tables, the rows that actions add to them, and the groups and columns of forms are declared soundly (P450-P459)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.checks.fields import condition_flaws, declared_fields
from engine.checks.given import Given
from engine.checks.said import actions, value_spot
from engine.checks.scope import ProcessScope, field_type
from engine.checks.values import value_flaws
from engine.definition.compiled import CompiledForm, Spot
from engine.definition.compiling import Flaw
from engine.definition.compiling.names import under
from engine.definition.expressions import Expression, Scope, parse
from engine.definition.expressions.problem import meant
from engine.definition.expressions.tree import OfTable, walk
from engine.definition.model import FieldDef
from engine.rows import MOST_OF_ALL, ROW


def tables(given: Given) -> Iterator[Flaw]:
    """A table has columns, none of them called `row`, and bounds that can be kept (P450, P451)."""
    for name, definition, spot in declared_fields(given):
        if definition.type != "table":
            continue
        if not definition.columns:
            yield Flaw("P450.columns", spot, {"table": name})
        yield from _columns(given, name, definition, spot)
        for key in ("default", "from_"):
            if getattr(definition, key) is not None:
                written = key.rstrip("_")
                yield Flaw("P450.key", under(spot, written), {"table": name, "key": written})
        for key, bound in (("min", definition.least), ("max", definition.most)):
            if bound is None:
                continue
            if definition.rows:
                yield Flaw("P451.fixed", under(spot, key), {"table": name, "key": key})
            elif bound != int(bound) or not 0 <= bound <= MOST_OF_ALL:
                yield Flaw("P451.bound", under(spot, key), {"key": key, "most": MOST_OF_ALL})


def _columns(given: Given, name: str, definition: FieldDef, spot: Spot) -> Iterator[Flaw]:
    for id, column in (definition.columns or {}).items():
        here = under(spot, "columns", id)
        if id == ROW:
            yield Flaw("P450.row", here, {"table": name})
        if column.optional and column.required_if is not None:
            yield Flaw("P450.both", under(here, "required_if"), {"column": id})
        if column.required_if is not None:
            yield from _required(column.required_if, under(here, "required_if"), given.scope.row_of(name))


def _required(condition: str, spot: Spot, scope: Scope) -> Iterator[Flaw]:
    """What is wrong with the condition of a column. Which cells are missing hangs on it, so it cannot ask that itself."""
    wrong = list(condition_flaws(condition, spot, scope))
    if not wrong and _counts_missing(parse(condition)):
        wrong = [Flaw("P450.unanswered", spot)]
    yield from wrong


def _counts_missing(expression: Expression) -> bool:
    asked = (node for node in walk(expression) if isinstance(node, OfTable))
    return any(node.name == "unanswered" or (node.condition and _counts_missing(node.condition)) for node in asked)


def added_rows(given: Given) -> Iterator[Flaw]:
    """`add_row` names a table whose rows are not fixed (P452), and columns of it with values that fit (P453)."""
    for done in actions(given.process):
        action = done.action
        if action.word != "add_row":
            continue
        definition = given.process.fields.get(action.target)
        here = under(action.spot, "add_row", action.target)
        free = [name for name, field in given.process.fields.items() if field.columns and not field.rows]
        if definition is None or definition.type != "table":
            yield Flaw("P452.unknown", here, {"table": action.target, "meant": meant(action.target, free)})
            continue
        if definition.rows:
            yield Flaw("P452.fixed", here, {"table": action.target})
        scope, columns = ProcessScope(given.process, done.event), definition.columns or {}
        for name, value in action.values:
            if name not in columns:
                names = {"column": name, "table": action.target, "meant": meant(name, columns)}
                yield Flaw("P453.column", value_spot(action, name), names)
            else:
                yield from value_flaws(value, field_type(columns[name].as_field()), value_spot(action, name), scope)


def in_forms(given: Given) -> Iterator[Flaw]:
    """The groups of a form name what it asks or offers (P454), each once (P455); its columns are those of tables that it
    names (P458, P459)."""
    forms = [(given.process.start_form, Spot("process", ("start", "form")))]
    forms += [(step.task.form, under(step.spot, "task", "form")) for step in given.process.steps.values() if step.task]
    for form, spot in forms:
        yield from _groups(form, spot)
        yield from _columns_of(form, spot, given.process.fields)


def _groups(form: CompiledForm, spot: Spot) -> Iterator[Flaw]:
    seen: set[str] = set()
    for n, group in enumerate(form.groups):
        for m, name in enumerate(group.fields):
            here = under(spot, "groups", n, "fields", m)
            if name not in form.takes:
                yield Flaw("P454.unknown", here, {"field": name, "meant": meant(name, form.takes)})
            elif name in seen:
                yield Flaw("P455.twice", here, {"field": name})
            seen.add(name)


def _columns_of(form: CompiledForm, spot: Spot, fields: Mapping[str, FieldDef]) -> Iterator[Flaw]:
    here = [name for name in (*form.show, *form.takes) if name in fields and fields[name].type == "table"]
    yield from named_columns(form.columns, here, spot, fields, "P458.table")


def named_columns(
    columns: Mapping[str, Sequence[str]], here: Sequence[str], spot: Spot, fields: Mapping[str, FieldDef], missing: str
) -> Iterator[Flaw]:
    """Columns are named of the tables that stand `here` (else the flaw `missing`), at least one of each, and only such as there are."""
    for table, names in columns.items():
        if table not in here:
            yield Flaw(missing, under(spot, "columns", table), {"table": table, "meant": meant(table, here)})
            continue
        if not names:
            yield Flaw("P458.none", under(spot, "columns", table), {"table": table})
        known = fields[table].columns or {}
        for n, name in enumerate(names):
            if name not in known:
                at = under(spot, "columns", table, n) if len(names) > 1 else under(spot, "columns", table)
                yield Flaw("P459.column", at, {"table": table, "column": name, "meant": meant(name, known)})
