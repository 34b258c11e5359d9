"""Which row each box and each long wire gets: the normal way is row 0, detours lie below it, with few crossings.

A wire that passes other columns is a chain of empty cells there, which it shares with others to the same target. Cells that follow each other form a thread, and a thread
keeps its row, so that detours run straight.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from web.picture.ranks import Wire

Cell = tuple[int, str | Wire]
"""A column, and the box or the passing wire that takes the place."""
TRIES = 48


@dataclass(slots=True)
class Thread:
    """Cells one behind the other. `ends`: what it hangs on outside, as cells."""

    cells: list[Cell]
    hangs_on: list[Cell] = field(default_factory=list)

    @property
    def room(self) -> tuple[int, int]:
        """From which column to which its row must be free; a passing wire needs one more on each side."""
        passes = [not isinstance(self.cells[n][1], str) for n in (0, -1)]
        return self.first - passes[0], self.last + passes[1]

    @property
    def first(self) -> int:
        return self.cells[0][0]

    @property
    def last(self) -> int:
        return self.cells[-1][0]


def rows(column: Mapping[str, int], forward: Sequence[Wire], line: Sequence[str]) -> dict[Cell, int]:
    """The row of every cell."""
    chains = {wire: _chain(wire, column) for wire in forward}
    on_line: set[Cell] = {(column[name], name) for name in line}
    for wire in pairwise(line):
        on_line.update(chains[wire][1:-1])
    pieces = list(dict.fromkeys(piece for cells in chains.values() for piece in pairwise(cells)))
    threads = _threads(column, chains, on_line)
    best: dict[Cell, int] = {}
    least: tuple[int, int] | None = None
    kept = order = sorted(threads, key=lambda t: (t.last - t.first, t.first))
    for n in range(TRIES):
        placed = _fit(order, on_line)
        for tried in [placed, _settled(threads, placed)] if n < 6 else [placed]:
            cost = _cost(tried, pieces)
            if least is None or cost < least:
                least, best, kept = cost, tried, order
        if n < 5:
            order = _by_middle(order, placed)
        elif len(threads) > 1:
            order = _swapped(kept, n)
        else:
            break
    return _without_gaps(best)


def _settled(threads: Sequence[Thread], at: Mapping[Cell, int]) -> dict[Cell, int]:
    """Each thread moves to the free row next to the middle of what it hangs on, where that is nearer than its own."""
    placed = dict(at)
    taken: dict[int, list[tuple[int, int, int]]] = {}
    for n, thread in enumerate(threads):
        taken.setdefault(placed[thread.cells[0]], []).append((*thread.room, n))
    for n, thread in enumerate(threads):
        row, (first, last) = placed[thread.cells[0]], thread.room
        ends = sorted(placed[cell] for cell in thread.hangs_on)
        wanted = max(1, ends[len(ends) // 2]) if ends else row
        between = range(wanted, row) if wanted < row else range(wanted, row, -1)
        free = (r for r in between if all(last < a or b < first for a, b, _ in taken.get(r, ())))
        to = next(free, row)
        if to != row:
            taken[row].remove((first, last, n))
            taken.setdefault(to, []).append((first, last, n))
            placed.update(dict.fromkeys(thread.cells, to))
    return placed


def _without_gaps(placed: Mapping[Cell, int]) -> dict[Cell, int]:
    """Rows that nobody stands in any more are closed."""
    rank = {row: n for n, row in enumerate(sorted({0, *placed.values()}))}
    return {cell: rank[row] for cell, row in placed.items()}


def passing_to(target: str) -> Wire:
    """What takes the place of wires that pass a column: one for all that lead to the same target."""
    return ("", target)


def _chain(wire: Wire, column: Mapping[str, int]) -> list[Cell]:
    source, target = wire
    passing: list[Cell] = [(n, passing_to(target)) for n in range(column[source] + 1, column[target])]
    return [(column[source], source), *passing, (column[target], target)]


def _threads(column: Mapping[str, int], chains: Mapping[Wire, list[Cell]], on_line: set[Cell]) -> list[Thread]:
    """Boxes off the line, each joined with the first free box it leads to; a wire between others is a thread of its own."""
    follows: dict[Cell, Cell] = {}
    led_to: set[Cell] = set()
    for cells in chains.values():
        for here, there in pairwise(cells):
            free = here not in on_line and there not in on_line
            if free and here not in follows and there not in led_to:
                follows[here] = there
                led_to.add(there)
    every = dict.fromkeys([(at, name) for name, at in column.items()] + [c for cells in chains.values() for c in cells])
    threads = []
    for cell in every:
        if cell in on_line or cell in led_to:
            continue
        cells = [cell]
        while cells[-1] in follows:
            cells.append(follows[cells[-1]])
        threads.append(Thread(cells))
    of = {cell: thread for thread in threads for cell in thread.cells}
    for cells in chains.values():
        for here, there in pairwise(cells):
            if of.get(here) is not of.get(there):
                if here in of:
                    of[here].hangs_on.append(there)
                if there in of:
                    of[there].hangs_on.append(here)
    return threads


def _fit(order: Sequence[Thread], on_line: set[Cell]) -> dict[Cell, int]:
    """Each thread in the first row where it finds room; one column stays free behind and before a passing wire."""
    placed = dict.fromkeys(on_line, 0)
    taken: list[list[tuple[int, int]]] = []
    for thread in order:
        first, last = thread.room
        row = next((n for n, spans in enumerate(taken) if all(last < a or b < first for a, b in spans)), len(taken))
        if row == len(taken):
            taken.append([])
        taken[row].append((first, last))
        placed.update(dict.fromkeys(thread.cells, row + 1))
    return placed


def _middle(thread: Thread, placed: Mapping[Cell, int]) -> float:
    """The mean row of what the thread hangs on (the barycenter), short threads first."""
    own = [placed[cell] for cell in thread.hangs_on]
    return sum(own) / max(1, len(own)) + (thread.last - thread.first) * 0.75


def _by_middle(order: Sequence[Thread], placed: Mapping[Cell, int]) -> list[Thread]:
    return sorted(order, key=lambda thread: _middle(thread, placed))


def _swapped(order: Sequence[Thread], n: int) -> list[Thread]:
    """The same order with two neighbours, or two next but one, changed: another one each time."""
    swapped = list(order)
    step = 1 + n % 2 if len(order) > 2 else 1
    at = (n // 2) % (len(order) - step)
    swapped[at], swapped[at + step] = swapped[at + step], swapped[at]
    return swapped


def _cost(placed: Mapping[Cell, int], pieces: Sequence[tuple[Cell, Cell]]) -> tuple[int, int]:
    """Crossings between neighbouring columns, then how far wires go up and down."""
    between: dict[int, list[tuple[int, int]]] = {}
    length = 0
    for here, there in pieces:
        a, b = placed[here], placed[there]
        length += abs(a - b)
        between.setdefault(here[0], []).append((a, b))
    crossings = 0
    for pairs in between.values():
        pairs.sort()
        for n, (a, b) in enumerate(pairs):
            crossings += sum(1 for c, d in pairs[n + 1 :] if a < c and b > d)
    return crossings * 4 + length + 3 * max(placed.values(), default=0), length
