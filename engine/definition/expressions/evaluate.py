"""Works out a condition or formula from the facts of a case. Total: a missing or odd value gives false or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import assert_never

from engine.definition.expressions.functions import FUNCTIONS, KNOWN, Facts
from engine.definition.expressions.tree import (
    And,
    Call,
    Compare,
    Day,
    Expression,
    In,
    Is,
    IsSet,
    Item,
    Known,
    Not,
    Number,
    OfTable,
    Or,
    Path,
    Quoted,
    StepName,
    Sum,
    Word,
    YesNo,
)
from engine.definition.expressions.values import Zone, add, compare, contains, is_set, told_apart_by


def holds(expression: Expression, facts: Facts) -> bool:
    """Whether a condition is true; anything but a clear yes is false."""
    return evaluate(expression, facts) is True


def evaluate(expression: Expression, facts: Facts) -> object | None:
    """The value of an expression, None where there is none."""
    match expression:
        case Path():
            return facts.value(expression.names)
        case Or():
            return any(holds(part, facts) for part in expression.parts)
        case And():
            return all(holds(part, facts) for part in expression.parts)
        case Not():
            return not holds(expression.part, facts)
        case Compare():
            left, right = evaluate(expression.left, facts), evaluate(expression.right, facts)
            return compare(expression.sign, left, right, Zone.of(facts.now))
        case Is():
            subject = evaluate(expression.subject, facts)
            return contains(subject, expression.word, Zone.of(facts.now)) is not expression.negated
        case IsSet():
            return is_set(evaluate(expression.subject, facts)) is not expression.negated
        case In():
            subject, zone = evaluate(expression.subject, facts), Zone.of(facts.now)
            return any(contains(subject, item_value(item), zone) for item in expression.items) is not expression.negated
        case Sum():
            return _sum(expression, facts)
        case Call():
            return _call(expression, facts)
        case OfTable():
            return _of_table(expression, facts)
        case Known():
            return KNOWN[expression.name].read(facts)
        case StepName():
            return expression.name
        case Number() | Quoted() | YesNo() | Day() | Word():
            return item_value(expression)
        case _:
            assert_never(expression)


def item_value(item: Item) -> object:
    """The value a literal stands for."""
    match item:
        case Number() | YesNo() | Day():
            return item.value
        case Quoted():
            return item.text
        case Word():
            return item.name
        case _:
            assert_never(item)


def _sum(expression: Sum, facts: Facts) -> object | None:
    total, zone = evaluate(expression.first, facts), Zone.of(facts.now)
    for sign, term in expression.rest:
        total = add(total, sign, evaluate(term, facts), zone)
    return total


def _call(expression: Call, facts: Facts) -> object | None:
    function = FUNCTIONS.get(expression.name)
    if function is None:
        return None
    return function.work_out(facts, tuple(evaluate(argument, facts) for argument in expression.arguments))


def _of_table(expression: OfTable, facts: Facts) -> object | None:
    rows, condition = facts.rows(expression.table), expression.condition
    match expression.name:
        case "rows":
            return sum(1 for row in rows if condition is None or holds(condition, row))
        case "sum":
            return _total([row.value((expression.cell,)) for row in rows], Zone.of(facts.now))
        case "different":
            found = (row.value((expression.cell,)) for row in rows)
            return len({_identity(value) for value in found if is_set(value)})
        case "only":
            return _what_all_have([row.value((expression.cell,)) for row in rows])
        case "unanswered":
            return facts.unanswered(expression.table)
        case _:
            return None


def _total(values: list[object], zone: Zone) -> object | None:
    total: object | None = 0
    for value in values:
        if is_set(value):
            total = add(total, "+", value, zone)
    return total


def _what_all_have(values: list[object]) -> object | None:
    return values[0] if len({_identity(value) if is_set(value) else None for value in values}) == 1 else None


def _identity(value: object) -> object:
    """What tells two values of a column apart; a record is known by its id, a text however its hyphens and gaps are set."""
    match value:
        case str():
            return told_apart_by(value)
        case Mapping():
            return str(value.get("id") or value.get("key"))
        case Decimal() if not value.is_finite():
            return str(value)  # one that is no number refuses even to be compared
        case _:
            return value
