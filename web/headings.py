"""The facts of a case under the stages they came from, in the order of the way, so that sixty of them can be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.definition.compiled import Compiled
from engine.definition.texts import Text
from engine.offers import FieldOffer
from engine.screen_rows import HistoryRow
from web.words import CATALOGUE

MANY = 24
"""More facts than this are folded but for those of the beginning and of the last stage."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Some facts and where they came from; an empty label where everything came at once."""

    label: Text
    fields: tuple[FieldOffer, ...]
    open: bool


def under_headings(
    fields: Sequence[FieldOffer], process: Compiled | None, history: Sequence[HistoryRow]
) -> tuple[Heading, ...]:
    """Each fact under the heading it came from; those of tables stand elsewhere."""
    filled = [f for f in fields if f.visible and not f.columns and f.value not in (None, "", [], ())]
    origins = dict(_origins(process, history)) if process is not None else {}
    order: dict[Text, list[FieldOffer]] = {label: [] for label in origins.values()}
    for field in filled:
        order.setdefault(origins.get(field.name, _REGISTERED), []).append(field)
    groups = [(label, group) for label, group in order.items() if group]
    last, many = len(groups) - 1, len(filled) > MANY
    asked_first = {origins[name] for name in process.start_form.takes} if process is not None else set()
    return tuple(
        Heading(label if last else Text(), tuple(group), not many or at == last or label in asked_first)
        for at, (label, group) in enumerate(groups)
    )


_REGISTERED = CATALOGUE["case.registered"]


def _origins(process: Compiled, history: Sequence[HistoryRow]) -> Iterator[tuple[str, Text]]:
    """Where each field came from: the start form, else the stage of the step that changed or asked it last. What came first
    is told first."""
    started = {name: group.label for group in process.start_form.groups for name in group.fields}
    asked = {name: started.get(name, _REGISTERED) for name in process.start_form.takes}
    found: dict[str, Text] = {}
    for row in history:
        label = _stage_of(process, row.step) if row.step else _REGISTERED
        changes = row.details.get("changes")
        step = process.steps.get(row.step) if row.kind == "completed" else None
        names = [
            *(changes if isinstance(changes, Mapping) else ()),
            *(step.task.form.ask if step and step.task else ()),
        ]
        for name in names:
            if name not in asked:
                found.pop(name, None)
                found[name] = label
    yield from asked.items()
    yield from found.items()


def _stage_of(process: Compiled, name: str) -> Text:
    """The stage in which a step lies, else the step itself."""
    step, top = process.steps.get(name), process.steps.get(name.partition("/")[0])
    inside = (*step.inside, name, name.partition("/")[0]) if step is not None else (name,)
    stages = (stage for stage in process.file.stages.values() if not set(inside).isdisjoint(stage.steps))
    stage = next(stages, None)
    return stage.label if stage else step.label if step and step.label.en else top.label if top else Text(name, name)
