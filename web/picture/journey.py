"""Where a case is in the picture, where it was, and which ways it went."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from engine.definition.compiled import NEW, Compiled, Step

State = Literal["now", "been", "ahead", "open"]


class Journey:
    """The way of one case through a process: `here` are the steps it is in, `visited` those it was in, `ways` the pairs of
    steps it went."""

    def __init__(
        self, process: Compiled, here: Collection[str], visited: Collection[str], ways: Collection[tuple[str, str]]
    ) -> None:
        self.process = process
        self.here, self.visited, self.ways = set(here), set(visited) | set(here), set(ways)
        self.marked = bool(self.visited or self.ways)

    def state(self, step: Step) -> State:
        """Whether the case is in a step, or was, or may yet come to it; open where nothing is told of a case."""
        inner = {name for name in self.here | self.visited if name == step.name or self._stands_for(step, name)}
        if inner & self.here:
            return "now"
        if not self.marked:
            return "open"
        return "been" if inner else "ahead"

    def _stands_for(self, step: Step, name: str) -> bool:
        known = self.process.steps.get(name)
        return known is not None and step.name in known.inside

    def went(self, source: str, target: str, moves: Sequence[tuple[str, str]]) -> bool:
        """The case went this way; where only the steps are known, both of them, one behind the other in the file."""
        if source == NEW:
            return self.marked
        if not moves:  # from the dot that opens a branch
            return self._been(target)
        if self.process.steps[target].kind == "joined":
            return self._went_to_the_join(source, target)
        if self.ways:
            by_itself = any(self.process.steps[a].is_passed_at_once and a in self.visited for a, _ in moves)
            return not self.ways.isdisjoint([*moves, (source, target)]) or (by_itself and self._been(target))
        order = list(self.process.steps)
        return self._been(source) and self._been(target) and order.index(source) < order.index(target)

    def _went_to_the_join(self, source: str, joined: str) -> bool:
        """Reaching the end of a branch leaves no trace of its own: the step is over, and no other one came after it."""
        if not self._been(source) or source in self.here:
            return False
        others = {m.target for m in self.process.moves if m.source == source and m.target not in (None, joined, source)}
        return joined in self.here or not others & self.visited

    def _been(self, name: str) -> bool:
        """The case was in the step, or in one inside of it."""
        return name in self.visited or self.state(self.process.steps[name]) in ("been", "now")
