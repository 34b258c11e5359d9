"""Proves the promises of a process over every way a case can take, or finds the shortest way that breaks one.

Guards count as possible, so what is proved holds for any data. Persons and conditions are asked at run time instead.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Literal

from engine.definition.compiled import NEW, Compiled, CompiledRule, Move
from engine.definition.configurations import Configuration, Edge, Graph, TooManyConfigurations, explore
from engine.promises import ORDERED, Happening, after_move, happening

Answer = Literal["proved", "kept", "violated", "unproved"]
_State = tuple[Configuration, bool]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one rule. `path` is the shortest way that breaks it, as moves; the last is what must not happen."""

    rule: CompiledRule
    verdict: Answer
    path: tuple[str, ...] = ()


def prove_all(process: Compiled, graph: Graph | None = None) -> tuple[Verdict, ...]:
    """The verdict on each rule, in the order of the file."""
    try:
        graph = graph or explore(process)
    except TooManyConfigurations:
        return unproved(process)
    return tuple(prove(process, rule, graph) for rule in process.rules)


def unproved(process: Compiled) -> tuple[Verdict, ...]:
    """The verdicts where nothing can be proved: what is kept at run time is kept all the same."""
    return tuple(Verdict(rule, "unproved" if rule.form in ORDERED else "kept") for rule in process.rules)


def prove(process: Compiled, rule: CompiledRule, graph: Graph) -> Verdict:
    """Search every configuration with both marks of the rule, nearest first."""
    if rule.form not in ORDERED:
        return Verdict(rule, "kept")
    start: _State = ((NEW,), False)
    came: dict[_State, tuple[_State, Edge] | None] = {start: None}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for edge in graph.edges[here[0]]:
            now = happening(process.steps, edge.move.finishes, edge.entered)
            mark, broken = after_move(rule, here[1] and edge.move.kind != "reopen", now)
            if broken:
                return Verdict(rule, "violated", (*_way(came, here), *_last(rule, edge, now)))
            there = (edge.target, mark)
            if there not in came:
                came[there] = (here, edge)
                waiting.append(there)
    return Verdict(rule, "proved")


def say_move(move: Move) -> str:
    """A move as a person would point at it: `reinspection.passed`, `waiting_for_goods.goods.scanned`, `receiving`."""
    match move.kind:
        case "start" | "cancel" | "reopen":
            return move.kind
        case "event":
            return f"{move.source}.{move.name}"
        case "anytime":
            return move.name
        case "timer":
            holder = move.trigger.removeprefix("timer:").partition("#")[0]
            return f"{holder or 'case'} (timer {int(move.name) + 1})"
        case "failed":
            return f"{move.source} (failed)"
        case "auto" | "join" | "next":
            return move.source
        case _:
            return move.trigger


def _way(came: dict[_State, tuple[_State, Edge] | None], state: _State) -> tuple[str, ...]:
    moves: list[str] = []
    step = came[state]
    while step is not None:
        moves.append(say_move(step[1].move))
        step = came[step[0]]
    return tuple(reversed(moves))


def _last(rule: CompiledRule, edge: Edge, now: Happening) -> tuple[str, ...]:
    """The breaking move, and the step that may not begin (or the end that may not be reached) by it."""
    said = say_move(edge.move)
    wrong = now.end if rule.form == "always_after" else next((n for n in edge.entered if n in rule.a), "")
    return (said, wrong) if wrong else (said,)
