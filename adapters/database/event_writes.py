"""Events on the write side: which cases listen, which event was seen before, and those nobody took."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select

from adapters.database.case_writes import CaseWrites
from adapters.database.statements import adding_once, always, as_json, putting
from adapters.database.tables import CASE, EVENT, SEEN, SUBSCRIPTION, waiting
from engine.kept import KeptEvent, Subscription

LISTENING = always(
    select(*(SUBSCRIPTION.c[name] for name in ("case_id", "name", "key", "value", "step")))
    .where(SUBSCRIPTION.c.name == bindparam("name"))
    .order_by(SUBSCRIPTION.c.case_id, SUBSCRIPTION.c.key, SUBSCRIPTION.c.value, SUBSCRIPTION.c.step)
)
ADD_SEEN, PUT_EVENT = adding_once(SEEN), putting(EVENT)


class EventWrites(CaseWrites):
    """Correlate events with cases."""

    def listening(self, name: str) -> Sequence[tuple[str, Subscription]]:
        """Open cases that listen for an event."""
        self.flush()
        return [(row[0], Subscription(*row[1:])) for row in self.run(LISTENING, {"name": name}).fetchall()]

    def listening_for(self, name: str, values: Mapping[str, str]) -> Sequence[tuple[str, Subscription]]:
        """Open cases whose subscription's key and value agree."""
        self.flush()
        c = SUBSCRIPTION.c
        pairs = [and_(c.key == key, c.value == str(value)) for key, value in values.items()]
        if not pairs:
            return []
        wanted = select(SUBSCRIPTION).where(c.name == name, or_(*pairs)).order_by(c.case_id, c.key, c.value, c.step)
        return [(r.case_id, Subscription(r.name, r.key, r.value, r.step)) for r in self.ask(wanted)]

    def ended_last(self, name: str, values: Mapping[str, str], *, since: dt.datetime) -> Sequence[str]:
        """Of each process the case that ended last and would have heard this."""
        self.flush()
        pairs = [and_(SUBSCRIPTION.c.key == key, SUBSCRIPTION.c.value == str(value)) for key, value in values.items()]
        if not pairs:
            return []
        hearing = select(SUBSCRIPTION.c.case_id).where(SUBSCRIPTION.c.name == name, or_(*pairs))
        newest_first = (CASE.c.ended_at.desc(), CASE.c.id.desc())
        place = func.row_number().over(partition_by=CASE.c.process, order_by=newest_first).label("place")
        ended = select(CASE.c.id, place).where(CASE.c.id.in_(hearing), CASE.c.ended_at >= since).subquery()
        return [row.id for row in self.ask(select(ended.c.id).where(ended.c.place == 1).order_by(ended.c.id))]

    def event_seen(self, event_id: str) -> bool:
        """True when this event was taken before; remembers it otherwise."""
        return self.run_many(ADD_SEEN, [{"id": event_id, "at": self.instant(self.now)}]) == 0

    def keep_event(self, event: KeptEvent) -> None:
        """Keep an event, or change the state of one that is kept."""
        row: dict[str, Any] = {
            "id": event.id,
            "name": event.name,
            "values": as_json(event.values),
            "source": event.source,
            "received_at": self.instant(event.received_at),
            "state": event.state,
            "reason": event.reason,
        }
        self.run_many(PUT_EVENT, [row])

    def kept_events(self, names: Iterable[str]) -> Sequence[KeptEvent]:
        """Waiting events with one of these names, oldest first."""
        wanted = sorted(set(names))
        if not wanted:
            return []
        c = EVENT.c
        rows = self.ask(
            select(EVENT).where(waiting(EVENT), c.name.in_(wanted)).order_by(c.received_at, c.id)
        ).mappings()
        return [kept_event(row) for row in rows]

    def kept_event(self, event_id: str) -> KeptEvent | None:
        """A kept event, whatever became of it."""
        row = self.ask(select(EVENT).where(EVENT.c.id == event_id)).mappings().first()
        return None if row is None else kept_event(row)


def kept_event(row: Any) -> KeptEvent:
    """The event of a row."""
    return KeptEvent(
        row["id"], row["name"], row["values"], row["source"], row["received_at"], row["state"], row["reason"]
    )
