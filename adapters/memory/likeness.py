"""The earlier case about the same, for both sides of the memory store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from adapters.memory.state import Transaction
from engine.case import Case


class Likeness(Transaction):
    """Find an earlier case."""

    def earlier_alike(
        self, process: str, keys: Sequence[str], *, since: dt.datetime, until: dt.datetime, number: str = ""
    ) -> tuple[Case, int] | None:
        """The newest open case that was saved under one of these texts, else the newest, and how many there are. Of cases
        begun at one instant the smaller number is earlier."""
        found = [
            kept.case
            for kept in self._state.cases.values()
            if kept.case.process == process and kept.category != "cancelled" and not kept.alike.isdisjoint(keys)
            if since <= kept.case.opened_at <= until
            if not number or (kept.case.opened_at, kept.case.number) < (until, number)
        ]
        first = max(found, key=lambda case: (case.is_open, case.opened_at, case.number), default=None)
        return None if first is None else (first, len(found))
