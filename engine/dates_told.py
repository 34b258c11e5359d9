"""Which dates of records are to be announced on a day: those inside the window of an event, and none that nobody expects.

Pure: what was announced before, and how often somebody looked, is handed in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.definition.compiled import DatedEvent
from engine.definition.texts import Text

A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ToldDate:
    """One date of one record that was announced, or put before a clerk: never again."""

    event: str
    type: str
    record: str
    date: dt.date


@dataclass(frozen=True, slots=True)
class Look:
    """What is noted of an event: its dates were looked at up to a day (`looked`), those up to a day wait for a word of an
    administrator (`held`), or that word was given (`meant`). `number` orders the notes."""

    event: str
    act: Literal["looked", "held", "meant"]
    day: dt.date
    by: str | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Window:
    """The dates that are announced now: from the first to the last. Those up to `unforeseen` were in the window before
    anybody could have announced them: an event is new, or a list brought them. None: it was settled that they are meant."""

    first: dt.date
    last: dt.date
    unforeseen: dt.date | None


def window(event: DatedEvent, notes: Mapping[str, Look], today: dt.date) -> Window | None:
    """What is to be looked at today; None when that was done. `notes`: the newest of each act."""
    looked, held, meant = (notes.get(act) for act in ("looked", "held", "meant"))
    if looked is not None and looked.day >= today and not _newer(meant, looked):
        return None
    first, last = event.date(today - dt.timedelta(days=event.within)), event.date(today)
    if held is not None and not _newer(meant, held):
        first = max(first, event.date(held.day) + A_DAY)
    before = min(looked.day, today - A_DAY) if looked is not None else today - A_DAY
    return Window(first, last, None if _newer(meant, looked) else event.date(before))


def _newer(note: Look | None, other: Look | None) -> bool:
    return note is not None and (other is None or note.number > other.number)


def all_in_sight(event: DatedEvent, today: dt.date) -> Window:
    """The dates that are announced on a day when somebody says that all of them are meant."""
    return Window(event.date(today - dt.timedelta(days=event.within)), event.date(today), None)


def waits(event: DatedEvent, notes: Mapping[str, Look], today: dt.date) -> Window | None:
    """The dates that still wait for an administrator's word; None when none does."""
    held, meant = notes.get("held"), notes.get("meant")
    first = event.date(today - dt.timedelta(days=event.within))
    if held is None or _newer(meant, held) or event.date(held.day) < first:
        return None
    return Window(first, event.date(held.day), None)


def too_many(event: DatedEvent, most: int) -> Text:
    """What an administrator is told when more dates turn up at once than anybody can have foreseen."""
    return Text(
        f"More than {most} records have a date for '{event.event}' that came before anybody looked, and processes may begin "
        f"a case for each. They wait. If they are meant:  ./aftercare announce {event.event}  Else do nothing; what comes "
        "from today on is announced as always.",
        f"有超过 {most} 条档案的日期在系统查看之前就已满足“{event.event}”，流程可能为每条新建工单，现暂不通知。"
        f"如确需处理，请执行  ./aftercare announce {event.event}；否则无需操作，今后到期的照常通知。",
    )
