"""Cuts the infinite values of a case into the few that make a difference to a set of conditions.

A *question* is something the conditions look at: a field, a count, a sum, or how two of these compare. Its *answers*
are its choices, yes and no, its constants with a value between, below and above each, and "empty". Questions are taken
as independent of each other, so more combinations are tried than can occur, never fewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise
from typing import TypeAlias

from engine.definition.expressions.check import type_of
from engine.definition.expressions.evaluate import item_value
from engine.definition.expressions.kinds import DAYS, NUMBERS, Scope, ValueType
from engine.definition.expressions.tree import (
    And,
    Call,
    Compare,
    Day,
    Expression,
    In,
    Is,
    IsSet,
    Names,
    Not,
    Number,
    OfTable,
    Or,
    Path,
    Quoted,
    Sum,
    Word,
    YesNo,
    children,
    walk,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """How two values compare that are both unknown before: a field with a field, a date with a sum."""

    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Anything:
    """A value that is there and equals none of the constants (`other`: of several)."""

    other: bool = False


Question: TypeAlias = Expression | Pair
Answer: TypeAlias = bool | int | Decimal | str | date | tuple[str, ...] | Anything | None
Domains: TypeAlias = dict[Question, tuple[Answer, ...]]

_OTHER_CHOICE = "(other)"
_MOST_LISTED_TOGETHER = 14  # 2 ** 14 sets of a multiple choice are close to the limit of combinations already


class TooMany(Exception):
    """There are more combinations than are tried; an `otherwise` row is needed."""


@dataclass(slots=True)
class _Asked:
    """What the conditions compare one term with."""

    constants: list[object] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def domains(expressions: Iterable[Expression], scope: Scope, required: frozenset[Names]) -> Domains:
    """Every question the expressions ask, in the order they are asked, with the answers to try."""
    asked: dict[Expression, _Asked] = {}
    pairs: list[Pair] = []
    for expression in expressions:
        for node in _leaves(expression):
            _note(node, asked, pairs)
    answers: Domains = {}
    for term, about in asked.items():
        found = _answers(term, about, type_of(term, scope))
        answers[term] = found if _never_empty(term, required) else (*found, None)
    for pair in pairs:
        answers[pair] = ("<", "==", ">")
    return answers


def is_constant(node: Expression) -> bool:
    """Whether a node has the same value in every case."""
    if isinstance(node, Call):
        return node.name == "days" and all(isinstance(argument, Number) for argument in node.arguments)
    return isinstance(node, Number | Quoted | YesNo | Day | Word)


def constant_value(node: Expression) -> object:
    """The value of a constant; `days(3)` is 3."""
    if isinstance(node, Call):
        return constant_value(node.arguments[0]) if node.arguments else None
    return item_value(node) if isinstance(node, Number | Quoted | YesNo | Day | Word) else None


def is_boolean(node: Expression) -> bool:
    """Whether a node is itself made of conditions, so that it is worked out rather than asked."""
    return isinstance(node, Or | And | Not | Compare | Is | IsSet | In | YesNo)


def _leaves(node: Expression) -> Iterator[Expression]:
    """The comparisons and bare yes/no fields a condition is built from."""
    if isinstance(node, Or | And | Not):
        for child in children(node):
            yield from _leaves(child)
    elif isinstance(node, Compare) and (is_boolean(node.left) or is_boolean(node.right)):
        yield from _leaves(node.left)
        yield from _leaves(node.right)
    elif not is_constant(node):
        yield node


def _note(node: Expression, asked: dict[Expression, _Asked], pairs: list[Pair]) -> None:
    match node:
        case Compare():
            if is_constant(node.left) and is_constant(node.right):
                return
            if is_constant(node.left) or is_constant(node.right):
                term, constant = (node.right, node.left) if is_constant(node.left) else (node.left, node.right)
                _about(term, asked).constants.append(constant_value(constant))
                return
            _about(node.left, asked)
            _about(node.right, asked)
            if Pair(node.left, node.right) not in pairs and Pair(node.right, node.left) not in pairs:
                pairs.append(Pair(node.left, node.right))
        case Is():
            about = _about(node.subject, asked)
            if isinstance(node.word, str):
                about.words.append(node.word)
        case IsSet():
            _about(node.subject, asked)
        case In():
            if is_constant(node.subject):
                return
            about = _about(node.subject, asked)
            for item in node.items:
                about.constants.append(item_value(item))
        case _:
            _about(node, asked)


def _about(term: Expression, asked: dict[Expression, _Asked]) -> _Asked:
    if isinstance(term, Sum | Call):  # the fields it is made of decide whether it has a value
        for node in walk(term):
            if isinstance(node, Path):
                asked.setdefault(node, _Asked())
    return asked.setdefault(term, _Asked())


def _never_empty(term: Expression, required: frozenset[Names]) -> bool:
    """A sum or call is empty exactly when a field in it is, so it has no empty answer of its own; of a table only `only` is."""
    if isinstance(term, OfTable):
        return term.name != "only"
    return not isinstance(term, Path) or term.names in required


def _answers(term: Expression, about: _Asked, kind: ValueType | None) -> tuple[Answer, ...]:
    """The answers of a term when it has a value."""
    texts = [*about.words, *(value for value in about.constants if isinstance(value, str))]
    match kind.kind if kind else "text":
        case "yes_no":
            return (True, False)
        case "choice" if kind and kind.choices:
            return (*kind.choices, Anything(other=True)) if kind.others else kind.choices
        case "choices" if kind:
            return _subsets(list(dict.fromkeys(texts)), kind.choices)
        case family if family in NUMBERS:
            numbers = [v for v in about.constants if isinstance(v, int | Decimal) and not isinstance(v, bool)]
            counted = (isinstance(term, Call) and term.name == "count") or (
                isinstance(term, OfTable) and term.name not in ("sum", "only")
            )
            bounds = _Bounds(counted, 0 if counted else kind.least if kind else None, kind.most if kind else None)
            return _cut_numbers(sorted({Decimal(v) for v in numbers}), bounds)
        case family if family in DAYS:
            return _cut_days(sorted({v for v in about.constants if isinstance(v, date)}))
        case _:
            return (*dict.fromkeys(texts), Anything(other=bool(texts)))


def _subsets(words: list[str], choices: tuple[str, ...]) -> tuple[Answer, ...]:
    """Every set of the choices that are asked for; an unasked choice stands for the rest."""
    if len(words) > _MOST_LISTED_TOGETHER:
        raise TooMany
    found: list[Answer] = [chosen for size in range(1, len(words) + 1) for chosen in combinations(words, size)]
    if set(choices) - set(words):
        found.append((_OTHER_CHOICE,))
    return tuple(found) or (Anything(),)


def _cut_numbers(constants: list[Decimal], bounds: _Bounds) -> tuple[Answer, ...]:
    """The constants first (they make the plainest examples), then a value above, between and below them."""
    if not constants:
        return (Anything(),)
    between = [bounds.inside(low, high) for low, high in pairwise(constants)]
    others = [bounds.inside(constants[-1], None), *between, bounds.inside(None, constants[0])]
    possible = [value for value in (*constants, *others) if value is not None and bounds.allow(value)]
    return tuple(int(value) if value == value.to_integral_value() else value for value in possible) or (Anything(),)


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What numbers there can be: between `least` and `most`, whole when they are counted."""

    whole: bool
    least: Decimal | int | None
    most: Decimal | int | None

    def allow(self, value: Decimal) -> bool:
        if self.whole and value != value.to_integral_value():
            return False
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    def inside(self, low: Decimal | None, high: Decimal | None) -> Decimal | None:
        """A possible number above `low` and below `high`, or None when there is none."""
        candidates: list[Decimal] = []
        if low is not None:
            candidates.append(low + 1)
        if high is not None:
            candidates.append(high - 1)
        if low is not None and high is not None:
            candidates.append((low + high) / 2)
        candidates += [Decimal(bound) for bound in (self.least, self.most) if bound is not None]
        fitting = (c for c in candidates if (low is None or c > low) and (high is None or c < high) and self.allow(c))
        return next(fitting, None)


def _cut_days(constants: list[date]) -> tuple[Answer, ...]:
    if not constants:
        return (Anything(),)
    day = timedelta(days=1)
    others = [constants[-1] + day] if constants[-1] < date.max else []
    others += [low + day for low, high in pairwise(constants) if low + day < high]
    others += [constants[0] - day] if constants[0] > date.min else []
    return (*constants, *others)
