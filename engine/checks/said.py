"""Everything that is done or asked in a process, wherever it is written, so that a check need not know all the places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.definition.compiled import Action, Compiled, Guard, LadderRow, Spot, Step
from engine.definition.compiling.names import under


@dataclass(frozen=True, slots=True)
class Done:
    """An action, with the event it answers ("": none) and whether it is a row of a `do` step."""

    action: Action
    event: str = ""
    in_do_step: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition, with the event it answers ("": none)."""

    guard: Guard
    event: str = ""


def actions(process: Compiled) -> Iterator[Done]:
    """Every action of a process and of the fragments it uses; those of a fragment once for each use."""
    for step in process.steps.values():
        yield from (Done(action, in_do_step=True) for action in step.do)
        yield from (Done(action) for action in (*step.on_enter, *step.on_done))
        for outcome in step.outcomes.values():
            yield from (Done(action) for action in outcome.do)
        for event, handler in step.events.items():
            yield from (Done(action, event) for action in handler.do)
    for event, handler in process.anytime.items():
        yield from (Done(action, event) for action in handler.do)
    for row, _ in ladder_rows(process):
        yield from (Done(action) for action in row.do)
    for done in process.on_sent.values():
        yield from (Done(action) for action in done)


def ladder_rows(process: Compiled) -> Iterator[tuple[LadderRow, Step | None]]:
    """Every row of a ladder with its step; None for the case's own."""
    yield from ((row, None) for row in process.ladder)
    for step in process.steps.values():
        yield from ((row, step) for row in step.ladder)


def guards(process: Compiled) -> Iterator[Asked]:
    """Every condition of moves, roles, dues, timer rows and handlers, and what makes a case urgent; those of fields and
    rules are elsewhere."""
    if process.urgent_when:
        yield Asked(process.urgent_when)
    for move in process.moves:
        if move.when:
            yield Asked(move.when, move.name if move.kind in ("event", "anytime") else "")
    yield from (Asked(option.when) for option in process.due if option.when)
    yield from (Asked(row.when) for row, _ in ladder_rows(process) if row.when)
    for step in process.steps.values():
        yield from (Asked(guard) for guard in choosing(step))
        yield from (Asked(handler.when, event) for event, handler in step.events.items() if handler.when)
    yield from (Asked(handler.when, event) for event, handler in process.anytime.items() if handler.when)


def choosing(step: Step) -> Iterator[Guard]:
    """The conditions that choose the role and the due of a step as it begins."""
    yield from (option.when for option in (step.task.role if step.task else ()) if option.when)
    yield from (option.when for option in step.due if option.when)


def value_spot(action: Action, name: str) -> Spot:
    """Where one value of an action stands."""
    if action.word == "add_row":
        return under(action.spot, "add_row", action.target, name)
    return under(action.spot, "set" if action.word == "set" else "with", name)
