"""What a case knows that nobody has told it: the default of a question that was not asked yet, a counter that has not
counted. Such a value is no fact and is not shown as one."""

from __future__ import annotations

from engine.case import Case
from engine.definition.compiled import Compiled


def untold(process: Compiled, case: Case, name: str) -> bool:
    """Whether a field stands at its default, and no form that was sent has asked or offered it."""
    field = process.fields.get(name)
    if field is None or field.default is None or name in process.start_form.takes:
        return False
    if str(case.values.get(name)) != str(field.default):
        return False
    done = (process.steps[step].task for step in case.done_by if step in process.steps)
    return not any(task is not None and name in task.form.takes for task in done)
