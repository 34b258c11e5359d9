"""What a case knows that nobody has told it: the default of a question that was not asked yet, a counter that has not
counted; and what no form asks but for one of its buttons. Neither is shown, as a fact or as something still to be filled in."""

from __future__ import annotations

from engine.case import Case
from engine.definition.compiled import Compiled, Step
from engine.forms import as_kept


def untold(process: Compiled, case: Case, name: str) -> bool:
    """Whether a field is empty and asked by no form, or only where a button gives back or refuses; or stands at its default
    and no form that was sent took it."""
    field, value = process.fields.get(name), case.values.get(name)
    if field is None or name in process.start_form.takes:
        return False
    if value in (None, "", []):
        return not any(_asks(step, name) for step in process.steps.values())
    if field.default is None or str(value) != str(as_kept(field, field.default)):
        return False
    return not any(_asks(process.steps[done], name) for done in case.done_by if done in process.steps)


def _asks(step: Step, name: str) -> bool:
    """Whether the form of a step asks for a field, and not only where a button gives back or refuses."""
    if step.task is None or name not in step.task.form.takes:
        return False
    return not any(name in outcome.ask for outcome in step.outcomes.values())
