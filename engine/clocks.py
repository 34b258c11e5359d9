"""When things are due and when the rows of a ladder ring, computed from history: entry, pauses and the calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from engine.case import Pause, Stretch, Timer
from engine.definition.calendars import after, closing_time
from engine.definition.compiled import Compiled, Due, Guard, LadderRow, Option
from engine.definition.moments import when_is
from engine.definition.opening_hours import Calendar
from engine.definition.pauses import in_order, with_pauses
from engine.facts import CaseFacts

Pauses = Sequence[tuple[dt.datetime, dt.datetime | None]]


def pairs(pauses: Sequence[Pause]) -> Pauses:
    """Pauses as the calendar counts them."""
    return [(pause.since, pause.until) for pause in pauses]


def chosen_due(options: Sequence[Option[Due]], holds: Callable[[Guard], bool]) -> Due | None:
    """The first deadline whose condition holds."""
    return next((option.then for option in options if option.when is None or holds(option.when)), None)


def nominal_due(due: Due | None, entry: dt.datetime, facts: CaseFacts, calendar: Calendar) -> dt.datetime | None:
    """The deadline without any pause: a duration from entry, or the promised date (which ends at closing time)."""
    if due is None:
        return None
    if due.duration is not None:
        return after(entry, due.duration, calendar)
    value = facts.value(due.promise)
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC)
    return closing_time(calendar, value) if isinstance(value, dt.date) else None


def due_with_pauses(
    due: Due | None, nominal: dt.datetime | None, entry: dt.datetime, pauses: Pauses, calendar: Calendar
) -> dt.datetime | None:
    """The deadline as it stands: a promised date does not move, everything else moves with the pauses.

    While a pause lasts it is what it would be if the pause ended now never: the nominal one, for showing.
    """
    if due is None or nominal is None or due.duration is None:
        return nominal
    return with_pauses(entry, nominal, pauses, due.duration.working, calendar)


@dataclass(frozen=True, slots=True)
class Count:
    """What a deadline counts: from when, when that ends without any pause, and the stretches that do not count."""

    since: dt.datetime
    nominal: dt.datetime | None
    pauses: Pauses


def over_all_visits(
    due: Due, entry: dt.datetime, pauses: Pauses, spent: Sequence[Stretch], calendar: Calendar
) -> Count | None:
    """The count of a deadline that is for all visits together: one long visit, whose time stands still while the case is
    elsewhere. None in the first visit; nothing is left when earlier ones used it up, and then it is due at once."""
    if not spent or due.duration is None:
        return None
    since, working = spent[0].since, due.duration.working
    gaps = [(one.until, then) for one, then in zip(spent, [*(s.since for s in spent[1:]), entry], strict=True)]
    nominal = after(since, due.duration, calendar)
    left = with_pauses(since, nominal, gaps, working, calendar)
    if left is None or left <= entry:
        return Count(entry, entry, pauses)
    return Count(since, nominal, [*gaps, *pauses])


def worked_on(since: dt.datetime, until: dt.datetime, pauses: Pauses) -> list[Stretch]:
    """What is left of a visit when its pauses are taken out."""
    found, at = [], since
    for begun, ended in in_order(pauses, since):
        if begun >= until:
            break
        if at < begun:
            found.append(Stretch(at, begun))
        at = until if ended is None else min(ended, until)
    return [*found, Stretch(at, until)] if at < until else found


class Ladder:
    """One ladder in one visit: which row rings when. `key` names it in timers and in what has rung."""

    def __init__(
        self,
        process: Compiled,
        step: str,
        visit: int,
        rows: Sequence[LadderRow],
        entry: dt.datetime,
        due: Due | None,
        count: Count,
        pauses: Pauses,
        facts: CaseFacts,
    ) -> None:
        self._process, self._calendar = process, process.calendar_of[step]
        self._step, self._visit, self._rows = step, visit, rows
        self._entry, self._due, self._count = entry, due, count
        self._pauses, self._facts = pauses, facts

    def armed(self, case_id: str, rung: dict[str, int]) -> Iterator[Timer]:
        """The timers of this ladder that are still to ring; `fire_at` is None while a pause holds one up."""
        for n, row in enumerate(self._rows):
            if not self._process.may_ring(row):
                continue
            turn = rung.get(rung_key(self._step, self._visit, n), 0)
            if self._is_used_up(row, turn):
                continue
            if self._anchor(row) is None and row.at.anchor not in ("entry", "due"):
                continue
            if row.at.anchor == "due" and self._count.nominal is None:
                continue
            fire_at = self._moment(row, turn)
            yield Timer(timer_id(case_id, self._step, self._visit, n, turn), self._step, self._visit, n, turn, fire_at)

    def next_turn(self, n: int, turn: int, now: dt.datetime) -> int:
        """The turn after one has rung: turns missed meanwhile are not rung one by one."""
        row = self._rows[n]
        turn += 1
        while not self._is_used_up(row, turn):
            fire_at = self._moment(row, turn)
            if fire_at is None or fire_at > now:
                break
            turn += 1
        return turn

    def first_moment(self, n: int) -> dt.datetime | None:
        """When a row rings (or rang) for the first time."""
        return self._moment(self._rows[n], 0)

    def _is_used_up(self, row: LadderRow, turn: int) -> bool:
        most = row.at_most if row.every else 1
        return most is not None and turn >= most

    def _moment(self, row: LadderRow, turn: int) -> dt.datetime | None:
        of_due = row.at.anchor == "due"
        base = when_is(
            row.at,
            entry=self._count.since if of_due else self._entry,
            due=self._count.nominal,
            anchor_value=self._anchor(row),
            pauses=self._count.pauses if of_due else self._pauses,
            due_working=bool(self._due and self._due.duration and self._due.duration.working),
            calendar=self._calendar,
            promise=bool(self._due and self._due.duration is None),
        )
        if base is not None and of_due and self._due is not None and self._due.in_total:
            base = max(base, self._entry)  # what came in an earlier visit is told at once in this one
        for _ in range(turn):
            if base is None or row.every is None:
                return None
            base = with_pauses(
                base, after(base, row.every, self._calendar), self._pauses, row.every.working, self._calendar
            )
        return base

    def _anchor(self, row: LadderRow) -> dt.date | dt.datetime | None:
        if row.at.anchor in ("entry", "due"):
            return None
        value = self._facts.value(tuple(row.at.anchor.split(".")))
        return value if isinstance(value, dt.date) else None


def rung_key(step: str, visit: int, row: int) -> str:
    """Under which name a case counts the turns of a row."""
    return f"{step}:{visit}:{row}"


def timer_id(case_id: str, step: str, visit: int, row: int, turn: int) -> str:
    """Each row of each visit rings each turn once: this is its name for ever."""
    return f"{case_id}:{step}:{visit}:{row}:{turn}"
