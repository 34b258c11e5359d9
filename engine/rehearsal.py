"""One case on a stage: virtual time, test people, records out of thin air, and everything that follows is only noted."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from engine import events as happened
from engine.case import Case, Task, parent_step
from engine.decide import Decision, decide
from engine.definition.calendars import after
from engine.definition.compiled import NEW, Compiled, Move
from engine.definition.configurations import enter
from engine.definition.durations import NotUnderstood, parse_duration
from engine.definition.model import Column, FieldDef
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
    WriteRecord,
)
from engine.entered import WrongValue, cleaned
from engine.events import Event
from engine.facts import EARLIER
from engine.flow import Flow
from engine.forms import defaults, put_value
from engine.likeness import told_of
from engine.people import Person, World
from engine.units import UNIT

MOST_RINGS = 2_000
_WHEN = [
    ("starts", re.compile(r"(?P<who>\w+) starts")),
    ("completes", re.compile(r"(?P<who>\w+) completes (?P<step>[\w/]+)(?:\.(?P<outcome>\w+))?")),
    ("arrives", re.compile(r"(?P<event>[\w.]+) arrives")),
    ("passes", re.compile(r"(?P<duration>.+?) pass(?:es)?")),
    ("ends", re.compile(r"(?P<step>[\w/]+) ends with (?P<end>\w+)")),
    ("pauses", re.compile(r"(?P<who>\w+) pauses (?P<step>[\w/]+)")),
    ("resumes", re.compile(r"(?P<who>\w+) resumes (?P<step>[\w/]+)")),
    ("waives", re.compile(r"(?P<who>\w+) waives (?P<step>[\w/]+) for (?P<to>\w+)")),
    ("claims", re.compile(r"(?P<who>\w+) claims (?P<step>[\w/]+)")),
    ("cancels", re.compile(r"(?P<who>\w+) cancels")),
    ("reopens", re.compile(r"(?P<who>\w+) reopens")),
    ("moves", re.compile(r"(?P<who>\w+) moves to (?P<step>\w+)")),
]
_GIVEN = ("start_at", "in_step", "done_by", "failing", "earlier")


class NotReadable(Exception):
    """A line that does not say anything a rehearsal can play."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass
class Seen:
    """What was noticed while one line was played."""

    tasks_for: list[str] = field(default_factory=list)
    reminded: list[str] = field(default_factory=list)
    mailed: list[str] = field(default_factory=list)
    drafted: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    started: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    emitted: list[str] = field(default_factory=list)
    incidents: list[str] = field(default_factory=list)
    rung: list[Mapping[str, Any]] = field(default_factory=list)


class Rehearsal:
    """A case that exists only here. `now` is virtual; raises Refusal and NotReadable like the real thing would refuse."""

    def __init__(self, process: Compiled, given: Mapping[str, Any]) -> None:
        self.process = process
        self.case: Case | None = None
        self.seen = Seen()
        self.moves: list[Move] = []
        self._zone = ZoneInfo(process.site.timezone)
        self._people: dict[str, Person] = {}
        self._records: dict[tuple[str, str], Mapping[str, Any]] = {}
        self._failing = _listed(given.get("failing"))
        self._earlier: Mapping[str, Any] | None = None
        self._children = 0
        self.now = self._moment(given.get("start_at", "2026-03-02 09:00"))
        for role in process.site.roles:
            self._person(role)
        self._given = {name: self._value(name, value) for name, value in given.items() if name not in _GIVEN}
        if given.get("earlier"):
            self._earlier = self._an_earlier_case(given["earlier"])
        if "in_step" in given:
            self._stand_in(str(given["in_step"]), given.get("done_by") or {})

    @property
    def local_now(self) -> dt.datetime:
        """The virtual time on the wall of the site."""
        return self.now.astimezone(self._zone)

    def play(self, when: str, values: Mapping[str, Any]) -> None:
        """One line: what happens, and everything that rings or answers by itself afterwards."""
        self.seen = Seen()
        if when.split(" ")[-1] in ("pass", "passes"):
            self._pass(when)
            return
        for word, pattern in _WHEN:
            found = pattern.fullmatch(when.strip())
            if found and word != "passes":
                getattr(self, f"_{word}")(found.groupdict(), dict(values))
                self._ring_until(self.now)
                return
        raise NotReadable(
            Text(
                f"'{when}' is not a line a scenario can play, such as 'service_agent starts' or '2 working days pass'",
                f"“{when}”不是可执行的场景语句，例如 'service_agent starts' 或 '2 working days pass'",
            )
        )

    def places(self) -> set[str]:
        """Every name the present place goes by: steps, the steps around them, inner names."""
        if self.case is None:
            return set()
        steps = self.process.steps
        around = {p for leaf in self.case.leaves if leaf in steps for p in self.process.around(leaf)}
        return around | {steps[p].id for p in around} | set(self.case.leaves)

    def open_tasks(self) -> tuple[Mapping[str, Any], ...]:
        """Open tasks as `try --json` shows them."""
        tasks = self.case.tasks if self.case else ()
        return tuple(
            {
                "step": task.step,
                "kind": task.kind,
                "role": list(task.roles),
                "assignee": task.assignee,
                "due": task.due_at.isoformat() if task.due_at else None,
                "paused": task.paused,
            }
            for task in tasks
        )

    def fields(self) -> Mapping[str, Any]:
        """Field values, records by what they are called."""
        if self.case is None:
            return {}
        return dict(self.case.values)

    # -- what can happen -----------------------------------------------------------------------------------------------

    def _starts(self, found: Mapping[str, str], values: Mapping[str, Any]) -> None:
        if self.case is not None:
            raise NotReadable(Text("the case has started already", "工单已经开始"))
        entered = {name: self._value(name, value) for name, value in values.items()}
        known = {**self._given, **entered}
        form = self.process.start_form.takes
        by = self._person(found["who"]).id
        start = {name: value for name, value in known.items() if name in form}
        started = self._do(happened.CaseStarted("case", f"{self.process.id.upper()}-1", start, by))
        rest = {name: value for name, value in known.items() if name not in form and name in self.process.fields}
        if rest:
            draft = Draft(started)
            for name, value in rest.items():
                put_value(self.process, draft, name, self._stored(name, value), self._world())
            self.case = draft.done()

    def _stored(self, name: str, value: Any) -> Any:
        """What is given beside the form: a table as its rows are stored, the rest as it is written."""
        field = self.process.fields[name]
        return cleaned(field, value, self.process, self._world()) if field.type == "table" else value

    def _completes(self, found: Mapping[str, str], values: dict[str, Any]) -> None:
        person = self._person(found["who"])
        task = self._task(found["step"], person)
        outcome = found.get("outcome") or "done"
        mail = None
        if task.mail is not None and outcome == "sent":
            mail = task.mail if task.mail.to else replace(task.mail, to="customer@example.com")
        entered = {name: self._value(name, value) for name, value in values.items()}
        self._do(happened.TaskCompleted(task.id, outcome, person.id, entered, mail))

    def _arrives(self, found: Mapping[str, str], values: Mapping[str, Any]) -> None:
        name = found["event"]
        if self.case is None and name == self.process.file.start.event:
            self._started_by_event(values)
            return
        self._must_have_started()
        if self.case is not None and not self._hears(name):
            return
        data = self.process.events[name].data if name in self.process.events else {}
        clean = {
            key: self._moment(value).isoformat() if data.get(key) == "datetime" else value
            for key, value in values.items()
        }
        self._do(happened.EventArrived(name, clean, source="scenario"))

    def _started_by_event(self, values: Mapping[str, Any]) -> None:
        """An event opens the case: what it carries fills the fields of the same names, nobody has typed anything."""
        known = {**self._given, **{name: self._value(name, value) for name, value in values.items()}}
        start = {name: value for name, value in known.items() if name in self.process.fields}
        self._do(happened.CaseStarted("case", f"{self.process.id.upper()}-1", start, trusted=True))

    def _hears(self, name: str) -> bool:
        """An event nobody waits for is kept by the desk; here it changes nothing."""
        places = self.places()
        return name in self.process.anytime or any(
            name in step.events for step in self.process.steps.values() if step.name in places
        )

    def _ends(self, found: Mapping[str, str], _: Mapping[str, Any]) -> None:
        self._must_have_started()
        assert self.case is not None
        steps = self.process.called.get(found["step"], ())
        oldest = next((c for key, c in self.case.children.items() if c and parent_step(key) in steps), None)
        if oldest is not None:
            self._do(happened.ChildEnded(oldest, found["end"]))
            return
        raise NotReadable(Text(f"no case runs in '{found['step']}' now", f"“{found['step']}”当前没有运行中的子流程"))

    def _pauses(self, found: Mapping[str, str], values: Mapping[str, Any]) -> None:
        person = self._person(found["who"])
        until = values.get("until")
        at = self._moment(until) if until else self.now + dt.timedelta(days=60)
        reason = str(values.get("reason", "waiting"))
        self._do(happened.TaskPaused(self._task(found["step"], person).id, reason, at, person.id))

    def _resumes(self, found: Mapping[str, str], _: Mapping[str, Any]) -> None:
        person = self._person(found["who"])
        self._do(happened.TaskResumed(self._task(found["step"], person).id, person.id))

    def _claims(self, found: Mapping[str, str], _: Mapping[str, Any]) -> None:
        person = self._person(found["who"])
        self._do(happened.TaskClaimed(self._task(found["step"], person).id, person.id))

    def _waives(self, found: Mapping[str, str], values: Mapping[str, Any]) -> None:
        person, to = self._person(found["who"]), self._person(found["to"])
        task = self._task(found["step"], person)
        if to.id not in task.excluded:
            raise NotReadable(
                Text(
                    f"{to.id} is not excluded from '{found['step']}', there is nothing to waive",
                    f"{to.id} 并未被排除在“{found['step']}”之外，无需破例",
                )
            )
        self._do(happened.TaskReassigned(task.id, to.id, person.id, str(values.get("reason", ""))))

    def _cancels(self, found: Mapping[str, str], values: Mapping[str, Any]) -> None:
        self._must_have_started()
        self._do(happened.CaseCancelled(self._person(found["who"]).id, str(values.get("reason", ""))))

    def _reopens(self, found: Mapping[str, str], values: Mapping[str, Any]) -> None:
        self._must_have_started()
        self._do(happened.CaseReopened(self._person(found["who"]).id, str(values.get("reason", ""))))

    def _moves(self, found: Mapping[str, str], values: Mapping[str, Any]) -> None:
        self._must_have_started()
        reason = str(values.get("reason", "scenario"))
        self._do(happened.CaseMoved(found["step"], self._person(found["who"]).id, reason))

    def _pass(self, when: str) -> None:
        self._must_have_started()
        text = when.rsplit(" ", 1)[0]
        try:
            until = after(self.now, parse_duration(text), self.process.calendar_of[""])
        except NotUnderstood as wrong:
            raise NotReadable(Text(str(wrong), str(wrong))) from wrong
        self._ring_until(until)
        self.now = until

    # -- what follows --------------------------------------------------------------------------------------------------

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

    def _write(self, type: str, id: str, attribute: str, value: Any) -> None:
        """What a case changed on a record is so when the record is named again."""
        known = self.process.site.records.get(type)
        kind = known.attributes.get(attribute, "") if known else ""
        told = self._records.get((kind, str(value)), value)
        self._records[type, id] = {**self._records.get((type, id), {"id": id, "key": id}), attribute: told}

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

    # -- the stage -----------------------------------------------------------------------------------------------------

    def world_at(self, now: dt.datetime) -> World:
        """What is true around the case at an instant."""
        return World(now, self._people, self._records, self._earlier)

    def _world(self) -> World:
        return self.world_at(self.now)

    def _person(self, name: str) -> Person:
        if name in self._people:
            return self._people[name]
        role = re.sub(r"_\d+$", "", name)
        if role not in self.process.site.roles:
            raise NotReadable(Text(f"'{name}' is not a role of the site", f"“{name}”不是站点定义的角色"))
        person = Person(name, name, frozenset({role}), f"{name}@example.com")
        self._people[name] = person
        return person

    def _task(self, step: str, person: Person) -> Task:
        """The open task of a step; a draft by the name of its mail; `escalation` for one raised by a timer."""
        self._must_have_started()
        assert self.case is not None
        names = self.process.called.get(step, ())
        fitting = [t for t in self.case.tasks if t.kind == "work" and t.step in names]
        fitting += [t for t in self.case.tasks if t.kind == "draft" and t.mail and t.mail.template == step]
        fitting += [t for t in self.case.tasks if t.kind == step and step in ("escalation", "record")]
        mine = [t for t in fitting if t.assignee == person.id or person.roles & set(t.roles)]
        if not fitting:
            raise NotReadable(
                Text(
                    f"there is no open task '{step}'; the case is at {', '.join(sorted(self.case.leaves))}",
                    f"没有待办任务“{step}”，工单当前位于 {', '.join(sorted(self.case.leaves))}",
                )
            )
        return (mine or fitting)[0]

    def _must_have_started(self) -> None:
        if self.case is None:
            raise NotReadable(
                Text("the case has not started; begin with '<role> starts'", "工单尚未开始，请先写 '<role> starts'")
            )

    def _moment(self, written: Any) -> dt.datetime:
        try:
            at = dt.datetime.fromisoformat(str(written).replace(" ", "T", 1))
        except ValueError:
            raise NotReadable(
                Text(
                    f"'{written}' is not a moment like 2026-03-02 09:00", f"“{written}”不是形如 2026-03-02 09:00 的时间"
                )
            ) from None
        return (at if at.tzinfo else at.replace(tzinfo=self._zone)).astimezone(dt.UTC)

    def _value(self, name: str, written: Any) -> Any:
        """A value as a scenario writes it: a record as its attributes, a file as its name, a table as its rows."""
        definition = self.process.fields.get(name)
        if definition is None:
            return written
        if definition.columns and isinstance(written, list | tuple):
            return [self._row(definition.columns, row) for row in written]
        return self._one_value(definition, name, written)

    def _row(self, columns: Mapping[str, Column], written: Any) -> Any:
        if not isinstance(written, Mapping):
            return written
        return {name: self._one_value(columns.get(name), str(name), cell) for name, cell in written.items()}

    def _one_value(self, definition: FieldDef | Column | None, name: str, written: Any) -> Any:
        if definition is not None and definition.type == "record" and written not in (None, ""):
            return self._record(definition.of or "", written, name)
        if (
            definition is not None
            and definition.type == "user"
            and isinstance(written, str)
            and written not in self._people
        ):
            self._person(written)
        return written

    def _an_earlier_case(self, written: Any) -> Mapping[str, Any]:
        """The alike case a scenario speaks of: `{number: CMP-1, open: no, <field>: <value>}`."""
        if not isinstance(written, Mapping) or not self.process.alike:
            raise NotReadable(
                Text(
                    "'earlier' is written {number: A-1, open: no, <field>: <value>}, in a process with 'alike'",
                    "earlier 应写成 {number: A-1, open: no, <字段>: <值>}，且流程须有 alike",
                )
            )
        earlier = Draft(Case("earlier", str(written.get("number", "")), self.process.id, 1, self.now))
        for name, value in written.items():
            if name not in EARLIER:
                self._put_into(earlier, name, value)
        told = told_of(earlier.done(), int(written.get("count", 1)))
        return {**told, "open": str(written.get("open", "no")).lower() in ("yes", "true")}

    def _put_into(self, earlier: Draft, name: str, value: Any) -> None:
        if name not in self.process.fields:
            raise NotReadable(
                Text(f"'{name}' under 'earlier' is no field", f"earlier 下的“{name}”不是字段"),
            )
        field = self.process.fields[name]
        try:
            clean = cleaned(field, self._value(name, value), self.process, self._world())
        except WrongValue as wrong:
            raise NotReadable(wrong.text) from wrong
        put_value(self.process, earlier, name, clean, self._world())

    def _record(self, type: str, written: Any, name: str) -> str:
        attributes = dict(written) if isinstance(written, Mapping) else {"number": str(written), "name": str(written)}
        known = self.process.site.records.get(type)
        for attribute, kind in (known.attributes if known else {}).items():
            if kind in self.process.site.records and isinstance(attributes.get(attribute), Mapping):
                inner = self._record(kind, attributes[attribute], attribute)
                attributes[attribute] = self._records[kind, inner]
            elif kind == "user" and attributes.get(attribute):
                attributes[attribute] = self._person(str(attributes[attribute])).id
        known_by = known.key if known and known.key else "number"
        named = (attributes.get(each) for each in ("id", known_by, "number", "code", "name"))
        id = str(next((each for each in named if each), name))
        self._records[type, id] = {**self._records.get((type, id), {}), **attributes, "id": id, "key": id}
        return id

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
                clean = cleaned(self.process.fields[name], value, self.process, flow.world)
                put_value(self.process, flow.draft, name, clean, flow.world)
        defaults(self.process, flow.draft, flow.world)
        owner = flow.facts().value(tuple(self.process.file.owner.split(".")))
        flow.draft.owner = owner if isinstance(owner, str) else by
        for done, person in done_by.items():
            for name in self.process.called.get(done, ()):
                people = tuple(self._person(str(p)).id for p in _listed(person))
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


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [] if value is None else [value]


def _sample(kind: str, today: dt.date) -> Any:
    return {"money": "100.00", "number": 1, "date": today.isoformat(), "yes_no": True}.get(kind, "DOC-1")
