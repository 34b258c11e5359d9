"""The overview of a process: its stages as boxes, with their steps folded inside. Changes nothing but what is drawn."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from engine.definition.compiled import NEW, Compiled, Spot, Step
from web.picture.subject import UNDRAWN, Level, Way, lifted

_MARK = "stage "
"""Before the id of a stage, so that it is never taken for a step of the same name."""


def staged(process: Compiled) -> Compiled:
    """The same process with its steps inside of its stages, as if each stage were a folded group of steps."""
    stage_of = {step: _MARK + id for id, stage in process.file.stages.items() for step in stage.steps}
    boxes = {
        _MARK + id: Step(_MARK + id, id, "use", stage.label, Spot("process", ("stages", id)))
        for id, stage in process.file.stages.items()
    }
    inside = {name: _placed(step, stage_of.get((*step.inside, name)[0])) for name, step in process.steps.items()}
    return replace(process, steps={**boxes, **inside})


def overview(process: Compiled) -> Level:
    """The level of a staged process: one plain way between two boxes; the normal way is that of the stages not aside."""
    names = (NEW, *(step.name for step in process.roots()))
    found: dict[tuple[str, str], list[int]] = {}
    for n, move in enumerate(process.moves):
        if move.kind in UNDRAWN or move.target is None:
            continue
        source, target = lifted(process, move.source, ()), lifted(process, move.target, ())
        if source and target and source != target:
            found.setdefault((source, target), []).append(n)
    ways = tuple(
        Way(source, (target,), tuple(process.moves[n] for n in moves), plain=True)
        for (source, target), moves in found.items()
    )
    reached = {target for _, target in found}
    loose = tuple(name for name in names if name in process.steps and name not in reached and _is_end(process, name))
    line = _normal_way(process, found)
    return Level(tuple(name for name in names if name not in loose), ways, line, loose=loose)


def stage_id(name: str) -> str | None:
    """The id of the stage that a box stands for; None for the box of a step."""
    return name.removeprefix(_MARK) if name.startswith(_MARK) else None


def _placed(step: Step, stage: str | None) -> Step:
    return replace(step, inside=(stage, *step.inside)) if stage else step


def _normal_way(process: Compiled, ways: Collection[tuple[str, str]]) -> tuple[str, ...]:
    """From the start through the stages that are not aside, as far as each leads to the next, to a successful end."""
    line = [NEW]
    for id, stage in process.file.stages.items():
        if not stage.aside and (line[-1], _MARK + id) in ways:
            line.append(_MARK + id)
    ends = (step.name for step in process.roots() if step.end == "success" and (line[-1], step.name) in ways)
    return (*line, *list(ends)[:1])


def _is_end(process: Compiled, name: str) -> bool:
    return process.steps[name].kind == "end"
