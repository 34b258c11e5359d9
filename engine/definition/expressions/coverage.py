"""Whether rows of conditions choose something in every case, and whether each is ever chosen: by trying combinations.

The questions are cut by `questions.py`. What is reported as never reached is never reached; what is reported as
uncovered may, for fields compared with each other, be a combination that cannot occur: then `otherwise` is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date
from decimal import Decimal
from itertools import product
from math import prod
from typing import TypeAlias

from engine.definition.expressions.kinds import Scope
from engine.definition.expressions.questions import (
    Answer,
    Anything,
    Pair,
    Question,
    TooMany,
    constant_value,
    domains,
    is_boolean,
    is_constant,
)
from engine.definition.expressions.tree import (
    And,
    Call,
    Compare,
    Expression,
    In,
    Is,
    IsSet,
    Names,
    Not,
    OfTable,
    Or,
    Path,
    Sign,
    Sum,
    YesNo,
    names_in,
)
from engine.definition.expressions.unparse import plain_number, unparse
from engine.definition.expressions.values import Zone, compare, contains

MOST_COMBINATIONS = 20_000

Assignment: TypeAlias = Mapping[Question, Answer]
Rows: TypeAlias = Sequence[Expression | None]

_ZONE = Zone(UTC)  # samples hold dates only, so the zone makes no difference
_TURNED: dict[Sign, Sign] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def samples(
    expressions: Iterable[Expression], scope: Scope, required: frozenset[Names] | set[Names] = frozenset()
) -> Iterator[Assignment]:
    """All combinations that make a difference; `required` paths are never empty. Raises TooMany beyond 20,000."""
    answers = domains(expressions, scope, frozenset(required))
    if prod(len(domain) for domain in answers.values()) > MOST_COMBINATIONS:
        raise TooMany
    return (dict(zip(answers, combination, strict=True)) for combination in product(*answers.values()))


def uncovered(rows: Rows, scope: Scope, required: frozenset[Names] | set[Names] = frozenset()) -> Assignment | None:
    """A combination in which no row holds; None when all are covered. A row None is `otherwise`. Raises TooMany."""
    if None in rows:
        return None
    conditions = [row for row in rows if row is not None]
    for assignment in samples(conditions, scope, required):
        if not any(holds_in(condition, assignment) for condition in conditions):
            return assignment
    return None


def never_reached(rows: Rows, scope: Scope, required: frozenset[Names] | set[Names] = frozenset()) -> list[int]:
    """The rows (from 0) that are chosen in no combination, because an earlier one always is. Raises TooMany."""
    waiting = set(range(len(rows)))
    for assignment in samples([row for row in rows if row is not None], scope, required):
        chosen = next((i for i, row in enumerate(rows) if row is None or holds_in(row, assignment)), None)
        waiting.discard(-1 if chosen is None else chosen)
        if not waiting:
            break
    return sorted(waiting)


def holds_in(condition: Expression, assignment: Assignment) -> bool:
    """Whether a condition is true under the answers of an assignment."""
    match condition:
        case Or():
            return any(holds_in(part, assignment) for part in condition.parts)
        case And():
            return all(holds_in(part, assignment) for part in condition.parts)
        case Not():
            return not holds_in(condition.part, assignment)
        case Compare():
            return _compare(condition, assignment)
        case Is():
            return contains(_answer(condition.subject, assignment), condition.word, _ZONE) is not condition.negated
        case IsSet():
            return (_answer(condition.subject, assignment) is not None) is not condition.negated
        case In():
            subject = _answer(condition.subject, assignment)
            found = any(contains(subject, constant_value(item), _ZONE) for item in condition.items)
            return found is not condition.negated
        case YesNo():
            return condition.value
        case _:
            return _answer(condition, assignment) is True


def say_assignment(assignment: Assignment) -> str:
    """The assignment in the words of a condition: `measure is replace and customer_share is 0`."""
    said = [_say(question, answer, assignment) for question, answer in assignment.items()]
    return " and ".join(text for text in said if text) or "nothing else is known"


def _compare(node: Compare, assignment: Assignment) -> bool:
    left, right = _answer(node.left, assignment), _answer(node.right, assignment)
    if left is None or right is None:
        return node.sign == "!="
    if not _only_compared(left, right, node.left, node.right):
        return compare(node.sign, left, right, _ZONE)
    pair, sign = Pair(node.left, node.right), node.sign
    if pair not in assignment:
        pair, sign = Pair(node.right, node.left), _TURNED[node.sign]
    place = {"<": -1, "==": 0, ">": 1}[str(assignment[pair])]
    return compare(sign, place, 0, _ZONE)


def _only_compared(left: Answer, right: Answer, left_node: Expression, right_node: Expression) -> bool:
    """Whether the two answers stand for many values, so that only their pair says how they compare."""
    if is_constant(left_node) or is_constant(right_node) or is_boolean(left_node) or is_boolean(right_node):
        return False
    exact = all(isinstance(answer, bool) for answer in (left, right)) or all(isinstance(a, str) for a in (left, right))
    return not exact


def _answer(node: Expression, assignment: Assignment) -> Answer:
    """The answer of a term; none when a field it is made of, or a record it is part of, is empty."""
    if is_constant(node):
        value = constant_value(node)
        return value if isinstance(value, bool | int | Decimal | str | date) else None
    if is_boolean(node):
        return holds_in(node, assignment)
    if isinstance(node, Path):
        records = (Path(node.names[:length]) for length in range(1, len(node.names)))
        if any(record in assignment and assignment[record] is None for record in records):
            return None
    elif isinstance(node, Sum | Call) and any(_answer(Path(names), assignment) is None for names in names_in(node)):
        return None
    return assignment.get(node)


def _say(question: Question, answer: Answer, assignment: Assignment) -> str:
    if isinstance(question, Pair):
        left, right = _answer(question.left, assignment), _answer(question.right, assignment)
        if left is None or right is None or not _only_compared(left, right, question.left, question.right):
            return ""
        return f"{unparse(question.left)} {answer} {unparse(question.right)}"
    subject = unparse(question)
    if _answer(question, assignment) is None:
        return f"{subject} is not set" if isinstance(question, Path | OfTable) else ""
    match answer:
        case bool():
            return f"{subject} is {'yes' if answer else 'no'}"
        case int() | Decimal():
            return f"{subject} is {plain_number(answer)}"
        case date():
            return f"{subject} is {answer.isoformat()}"
        case tuple():
            return f"{subject} is {' and '.join(answer)}"
        case str():
            return f"{subject} is {answer}"
        case Anything(other=True):
            return f"{subject} is something else"
        case _:
            return f"{subject} is set" if isinstance(question, Path | OfTable) else ""
