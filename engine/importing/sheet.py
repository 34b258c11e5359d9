"""A list as it was read: a header and rows with the lines they began at. Must not know what any column means."""

from __future__ import annotations

from dataclasses import dataclass

from engine.definition.texts import Text


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `line` counts from 1 as an editor shows it."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole list. `blank` rows held nothing and are only counted."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    blank: int = 0

    def column(self, position: int) -> list[str]:
        """What stands in a column, empty cells left out."""
        found = (row.cells[position].strip() for row in self.rows if position < len(row.cells))
        return [cell for cell in found if cell]


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a row cannot be taken; `column` and `cell` are "" when it is about the row as a whole."""

    line: int
    column: str
    cell: str
    why: Text
