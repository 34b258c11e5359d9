"""How a pause moves a due time: working timers keep their open minutes, calendar timers move by its real length.

Everything is computed anew from history (start, nominal due, list of pauses), so that nothing adds up twice. It does
not know who paused or why, nor which timers have rung.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from engine.definition.calendars import next_opening, open_time, spend
from engine.definition.opening_hours import Calendar

# From and until; None while it lasts.
Pause = tuple[datetime, datetime | None]


def with_pauses(
    start: datetime, nominal_due: datetime, pauses: Iterable[Pause], working: bool, calendar: Calendar
) -> datetime | None:
    """The due time after these pauses, given the one without them; None while a pause lasts that began before it.

    A pause turns what is left of a working timer into open minutes, to be used up after it. Pauses before `start` and
    from the due time on change nothing. Pauses may overlap and come in any order.
    """
    due = nominal_due.astimezone(UTC)
    for since, until in in_order(pauses, start):
        if since >= due:
            break
        if until is None:
            return None
        due = moved_by(since, until, due, working, calendar)
    return due


def moved_by(since: datetime, until: datetime, due: datetime, working: bool, calendar: Calendar) -> datetime:
    """`due` after one pause that began before it."""
    if not working:
        return due + (until - since)
    # Never earlier than before: a due time at an opening stays there, though its open minutes end at the closing.
    return max(due, spend(calendar, until, open_time(calendar, since, due)))


def out_of_pauses(at: datetime, pauses: Iterable[Pause]) -> datetime | None:
    """`at`, or the end of the pause it falls into; None while that pause lasts."""
    for since, until in in_order(pauses):
        if since < at and (until is None or at < until):
            return until
    return at


def share_of(start: datetime, due: datetime, percent: Decimal | int, working: bool, calendar: Calendar) -> datetime:
    """The instant at which `percent` of the time from `start` to `due` has passed, both without their pauses.

    A working timer counts open time only. Hand the result to `with_pauses` as any other nominal instant.
    """
    whole = open_time(calendar, start, due) if working else due - start
    part = timedelta(microseconds=int(Decimal(whole // timedelta.resolution) * Decimal(percent) / 100))
    if not working:
        return start.astimezone(UTC) + part
    return spend(calendar, start, part) if part else min(next_opening(calendar, start), due.astimezone(UTC))


def in_order(pauses: Iterable[Pause], start: datetime | None = None) -> list[Pause]:
    """The pauses (from `start` on) in UTC, in order, overlapping ones joined, empty ones left out."""
    joined: list[Pause] = []
    for since, until in sorted((_utc(pause, start) for pause in pauses), key=lambda pause: pause[0]):
        if until is not None and until <= since:
            continue
        last = joined[-1] if joined else None
        if last is None or (last[1] is not None and last[1] < since):
            joined.append((since, until))
        else:
            joined[-1] = (last[0], None if last[1] is None or until is None else max(last[1], until))
    return joined


def _utc(pause: Pause, start: datetime | None) -> Pause:
    since, until = pause
    begun = since if start is None else max(since, start)
    return begun.astimezone(UTC), until.astimezone(UTC) if until is not None else None
