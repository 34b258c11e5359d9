"""What a record tells the processes: the events that the site declares under `record_events`, by a change or by a date.

A list, a page and a program announce alike. What a process itself writes is not announced: it can `emit`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.definition.compiled import Site
from engine.definition.expressions import as_compared
from engine.definition.model.site import RecordEvent
from engine.definition.texts import Text
from engine.incoming import Incoming
from engine.kept import FROM_A_RECORD
from engine.records import Record
from engine.refusals import Refusal

AT_ONCE = 50
"""More events of one list than this are announced only by somebody who says that they are meant."""


@dataclass(frozen=True, slots=True)
class Announced:
    """An event and what it carries: the record under the name of its type, and its attributes."""

    event: str
    record: Record

    @property
    def values(self) -> Mapping[str, Any]:
        """The attributes of the record; the record itself under the name of its type."""
        return {**self.record.attributes, self.record.type: self.record.id}


def announced(site: Site, old: Record | None, new: Record) -> Iterator[Announced]:
    """What is to be told when a record is new, or has other attributes than before."""
    for event, declared in site.record_events.items():
        if declared.record == new.type and _is(declared, new) and not (old is not None and _is(declared, old)):
            yield Announced(event, new)


def date_announced(site: Site, event: str, record: Record, date: dt.date) -> Announced | None:
    """What is to be told because a date has come; None when the record no longer says that date, or is not meant."""
    declared = site.record_events.get(event)
    meant = declared is not None and declared.record == record.type and is_meant(declared, record)
    if declared is None or not meant or record.attributes.get(declared.attribute) != date.isoformat():
        return None
    return Announced(event, record)


def is_meant(declared: RecordEvent, record: Record) -> bool:
    """Whether the conditions of an event hold for a record."""
    where = all(_says(record, attribute, words) for attribute, words in declared.where.items())
    return where and not any(_says(record, attribute, words) for attribute, words in declared.unless.items())


def _is(declared: RecordEvent, record: Record) -> bool:
    return _says(record, declared.attribute, declared.becomes) and is_meant(declared, record)


def _says(record: Record, attribute: str, words: Iterable[str]) -> bool:
    value = record.attributes.get(attribute)
    return value is not None and as_compared(str(value)) in {as_compared(word) for word in words}


def announce(
    incoming: Incoming, told: Iterable[Announced], by: str | None, new_id: Callable[[], str], *, anew: bool = False
) -> None:
    """Bring them to the cases that listen, and begin the cases that start with them; `anew` also where one about the same
    record has ended."""
    for one in told:
        about = (one.record.type, one.record.id)
        incoming.receive(new_id(), one.event, one.values, FROM_A_RECORD, None, cause=by, about=about, anew=anew)


def refuse_a_flood(told: Iterable[Announced]) -> None:
    """A first list of old orders must not begin a thousand cases."""
    events = [one.event for one in told]
    if len(events) > AT_ONCE:
        names, count = ", ".join(sorted(set(events))), len(events)
        raise Refusal(
            "too_many_events",
            Text(
                f"This list announces {count} events ({names}), and processes may begin a case for each. If it tells of "
                "the past, import it with --past; if all of it happens now, with --announce.",
                f"此清单将触发 {count} 个事件（{names}），流程可能为每个事件新建工单。如为历史数据请加 --past；"
                "如确为当前发生请加 --announce。",
            ),
        )
