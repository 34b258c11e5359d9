"""What an escalation task ends with: taken over, given to somebody else, more time, or noted. The case never moves by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine import events as happened
from engine.calls_out import UNANSWERED
from engine.case import Task
from engine.concerned import not_about_them
from engine.definition.model import FieldDef
from engine.definition.texts import Text
from engine.entered import WrongValue, cleaned
from engine.holding import may_take
from engine.refusals import FormRefusal, Refusal

if TYPE_CHECKING:
    from engine.flow import Flow

_DUE_FIELD = FieldDef(type="datetime", label=Text("Due", "期限"))
ESCALATION_OUTCOMES = ("noted", "take_over", "reassign", "extend")


def ways_out(task: Task) -> tuple[str, ...]:
    """How an escalation task may end. Whether another system did it is cleared up and said: the other ways would close the
    task without that, and who cannot clear it up puts the task itself before somebody else."""
    return ("noted",) if task.about == UNANSWERED else ESCALATION_OUTCOMES


def settle_escalation(flow: Flow, task: Task, event: happened.TaskCompleted) -> None:
    """Take over, reassign, extend or note; the case itself never moves by an escalation."""
    work = flow.draft.work_of(task.step) if task.step else None
    if event.outcome not in (possible := ways_out(task)) and event.outcome != "done":
        raise Refusal(
            "unknown",
            Text(
                f"'{event.outcome}' is not possible here; choose: {', '.join(possible)}.",
                f"此处不能“{event.outcome}”，可选：{'、'.join(possible)}。",
            ),
            concerns="outcome",
        )
    match event.outcome:
        case "take_over":
            if work is None:
                _change_owner(flow, event.by)
            else:
                may_take(flow, replace(work, assignee=None), event.by)
                flow.draft.put(replace(work, assignee=event.by))
        case "reassign":
            _reassigned(flow, work, event.values)
        case "extend":
            _extended(flow, work, event.values)
        case _:  # noted
            if not str(event.values.get("comment", "")).strip():
                raise FormRefusal({"comment": Text("Say what you found or did.", "请填写处理说明。")})
            flow.details["comment"] = str(event.values["comment"])
    flow.draft.close(task.id)


def _reassigned(flow: Flow, work: Task | None, values: Mapping[str, Any]) -> None:
    to = str(values.get("to", ""))
    person = flow.world.people.get(to)
    if person is None or not person.active:
        raise FormRefusal({"to": Text("Choose a person.", "请选择人员。")})
    if work is None:
        _change_owner(flow, to)
    else:
        may_take(flow, replace(work, assignee=None), to)
        flow.draft.put(replace(work, assignee=to))
    flow.details["to"] = to


def _change_owner(flow: Flow, owner: str) -> None:
    if person := flow.world.people.get(owner):
        not_about_them(flow, person)
    flow.details["owner"] = [flow.draft.owner, owner]
    flow.draft.owner = owner


def _extended(flow: Flow, work: Task | None, values: Mapping[str, Any]) -> None:
    """A new deadline for the task (or the case), with a reason; what was first due stays known."""
    reason = str(values.get("reason", "")).strip()
    wrong = {} if reason else {"reason": Text("Say why there is more time.", "请填写延期原因。")}
    try:
        written = values.get("due_at")
        until = dt.datetime.fromisoformat(str(cleaned(_DUE_FIELD, written, flow.process, flow.world)))
        if until <= flow.now:
            raise WrongValue(Text("Choose a moment in the future.", "请选择将来的时间。"))
    except (WrongValue, ValueError) as bad:
        wrong["due_at"] = bad.text if isinstance(bad, WrongValue) else Text("Say until when.", "请填写新的期限。")
    if wrong:
        raise FormRefusal(wrong)
    flow.time.extend(work.step if work is not None else "", until)
    flow.details |= {"due_at": until.isoformat(), "reason": reason}
