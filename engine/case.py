"""Where a case stands: everything a decision needs to know about it, and nothing else.

A case is one value. Tables for tasks, timers and subscriptions are kept from it by whoever stores it, so that lists are
fast; the case itself is the truth.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.definition.texts import Text

TaskKind = Literal["work", "escalation", "draft", "record"]
"""work: a task of a step. escalation: raised by a timer. draft: a customer mail to confirm, beside the flow.
record: complete what an event left open when it started the case."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which a clock stood still; `until` is None while it does. UTC instants."""

    since: dt.datetime
    until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch in which a step was worked on, from and until, both past. UTC instants."""

    since: dt.datetime
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class MailText:
    """A customer mail waiting for confirmation, rendered in the customer's language. `to` is one address or empty."""

    template: str
    to: str
    subject: str
    body: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Task:
    """Open work for a person. `only`: the one person who may do it; `excluded`: who may not (four eyes); `waived`: who
    was let do it all the same."""

    id: str
    kind: TaskKind
    step: str
    visit: int
    label: Text
    roles: tuple[str, ...]
    opened_at: dt.datetime
    assignee: str | None = None
    only: str | None = None
    excluded: tuple[str, ...] = ()
    due_at: dt.datetime | None = None
    pauses: tuple[Pause, ...] = ()
    pause_reason: str = ""
    resume_at: dt.datetime | None = None
    mail: MailText | None = None
    level: int = 0
    about: str = ""
    waived: tuple[str, ...] = ()

    @property
    def paused(self) -> bool:
        """True while somebody has put this task aside."""
        return lasts(self.pauses)


@dataclass(frozen=True, slots=True)
class Timer:
    """An armed row of a ladder. `step` is "" for the case's own ladder; `fire_at` is None while its clock stands still.

    `row` counts the rows of the ladder; below zero it is one of the engine's own: see `PAUSE_ENDS` and those
    beside it.
    `turn` counts the repeats of a row, from 0.
    """

    id: str
    step: str
    visit: int
    row: int
    turn: int
    fire_at: dt.datetime | None
    task: str = ""


PAUSE_ENDS = -1
CALL_AGAIN = -2
DRAFT_WAITS = -3
LATE_AGAIN = -4


@dataclass(frozen=True, slots=True)
class Call:
    """An answer the case waits for from an outside system. `action` is the position of the call in its step; `given_up`
    once it failed for good and an administrator was told; None where the case was saved before that was kept."""

    key: str
    step: str
    visit: int
    action: int
    attempt: int
    given_up: bool | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """What the case remembers of one moment (`reinspection`, `reinspection.passed`) in this round.

    `begun` and `finished` are positions in the order of all moments (0: not yet); `count` is how often it began (a step)
    or happened (an outcome); `at` the latest time.
    """

    begun: int = 0
    finished: int = 0
    count: int = 0
    first_at: dt.datetime | None = None
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Parent:
    """The case and the step that wait for this one; `waits` is False when it was started without waiting."""

    case: str
    step: str
    visit: int
    waits: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `leaves` are the steps it is in; `values` the fields as JSON values; instants are UTC.

    `records` are snapshots of the records its fields name, as they were when last looked at. `done_by` lists who completed
    a step in any round, `last_by` who did it last in this round. `children` maps a waiting `run` step to its case,
    one that runs a case for each row as `lines#1`, `lines#2`, … ("" until that case exists),
    `open_children` are all cases a `run` step started that have not ended. `rung` counts the turns of each ladder row,
    `passed_over` are those rows of which no turn rang, because their `if` did not hold; `put_away` are the rows of the
    case's own ladder, by their words, whose escalation was closed when its clock stopped, see `engine.late_again`; `marks` are the rules, by their text, that remember something of this round;
    `extended` are deadlines given by hand; `spent` is when earlier visits of this round were worked on, pauses left out,
    of steps whose deadline counts over all of them; `stood` is when the clock of an open step stood still for other steps
    (`pause_while`); `earlier` is the earlier case about the same, see `engine.likeness`;
    `urgent` is whether it could not wait when it was last decided on, so that lists know it: see `urgent_when`.
    """

    id: str
    number: str
    process: str
    version: int
    opened_at: dt.datetime
    revision: int = 0
    round: int = 1
    leaves: tuple[str, ...] = ()
    visits: Mapping[str, int] = field(default_factory=dict)
    entered: Mapping[str, dt.datetime] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    owner: str | None = None
    starter: str | None = None
    milestone: str | None = None
    ended: str | None = None
    ended_at: dt.datetime | None = None
    due_at: dt.datetime | None = None
    first_due_at: dt.datetime | None = None
    pauses: tuple[Pause, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    seq: int = 0
    next_id: int = 1
    done_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    last_by: Mapping[str, str] = field(default_factory=dict)
    tasks: tuple[Task, ...] = ()
    timers: tuple[Timer, ...] = ()
    calls: tuple[Call, ...] = ()
    children: Mapping[str, str] = field(default_factory=dict)
    open_children: tuple[str, ...] = ()
    parent: Parent | None = None
    round_started_at: dt.datetime | None = None
    rung: Mapping[str, int] = field(default_factory=dict)
    passed_over: tuple[str, ...] = ()
    put_away: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    extended: Mapping[str, dt.datetime] = field(default_factory=dict)
    spent: Mapping[str, tuple[Stretch, ...]] = field(default_factory=dict)
    stood: Mapping[str, tuple[Pause, ...]] = field(default_factory=dict)
    earlier: Mapping[str, Any] | None = None
    urgent: bool = False

    @property
    def is_open(self) -> bool:
        """True until the case reaches an end."""
        return self.ended is None

    def stands_still(self, step: str) -> bool:
        """True while the clock of an open step stands still for another one."""
        return lasts(self.stood.get(step, ()))

    @property
    def paused(self) -> bool:
        """True while the case's own clock stands still."""
        return lasts(self.pauses)

    @property
    def runs_out_at(self) -> dt.datetime | None:
        """Its deadline as people go by it: none while its clock stands still."""
        return None if self.paused and self.is_open else self.due_at

    def task(self, task_id: str) -> Task | None:
        """The open task with this id."""
        return next((t for t in self.tasks if t.id == task_id), None)

    def timer(self, timer_id: str) -> Timer | None:
        """The armed timer with this id."""
        return next((t for t in self.timers if t.id == timer_id), None)


def lasts(pauses: Sequence[Pause]) -> bool:
    """Whether the last of these pauses is not over yet."""
    return bool(pauses) and pauses[-1].until is None


def parent_step(key: str) -> str:
    """The waiting step of a key of `Case.children`."""
    return key.partition("#")[0]


def work_of(case: Case, step: str) -> Task | None:
    """The open task of a step itself, not one that a timer raised about it."""
    return next((t for t in case.tasks if t.step == step and t.kind == "work"), None)
