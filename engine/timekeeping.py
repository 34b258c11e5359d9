"""When things are due while a case moves: deadlines, ladders and the case's own clock, set anew whenever history changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.case import Pause, Timer
from engine.clocks import (
    Count,
    Ladder,
    chosen_due,
    due_with_pauses,
    nominal_due,
    over_all_visits,
    pairs,
    rung_key,
    worked_on,
)
from engine.definition.compiled import Due, Step

if TYPE_CHECKING:
    from engine.flow import Flow


EXTENDED = Due(text="extended")
"""A deadline somebody set by hand: like a promised date it does not move with pauses."""


def extension_key(step: str, visit: int) -> str:
    """Under which name a case keeps the deadline somebody gave a step's visit, or ("" and the round) the case."""
    return f"{step}:{visit}"


class Timekeeper:
    """Keeps the deadlines and timers of one flow in step with its history."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow

    def due_of(self, step: Step) -> tuple[Due | None, Count, dt.datetime | None]:
        """The deadline as declared, what it counts, and as it stands."""
        entry, pauses = self._flow.draft.entered[step.name], pairs(self._pauses_of(step.name))
        facts, calendar = self._flow.facts(step.name), self._flow.process.calendar_of[step.name]
        if extended := self._flow.draft.extended.get(extension_key(step.name, self._flow.draft.visits[step.name])):
            return EXTENDED, Count(entry, extended, pauses), extended
        due = chosen_due(step.due, self._flow.holds)
        spent = self._flow.draft.spent.get(step.name, ()) if due is not None and due.in_total else ()
        count = over_all_visits(due, entry, pauses, spent, calendar) if due is not None else None
        if count is None:
            count = Count(entry, nominal_due(due, entry, facts, calendar), pauses)
        stands = due_with_pauses(due, count.nominal, count.since, count.pauses, calendar)
        given = self._given_before(step) if spent else None
        if given is not None and (stands is None or given > stands):
            return EXTENDED, Count(entry, given, pauses), given
        return due, count, stands

    def _given_before(self, step: Step) -> dt.datetime | None:
        """The deadline that somebody gave an earlier visit of this round: where all visits have one deadline together, it
        is given to the later ones too."""
        draft = self._flow.draft
        visit, fact = draft.visits[step.name], draft.facts.get(step.name)
        of_this_round = range(visit - (fact.count if fact else 1) + 1, visit)
        given = (draft.extended.get(extension_key(step.name, one)) for one in reversed(of_this_round))
        return next((until for until in given if until is not None), None)

    def remember_visit(self, step: str) -> None:
        """A step is left whose deadline counts over all its visits: when it was worked on is known from now on."""
        draft, definition = self._flow.draft, self._flow.process.steps.get(step)
        if definition is None or not definition.adds_up or step not in draft.entered:
            return
        visit = worked_on(draft.entered[step], self._flow.now, pairs(self._pauses_of(step)))
        draft.spent[step] = (*draft.spent.get(step, ()), *visit)

    def _pauses_of(self, step: str) -> tuple[Pause, ...]:
        task = self._flow.draft.work_of(step)
        return (*(task.pauses if task else ()), *self._flow.draft.stood.get(step, ()))

    def ladder_of(self, step: str) -> Ladder:
        """The ladder of a step's present visit; "" is the case's own."""
        if step == "":
            return self._ladder_of_case()
        definition = self._flow.process.steps[step]
        due, count, _ = self.due_of(definition)
        entry = self._flow.draft.entered[step]
        pauses = pairs(self._pauses_of(step))
        visit = self._flow.draft.visits[step]
        return Ladder(
            self._flow.process, step, visit, definition.ladder, entry, due, count, pauses, self._flow.facts(step)
        )

    def _due_of_case(self) -> tuple[Due | None, dt.datetime | None]:
        draft = self._flow.draft
        if extended := draft.extended.get(extension_key("", draft.round)):
            return EXTENDED, extended
        due = chosen_due(self._flow.process.due, self._flow.holds)
        entry = draft.round_started_at or draft.opened_at
        return due, nominal_due(due, entry, self._flow.facts(), self._flow.process.calendar_of[""])

    def _ladder_of_case(self) -> Ladder:
        due, nominal = self._due_of_case()
        entry = self._flow.draft.round_started_at or self._flow.draft.opened_at
        pauses = pairs(self._flow.draft.pauses)
        return Ladder(
            self._flow.process,
            "",
            self._flow.draft.round,
            self._flow.process.ladder,
            entry,
            due,
            Count(entry, nominal, pauses),
            pauses,
            self._flow.facts(),
        )

    def arm(self, step: str) -> None:
        """Set the timers of a step (or of the case) as history says they should stand now; of a case that has ended none."""
        if self._flow.draft.ended is not None:
            return
        rows = self._flow.process.steps[step].ladder if step else self._flow.process.ladder
        if not rows:
            return
        kept = [timer for timer in self._flow.draft.timers if timer.step != step or timer.row < 0]
        armed = self.ladder_of(step).armed(self._flow.draft.id, self._flow.draft.rung)
        self._flow.draft.timers = [*kept, *armed]

    def set_case_due(self) -> None:
        """The case's own deadline and ladder as they stand now."""
        draft, calendar = self._flow.draft, self._flow.process.calendar_of[""]
        due, nominal = self._due_of_case()
        entry = draft.round_started_at or draft.opened_at
        moved = due_with_pauses(due, nominal, entry, pairs(draft.pauses), calendar)
        draft.due_at = moved or draft.due_at or nominal
        if draft.first_due_at is None:
            draft.first_due_at = draft.due_at
        self.arm("")

    def set_task_due(self, step: str) -> None:
        """The deadline and ladder of a step's task as they stand now (its pauses changed)."""
        task = self._flow.draft.work_of(step)
        if task is not None:
            _, count, moved = self.due_of(self._flow.process.steps[step])
            unknown = None if self._flow.draft.stands_still(step) else task.due_at or count.nominal
            self._flow.draft.put(replace(task, due_at=moved or unknown))
        self.arm(step)

    def extend(self, step: str, until: dt.datetime) -> None:
        """A new deadline, by hand, for the task of a step or ("") for the case; rows that rang do not ring again."""
        draft = self._flow.draft
        draft.extended[extension_key(step, draft.visits[step] if step else draft.round)] = until
        if step:
            self.set_task_due(step)
        else:
            self.set_case_due()

    def count_anew(self, names: set[str]) -> None:
        """A field changed: deadlines and timers that count from it, or choose by it, follow."""
        if any(o.when or (o.then.promise and o.then.promise[0] in names) for o in self._flow.process.due) or _anchored(
            self._flow.process.ladder, names
        ):
            self.set_case_due()
        for leaf in self._flow.draft.leaves:
            step = self._flow.process.steps.get(leaf)
            if step is None or leaf not in self._flow.draft.entered:
                continue
            if any(o.then.promise and o.then.promise[0] in names for o in step.due) or _anchored(step.ladder, names):
                self.set_task_due(leaf)

    def mind_the_clock(self) -> None:
        """The case's clock stands still exactly while a step waits for somebody the process waits for, or is in a step
        that the process names: `pause_while: [customer, follow_up]`. The clock of a step does so while the case is in
        another step that it names."""
        wanted, steps = self._flow.process.file.pause_while, self._flow.process.steps
        leaves = [leaf for leaf in self._flow.draft.leaves if leaf in steps]
        places = {place for leaf in leaves for place in self._flow.process.around(leaf)}
        self._mind_the_steps(places)
        stands = any(steps[leaf].waits_for in wanted for leaf in leaves) or any(place in wanted for place in places)
        if stands == self._flow.draft.paused:
            return
        if stands:
            self._flow.draft.pauses.append(Pause(self._flow.now))
        else:
            self._flow.draft.pauses[-1] = replace(self._flow.draft.pauses[-1], until=self._flow.now)
        self.set_case_due()

    def _mind_the_steps(self, places: set[str]) -> None:
        draft, process = self._flow.draft, self._flow.process
        for step in sorted(places):
            stands = any(other in places for other in process.pausing(process.steps[step]))
            if stands == draft.stands_still(step):
                continue
            before = draft.stood.get(step, ())
            if stands:
                draft.stood[step] = (*before, Pause(self._flow.now))
            else:
                draft.stood[step] = (*before[:-1], replace(before[-1], until=self._flow.now))
            self.set_task_due(step)

    def turn_over(self, step: str, visit: int, row: int, turn: int) -> None:
        """A row has rung: count its turn and arm the next one."""
        self._flow.draft.rung[rung_key(step, visit, row)] = self.ladder_of(step).next_turn(row, turn, self._flow.now)
        self.arm(step)

    def remember_rung(self, timer: Timer, rings: bool) -> None:
        """Whether a row whose turn was counted rang, or none of its turns has so far, because its `if` did not hold."""
        draft, key = self._flow.draft, rung_key(timer.step, timer.visit, timer.row)
        if rings:
            draft.passed_over = tuple(other for other in draft.passed_over if other != key)
        elif timer.turn == 0:
            draft.passed_over = (*draft.passed_over, key)


def _anchored(rows: tuple[Any, ...], names: set[str]) -> bool:
    return any(row.at.anchor.split(".")[0] in names for row in rows)
