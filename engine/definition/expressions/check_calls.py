"""Checks what stands in the brackets of a function: steps and outcomes, numbers and moments, tables and their columns."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol, assert_never

from engine.definition.expressions.fitting import called
from engine.definition.expressions.functions import FUNCTIONS, TABLE_FUNCTIONS, USAGES
from engine.definition.expressions.kinds import DATETIME, MONEY, NUMBER, NUMBERS, Scope, ValueType
from engine.definition.expressions.naming import some_of
from engine.definition.expressions.problem import similar
from engine.definition.expressions.tree import Call, Expression, Number, OfTable, Path, StepName, start_of
from engine.definition.expressions.unparse import unparse


class Checking(Protocol):
    """The check of the whole expression, which a function stands in."""

    scope: Scope

    def kind(self, node: Expression) -> ValueType | None:
        """The kind of what stands in the brackets, after it was checked."""

    def in_a_row(self, table: str, condition: Expression) -> None:
        """A condition on the rows of a table."""

    def wrong(self, key: str, column: int, **names: str) -> None:
        """One more finding."""


def kind_of_call(checking: Checking, node: Call) -> ValueType | None:
    """What a function gives; None where there is no such function."""
    function = FUNCTIONS.get(node.name)
    if function is None:
        meant = similar(node.name, USAGES)
        functions = ", ".join(USAGES.values())
        if meant:
            checking.wrong("P401.function_similar", node.column, name=node.name, similar=USAGES[meant])
        else:
            checking.wrong("P401.function", node.column, name=node.name, functions=functions)
        return None
    if len(node.arguments) != len(function.takes):
        checking.wrong("P401.arguments", node.column, name=node.name, usage=function.usage)
        return function.gives
    for takes, argument in zip(function.takes, node.arguments, strict=True):
        match takes:
            case "step":
                _step(checking, argument)
            case "whole_number":
                _whole_number(checking, argument, function.usage)
            case "number":
                _number(checking, argument, function.usage)
            case "moment":
                _moment(checking, argument, function.usage)
            case _:
                assert_never(takes)
    return function.gives


def _step(checking: Checking, argument: Expression) -> None:
    if not isinstance(argument, StepName):
        return
    name, dot, outcome = argument.name.partition(".")
    if checking.scope.is_step(name):
        _outcome(checking, name, dot, outcome, argument.column)
        return
    steps = sorted(checking.scope.steps())
    meant = similar(name, steps)
    if meant:
        checking.wrong("P401.step_similar", argument.column, step=name, similar=meant)
    else:
        checking.wrong("P401.step", argument.column, step=name, steps=some_of(steps))


def _outcome(checking: Checking, step: str, dot: str, outcome: str, column: int) -> None:
    known = checking.scope.outcomes(step) if dot else None
    if known is not None and outcome not in known:
        outcomes = some_of(sorted(known))
        checking.wrong("P401.step_outcome", column + len(step) + 1, step=step, outcome=outcome, outcomes=outcomes)


def _number(checking: Checking, argument: Expression, usage: str) -> ValueType | None:
    kind = checking.kind(argument)
    if kind is not None and kind.kind not in NUMBERS:
        checking.wrong(
            "P401.argument", start_of(argument), found=unparse(argument), usage=usage, **called("kind", kind)
        )
        return None
    return kind


def _moment(checking: Checking, argument: Expression, usage: str) -> None:
    kind = checking.kind(argument)
    if kind is not None and kind != DATETIME:
        checking.wrong("P401.moment", start_of(argument), found=unparse(argument), usage=usage, **called("kind", kind))


def _whole_number(checking: Checking, argument: Expression, usage: str) -> None:
    if _number(checking, argument, usage) is None:
        return
    if isinstance(argument, Number) and isinstance(argument.value, Decimal):
        checking.wrong("P401.whole", argument.column, found=unparse(argument), usage=usage)


def kind_of_table(checking: Checking, node: OfTable) -> ValueType | None:
    """What `rows`, `sum` and `different` give: a number, or an amount; `only` what its column holds."""
    table = checking.scope.type_of((node.table,))
    if table is None:
        return checking.kind(Path((node.table,), column=node.column))
    if table.kind != "table":
        checking.wrong("P401.no_table", node.column, name=node.table, usage=USAGES[node.name], **called("kind", table))
        return None
    if node.condition is not None:
        checking.in_a_row(node.table, node.condition)
    return _of_column(checking, node, dict(table.columns)) if TABLE_FUNCTIONS[node.name].of_column else NUMBER


def _of_column(checking: Checking, node: OfTable, columns: dict[str, ValueType]) -> ValueType | None:
    kind, place = columns.get(node.cell), node.column + len(node.table) + 1
    if kind is None:
        names = {"table": node.table, "name": node.cell, "columns": some_of(sorted(columns))}
        checking.wrong("P401.no_column", place, **names)
        return None
    if node.name == "only":
        return kind
    if node.name != "sum":
        return NUMBER
    if kind.kind not in NUMBERS:
        checking.wrong("P401.column_sum", place, subject=f"{node.table}.{node.cell}", **called("kind", kind))
    return MONEY if kind.kind == "money" else NUMBER
