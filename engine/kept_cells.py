"""What a form leaves as it is in a table of which it names only some columns: which row is which, and what it keeps.

An entered row says by its number which of the rows that are there it is, or that it is a new one (0). Where no row says so
it is told by what it holds, then by its place; fewer rows than were there tell nothing by their place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.rows import ROW

Rows = Sequence[Mapping[str, Any]]


def rows_meant(entered: Rows, said: Sequence[Any], stood: Rows, named: Sequence[str]) -> list[int | None]:
    """For each entered row the position of the one it is, counted from 0; None for a new one. `said`: what each gave as
    its number, None for nothing. Raises WrongRow."""
    if any(number is not None for number in said):
        return _by_number(said, len(stood))
    return _by_what_they_hold(entered, stood, named)


class WrongRow(ValueError):
    """The number of a row that is not there, or is there twice. `position` counts entered rows from 0."""

    def __init__(self, position: int, number: Any) -> None:
        super().__init__(f"row {number}")
        self.position = position
        self.number = number


def kept(row: Mapping[str, Any], named: Sequence[str]) -> dict[str, Any]:
    """The cells that a form does not name."""
    return {name: value for name, value in row.items() if name not in named and name != ROW}


def numbered(rows: Rows, named: Sequence[str]) -> list[dict[str, Any]]:
    """The rows as a form offers them: their number from 1, or the id of a fixed one, and the columns it names."""
    return [
        {ROW: row.get(ROW, n), **{name: row[name] for name in named if name in row}} for n, row in enumerate(rows, 1)
    ]


def _by_number(said: Sequence[Any], there: int) -> list[int | None]:
    found: list[int | None] = []
    for position, number in enumerate(said):
        at = _position(number)
        if at is not None and (at >= there or at < 0 or at in found):
            raise WrongRow(position, number)
        found.append(at)
    return found


def _position(number: Any) -> int | None:
    text = str(number if number is not None else 0).strip()
    if isinstance(number, bool) or not (text.isascii() and text.isdecimal() and len(text) < 7):
        return -1
    return int(text) - 1 if int(text) else None


def _by_what_they_hold(entered: Rows, stood: Rows, named: Sequence[str]) -> list[int | None]:
    """The same in every named column, else at the same place; each row is meant once."""
    left = list(range(len(stood)))
    found: list[int | None] = [None] * len(entered)
    for position, row in enumerate(entered):
        same = (n for n in left if all(row.get(name) == stood[n].get(name) for name in named))
        if (at := next(same, None)) is not None:
            left.remove(at)
            found[position] = at
    for position, at in enumerate(found if len(entered) >= len(stood) else ()):
        if at is None and position in left:
            left.remove(position)
            found[position] = position
    return found
