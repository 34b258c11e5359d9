"""Conditions and formulas: read into a tree, checked against the declared names, worked out from the facts of a case.

Law: no I/O, no clock, no calendar; nothing of a text is ever run as Python. Everything else uses what is listed here.
"""

from __future__ import annotations

from engine.definition.expressions.check import Wanted, check, type_of
from engine.definition.expressions.coverage import (
    Assignment,
    holds_in,
    never_reached,
    samples,
    say_assignment,
    uncovered,
)
from engine.definition.expressions.evaluate import evaluate, holds
from engine.definition.expressions.functions import Facts
from engine.definition.expressions.grammar import parse, parse_value
from engine.definition.expressions.kinds import Kind, Scope, ValueType
from engine.definition.expressions.problem import ExpressionProblem
from engine.definition.expressions.questions import TooMany
from engine.definition.expressions.tree import (
    Expression,
    Names,
    fields_in,
    must_be_set,
    names_in,
    steps_in,
    tests_for_set,
)
from engine.definition.expressions.unparse import unparse
from engine.definition.expressions.values import as_compared, told_apart_by

__all__ = [
    "Assignment",
    "Expression",
    "ExpressionProblem",
    "Facts",
    "Kind",
    "Names",
    "Scope",
    "TooMany",
    "ValueType",
    "Wanted",
    "as_compared",
    "check",
    "evaluate",
    "fields_in",
    "holds",
    "holds_in",
    "must_be_set",
    "names_in",
    "never_reached",
    "parse",
    "parse_value",
    "samples",
    "say_assignment",
    "steps_in",
    "tests_for_set",
    "told_apart_by",
    "type_of",
    "uncovered",
    "unparse",
]
