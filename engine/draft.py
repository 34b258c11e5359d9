"""A case while a decision about it is made: the same fields, changeable. Turned back into a `Case` at the end or thrown away."""

from __future__ import annotations

import datetime as dt
from typing import Any

from engine.case import Call, Case, Fact, Parent, Pause, Stretch, Task, Timer, lasts


class Draft:
    """The fields of `Case`, as dicts and lists that may be changed. Lives only inside one decision."""

    def __init__(self, case: Case) -> None:
        self.base = case
        self.id = case.id
        self.number = case.number
        self.process = case.process
        self.version = case.version
        self.opened_at = case.opened_at
        self.round = case.round
        self.leaves: tuple[str, ...] = case.leaves
        self.visits: dict[str, int] = dict(case.visits)
        self.entered: dict[str, dt.datetime] = dict(case.entered)
        self.values: dict[str, Any] = dict(case.values)
        self.records: dict[str, Any] = dict(case.records)
        self.owner = case.owner
        self.starter = case.starter
        self.milestone = case.milestone
        self.ended = case.ended
        self.ended_at = case.ended_at
        self.due_at = case.due_at
        self.first_due_at = case.first_due_at
        self.pauses: list[Pause] = list(case.pauses)
        self.facts: dict[str, Fact] = dict(case.facts)
        self.seq = case.seq
        self.next_id = case.next_id
        self.done_by: dict[str, tuple[str, ...]] = dict(case.done_by)
        self.last_by: dict[str, str] = dict(case.last_by)
        self.tasks: list[Task] = list(case.tasks)
        self.timers: list[Timer] = list(case.timers)
        self.calls: list[Call] = list(case.calls)
        self.children: dict[str, str] = dict(case.children)
        self.open_children: list[str] = list(case.open_children)
        self.parent: Parent | None = case.parent
        self.round_started_at = case.round_started_at
        self.rung: dict[str, int] = dict(case.rung)
        self.passed_over = case.passed_over
        self.put_away = case.put_away
        self.marks = case.marks
        self.extended: dict[str, dt.datetime] = dict(case.extended)
        self.spent: dict[str, tuple[Stretch, ...]] = dict(case.spent)
        self.stood: dict[str, tuple[Pause, ...]] = dict(case.stood)
        self.earlier = case.earlier
        self.urgent = case.urgent

    @property
    def paused(self) -> bool:
        """True while the case's own clock stands still."""
        return lasts(self.pauses)

    def stands_still(self, step: str) -> bool:
        """True while the clock of an open step stands still for another one."""
        return lasts(self.stood.get(step, ()))

    def new_id(self) -> str:
        """The id of a new task: the case's id and a running number."""
        n = self.next_id
        self.next_id += 1
        return f"{self.id}.{n}"

    def task(self, task_id: str) -> Task | None:
        """The open task with this id."""
        return next((t for t in self.tasks if t.id == task_id), None)

    def work_of(self, step: str) -> Task | None:
        """The open task of a step itself."""
        return next((t for t in self.tasks if t.step == step and t.kind == "work"), None)

    def put(self, task: Task) -> None:
        """A task in place of the one with its id."""
        self.tasks = [task if t.id == task.id else t for t in self.tasks]

    def close(self, task_id: str) -> None:
        """Take a task away, and what would ring because of it."""
        self.tasks = [t for t in self.tasks if t.id != task_id]
        self.timers = [t for t in self.timers if t.task != task_id]

    def done(self) -> Case:
        """The case as decided, one revision later."""
        return Case(
            id=self.id,
            number=self.number,
            process=self.process,
            version=self.version,
            opened_at=self.opened_at,
            revision=self.base.revision + 1,
            round=self.round,
            leaves=self.leaves,
            visits=self.visits,
            entered=self.entered,
            values=self.values,
            records=self.records,
            owner=self.owner,
            starter=self.starter,
            milestone=self.milestone,
            ended=self.ended,
            ended_at=self.ended_at,
            due_at=self.due_at,
            first_due_at=self.first_due_at,
            pauses=tuple(self.pauses),
            facts=self.facts,
            seq=self.seq,
            next_id=self.next_id,
            done_by=self.done_by,
            last_by=self.last_by,
            tasks=tuple(self.tasks),
            timers=tuple(self.timers),
            calls=tuple(self.calls),
            children=self.children,
            open_children=tuple(self.open_children),
            parent=self.parent,
            round_started_at=self.round_started_at,
            rung=self.rung,
            passed_over=self.passed_over,
            put_away=self.put_away,
            marks=self.marks,
            extended=self.extended,
            spent=self.spent,
            stood=self.stood,
            earlier=self.earlier,
            urgent=self.urgent,
        )
