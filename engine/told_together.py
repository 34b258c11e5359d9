"""What is wrong with a form is told in one round: its fields, and the rules that its good values break already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from engine.definition.compiled import CompiledForm, CompiledRule, Guard, Step
from engine.definition.expressions import fields_in
from engine.machine import machine_of
from engine.refusals import FormRefusal
from engine.rules import broken, together

if TYPE_CHECKING:
    from engine.flow import Flow


def told_together(flow: Flow, step: Step | None, outcome: str, form: CompiledForm, refusal: FormRefusal) -> FormRefusal:
    """The refusal of a form (of a start form where there is no step), and beside its fields those that a rule will refuse
    next. `flow` holds the good values."""
    fields = dict(refusal.fields)
    wrong = {name.partition(".")[0] for name in fields}
    for rule, read in _broken_already(flow, step, outcome, wrong):
        name = _place(flow, form, read)
        if name:
            said = broken(flow.process, [rule], flow.reason).text
            fields[name] = together((fields[name], said)) if name in fields else said
    return FormRefusal(fields)


def _broken_already(
    flow: Flow, step: Step | None, outcome: str, wrong: set[str]
) -> Iterator[tuple[CompiledRule, frozenset[str]]]:
    """The rules about this button, or about the step it leads to, that do not hold, with the fields they read. What nobody
    knows yet is not asked: fields that are wrong, and those that change on the way."""
    unknown = wrong | (_changed_on_the_way(step, outcome) if step else set())
    begins = {*([f"{step.name}.{outcome}"] if step else []), *_leads_to(flow, step, outcome, wrong)}
    for rule in flow.process.rules:
        if rule.form != "never_when" or rule.guard is None or not begins & set(rule.a):
            continue
        read = fields_in(rule.guard.expression)
        if not read & unknown and flow.holds(rule.guard):
            yield rule, read


class _NotKnown(Exception):
    """Where the button leads hangs on a field that is wrong."""


def _leads_to(flow: Flow, step: Step | None, outcome: str, wrong: set[str]) -> Iterable[str]:
    """The steps that this button would begin; none while that hangs on what is wrong."""

    def holds(guard: Guard) -> bool:
        if fields_in(guard.expression) & wrong:
            raise _NotKnown
        return flow.holds(guard)

    trigger = "start" if step is None else f"{step.name}.{outcome}" if outcome in step.outcomes else step.name
    try:
        position = machine_of(flow.process).fire(flow.draft.leaves, trigger, holds)
    except _NotKnown:
        return ()
    return position.entered if position is not None else ()


def _changed_on_the_way(step: Step, outcome: str) -> set[str]:
    pressed = step.outcomes.get(outcome)
    actions = (*step.on_done, *(pressed.do if pressed is not None else ()))
    names = (
        name for action in actions for name in (action.target, *(name for name, _ in (*action.values, *action.save)))
    )
    return {name.partition(".")[0] for name in names}


def _place(flow: Flow, form: CompiledForm, read: Iterable[str]) -> str:
    """Which field of the form such a rule speaks of: a table sooner than what is added up in it; "" for none."""
    mine = sorted(set(read) & set(form.takes), key=lambda name: flow.process.fields[name].type != "table")
    return mine[0] if mine else ""
