"""Whom a `user` field cannot name because the process refuses what follows; lists to pick from leave these people out.

Only what is certain already: a rule that asks more than who it is, or speaks of what is still being entered, is kept at
the press like every other rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from engine.case import Case
from engine.definition.compiled import Compiled, Step
from engine.definition.expressions.tree import Compare, Expression, Or, Path
from engine.draft import Draft
from engine.facts import CaseFacts
from engine.who import always_excluded_from, excluded_from


def never_named(
    process: Compiled, case: Case | Draft, facts: CaseFacts, field: str, beside: Collection[str] = ()
) -> tuple[str, ...]:
    """The ids of these people, sorted. What stands in the fields `beside` it on the form may be another thing in a moment."""
    found: set[str] = set()
    if isinstance(case, Case):
        case = replace(case, values={name: value for name, value in case.values.items() if name not in beside})
    for step in process.steps.values():
        if step.task is not None and step.task.assign_to == (field,):
            found |= _kept_from(process, step, case)
    for rule in process.rules:
        if rule.form == "never_when" and rule.guard is not None:
            paths = (path for path in _others(rule.guard.expression, field) if path[0] not in beside)
            found |= {str(who) for path in paths if (who := facts.value(path))}
    return tuple(sorted(found))


def _kept_from(process: Compiled, step: Step, case: Case | Draft) -> set[str]:
    """Who may not do a step that goes to whom the field names; who may be let do it all the same can be named."""
    if step.task is not None and step.task.waived_by:
        return always_excluded_from(process, step.name, case)
    return set(excluded_from(process, step.name, case))


def _others(condition: Expression, field: str) -> Iterator[tuple[str, ...]]:
    """The paths that a condition equates with the field, where that alone makes it true."""
    for part in condition.parts if isinstance(condition, Or) else (condition,):
        if isinstance(part, Compare) and part.sign == "==":
            sides = [side.names for side in (part.left, part.right) if isinstance(side, Path)]
            if len(sides) == 2 and (field,) in sides:
                yield from (side for side in sides if side != (field,))
