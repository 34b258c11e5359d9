"""A process as a table people can read: who does what, until when, and where it goes from there."""

from __future__ import annotations

from dataclasses import dataclass

from engine.definition.compiled import Compiled, Step
from web.words import CATALOGUE, say


@dataclass(frozen=True, slots=True)
class StepLine:
    """One row of the table of steps."""

    name: str
    label: str
    kind: str
    who: tuple[str, ...]
    due: str
    ladder: int
    ways: tuple[tuple[str, str], ...]
    depth: int


def step_lines(process: Compiled, language: str) -> list[StepLine]:
    """The steps in the order of the file."""
    return [_line(process, step, language) for step in process.steps.values() if step.kind != "joined"]


def _line(process: Compiled, step: Step, language: str) -> StepLine:
    return StepLine(
        name=step.name,
        label=step.label.say(language) or step.id,
        kind=_kind(process, step, language),
        who=_who(step),
        due=", ".join(option.then.text for option in step.due if option.then.text),
        ladder=sum(1 for row in step.ladder if process.may_ring(row)),
        ways=tuple(_ways(process, step, language)),
        depth=len(step.inside),
    )


def _kind(process: Compiled, step: Step, language: str) -> str:
    """What a step is; one that opens a case for each row with that table."""
    kind = say(f"step.{step.kind}", language) if f"step.{step.kind}" in CATALOGUE else step.kind
    table = process.fields.get(step.for_each or "")
    return f"{kind} × {table.label.say(language)}" if table else kind


def _who(step: Step) -> tuple[str, ...]:
    if step.task is None:
        return ()
    return tuple(dict.fromkeys(role for option in step.task.role for role in option.then))


def _ways(process: Compiled, step: Step, language: str) -> list[tuple[str, str]]:
    """Each way out: what leads there, and the label of the step it leads to."""
    ways: dict[tuple[str, str], None] = {}
    for move in process.moves:
        if move.source != step.name or move.target is None or move.kind in ("cancel", "reopen", "anytime"):
            continue
        outcome = step.outcomes.get(move.name)
        event = process.events.get(move.name)
        how = outcome.label.say(language) if outcome else event.label.say(language) if event and event.label else ""
        target = process.steps.get(move.target)
        ways[how, target.label.say(language) if target else move.target] = None
    return list(ways)
