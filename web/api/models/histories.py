"""A case's history as programs see it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import Field

from engine.screen_rows import HistoryRow
from web.api.models.plain import Next, Told


class HistoryEntry(Told):
    """One entry of the timeline; a comment has the kind `commented`."""

    seq: Annotated[int, Field(description="The entry's place; entries never change.")]
    at: dt.datetime
    kind: str
    by: str | None
    step: str
    visit: int
    details: dict[str, Any]

    @classmethod
    def of_row(cls, row: HistoryRow) -> HistoryEntry:
        """As it was written."""
        return cls(
            seq=row.seq, at=row.at, kind=row.kind, by=row.by, step=row.step, visit=row.visit, details=dict(row.details)
        )


class HistoryPage(Told):
    """The timeline of a case, oldest first."""

    entries: list[HistoryEntry]
    next: Next
