"""What follows from one thing that happens in a rehearsal: the case changes, and everything else is only noted.

Cases that are started, outside systems that are called and timers that come due answer here by themselves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine import events as happened
from engine.case import Case, Task
from engine.decide import Decision, decide
from engine.definition.compiled import NEW, Compiled, Move
from engine.definition.configurations import enter
from engine.definition.texts import Text
from engine.draft import Draft
from engine.effects import (
    CallAdapter,
    ChangeWarrantyEnd,
    EmitEvent,
    RaiseIncident,
    Remind,
    SendMail,
    StartCase,
    WriteHistory,
    WriteRecord,
)
from engine.entered import WrongValue, cleaned
from engine.events import Event
from engine.flow import Flow
from engine.forms import defaults, put_value
from engine.rehearsal.stage import NotReadable, Stage
from engine.replaced import UNIT

MOST_RINGS = 2_000


@dataclass
class Seen:
    """What was noticed while one line was played."""

    tasks_for: list[str] = field(default_factory=list)
    reminded: list[str] = field(default_factory=list)
    mailed: list[str] = field(default_factory=list)
    drafted: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    started: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    emitted: list[str] = field(default_factory=list)
    incidents: list[str] = field(default_factory=list)
    rung: list[Mapping[str, Any]] = field(default_factory=list)


class Following(Stage):
    """The case on the stage, and what was seen of it."""

    def __init__(self, process: Compiled, given: Mapping[str, Any]) -> None:
        super().__init__(process, given)
        self.case: Case | None = None
        self.seen = Seen()
        self.moves: list[Move] = []
        self._failing = listed(given.get("failing"))
        self._children = 0
        if "in_step" in given:
            self._stand_in(str(given["in_step"]), given.get("done_by") or {})

    def _do(self, event: Event) -> Case:
        before = self.case
        decision = decide(self.process, self.case, event, self._world())
        self.case = decision.case
        self.moves += decision.moves
        self._notice(before, decision)
        return self.case

    def _notice(self, before: Case | None, decision: Decision) -> None:
        old = {task.id for task in before.tasks} if before else set()
        for task in decision.case.tasks:
            if task.id not in old:
                self.seen.tasks_for += self._called(task)
                if task.mail is not None:
                    self.seen.drafted.append(task.mail.template)
        for effect in decision.effects:
            match effect:
                case Remind():
                    self.seen.reminded += [effect.to, *effect.people]
                case SendMail(kind="customer"):
                    self.seen.sent.append(effect.template)
                case SendMail(role=role) if role:
                    self.seen.mailed.append(role)
                case EmitEvent():
                    self.seen.emitted.append(effect.name)
                case WriteHistory():
                    self._wrote_down(effect)
                case RaiseIncident():
                    self.seen.incidents.append(effect.text.en)
                case StartCase():
                    self._child(effect)
                case CallAdapter():
                    self._answer(effect)
                case WriteRecord():
                    self._write(effect.type, effect.id, effect.attribute, effect.value)
                case ChangeWarrantyEnd():
                    self._write(UNIT, effect.unit, "warranty_until", effect.until)

    def _wrote_down(self, history: WriteHistory) -> None:
        self.seen.withdrawn += history.details.get("withdrawn", ())
        self.seen.told += [told["template"] for told in history.details.get("told", ())]
        if history.kind == "passed_over":
            self.seen.rung[-1] = {**self.seen.rung[-1], "passed_over": True}

    def _called(self, task: Task) -> list[str]:
        person = self._people.get(task.assignee or "")
        return [*task.roles, *([person.id, *sorted(person.roles)] if person else [])]

    def _child(self, order: StartCase) -> None:
        self.seen.started.append(order.process)
        self._children += 1
        child = f"child{self._children}"
        self._do(happened.ChildOpened(child, order.step, order.waits, order.key, order.visit))

    def _answer(self, order: CallAdapter) -> None:
        self.seen.called.append(order.operation)
        if order.operation in self._failing:
            self._do(happened.CallFailed(order.key, "it does not answer"))
            return
        adapter = self.process.site.adapters.get(order.operation)
        gives = adapter.gives if adapter else {}
        answers = {name: _sample(kind, self.local_now.date()) for name, kind in gives.items()}
        self._do(happened.CallAnswered(order.key, answers))

    def _ring_until(self, until: dt.datetime) -> None:
        """Everything that comes due, in order, each at its own time."""
        for _ in range(MOST_RINGS):
            due = [t for t in (self.case.timers if self.case else ()) if t.fire_at is not None and t.fire_at <= until]
            if not due:
                return
            timer = min(due, key=lambda t: (t.fire_at or until, t.id))
            self.now = max(self.now, timer.fire_at or self.now)
            at = (timer.fire_at or self.now).isoformat()
            self.seen.rung.append({"step": timer.step, "row": timer.row, "turn": timer.turn, "at": at})
            self._do(happened.TimerRang(timer.id))
        raise NotReadable(Text("timers ring without end", "定时器不断触发"))

    def _stand_in(self, step: str, done_by: Mapping[str, Any]) -> None:
        """Begin in the middle: the case started at `start_at`, its ladder runs, earlier rules count as kept."""
        names = self.process.called.get(step)
        if not names:
            raise NotReadable(Text(f"'{step}' is not a step to begin in", f"“{step}”不是可以开始的步骤"))
        starters = self.process.file.start.role
        by = self._person(starters[0]).id if starters else None
        case = Case(
            "case", f"{self.process.id.upper()}-1", self.process.id, self.process.version, self.now, leaves=(NEW,)
        )
        flow = Flow(self.process, Draft(case), self._world())
        flow.draft.starter, flow.draft.round_started_at = by, self.now
        flow.draft.earlier = flow.world.earlier
        for name, value in self._given.items():
            if name in self.process.fields:
                try:
                    clean = cleaned(self.process.fields[name], value, self.process, flow.world)
                except WrongValue as wrong:
                    raise NotReadable(wrong.text) from wrong
                put_value(self.process, flow.draft, name, clean, flow.world)
        defaults(self.process, flow.draft, flow.world)
        owner = flow.facts().value(tuple(self.process.file.owner.split(".")))
        flow.draft.owner = owner if isinstance(owner, str) else by
        for done, person in done_by.items():
            for name in self.process.called.get(done, ()):
                people = tuple(self._person(str(p)).id for p in listed(person))
                flow.draft.done_by[name], flow.draft.last_by[name] = people, people[-1]
        flow.draft.marks = tuple(rule.text for rule in self.process.rules if rule.form == "never_before")
        flow.time.set_case_due()
        leaves, entered = _inside(self.process, names[0])
        flow.draft.leaves = tuple(name for name in self.process.steps if name in leaves)
        flow.begin_at(entered)
        flow.settle()
        self.case = flow.draft.done()
        self._notice(None, Decision(self.case, tuple(flow.effects)))


def _inside(process: Compiled, name: str) -> tuple[list[str], list[str]]:
    """The leaves and the steps begun when a case stands in a step, other branches at their beginning."""
    step = process.steps[name]
    leaves, begun = enter(process, name)
    entered: list[str] = [outer for outer in step.inside if process.steps[outer].kind != "joined"]
    for outer in step.inside:
        for branch, inner in process.steps[outer].branches:
            if branch not in step.inside:
                more, also = enter(process, inner[0])
                leaves, entered = [*leaves, *more], [*entered, *also]
    return leaves, [*entered, *begun]


def listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [] if value is None else [value]


def _sample(kind: str, today: dt.date) -> Any:
    return {"money": "100.00", "number": 1, "date": today.isoformat(), "yes_no": True}.get(kind, "DOC-1")
