"""In which order wires run beside each other between two columns, so that they cross as little as they can."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(slots=True)
class Track:
    """A piece across the way. `lefts`, `rights`: where wires join it from the side before it and the side behind it."""

    lefts: set[float] = field(default_factory=set)
    rights: set[float] = field(default_factory=set)

    @property
    def span(self) -> tuple[float, float]:
        every = self.lefts | self.rights
        return min(every), max(every)


def order_tracks(tracks: Mapping[Key, Track]) -> dict[Key, int]:
    """The position of each track, counted from the side of the sources. Tracks that do not meet may share one."""
    order = list(tracks)
    for _ in range(len(order)):
        changed = False
        for i in range(len(order) - 1):
            first, second = tracks[order[i]], tracks[order[i + 1]]
            if _crossings(second, first) < _crossings(first, second):
                order[i], order[i + 1] = order[i + 1], order[i]
                changed = True
        if not changed:
            break
    position: dict[Key, int] = {}
    for key in order:
        low, high = tracks[key].span
        behind = [
            n for other, n in position.items() if tracks[other].span[0] < high + 8 and low < tracks[other].span[1] + 8
        ]
        position[key] = max(behind, default=-1) + 1
    return position


def _crossings(first: Track, second: Track) -> int:
    """How often wires cross when `first` runs before `second`."""
    low, high = second.span
    start, end = first.span
    across = sum(low < v < high for v in first.rights) + sum(start < v < end for v in second.lefts)
    shared = sum(v in second.lefts for v in first.rights)  # would lie on each other
    return across + 4 * shared
