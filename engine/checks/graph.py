"""Whether the steps hang together: every way out leads somewhere, every step can be reached, every case can end (P303-P333)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.checks.given import Given
from engine.checks.written import WrittenStep, written_steps
from engine.definition.compiled import Compiled, Spot
from engine.definition.compiling import Flaw
from engine.definition.compiling.names import under
from engine.definition.configurations import Configuration, passed_at_once
from engine.definition.expressions.problem import meant
from engine.definition.model.steps import Step

_ALWAYS = frozenset({"label", "help", "milestone", "category"})
_AS_TIME_PASSES = frozenset({"events", "due", "timers", "pause_while", "calendar", "on_enter", "on_done"})
KEYS_OF_KIND: dict[str, frozenset[str]] = {
    "task": _ALWAYS | _AS_TIME_PASSES | {"task", "outcomes", "next"},
    "waiting_for": _ALWAYS | _AS_TIME_PASSES | {"waiting_for"},
    "do": _ALWAYS | {"do", "next", "calendar", "on_enter", "on_done"},
    "run": _ALWAYS | _AS_TIME_PASSES | {"run", "with", "outcomes"},
    "run with for_each": _ALWAYS | _AS_TIME_PASSES | {"run", "with", "for_each", "outcomes", "next"},
    "use": _ALWAYS | {"use", "with", "events", "outcomes", "on_enter", "on_done"},
    "parallel": _ALWAYS | _AS_TIME_PASSES | {"parallel", "join", "next"},
    "end": _ALWAYS - {"category"} | {"end", "on_enter"},
}


def keys_that_do_not_suit(given: Given) -> Iterator[Flaw]:
    """An end ends: nothing follows it (P303). The other kinds have keys of their own (P314)."""
    for written in written_steps(given):
        kind = written.step.kind
        for key in written.keys:
            if key in KEYS_OF_KIND["run with for_each" if kind == "run" and written.step.for_each else kind]:
                continue
            code = "P303.on_end" if written.step.kind == "end" else "P314.key"
            homes = ", ".join(kind for kind, keys in KEYS_OF_KIND.items() if key in keys)
            yield Flaw(code, under(written.spot, key), {"key": key, "step": written.id, "kind": written.step.kind, "homes": homes})  # fmt: skip


def ends_in_branches(given: Given) -> Iterator[Flaw]:
    """A branch ends by `next: join`; an end there would be one of the whole case (P304)."""
    for written in written_steps(given):
        if written.in_branch and written.step.kind == "end":
            yield Flaw("P304.in_branch", written.spot, {"step": written.id})


def outcomes_or_next(given: Given) -> Iterator[Flaw]:
    """A step is left by its outcomes or by `next`, not both (P305)."""
    for written in written_steps(given):
        if written.step.outcomes and written.step.next and not written.step.for_each:
            yield Flaw("P305.both", under(written.spot, "next"), {"step": written.id})


def ways_out(given: Given) -> Iterator[Flaw]:
    """Whatever a step waits for must lead out of it (P306)."""
    ladders = {step.spot: step.ladder for step in given.process.steps.values()}
    for written in written_steps(given):
        kind = written.step.kind
        if (
            kind == "end"
            or written.step.for_each
            or _leads_out(written, any(row.moves and not row.when for row in ladders.get(written.spot, ())))
        ):
            continue
        key = f"P306.{'waiting' if kind == 'waiting_for' else 'outcomes' if kind in ('run', 'use') else 'next'}"
        yield Flaw(key, written.spot, {"step": written.id})


def _leads_out(written: WrittenStep, timer_leaves: bool) -> bool:
    step = written.step
    match step.kind:
        case "waiting_for":
            return timer_leaves or any(handler.next for handler in step.events.values())
        case "run" | "use":
            return bool(step.outcomes)
        case _:
            return bool(step.outcomes or step.next)


def events_declared(given: Given) -> Iterator[Flaw]:
    """What is heard is declared under `events` (P312)."""
    process = given.process
    heard: list[tuple[str, Spot]] = [(event, Spot("process", ("anytime", event))) for event in process.anytime]
    for step in process.steps.values():
        heard += [(event, handler.spot) for event, handler in step.events.items()]
    start = process.file.start.event
    if start and start not in process.events:
        yield Flaw("P312.start", Spot("process", ("start", "event")), {"event": start})
    for event, spot in heard:
        if event not in process.events:
            yield Flaw("P312.unknown", spot, {"event": event, "meant": meant(event, process.events)})


def cancelled_end(given: Given) -> Iterator[Flaw]:
    """Where cancelling is permitted, there is one place it leads to (P313)."""
    if not given.process.permissions.cancel:
        return
    step = given.process.file.steps.get("cancelled")
    if step is None:
        yield Flaw("P313.missing", Spot("process", ("permissions", "cancel")))
    elif step.end != "cancelled":
        yield Flaw("P313.not_an_end", Spot("process", ("steps", "cancelled")))


# -- over the graph: only where all steps named exist -----------------------------------------------------------------


def reachable(given: Given) -> Iterator[Flaw]:
    """Every step can be reached from the start (P320); of an unreachable step only the outermost is told."""
    process = given.process
    entered = {name for edge in given.graph.all_edges() for name in edge.entered}
    for step in process.steps.values():
        if step.kind == "joined" or step.name in entered:
            continue
        outer = [name for name in step.inside if process.steps[name].kind != "joined"]
        if all(name in entered for name in outer):
            yield Flaw("P320.never", step.spot, {"step": step.id})


def can_end(given: Given) -> Iterator[Flaw]:
    """From everywhere an end can be reached without cancelling (P321)."""
    stuck = _without_end(given)
    told: set[str] = set()
    for here in stuck:
        for leaf in here:
            step = given.process.steps.get(leaf)
            if step and step.kind != "joined" and leaf not in told:
                told.add(leaf)
                yield Flaw("P321.no_end", step.spot, {"step": step.id})
                break  # the others of this configuration wait for the same thing


def _without_end(given: Given) -> list[Configuration]:
    process, graph = given.process, given.graph
    ended = {here for here in graph.edges if any(_ends(process, leaf) for leaf in here)}
    into: dict[Configuration, list[Configuration]] = {}
    for edge in graph.all_edges():
        if edge.move.kind not in ("cancel", "reopen"):
            into.setdefault(edge.target, []).append(edge.source)
    waiting, ending = list(ended), set(ended)
    while waiting:
        for source in into.get(waiting.pop(), ()):
            if source not in ending:
                ending.add(source)
                waiting.append(source)
    return [here for here in graph.edges if here not in ending]


def _ends(process: Compiled, leaf: str) -> bool:
    return leaf in process.steps and process.steps[leaf].ends_case


_BY_ITSELF = ("auto", "use", "join")
"""The moves the engine makes at once; in that instant nobody can cancel and no event is heard."""


def endless_loops(given: Given) -> Iterator[Flaw]:
    """No circle of automatic steps (P322), whether passed at once or after an answer: nobody would ever stop it."""
    process, graph = given.process, given.graph
    passing = {here for here in graph.edges if _acting(process, here)}
    onwards = {
        here: {edge.target for edge in graph.edges[here] if edge.move.kind in _BY_ITSELF} & passing for here in passing
    }
    told: set[str] = set()
    for here in sorted(passing):
        step = _acting(process, here)
        if step not in told and here in _from(onwards, onwards[here]):
            told |= {_acting(process, other) for other in _from(onwards, onwards[here])}
            yield Flaw("P322.automatic", process.steps[step].spot, {"step": process.steps[step].id})


def _acting(process: Compiled, here: Configuration) -> str:
    """The step that goes on by itself here, at once or when an outside system has answered; "" when none does."""
    waits_for_an_answer = (leaf for leaf in here if leaf in process.steps and process.steps[leaf].calls)
    return passed_at_once(process, here) or next(waits_for_an_answer, "")


def _from(onwards: dict[Configuration, set[Configuration]], starts: Iterable[Configuration]) -> set[Configuration]:
    found: set[Configuration] = set()
    waiting = list(starts)
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting.extend(onwards[here])
    return found


def branches_left_early(given: Given) -> Iterator[Flaw]:
    """Going from a branch to an outer step drops the other branches: meant for an end, rarely for another step (P333)."""
    process = given.process
    for move in process.moves:
        if move.target is None or move.source not in process.steps:
            continue
        branch = next((b for b in reversed(process.steps[move.source].inside) if process.steps[b].kind == "joined"), "")
        target = process.steps[move.target]
        if branch and target.kind != "end" and target.name != branch and branch not in target.inside:
            names = {"step": process.steps[move.source].id, "target": target.id, "branch": process.steps[branch].id}
            yield Flaw("P333.left", move.spot, names)


def run_circles(given: Given) -> Iterator[Flaw]:
    """A process that waits for itself through others may never end (P323)."""
    for step in given.process.steps.values():
        if step.runs and given.process.id in _runs_below(given, step.runs):
            yield Flaw("P323.circle", under(step.spot, "run"), {"process": step.runs})


def _runs_below(given: Given, id: str) -> set[str]:
    found: set[str] = set()
    waiting = [id]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            known = given.known.get(name)
            waiting.extend(step.runs for step in known.steps.values() if step.runs) if known else None
    return found


def step_names_of_fields(given: Given) -> Iterator[Flaw]:
    """A step and a field of one name could not be told apart (P422)."""
    steps: dict[str, Step] = given.process.file.steps
    for name in given.process.file.fields:
        if name in steps:
            yield Flaw("P422.field", Spot("process", ("fields", name)), {"name": name})
