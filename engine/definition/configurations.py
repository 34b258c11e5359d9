"""Where a case can be, and which moves lead from there: the graph that rules are proved over.

A configuration is the set of steps a case is in at once, as a tuple in the order of the file. Guards count as possible, so
the graph has every way that any data could take. It does not know `transitions`; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.definition.compiled import NEW, Compiled, Move

Configuration = tuple[str, ...]
MOST = 5_000


class TooManyConfigurations(Exception):
    """More than 5,000 configurations: too many to prove anything about."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One move out of one configuration. `entered` are the steps that begin with it, outermost first."""

    source: Configuration
    move: Move
    target: Configuration
    entered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """All configurations that can be reached, each with the moves that can happen there."""

    edges: Mapping[Configuration, tuple[Edge, ...]]

    def all_edges(self) -> Iterator[Edge]:
        """Every edge, in the order the configurations were found."""
        return (edge for edges in self.edges.values() for edge in edges)


def explore(process: Compiled) -> Graph:
    """Every configuration from the start and from reopening. Raises TooManyConfigurations."""
    edges: dict[Configuration, tuple[Edge, ...]] = {}
    waiting: list[Configuration] = [(NEW,)]
    while waiting:
        here = waiting.pop(0)
        if here in edges:
            continue
        if len(edges) >= MOST:
            raise TooManyConfigurations
        edges[here] = tuple(_edge(process, here, move) for move in possible(process, here))
        waiting.extend(edge.target for edge in edges[here] if edge.target not in edges)
    return Graph(edges)


def possible(process: Compiled, here: Configuration) -> tuple[Move, ...]:
    """The moves that can happen in a configuration; what the engine passes at once comes before everything else."""
    passing = passed_at_once(process, here)
    if passing is not None:
        return _moves_from(process, {passing})
    places = {place for leaf in here for place in _places(process, leaf)}
    return tuple(move for move in _moves_from(process, places) if move.kind not in ("join", "use"))


def passed_at_once(process: Compiled, here: Configuration) -> str | None:
    """The step the engine leaves by itself now: a finished automatic step, a fragment's end, a complete join."""
    if here == (NEW,):
        return None
    for leaf in here:
        if process.steps[leaf].is_passed_at_once:
            return leaf
    for leaf in here:
        step = process.steps[leaf]
        if step.kind == "joined" and _complete(process, step.inside[-1], here):
            return step.inside[-1]
    return None


def _complete(process: Compiled, parallel: str, here: Configuration) -> bool:
    step = process.steps[parallel]
    joined = [branch in here for branch, _ in step.branches]
    return any(joined) if step.join == "any" else all(joined)


def _moves_from(process: Compiled, sources: Iterable[str]) -> tuple[Move, ...]:
    wanted = set(sources)
    return tuple(move for move in process.moves if move.source in wanted)


def _places(process: Compiled, leaf: str) -> tuple[str, ...]:
    return (leaf,) if leaf == NEW else process.around(leaf)


def _edge(process: Compiled, here: Configuration, move: Move) -> Edge:
    target, entered, _ = after(process, here, move.source, move.target)
    return Edge(here, move, target, entered)


def after(
    process: Compiled, here: Configuration, source: str, target: str | None
) -> tuple[Configuration, tuple[str, ...], tuple[str, ...]]:
    """Where a case is after going from `source` to `target`; the steps entered (outermost first) and left (innermost
    first). Going to a step outside a branch drops the other branches."""
    if target is None:
        return here, (), ()
    if here == (NEW,):
        leaves, entered = enter(process, target)
        return _sorted(process, leaves), entered, ()
    gone = _left_behind(process, here, source, target)
    stay = [leaf for leaf in here if leaf not in gone]
    leaves, entered = enter(process, target)
    kept = {place for leaf in stay for place in process.around(leaf)} | set(_chain(process, target)[:-1])
    left = {place for leaf in gone for place in process.around(leaf)} - kept
    return _sorted(process, [*stay, *leaves]), entered, _innermost_first(process, left)


def _left_behind(process: Compiled, here: Configuration, source: str, target: str) -> list[str]:
    """The leaves that end: those under the outermost thing that holds the source but not the target."""
    chain = _chain(process, source)
    goal = _chain(process, target)
    common = 0
    while common < min(len(chain), len(goal)) and chain[common] == goal[common]:
        common += 1
    if common == len(goal):  # the target holds the source, or is it: left and entered again
        common -= 1
    scope = chain[common] if common < len(chain) else chain[-1]
    return [leaf for leaf in here if scope in _chain(process, leaf)]


def _chain(process: Compiled, name: str) -> tuple[str, ...]:
    """The step with everything around it, branches too, outermost first."""
    return (*process.steps[name].inside, name) if name in process.steps else (name,)


def _innermost_first(process: Compiled, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (-len(process.steps[name].inside), name)))


def enter(process: Compiled, name: str) -> tuple[list[str], tuple[str, ...]]:
    """The leaves that a step leads to, and all steps that begin on the way, outermost first, branches in written order."""
    step = process.steps[name]
    if step.kind == "parallel":
        leaves: list[str] = []
        entered: list[str] = [name]
        for _, inner in step.branches:
            more, begun = enter(process, inner[0])
            leaves += more
            entered += begun
        return leaves, tuple(entered)
    if step.kind == "use" and step.first in process.steps:
        leaves, begun = enter(process, step.first or "")
        return leaves, (name, *begun)
    return [name], () if step.kind == "joined" else (name,)


def _sorted(process: Compiled, leaves: Iterable[str]) -> Configuration:
    order = {name: n for n, name in enumerate(process.steps)}
    return tuple(sorted(set(leaves), key=lambda leaf: order.get(leaf, -1)))
