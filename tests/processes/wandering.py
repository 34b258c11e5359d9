"""Somebody who presses every button at random: a case of a shipped process, driven by the real `decide` until it ends.

Five people hold every role, so that only the promises of the file, and not the roles, keep them from doing everything.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from engine import events as happened
from engine.as_seen import as_seen
from engine.case import Case, Task, parent_step
from engine.decide import decide
from engine.definition.compiled import Compiled, CompiledForm
from engine.definition.model import FieldDef
from engine.effects import CallAdapter, Effect, StartCase
from engine.matching import rows_listening
from engine.people import Person, World
from engine.refusals import Refusal
from engine.rows import ROW
from tests.processes.sensible import SELDOM, sensibly
from tests.processes.shipped import shipped

BEGINNING = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Happened:
    """One thing that happened: its moments (`repair`, `repair.repaired`), what began with it, who did it, the values then."""

    finished: frozenset[str]
    begun: tuple[str, ...]
    by: str | None
    values: Mapping[str, Any]


@dataclass
class Walk:
    """What came of one walk. `orphaned` lists the places where an open case waited for nothing and nobody."""

    case: Case
    story: list[Happened] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    ordered: list[StartCase] = field(default_factory=list)
    orphaned: list[tuple[str, ...]] = field(default_factory=list)


@cache
def ends_of(name: str) -> tuple[str, ...]:
    """How a case of a shipped process can end."""
    return tuple(step.name for step in shipped(name).steps.values() if step.ends_case)


def wander(
    process: Compiled, seed: int, most: int = 150, records: Mapping[tuple[str, str], Mapping[str, Any]] | None = None
) -> Walk:
    """One case from its start through at most so many random acts; `records` say more of what is known."""
    wanderer = _Wanderer(process, random.Random(seed))
    for place, more in (records or {}).items():
        wanderer.records[place] = {**wanderer.records.get(place, {"id": place[1]}), **more}
    return wanderer.walk(most)


@cache
def walked(name: str, seed: int) -> Walk:
    """A walk through a shipped process, taken once for all laws that look at it."""
    return wander(shipped(name), seed)


def opened(process: Compiled, order: StartCase) -> Case:
    """The case that another one ordered, as it stands at its beginning."""
    stage = _Wanderer(process, random.Random(0))
    event = happened.CaseStarted("child", "N-2", order.values, order.by, owner=order.owner, trusted=True)
    return decide(process, None, event, stage.world()).case


class _Wanderer:
    def __init__(self, process: Compiled, dice: random.Random) -> None:
        self.process = process
        self.dice = dice
        self.now = BEGINNING
        roles = frozenset(process.site.roles)
        self.people = {
            name: Person(name, name, roles, f"{name}@acme.example") for name in ("ann", "bo", "chen", "dai", "eve")
        }
        customer = {"id": "C-1", "key": "C-1", "name": "ACME", "contact": "Ms Li", "email": "li@customer.example"}
        units = {
            ("serial_number", n): {"id": n, "key": n, "number": n, "product": "Pump", "customer": customer}
            for n in ("SN-1", "SN-2")
        }
        self.records: dict[tuple[str, str], Any] = {("customer", "C-1"): customer, **units}
        self.records["order", "SO-1"] = {"id": "SO-1", "key": "SO-1", "number": "SO-1", "customer": customer}
        self.waiting: list[happened.Event] = []
        self.children = 0

    def walk(self, most: int) -> Walk:
        starter = self.dice.choice(sorted(self.people))
        asked = (*self.process.start_form.ask, *self.process.start_form.optional)
        values = {name: self._value(self.process.fields[name]) for name in asked}
        values = as_entered(self.process.start_form, values)
        started = decide(self.process, None, happened.CaseStarted("case", "N-1", values, starter), self.world())
        walk = Walk(started.case)
        self._note(walk, started, starter)
        for _ in range(most):
            if not walk.case.is_open:
                break
            if not (walk.case.tasks or self.waiting or walk.case.open_children or self._armed(walk.case)):
                walk.orphaned.append(walk.case.leaves)
                break
            self._one_act(walk)
        return walk

    def _one_act(self, walk: Walk) -> None:
        event = self.waiting.pop(0) if self.waiting else self.dice.choice(list(self._possible(walk.case)) or [None])
        if event is None:
            return
        try:
            decision = decide(self.process, walk.case, event, self.world())
        except Refusal as refusal:
            walk.refused |= set(refusal.codes)
            return
        walk.case = decision.case
        self._note(walk, decision, getattr(event, "by", None))

    def _possible(self, case: Case) -> Iterator[happened.Event]:
        for task in case.tasks:
            if task.kind == "work":
                yield from self._ways_to_complete(task, case)
        for leaf in case.leaves:
            for place in self.process.around(leaf):
                for name in self.process.steps[place].events:
                    if self._hardly_ever(place, name):
                        continue
                    yield happened.EventArrived(name, self._data(name, case))
        for name in self.process.anytime:
            if self.dice.random() < 0.01:
                yield happened.EventArrived(name, self._data(name, case))
        for key, child in case.children.items():
            ends = ends_of(self.process.steps[parent_step(key)].runs or "")
            if child:
                yield happened.ChildEnded(child, self.dice.choice(ends))
        if timers := self._armed(case):
            first = min(timers, key=lambda timer: (timer.fire_at, timer.id))
            self.now = max(self.now, first.fire_at or self.now)
            yield happened.TimerRang(first.id)

    def _armed(self, case: Case) -> list[Any]:
        return [timer for timer in case.timers if timer.fire_at is not None]

    def _ways_to_complete(self, task: Task, case: Case) -> Iterator[happened.Event]:
        step = self.process.steps[task.step]
        form = step.task.form if step.task else None
        for outcome in step.outcomes or ("done",):
            if self._hardly_ever(task.step, outcome):
                continue
            skips = outcome in step.outcomes and step.outcomes[outcome].skip_form
            needs = step.outcomes[outcome].ask if outcome in step.outcomes else ()
            names = needs if form is None or skips else (*form.ask, *form.optional)
            values = {name: self._value(self.process.fields[name]) for name in names}
            if self.process.id in SELDOM and self.dice.random() < 0.75:
                known = sensibly(self.process.id, task.step, case, self.dice)
                values |= {name: value for name, value in known.items() if name in values}
            values = as_entered(form, values) if form is not None else values
            mail = task.mail if outcome == "sent" else None
            by = self._somebody(task)
            seen = as_seen(self.process, case, form, self.people.get(by)) if form is not None else {}
            yield happened.TaskCompleted(task.id, outcome, by, values, mail, seen)

    def _hardly_ever(self, step: str, way: str) -> bool:
        return (step, way) in SELDOM.get(self.process.id, ()) and self.dice.random() < 0.9

    def _somebody(self, task: Task) -> str:
        """Anybody, though three times in four the one person the task is for, lest a walk only knocks at closed doors."""
        fitting = task.only if task.only and self.dice.random() < 0.75 else None
        return fitting or self.dice.choice(sorted(self.people))

    def _data(self, event: str, case: Case) -> dict[str, Any]:
        kinds = self.process.events[event].data
        told = {name: self.now.isoformat() if kind == "datetime" else "said so" for name, kind in kinds.items()}
        rows = list(rows_listening(self.process, case, event)) if event in self.process.row_events else []
        about = [self.dice.choice(rows)] if rows else []
        return told | {key: text for key, text, _ in about}

    def _value(self, definition: FieldDef) -> Any:
        dice = self.dice
        match definition.type:
            case "choice":
                return dice.choice(sorted(definition.choices or {}))
            case "yes_no":
                return dice.random() < 0.5
            case "number":
                return dice.randint(int(definition.min or 0), int(definition.max or 9))
            case "money":
                return dice.choice(["0", "450.00", "900.00"])
            case "record":
                return dice.choice(sorted(key for kind, key in self.records if kind == definition.of))
            case "user":
                return dice.choice(sorted(self.people))
            case "choices":
                return [dice.choice(sorted(definition.choices or {}))]
            case "files" | "signature":
                return ["photo.jpg"]
            case "date":
                days = dice.randint(0, 5)
                return (self.now + dt.timedelta(days=-days if definition.max == "today" else days)).date().isoformat()
            case "datetime":
                hours = dice.randint(1, 90)
                return (self.now + dt.timedelta(hours=-hours if definition.max == "now" else hours)).isoformat()
            case "table":
                return self._rows(definition)
            case "phone":
                return "+86 21 5555 0101"
            case _:
                return "SF12345678"

    def _rows(self, definition: FieldDef) -> list[dict[str, Any]]:
        """Fixed rows all, else as few as may be and up to two more; every cell has something in it, every parcel a number."""
        least = int(definition.min or 1)
        rows = [{"row": id} for id in definition.rows or ()]
        rows = rows or [{} for _ in range(self.dice.randint(least, least + 2))]
        columns = (definition.columns or {}).items()
        filled = [{**row, **{name: self._value(column.as_field()) for name, column in columns}} for row in rows]
        return [row | ({"tracking_no": f"SF{n}"} if "tracking_no" in row else {}) for n, row in enumerate(filled)]

    def _note(self, walk: Walk, decision: Any, by: str | None) -> None:
        values = dict(decision.case.values)
        for move in decision.moves:
            begun = () if move.target is None else (move.target,)
            walk.story.append(Happened(frozenset(move.finishes), begun, by, values))
        for effect in decision.effects:
            self._answer_to(effect)
            if isinstance(effect, StartCase):
                walk.ordered.append(effect)

    def _answer_to(self, effect: Effect) -> None:
        match effect:
            case StartCase():
                self.children += 1
                child = f"child{self.children}"
                known = happened.ChildOpened(child, effect.step, effect.waits, effect.key, effect.visit)
                self.waiting.append(known)
                if not effect.waits:
                    self.waiting.append(happened.ChildEnded(child, "closed"))
            case CallAdapter():
                fails = self.dice.random() < 0.5
                answered = happened.CallAnswered(effect.key, {"document": "CN-1"})
                self.waiting.append(happened.CallFailed(effect.key, "down") if fails else answered)

    def world(self) -> World:
        return World(self.now, self.people, self.records)


def as_entered(form: CompiledForm, values: Mapping[str, Any]) -> dict[str, Any]:
    """The same without the columns that a form does not offer."""
    return {
        name: [{key: row[key] for key in row if key in (ROW, *form.columns[name])} for row in value]
        if name in form.columns and isinstance(value, list)
        else value
        for name, value in values.items()
    }


def filler(process: Compiled, dice: random.Random, now: dt.datetime) -> Callable[[FieldDef], Any]:
    """Something of the right type for any field, for others who walk at random."""
    stage = _Wanderer(process, dice)
    stage.now = now
    return stage._value
