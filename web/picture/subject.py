"""What of a process is drawn: its steps on one level, the ways between them, and the normal way among these.

A branch of a parallel step and an unfolded fragment are levels of their own; from outside each is one box.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from engine.definition.compiled import NEW, Compiled, Move, Step

Mark = Literal["timer", "event", "failed"]
UNDRAWN = frozenset({"cancel", "reopen", "anytime"})
_RANK = {"join": 0, "event": 3, "timer": 4, "failed": 5}


@dataclass(frozen=True, slots=True)
class Way:
    """One way out of a box: the moves with one trigger, and others that lead to the same places. `plain`: only that it
    is there is drawn, not what it takes."""

    source: str
    targets: tuple[str, ...]
    moves: tuple[Move, ...]
    plain: bool = False

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What it takes beside a person's decision."""
        kinds = set() if self.plain else {move.kind for move in self.moves}
        found: list[Mark] = []
        if "event" in kinds:
            found.append("event")
        if "timer" in kinds:
            found.append("timer")
        if "failed" in kinds:
            found.append("failed")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Level:
    """Boxes by name in the order of the file, ways, and the normal way. `fork` and `joined` are the dots of a branch."""

    names: tuple[str, ...]
    ways: tuple[Way, ...]
    line: tuple[str, ...]
    fork: str = ""
    joined: str = ""
    loose: tuple[str, ...] = field(default=())


def whole(process: Compiled) -> Level:
    """The outermost level. `loose` are the ends no drawn way leads to; they are told of below the picture."""
    names = [NEW, *(step.name for step in process.roots())]
    ways = _ways(process, (), names)
    reached = {target for way in ways for target in way.targets}
    loose = tuple(n for n in names if n != NEW and process.steps[n].kind == "end" and n not in reached)
    kept = tuple(name for name in names if name not in loose)
    return Level(kept, ways, _line(process, ways, NEW, _goals(process, kept)), loose=loose)


def inner_levels(process: Compiled, step: Step) -> Iterator[Level]:
    """The branches of a parallel step, or the one level inside a fragment."""
    if step.kind == "use":
        prefix = (*step.inside, step.name)
        names = [name for name, inner in process.steps.items() if inner.inside == prefix]
        ways = _ways(process, prefix, names)
        yield Level(tuple(names), ways, _line(process, ways, step.first or names[0], _goals(process, names)))
        return
    for branch, members in step.branches:
        prefix = (*step.inside, step.name, branch)
        fork = f"{branch}/"
        names = [fork, *(name for name, inner in process.steps.items() if inner.inside == prefix), branch]
        ways = (Way(fork, (members[0],), ()), *_ways(process, prefix, names))
        yield Level(tuple(names), ways, _line(process, ways, fork, {branch}), fork, branch)


def lifted(process: Compiled, name: str, prefix: Sequence[str]) -> str | None:
    """The box that stands for a step on a level; None where the step lies outside of it."""
    if name == NEW:
        return NEW if not prefix else None
    chain = (*process.steps[name].inside, name)
    if chain[: len(prefix)] != tuple(prefix):
        return None
    return chain[len(prefix)] if len(chain) > len(prefix) else name


def _ways(process: Compiled, prefix: Sequence[str], names: Collection[str]) -> tuple[Way, ...]:
    groups: dict[tuple[str, str], list[tuple[str, Move]]] = {}
    for move in process.moves:
        if move.kind in UNDRAWN or move.target is None:
            continue
        source, target = lifted(process, move.source, prefix), lifted(process, move.target, prefix)
        if source not in names or target not in names or source is None or target is None:
            continue
        if source != target or move.target == source:
            groups.setdefault((source, _name_of(move, source)), []).append((target, move))
    merged: dict[tuple[str, frozenset[str]], Way] = {}
    for (source, _), found in groups.items():
        targets = tuple(dict.fromkeys(target for target, _ in found))
        moves = tuple(move for _, move in found)
        known = merged.get((source, frozenset(targets)))
        merged[source, frozenset(targets)] = Way(source, targets, (*(known.moves if known else ()), *moves))
    return tuple(merged.values())


def _name_of(move: Move, source: str) -> str:
    """What makes moves one way: their trigger; out of a branch, the outcome."""
    if move.source != source and move.kind == "outcome":
        return f"out:{move.name}"
    return move.trigger


def _goals(process: Compiled, names: Collection[str]) -> set[str]:
    ends = [process.steps[name] for name in names if name in process.steps and process.steps[name].kind == "end"]
    return {end.name for end in ends if end.end == "success"} or {end.name for end in ends}


def _line(process: Compiled, ways: Sequence[Way], start: str, goals: Collection[str]) -> tuple[str, ...]:
    """From the start on: the first outcome that leads to a goal, and of its rows the `otherwise` before the exceptions."""
    follows: dict[str, list[str]] = {}
    for way in sorted(ways, key=_rank):
        open_rows = [m for m in way.moves if m.when is None]
        usual = dict.fromkeys(_boxes(way, open_rows))
        follows.setdefault(way.source, []).extend(dict.fromkeys([*usual, *way.targets]))
    for source, targets in follows.items():
        if source in process.steps and process.steps[source].kind == "waiting_for":
            follows[source] = _onward_first(source, targets, follows)
    line = [start]
    while line[-1] not in goals:
        here = next((t for t in follows.get(line[-1], ()) if t not in line and _leads(follows, t, line, goals)), None)
        if here is None:
            break
        line.append(here)
    return tuple(line)


def _onward_first(source: str, targets: Sequence[str], follows: Mapping[str, Sequence[str]]) -> list[str]:
    """Of what a step may hear, that which leads on comes before what only leads around and back."""
    return sorted(targets, key=lambda target: source in follows.get(target, ()))


def _boxes(way: Way, moves: Sequence[Move]) -> list[str]:
    """The targets of a way that these moves lead to; inner steps stand for the box around them."""
    wanted = {move.target for move in moves}
    return [target for target in way.targets if target in wanted]


def _rank(way: Way) -> int:
    kinds = [_RANK.get(move.kind, 1 if move.source == way.source or move.kind == "use" else 2) for move in way.moves]
    return min(kinds, default=0)


def _leads(follows: dict[str, list[str]], name: str, without: Collection[str], goals: Collection[str]) -> bool:
    seen = set(without) | {name}
    waiting = [name]
    while waiting:
        here = waiting.pop()
        if here in goals:
            return True
        fresh = [target for target in follows.get(here, ()) if target not in seen]
        seen.update(fresh)
        waiting += fresh
    return False
