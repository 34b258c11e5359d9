"""How a pause moves a due time: working timers keep their open minutes, calendar timers move by its real length.

Everything is computed anew from history (start, nominal due, list of pauses), so that nothing adds up twice. It does
not know who paused or why, nor which timers have rung.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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

    def what_is_left_later(due: datetime, since: datetime, until: datetime) -> datetime:
        if not working:
            return due + (until - since)
        # Never earlier than before: a due time at an opening stays there, though its open minutes end at the closing.
        return max(due, spend(calendar, until, open_time(calendar, since, due)))

    return moved(start, nominal_due.astimezone(UTC), pauses, what_is_left_later)


def moved(
    start: datetime,
    nominal: datetime,
    pauses: Iterable[Pause],
    move: Callable[[datetime, datetime, datetime], datetime],
) -> datetime | None:
    """`nominal`, moved by `move(instant so far, since, until)` for each pause that begins before it; None: it stands."""
    at = nominal
    for since, until in _one_after_the_other(start, pauses):
        if since >= at:
            break
        if until is None:
            return None
        at = move(at, since, until)
    return at


def out_of_pauses(at: datetime, pauses: Iterable[Pause]) -> datetime | None:
    """`at`, or the end of the pause it falls into; None while that pause lasts."""
    return moved(at - timedelta.resolution, at, _around(at, pauses), lambda _at, _since, until: until)


def share_of(start: datetime, due: datetime, percent: Decimal | int, working: bool, calendar: Calendar) -> datetime:
    """The instant at which `percent` of the time from `start` to `due` has passed, both without their pauses.

    A working timer counts open time only. Hand the result to `with_pauses` as any other nominal instant.
    """
    whole = open_time(calendar, start, due) if working else due - start
    part = timedelta(microseconds=int(Decimal(whole // timedelta.resolution) * Decimal(percent) / 100))
    if not working:
        return start.astimezone(UTC) + part
    return spend(calendar, start, part) if part else min(next_opening(calendar, start), due.astimezone(UTC))


def _one_after_the_other(start: datetime, pauses: Iterable[Pause]) -> Iterator[Pause]:
    """The pauses from `start` on in UTC, in order, overlapping ones joined, empty ones left out."""
    start = start.astimezone(UTC)
    joined: Pause | None = None
    for since, until in sorted(((max(a.astimezone(UTC), start), b) for a, b in pauses), key=lambda pause: pause[0]):
        end = until.astimezone(UTC) if until is not None else None
        if end is not None and end <= since:
            continue
        if joined is None:
            joined = (since, end)
        elif joined[1] is None or since <= joined[1]:
            joined = (joined[0], None if joined[1] is None or end is None else max(joined[1], end))
        else:
            yield joined
            joined = (since, end)
    if joined is not None:
        yield joined
