"""Which values of a case are facts: somebody or something put them there. A default that nobody has seen yet is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.definition.compiled import Compiled
from engine.offers import FieldOffer
from engine.screen_rows import HistoryRow


def facts_only(
    fields: Sequence[FieldOffer], process: Compiled | None, history: Sequence[HistoryRow]
) -> tuple[FieldOffer, ...]:
    """The fields without those that hold a default no form has asked for yet and nothing has changed since."""
    if process is None:
        return tuple(fields)
    seen = _asked_or_changed(process, history)
    return tuple(field for field in fields if field.name in seen or not _has_default(process, field.name))


def _asked_or_changed(process: Compiled, history: Sequence[HistoryRow]) -> frozenset[str]:
    seen = set(process.start_form.takes)
    for row in history:
        changes = row.details.get("changes")
        seen.update(changes if isinstance(changes, Mapping) else ())
        step = process.steps.get(row.step) if row.kind == "completed" else None
        seen.update(step.task.form.ask if step is not None and step.task is not None else ())
    return frozenset(seen)


def _has_default(process: Compiled, name: str) -> bool:
    field = process.fields.get(name)
    return field is not None and field.default is not None
