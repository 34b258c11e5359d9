"""Explains a path that nobody knows: which part of it is the first unknown one, and what was probably meant."""

from __future__ import annotations

from engine.definition.expressions.fitting import called
from engine.definition.expressions.functions import KNOWN, USAGES
from engine.definition.expressions.kinds import Scope, ValueType
from engine.definition.expressions.problem import ExpressionProblem, similar
from engine.definition.expressions.tree import Expression, Names, Path, names_in
from engine.definition.expressions.words import NEVER_NAMES, SOMETIMES_NAMES

_MOST_SHOWN = 12


def unknown_name(node: Path, scope: Scope, whole: Expression, wanted: ValueType | None) -> ExpressionProblem:
    """The problem for a path the scope has no type for. `whole` is the expression it stands in, `wanted` its field."""
    length = _known_parts(node.names, scope)
    before, name = node.names[:length], node.names[length]
    column = node.column + sum(len(part) + 1 for part in before)
    if before:
        return _unknown_part(before, name, column, scope)
    if name == "earlier":
        return ExpressionProblem("P401.name_earlier", column)
    if name in USAGES:
        return ExpressionProblem("P401.function_bare", column, name=name, usage=USAGES[name])
    if name in SOMETIMES_NAMES | NEVER_NAMES:
        return ExpressionProblem("P402.no_value", column, word=name)
    if wanted is not None and node is whole and name in wanted.choices:
        return ExpressionProblem("P401.choice_formula", column, word=name)
    chosen_by = _field_with_choice(name, scope, whole)
    if chosen_by:
        return ExpressionProblem("P401.choice_as_name", column, word=name, field=".".join(chosen_by))
    names = sorted({*scope.names(), *KNOWN})
    meant = similar(name, names)
    if meant:
        return ExpressionProblem("P401.name_similar", column, name=name, similar=meant)
    return ExpressionProblem("P401.name", column, name=name, known=some_of(names))


def some_of(names: list[str]) -> str:
    """The first names of a long list, for a hint."""
    return (", ".join(names[:_MOST_SHOWN]) + (", …" if len(names) > _MOST_SHOWN else "")) or "-"


def _known_parts(names: Names, scope: Scope) -> int:
    """How many names from the left mean something; `event` alone may have no value and yet be followed by one."""
    for length in range(1, len(names)):
        if scope.type_of(names[:length]) is None and not list(scope.names_after(names[:length])):
            return length - 1
    return len(names) - 1


def _unknown_part(before: Names, name: str, column: int, scope: Scope) -> ExpressionProblem:
    parts = sorted(scope.names_after(before))
    owner = ".".join(before)
    kind = scope.type_of(before)
    if kind is not None and name in dict(kind.columns):
        return ExpressionProblem("P401.column_alone", column, name=name, table=owner)
    if kind is not None and kind.kind == "table":
        columns = some_of(sorted(dict(kind.columns)))
        return ExpressionProblem("P401.no_column", column, name=name, table=owner, columns=columns)
    meant = similar(name, parts)
    if meant:
        return ExpressionProblem("P401.part_similar", column, name=name, owner=owner, similar=meant)
    if parts or kind is None:
        return ExpressionProblem("P401.part", column, name=name, owner=owner, known=some_of(parts))
    return ExpressionProblem("P401.no_parts", column, name=name, owner=owner, **called("kind", kind))


def _field_with_choice(word: str, scope: Scope, whole: Expression) -> Names | None:
    """The field of the same expression that has `word` among its choices: `measure is scrap or replace`."""
    for path in sorted(names_in(whole)):
        kind = scope.type_of(path)
        if kind is not None and word in kind.choices:
            return path
    return None
