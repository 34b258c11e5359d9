"""Records by a date they hold, and which of these dates were told: found by an index, however many records there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, cast

from sqlalchemy import and_, delete, func, insert, select, tuple_

from adapters.database.statements import adding_once
from adapters.database.tables import DAY, LOOK, TOLD_DATE
from adapters.database.transaction import Transaction
from adapters.references import days_of
from engine.dates_told import Look, ToldDate
from engine.records import Record

ADD_TOLD = adding_once(TOLD_DATE)


class RecordDays(Transaction):
    """Which dates have come, and what became of them."""

    def dated(
        self,
        type: str,
        attribute: str,
        first: dt.date,
        last: dt.date,
        *,
        untold: str,
        after: tuple[str, str] = ("", ""),
        limit: int,
    ) -> Sequence[tuple[str, str]]:
        """(date, id) of the records whose date lies between the two and was not told."""
        d, told = DAY.c, TOLD_DATE.c
        known = and_(told.event == untold, told.type == d.type, told.record == d.id, told.day == d.day)
        wanted = (
            select(d.day, d.id)
            .outerjoin_from(DAY, TOLD_DATE, known)
            .where(d.type == type, d.attribute == attribute)
            .where(d.day >= max(first.isoformat(), after[0]), d.day <= last.isoformat())
            .where(tuple_(d.day, d.id) > tuple_(*after), told.event.is_(None))
            .order_by(d.day, d.id)
            .limit(limit)
        )
        return [(row.day, row.id) for row in self.ask(wanted)]

    def looks(self, event: str) -> Mapping[str, Look]:
        """What was noted of the dates of an event: the newest of each act."""
        newest = select(func.max(LOOK.c.seq)).where(LOOK.c.event == event).group_by(LOOK.c.act)
        rows = self.ask(select(LOOK).where(LOOK.c.seq.in_(newest)))
        return {
            row.act: Look(
                event,
                cast(Literal["looked", "held", "meant"], row.act),
                dt.date.fromisoformat(row.day),
                row.by,
                row.seq,
            )
            for row in rows
        }

    def note_told(self, told: ToldDate) -> bool:
        """Note that a date of a record was announced; False when it was noted before."""
        row = {"event": told.event, "type": told.type, "record": told.record, "day": told.date.isoformat()}
        return self.run_many(ADD_TOLD, [row | {"at": self.instant(self.now)}]) == 1

    def note_look(self, look: Look) -> None:
        """Note what became of the dates of an event on a day."""
        self.ask(insert(LOOK).values(event=look.event, act=look.act, day=look.day.isoformat(), by=look.by, at=self.now))

    def _put_days(self, record: Record, old: Record | None) -> None:
        """The dates of a record as it stands now."""
        now = days_of(record.attributes)
        if now == (days_of(old.attributes) if old else {}):
            return
        if old is not None:
            self.ask(delete(DAY).where(DAY.c.type == record.type, DAY.c.id == record.id))
        for row in day_rows(record):
            self.ask(insert(DAY).values(row))


def day_rows(*records: Record) -> Iterator[dict[str, Any]]:
    """The dates of records as they are stored."""
    return (
        {"type": record.type, "id": record.id, "attribute": name, "day": day}
        for record in records
        for name, day in days_of(record.attributes).items()
    )
