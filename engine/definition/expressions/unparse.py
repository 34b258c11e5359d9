"""Writes a tree back as text, in one canonical spelling: for showing, and to see that two spellings are one condition."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import assert_never

from engine.definition.expressions.tree import (
    And,
    Call,
    Compare,
    Day,
    Expression,
    In,
    Is,
    IsSet,
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
from engine.definition.expressions.words import NEVER_NAMES, YES_NO_WORDS

_BARE = re.compile(r"[^\W\d]\w*")
_NOT_BARE = NEVER_NAMES | YES_NO_WORDS.keys() | {"set"}


def unparse(expression: Expression) -> str:
    """The text of an expression; reading it again gives the same tree."""
    match expression:
        case Or():
            return " or ".join(_within(part, Or) for part in expression.parts)
        case And():
            return " and ".join(_within(part, Or, And) for part in expression.parts)
        case Not():
            return "not " + _within(expression.part, Or, And)
        case Compare():
            return f"{_operand(expression.left)} {expression.sign} {_operand(expression.right)}"
        case Is() | IsSet():
            word = "set" if isinstance(expression, IsSet) else _word(expression.word)
            return f"{_operand(expression.subject)} is {_not(expression.negated)}{word}"
        case In():
            items = ", ".join(unparse(item) for item in expression.items)
            return f"{_operand(expression.subject)} {_not(expression.negated)}in [{items}]"
        case Sum():
            rest = "".join(f" {sign} {_term(term)}" for sign, term in expression.rest)
            return _term(expression.first) + rest
        case Call() | OfTable():
            return f"{expression.name}({_in_brackets(expression)})"
        case Path():
            return ".".join(expression.names)
        case Known() | Word() | StepName():
            return expression.name
        case Number():
            return plain_number(expression.value)
        case Quoted():
            return _quoted(expression.text)
        case YesNo():
            return "yes" if expression.value else "no"
        case Day():
            return expression.value.isoformat()
        case _:
            assert_never(expression)


def plain_number(value: int | Decimal) -> str:
    """A number without an exponent, as a person would write it."""
    return str(value) if isinstance(value, int) else format(value, "f")


def _in_brackets(node: Call | OfTable) -> str:
    if isinstance(node, Call):
        return ", ".join(_operand(argument) for argument in node.arguments)
    column = f".{node.cell}" if node.cell else ""
    condition = f", {unparse(node.condition)}" if node.condition is not None else ""
    return node.table + column + condition


def _within(part: Expression, *weaker: type) -> str:
    return f"({unparse(part)})" if isinstance(part, weaker) else unparse(part)


def _operand(part: Expression) -> str:
    return _within(part, Or, And, Not, Compare, Is, IsSet, In)


def _term(part: Expression) -> str:
    return _within(part, Or, And, Not, Compare, Is, IsSet, In, Sum)


def _not(negated: bool) -> str:
    return "not " if negated else ""


def _word(word: str | bool) -> str:
    if isinstance(word, bool):
        return "yes" if word else "no"
    return word if _BARE.fullmatch(word) and word not in _NOT_BARE else _quoted(word)


def _quoted(text: str) -> str:
    return f'"{text}"' if "'" in text else f"'{text}'"
