"""What the layout takes and gives: boxes and exits with their sizes, places and routes. `u` along the way, `v` across it."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """Something to place, with the room it needs."""

    name: str
    along: float
    across: float


@dataclass(frozen=True, slots=True)
class Exit:
    """One way out of a box, with room for its label; it may fork to several targets."""

    source: str
    targets: tuple[str, ...]
    along: float = 0
    across: float = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a box came to stand: its near corner and its size, which may have grown for its exits."""

    u: float
    v: float
    along: float
    across: float


@dataclass(frozen=True, slots=True)
class Route:
    """A wire: the position of its exit in the list, its target, and its corners from the source to the arrow."""

    exit: int
    target: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The finished arrangement. `labels`: where the wire of each exit leaves its box."""

    length: float
    breadth: float
    places: dict[str, Place]
    routes: tuple[Route, ...]
    labels: tuple[Point, ...]
