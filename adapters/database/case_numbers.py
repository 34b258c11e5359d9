"""Cases by the numbers that people know them by, on the write side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from adapters.case_document import read
from adapters.database.tables import CASE
from adapters.database.transaction import Transaction
from engine.case import Case


class CaseNumbers(Transaction):
    """Look at cases by number."""

    def cases_numbered(self, numbers: Sequence[str]) -> Mapping[str, Case]:
        """The cases with these numbers, in one statement; nothing is locked."""
        found = self.ask(select(CASE.c.number, CASE.c.document).where(CASE.c.number.in_(list(numbers))))
        return {row.number: read(row.document) for row in found}
