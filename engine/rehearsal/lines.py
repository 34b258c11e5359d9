"""The lines of a scenario: somebody starts, completes, cancels; an event arrives; time passes. Each is played on the stage."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine import events as happened
from engine.as_seen import as_seen
from engine.case import Task, parent_step
from engine.definition.calendars import after
from engine.definition.durations import NotUnderstood, parse_duration
from engine.definition.texts import Text
from engine.draft import Draft
from engine.entered import cleaned
from engine.forms import put_value
from engine.offering import form_of
from engine.people import Person
from engine.rehearsal.following import Following, Seen
from engine.rehearsal.stage import NotReadable
from engine.telling import BY

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


class Rehearsal(Following):
    """A case that exists only here. `now` is virtual; raises Refusal and NotReadable like the real thing would refuse."""

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
            mail = task.mail if task.mail.to or BY in values else replace(task.mail, to="customer@example.com")
        entered = {name: self._value(name, value) for name, value in values.items()}
        assert self.case is not None
        seen = as_seen(self.process, self.case, form_of(self.process, task), person)
        self._do(happened.TaskCompleted(task.id, outcome, person.id, entered, mail, seen))

    def _arrives(self, found: Mapping[str, str], values: Mapping[str, Any]) -> None:
        name = found["event"]
        if self.case is None and name == self.process.file.start.event:
            self._started_by_event(values)
            return
        self._must_have_started()
        if self.case is not None and not self._hears(name):
            return
        data = self.process.events[name].data if name in self.process.events else {}
        clean = {key: self._told(data.get(key, "text"), key, value) for key, value in values.items()}
        self._do(happened.EventArrived(name, clean, source="scenario"))

    def _told(self, kind: str, name: str, value: Any) -> Any:
        """One thing an event brings, as its kind wants it; a record appears when it is named."""
        if kind == "datetime":
            return self._moment(value).isoformat()
        return self._record(kind, value, name) if kind in self.process.site.records and value else value

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

    # -- who and what a line speaks of ---------------------------------------------------------------------------------

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
