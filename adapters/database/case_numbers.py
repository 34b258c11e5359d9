"""Cases by the numbers that people know them by, and whether there is one about a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from adapters.case_document import read
from adapters.database.portions import portions
from adapters.database.tables import CASE, CASE_RECORD
from adapters.database.transaction import Transaction
from engine.case import Case


class CaseNumbers(Transaction):
    """Look at cases by number, or by what they are about."""

    def cases_numbered(self, numbers: Sequence[str]) -> Mapping[str, Case]:
        """The cases with these numbers, in one statement; nothing is locked."""
        found = self.ask(select(CASE.c.number, CASE.c.document).where(CASE.c.number.in_(list(numbers))))
        return {row.number: read(row.document) for row in found}

    def is_followed(self, process: str, type: str, record: str, *, open_only: bool = False) -> bool:
        """Whether a case of this process that was not cancelled is about this record."""
        wanted = (
            select(CASE.c.id)
            .join(CASE_RECORD, CASE_RECORD.c.case_id == CASE.c.id)
            .where(CASE_RECORD.c.type == type, CASE_RECORD.c.record_id == record)
            .where(CASE.c.process == process, CASE.c.category != "cancelled")
        )
        found = self.ask((wanted.where(CASE.c.ended.is_(None)) if open_only else wanted).limit(1))
        return found.first() is not None

    def open_about(
        self, type: str, records: Sequence[str], processes: Sequence[str]
    ) -> Mapping[str, Mapping[str, str]]:
        """By record and process the number of an open case about it."""
        found: dict[str, dict[str, str]] = {}
        for some in portions(records):
            rows = self.ask(
                select(CASE_RECORD.c.record_id, CASE.c.process, CASE.c.number)
                .join(CASE, CASE_RECORD.c.case_id == CASE.c.id)
                .where(CASE_RECORD.c.type == type, CASE_RECORD.c.record_id.in_(some))
                .where(CASE.c.process.in_(list(processes)), CASE.c.ended.is_(None))
            )
            for row in rows:
                found.setdefault(row.record_id, {})[row.process] = row.number
        return found
