"""Where everything stands: boxes in columns and rows, wires at right angles between them. Pure geometry.

It knows sizes and names, not steps nor SVG.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from web.picture.across import Across
from web.picture.rows import passing_to
from web.picture.shapes import Box, Exit, Layout, Place, Point, Route
from web.picture.tracks import Track, order_tracks

TRACK, ARROW, LABEL, MARGIN = 9.0, 12.0, 9.0, 4.0
Key = tuple[object, ...]


def arrange(boxes: Sequence[Box], exits: Sequence[Exit], line: Sequence[str], *, labels_before: bool = True) -> Layout:
    """Places everything. `line` is the normal way, kept straight. `labels_before`: a label lies on the side of its wire
    where `v` is smaller, else on the other."""
    return _Along(Across(boxes, exits, line, labels_before)).layout()


@dataclass(frozen=True, slots=True)
class _Turn:
    """A wire takes a track in the gap behind a column and leaves it at `v`."""

    gap: int
    key: Key
    v: float


class _Along:
    """Everything about `u`: which track a wire takes between two columns, and how far apart these stand."""

    def __init__(self, across: Across) -> None:
        self.across = across
        self.tracks: dict[int, dict[Key, Track]] = {}
        wires = [(n, target) for n, x in enumerate(across.exits) for target in x.targets]
        self.turns = {(n, target): self._turns(n, target) for n, target in wires}
        self._columns()

    def layout(self) -> Layout:
        """Everything in its place, moved so that nothing lies below zero."""
        across = self.across
        places = {box.name: self._place(box) for box in across.boxes}
        routes = [Route(n, target, self._points(n, target)) for n, target in self.turns]
        starts = [(self._span(x.source)[1], self._start(n)) for n, x in enumerate(across.exits)]
        return _from_zero(places, routes, starts, across)

    def _place(self, box: Box) -> Place:
        size, v = self.across.size[box.name], self.across.v(self.across.at(box.name))
        return Place(self._span(box.name)[0], v - size.before, box.along, size.before + size.after)

    def _start(self, n: int) -> float:
        return self.across.v(self.across.at(self.across.exits[n].source)) + self.across.port[n]

    def _turns(self, n: int, target: str) -> list[_Turn]:
        """How a wire goes, before it is known where the columns stand."""
        source = self.across.exits[n].source
        if (source, target) in self.across.back:
            return self._turns_back(n, source, target)
        across, v = self.across, self._start(n)
        turns: list[_Turn] = []
        last = across.column[target]
        alone = len(across.exits[n].targets) == 1
        for column in range(across.column[source] + 1, last + 1):
            row_v = across.v((column, target if column == last else passing_to(target)))
            goes_to = across.entry(target, v) if column == last and v != row_v else row_v
            key: Key = (n,)
            if alone or column > across.column[source] + 1:  # together with all others that lead only there
                key = ("to", target, goes_to)
            if goes_to != v:
                turns.append(self._turn(column - 1, key, {v}, {goes_to}, goes_to))
            v = goes_to
        return turns

    def _turns_back(self, n: int, source: str, target: str) -> list[_Turn]:
        across, lane = self.across, self.across.lane(source, target)
        turns = [
            self._turn(across.column[source], ("back", target, lane.above), {self._start(n), lane.v}, set(), lane.v)
        ]
        if not across.enters_straight(lane):
            entry = across.entry(target, lane.v)
            turns.append(self._turn(lane.first - 1, (target, lane.above), set(), {entry, lane.v}, entry))
        return turns

    def _turn(self, gap: int, key: Key, lefts: set[float], rights: set[float], v: float) -> _Turn:
        track = self.tracks.setdefault(gap, {}).setdefault(key, Track())
        track.lefts |= lefts
        track.rights |= rights
        return _Turn(gap, key, v)

    def _columns(self) -> None:
        """The place of each column and of each track between two of them."""
        across = self.across
        wide: dict[int, float] = {}
        for box in across.boxes:
            column = across.column[box.name]
            wide[column] = max(box.along, wide.get(column, 0))
        label: dict[int, float] = {}
        for x in across.exits:
            column = across.column[x.source]
            label[column] = max(label.get(column, 0), x.along + LABEL if x.along else 0)
        self.along = {box.name: box.along for box in across.boxes}
        self.column_u: dict[int, float] = {}
        self.wide = wide
        self.track_u: dict[tuple[int, Key], float] = {}
        u = 0.0
        for n in range(-1, max(wide, default=-1) + 1):
            order = order_tracks(self.tracks.get(n, {}))
            if n >= 0:
                self.column_u[n] = u
                u += wide[n] + max(label.get(n, 0), ARROW if order else 0)
            for key, at in order.items():
                self.track_u[n, key] = u + at * TRACK
            u += max(order.values()) * TRACK + ARROW + 4 if order else (ARROW + 6 if n >= 0 else 0)

    def _span(self, name: str) -> tuple[float, float]:
        """From where to where a box reaches; it stands in the middle of its column."""
        column = self.across.column[name]
        start = self.column_u[column] + (self.wide[column] - self.along[name]) / 2
        return start, start + self.along[name]

    def _points(self, n: int, target: str) -> tuple[Point, ...]:
        across, v = self.across, self._start(n)
        source = across.exits[n].source
        points: list[Point] = [(self._span(source)[1], v)]
        for turn in self.turns[n, target]:
            u = self.track_u[turn.gap, turn.key]
            points += [(u, v), (u, turn.v)]
            v = turn.v
        start, end = self._span(target)
        if (source, target) in across.back and across.enters_straight(lane := across.lane(source, target)):
            size, row_v, middle = across.size[target], across.v(across.at(target)), (start + end) / 2
            return (*points, (middle, v), (middle, row_v - size.before if lane.above else row_v + size.after))
        return (*points, (start, v))


def _from_zero(places: dict[str, Place], routes: list[Route], starts: list[Point], across: Across) -> Layout:
    corners = [corner for route in routes for corner in route.points]
    us = [p.u for p in places.values()] + [u for u, _ in corners]
    ends = [p.u + p.along for p in places.values()] + [u for u, _ in corners]
    vs = [p.v for p in places.values()] + [v for _, v in corners]
    lows = [p.v + p.across for p in places.values()] + [v for _, v in corners]
    for (u, v), x in zip(starts, across.exits, strict=True):
        ends.append(u + x.along + LABEL)
        vs.append(v - x.across if across.labels_before else v)
        lows.append(v if across.labels_before else v + x.across)
    du, dv = MARGIN - min(us, default=0), MARGIN - min(vs, default=0)
    return Layout(
        max(ends, default=0) + du + MARGIN,
        max(lows, default=0) + dv + MARGIN,
        {name: Place(p.u + du, p.v + dv, p.along, p.across) for name, p in places.items()},
        tuple(Route(r.exit, r.target, tuple((u + du, v + dv) for u, v in r.points)) for r in routes),
        tuple((u + du, v + dv) for u, v in starts),
    )
