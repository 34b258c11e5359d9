"""What a condition or formula is once read: a small frozen tree, and what can be read off it without knowing types.

Columns count from 1 within the text and do not take part in equality. A tree knows nothing of fields, cases or values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias, assert_never

Names: TypeAlias = tuple[str, ...]
Sign: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">="]
PlusMinus: TypeAlias = Literal["+", "-"]


def _column() -> int:
    column: int = field(default=1, compare=False, kw_only=True)
    return column


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, whole or with decimals."""

    value: int | Decimal
    column: int = _column()


@dataclass(frozen=True, slots=True)
class Quoted:
    """A text in quotes."""

    text: str
    column: int = _column()


@dataclass(frozen=True, slots=True)
class YesNo:
    """yes, no, true or false."""

    value: bool
    column: int = _column()


@dataclass(frozen=True, slots=True)
class Day:
    """A date as written: 2026-03-02."""

    value: date
    column: int = _column()


@dataclass(frozen=True, slots=True)
class Word:
    """A bare word in a list: the id of a choice."""

    name: str
    column: int = _column()


@dataclass(frozen=True, slots=True)
class StepName:
    """A step as the argument of `count`: `repair` or `use_step/inner`."""

    name: str
    column: int = _column()


@dataclass(frozen=True, slots=True)
class Path:
    """A field, or a part of the record a field points at: `sn.warranty_until`."""

    names: Names
    column: int = _column()


@dataclass(frozen=True, slots=True)
class Known:
    """`today`, `now` or `overdue`."""

    name: str
    column: int = _column()


@dataclass(frozen=True, slots=True)
class Call:
    """A named function with its arguments."""

    name: str
    arguments: tuple[Expression, ...]
    column: int = _column()


@dataclass(frozen=True, slots=True)
class OfTable:
    """A number from the rows of a table: `sum(parts.cost)`, `rows(readings, ok is no)`, `unanswered(checkpoints)`.

    The condition speaks of one row, so its names are none of the expression around it: `walk` does not go into it.
    """

    name: str
    table: str
    cell: str = ""
    condition: Expression | None = None
    column: int = _column()


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms added to and taken from the first one."""

    first: Expression
    rest: tuple[tuple[PlusMinus, Expression], ...]
    column: int = _column()


@dataclass(frozen=True, slots=True)
class Compare:
    """One comparison of two values; the column is the sign's."""

    sign: Sign
    left: Expression
    right: Expression
    column: int = _column()


@dataclass(frozen=True, slots=True)
class Is:
    """`subject is [not] word`: equality with a choice id, or with yes and no; the column is that of `is`."""

    subject: Expression
    word: str | bool
    negated: bool = False
    column: int = _column()
    word_column: int = _column()


@dataclass(frozen=True, slots=True)
class IsSet:
    """`subject is [not] set`: whether there is a value."""

    subject: Expression
    negated: bool = False
    column: int = _column()


@dataclass(frozen=True, slots=True)
class In:
    """`subject [not] in [a, b]`."""

    subject: Expression
    items: tuple[Item, ...]
    negated: bool = False
    column: int = _column()


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    part: Expression
    column: int = _column()


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold; two or more."""

    parts: tuple[Expression, ...]
    column: int = _column()


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds; two or more."""

    parts: tuple[Expression, ...]
    column: int = _column()


Item: TypeAlias = Number | Quoted | YesNo | Day | Word
Expression: TypeAlias = (
    Number
    | Quoted
    | YesNo
    | Day
    | Word
    | StepName
    | Path
    | Known
    | Call
    | OfTable
    | Sum
    | Compare
    | Is
    | IsSet
    | In
    | Not
    | And
    | Or
)


def children(node: Expression) -> tuple[Expression, ...]:
    """The parts directly below a node, from left to right."""
    match node:
        case Number() | Quoted() | YesNo() | Day() | Word() | StepName() | Path() | Known() | OfTable():
            return ()
        case Call():
            return node.arguments
        case Sum():
            return (node.first, *(term for _, term in node.rest))
        case Compare():
            return (node.left, node.right)
        case Is() | IsSet():
            return (node.subject,)
        case In():
            return (node.subject, *node.items)
        case Not():
            return (node.part,)
        case And() | Or():
            return node.parts
        case _:
            assert_never(node)


def walk(node: Expression) -> Iterator[Expression]:
    """The node and everything below it, from left to right."""
    yield node
    for child in children(node):
        yield from walk(child)


def start_of(node: Expression) -> int:
    """The column where the text of a node begins (a comparison's own column is that of its sign)."""
    match node:
        case Sum() | Compare() | Is() | IsSet() | In() | And() | Or():
            return start_of(children(node)[0])
        case _:
            return node.column


def names_in(expression: Expression) -> frozenset[Names]:
    """Every path the expression reads; `today`, `now` and `overdue` are not paths."""
    return frozenset(node.names for node in walk(expression) if isinstance(node, Path))


def fields_in(expression: Expression) -> frozenset[str]:
    """Every field the expression depends on: those its paths begin with, its tables, and what is asked of their rows."""
    found = {names[0] for names in names_in(expression)}
    for node in walk(expression):
        if isinstance(node, OfTable):
            found |= {node.table} | (fields_in(node.condition) if node.condition else frozenset())
    return frozenset(found)


def steps_in(expression: Expression) -> frozenset[str]:
    """Every step whose entries are counted."""
    return frozenset(node.name for node in walk(expression) if isinstance(node, StepName))


def tests_for_set(expression: Expression, path: Names) -> bool:
    """Whether the expression itself asks if `path`, a part of it, or the record it is a part of, is set."""
    subjects = (node.subject for node in walk(expression) if isinstance(node, IsSet))
    asked = (subject.names for subject in subjects if isinstance(subject, Path))
    return any(names[: len(path)] == path or path[: len(names)] == names for names in asked)


def must_be_set(expression: Expression) -> frozenset[Names]:
    """The paths that ought to have a value before the expression is asked: all but those it tests with `is set`."""
    return frozenset(path for path in names_in(expression) if not tests_for_set(expression, path))
