"""Which way is forward: the columns of a graph, and the wires that lead back. Knows names only, neither sizes nor steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

Wire = tuple[str, str]


def columns(names: Sequence[str], wires: Sequence[Wire], line: Sequence[str]) -> tuple[dict[str, int], frozenset[Wire]]:
    """The column of each name, and the wires that lead back. `line` is the normal way; none of its wires leads back."""
    back = _leading_back(names, wires, line)
    begin = line[0] if line else next(iter(names), "")
    return _longest_ways(names, [wire for wire in wires if wire not in back], begin), back


def _leading_back(names: Sequence[str], wires: Sequence[Wire], line: Sequence[str]) -> frozenset[Wire]:
    """Wires to a place the search is still in: it goes along the normal way first, else in the order of the file."""
    after = dict(pairwise(line))
    follows: dict[str, list[str]] = {name: [] for name in names}
    for source, target in wires:
        follows[source].append(target)
    for source, first in after.items():
        follows[source] = [first, *(target for target in follows[source] if target != first)]
    back: set[Wire] = set()
    done: set[str] = set()
    open_: dict[str, None] = {}
    for root in [*line[:1], *names]:
        if root in done:
            continue
        open_[root] = None
        stack = [(root, iter(follows[root]))]
        while stack:
            here, rest = stack[-1]
            onward = next(rest, None)
            if onward is None:
                stack.pop()
                del open_[here]
                done.add(here)
            elif onward in open_:
                back.add((here, onward))
            elif onward not in done:
                open_[onward] = None
                stack.append((onward, iter(follows[onward])))
    return frozenset(back)


def _longest_ways(names: Sequence[str], forward: Sequence[Wire], begin: str) -> dict[str, int]:
    """Each name stands one column behind the last of those that lead to it. What no way leads to from where it begins
    would stand beside the beginning: it stands as far on as it can."""
    waiting = dict.fromkeys(names, 0)
    follows: Mapping[str, list[str]] = {name: [] for name in names}
    for source, target in forward:
        waiting[target] += 1
        follows[source].append(target)
    column = dict.fromkeys(names, 0)
    ready = [name for name in names if not waiting[name]]
    for name in ready:  # grows while it is walked
        for target in follows[name]:
            column[target] = max(column[target], column[name] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    on_the_way = {begin}
    for name in (name for name in ready if name in on_the_way):
        on_the_way.update(follows[name])
    last = max(column.values(), default=0)
    for name in (name for name in reversed(ready) if name not in on_the_way):
        column[name] = min((column[target] - 1 for target in follows[name]), default=last)
    return column
