"""How far apart everything stands across the way: exits on their boxes, rows, and the lanes of the ways back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from web.picture.ranks import columns
from web.picture.rows import Cell, passing_to, rows
from web.picture.shapes import Box, Exit

LANE, BETWEEN, PORT, ENTRY = 13.0, 18.0, 16.0, 8.0


@dataclass(slots=True)
class Size:
    """How far a box reaches from the line of its row, without and with its labels."""

    before: float
    after: float
    label_before: float
    label_after: float


@dataclass(slots=True)
class Lane:
    """A way back around the others to one target, above or below them, shared by all who go there."""

    target: str
    above: bool
    first: int
    last: int
    v: float = 0


class Across:
    """Everything about `v`."""

    def __init__(self, boxes: Sequence[Box], exits: Sequence[Exit], line: Sequence[str], labels_before: bool) -> None:
        self.boxes, self.exits, self.line, self.labels_before = boxes, exits, line, labels_before
        wires = list(dict.fromkeys((x.source, target) for x in exits for target in x.targets))
        self.column, self.back = columns([box.name for box in boxes], wires, line)
        self.row = rows(self.column, [wire for wire in wires if wire not in self.back], line)
        self._edges_of_columns()
        self._ports()
        self._rows_across()
        self._lanes()

    def at(self, name: str) -> Cell:
        return (self.column[name], name)

    def _edges_of_columns(self) -> None:
        """The outermost rows of each column."""
        self.top: dict[int, int] = {}
        self.bottom: dict[int, int] = {}
        for (column, _), row in self.row.items():
            self.top[column] = min(row, self.top.get(column, row))
            self.bottom[column] = max(row, self.bottom.get(column, row))

    def goes_above(self, source: str) -> bool:
        """A way back starts above the others where nothing stands above its source, else below them."""
        cell = self.at(source)
        return self.row[cell] == 0 or (self.top[cell[0]] == self.row[cell] and self.bottom[cell[0]] != self.row[cell])

    def next_cell(self, source: str, target: str) -> Cell:
        column = self.column[source] + 1
        return (column, target if self.column[target] == column else passing_to(target))

    def _side(self, x: Exit) -> float:
        """0 where an exit goes straight on; below 0 where it turns to smaller rows, above where to greater ones."""
        row = self.row[self.at(x.source)]
        turns = []
        for target in x.targets:
            if (x.source, target) in self.back:
                turns.append(-50 if self.goes_above(x.source) else 50)
            else:
                turns.append(self.row[self.next_cell(x.source, target)] - row)
        if 0 in turns:
            return 0
        return sum(turns) / len(turns) or 0.5

    def _ports(self) -> None:
        """Where on its box each exit leaves, and how far each box reaches."""
        self.port = [0.0] * len(self.exits)
        self.size: dict[str, Size] = {}
        of: dict[str, list[int]] = {box.name: [] for box in self.boxes}
        for n, x in enumerate(self.exits):
            of[x.source].append(n)
        for box in self.boxes:
            self._ports_of(box, of[box.name])

    def _ports_of(self, box: Box, own: Sequence[int]) -> None:
        sides = {n: self._side(self.exits[n]) for n in own}
        order = sorted(own, key=lambda n: sides[n])
        straight = [n for n in order if sides[n] == 0]
        for n in straight[1:]:  # only one wire can go straight on
            sides[n] = 0.25
        order.sort(key=lambda n: sides[n])
        middle = order.index(straight[0]) if straight else 0
        if not straight and order:
            middle = min(range(len(order)), key=lambda i: (abs(i - (len(order) - 1) / 2), i))
        for i in range(middle + 1, len(order)):
            self.port[order[i]] = self.port[order[i - 1]] + self._apart(order[i - 1], order[i])
        for i in range(middle - 1, -1, -1):
            self.port[order[i]] = self.port[order[i + 1]] - self._apart(order[i], order[i + 1])
        half = box.across / 2
        edge = 9 if len(order) > 1 else 0
        before = max([half, *(edge - self.port[n] for n in own)])
        after = max([half, *(edge + self.port[n] for n in own)])
        room = [self.exits[n].across for n in own]
        if self.labels_before:
            reach = max([before, *(a - self.port[n] for n, a in zip(own, room, strict=True))])
            self.size[box.name] = Size(before, after, reach, after)
        else:
            reach = max([after, *(a + self.port[n] for n, a in zip(own, room, strict=True))])
            self.size[box.name] = Size(before, after, before, reach)

    def _apart(self, first: int, second: int) -> float:
        label = self.exits[second if self.labels_before else first].across
        return max(PORT, label + 5)

    def _rows_across(self) -> None:
        """The line of each row, as near to the row before as boxes and labels allow."""
        cells: dict[int, list[Cell]] = {}
        for cell, row in self.row.items():
            cells.setdefault(row, []).append(cell)
        self.line_of: dict[int, float] = {}
        self.low: dict[int, float] = {}
        self.high: dict[int, float] = {}
        last = -20.0
        for row in sorted(cells):
            v = last + 20
            for cell in cells[row]:
                before, _ = self._reach(cell)
                if cell[0] in self.low:
                    v = max(v, self.low[cell[0]] + BETWEEN + before)
            for cell in cells[row]:
                before, after = self._reach(cell)
                self.low[cell[0]] = v + after
                self.high.setdefault(cell[0], v - before)
            self.line_of[row] = last = v

    def _reach(self, cell: Cell) -> tuple[float, float]:
        if isinstance(cell[1], str):
            size = self.size[cell[1]]
            return size.label_before, size.label_after
        return 2, 2

    def v(self, cell: Cell) -> float:
        return self.line_of[self.row[cell]]

    def _lanes(self) -> None:
        found: dict[tuple[str, bool], Lane] = {}
        for source, target in sorted(self.back, key=lambda wire: (self.column[wire[0]], wire)):
            key = (target, self.goes_above(source))
            lane = found.setdefault(key, Lane(target, key[1], self.column[target], self.column[source]))
            lane.last = max(lane.last, self.column[source])
        self.lanes = found
        for lane in sorted(found.values(), key=lambda lane: (lane.last - lane.first, lane.first, lane.target)):
            span = range(lane.first - 1, lane.last + 2)
            if lane.above:
                lane.v = min(self.high.get(n, 0.0) for n in span) - LANE
                self.high.update(dict.fromkeys(span, lane.v))
            else:
                lane.v = max(self.low.get(n, 0.0) for n in span) + LANE
                self.low.update(dict.fromkeys(span, lane.v))

    def lane(self, source: str, target: str) -> Lane:
        return self.lanes[(target, self.goes_above(source))]

    def enters_straight(self, lane: Lane) -> bool:
        """Nothing stands between the lane and its target, so that it can go in from above or below."""
        cell = self.at(lane.target)
        return self.row[cell] == (self.top if lane.above else self.bottom)[cell[0]]

    def entry(self, target: str, v: float) -> float:
        """Wires that do not come straight enter beside the middle, so that nobody mistakes where they come from."""
        row_v = self.v(self.at(target))
        size = self.size[target]
        beside = min(ENTRY, size.before - 6, size.after - 6)
        return row_v if beside < 3 else row_v + (beside if v > row_v else -beside)
