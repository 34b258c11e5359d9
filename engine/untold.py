"""What a case knows that nobody has told it: the default of a question that was not asked yet, a counter that has not
counted; and what no form asks but for one of its buttons. Neither is shown, as a fact or as something still to be filled in."""

from __future__ import annotations

from collections.abc import Iterator

from engine.case import Case
from engine.definition.compiled import Compiled


def untold(process: Compiled, case: Case, name: str) -> bool:
    """Whether a field is empty and asked by no form, or only where a button gives back or refuses; or stands at its default
    and no form that was sent took it."""
    field, value = process.fields.get(name), case.values.get(name)
    if field is None or name in process.start_form.takes:
        return False
    asking = tuple(_steps_that_ask(process, name))
    if value in (None, "", []):
        return not asking
    return field.default is not None and str(value) == str(field.default) and not any(s in case.done_by for s in asking)


def _steps_that_ask(process: Compiled, name: str) -> Iterator[str]:
    asking = (step for step in process.steps.values() if step.task is not None and name in step.task.form.takes)
    return (step.name for step in asking if not any(name in outcome.ask for outcome in step.outcomes.values()))
