"""Which row each box and each long wire gets: the normal way is row 0, detours lie below it, with few crossings.

A wire that passes other columns is a chain of empty cells there. Cells that follow each other form a thread, and a thread
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
    threads = _threads(column, chains, on_line)
    best: dict[Cell, int] = {}
    least: tuple[int, int] | None = None
    kept = order = sorted(threads, key=lambda t: (t.last - t.first, t.first))
    for n in range(TRIES):
        placed = _fit(order, on_line)
        cost = _cost(placed, chains)
        if least is None or cost < least:
            least, best, kept = cost, placed, order
        if n < 4:
            order = _by_middle(order, placed)
        elif len(threads) > 1:
            order = _swapped(kept, n)
        else:
            break
    return best


def _chain(wire: Wire, column: Mapping[str, int]) -> list[Cell]:
    source, target = wire
    passing: list[Cell] = [(n, wire) for n in range(column[source] + 1, column[target])]
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
        first = thread.first - (not isinstance(thread.cells[0][1], str))
        last = thread.last + (not isinstance(thread.cells[-1][1], str))
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


def _cost(placed: Mapping[Cell, int], chains: Mapping[Wire, list[Cell]]) -> tuple[int, int]:
    """Crossings between neighbouring columns, then how far wires go up and down."""
    between: dict[int, list[tuple[int, int]]] = {}
    length = 0
    for cells in chains.values():
        for here, there in pairwise(cells):
            a, b = placed[here], placed[there]
            length += abs(a - b)
            between.setdefault(here[0], []).append((a, b))
    crossings = 0
    for pairs in between.values():
        pairs.sort()
        for n, (a, b) in enumerate(pairs):
            crossings += sum(1 for c, d in pairs[n + 1 :] if a < c and b > d)
    return crossings * 4 + length, length
