"""What people do with tasks: claim, release, reassign, put aside, take up again, complete; and escalations and drafts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine import events as happened
from engine.as_seen import refuse_overtaken
from engine.case import PAUSE_ENDS, Pause, Task, Timer
from engine.concerned import keep_from_whom_it_is_about
from engine.confidential import left_alone
from engine.definition.compiled import CompiledForm, CompiledTask, Step
from engine.definition.texts import Text
from engine.drafts import check_mail, send, settle_draft
from engine.escalations import settle_escalation
from engine.forms import fill_form
from engine.holding import about, check_who, held_by_another, may_take
from engine.refusals import FormRefusal, Refusal
from engine.standing_in import away_refusal
from engine.telling import said_otherwise
from engine.told_together import told_together
from engine.waiving import waive
from engine.who import excluded_from, may_reassign

if TYPE_CHECKING:
    from engine.flow import Flow

LONGEST_PAUSE_DAYS = 366


def claim(flow: Flow, task: Task, by: str) -> str:
    """A person takes a task; one who has it already keeps it."""
    check_who(flow, task, by)
    if away := away_refusal(flow.world.people.get(by), flow.process, flow.now):
        raise away
    if task.assignee not in (None, by):
        held_by_another(flow, task)
    flow.draft.put(replace(task, assignee=by))
    about(flow, task)
    return "claimed"


def release(flow: Flow, task: Task, by: str) -> str:
    """The holder gives a task back to its role."""
    if task.assignee != by:
        held_by_another(flow, task)
    if not task.roles:
        raise Refusal("role", Text("This task is yours alone; reassign it instead.", "该任务只属于您，请改为转交。"))
    flow.draft.put(replace(task, assignee=None))
    about(flow, task)
    return "released"


def reassign(flow: Flow, task: Task, event: happened.TaskReassigned) -> str:
    """Put a task before somebody else of its role, or before the role; before an excluded person only by waiving that."""
    person = flow.world.people.get(event.by or "")
    if not (_holder_left(flow, task, event) or may_reassign(task, person, flow.process, flow.draft.base)):
        raise Refusal(
            "role",
            Text(
                "Only its holder, the owner of the case or a supervisor may reassign this task.",
                "只有任务持有人、工单负责人或主管可以转交该任务。",
            ),
        )
    if event.to in task.excluded:
        return waive(flow, task, event)
    if event.to is not None:
        may_take(flow, task, event.to)
    flow.draft.put(replace(task, assignee=event.to))
    about(flow, task)
    flow.details |= {"to": event.to, "reason": event.reason}
    return "reassigned"


def _holder_left(flow: Flow, task: Task, event: happened.TaskReassigned) -> bool:
    """What somebody held who no longer works here goes back to its role, whoever noticed it."""
    holder = flow.world.people.get(task.assignee or "")
    return event.to is None and bool(task.roles) and task.assignee is not None and not (holder and holder.active)


def pause(flow: Flow, task: Task, event: happened.TaskPaused) -> str:
    """Put a task aside with a reason, until a date or until it is resumed; its timers stand still."""
    check_who(flow, task, event.by)
    if task.assignee not in (None, event.by):
        held_by_another(flow, task)
    definition = _definition(flow, task)
    if definition is None or not definition.may_pause:
        raise Refusal("not_allowed", Text("This task may not be paused.", "该任务不允许暂停。"))
    if task.paused:
        raise Refusal("paused", Text("This task is paused already.", "该任务已暂停。"))
    _check_pause(flow, event)
    flow.draft.put(
        replace(
            task,
            assignee=event.by,
            pauses=(*task.pauses, Pause(flow.now)),
            pause_reason=event.reason.strip(),
            resume_at=event.until,
        )
    )
    flow.time.set_task_due(task.step)
    if event.until is not None:
        id = f"{flow.draft.id}:{task.id}:pause:{len(task.pauses)}"
        flow.draft.timers.append(Timer(id, task.step, task.visit, PAUSE_ENDS, 0, event.until, task.id))
    about(flow, task)
    flow.details |= {"reason": event.reason, "until": event.until.isoformat() if event.until else None}
    return "paused"


def _check_pause(flow: Flow, event: happened.TaskPaused) -> None:
    wrong: dict[str, Text] = {}
    if not event.reason.strip():
        wrong["reason"] = Text("Say why the task waits.", "请填写暂停原因。")
    if event.until is None:
        wrong["until"] = Text("Say when to look at it again.", "请选择暂停至哪一天。")
    elif not flow.now < event.until <= flow.now + dt.timedelta(days=LONGEST_PAUSE_DAYS):
        wrong["until"] = Text("Choose a moment in the future, within a year.", "“暂停至”须晚于现在，且在一年之内。")
    if wrong:
        raise FormRefusal(wrong)


def resume(flow: Flow, task: Task, by: str | None) -> str:
    """Take a task up again: what was left of its time is left now."""
    if not task.paused:
        raise Refusal("not_allowed", Text("This task is not paused.", "该任务没有暂停。"))
    if by is not None:
        check_who(flow, task, by)
    ended = replace(task.pauses[-1], until=flow.now)
    flow.draft.put(replace(task, pauses=(*task.pauses[:-1], ended), resume_at=None, pause_reason=""))
    flow.draft.timers = [t for t in flow.draft.timers if not (t.row == PAUSE_ENDS and t.task == task.id)]
    flow.time.set_task_due(task.step)
    about(flow, task)
    return "resumed"


def complete(flow: Flow, task: Task, event: happened.TaskCompleted) -> str:
    """A button was pressed: who, what was entered, and where the case goes."""
    check_who(flow, task, event.by)
    if task.assignee not in (None, event.by) and task.kind != "escalation":
        held_by_another(flow, task)
    if task.paused:
        raise Refusal("paused", Text("This task is paused; resume it first.", "该任务已暂停，请先恢复。"))
    flow.by = flow.assignee = event.by
    about(flow, task)
    flow.details["outcome"] = event.outcome
    match task.kind:
        case "work":
            _work_done(flow, task, event)
        case "draft":
            settle_draft(flow, task, event)
        case "escalation":
            settle_escalation(flow, task, event)
        case "record":
            form = flow.process.start_form
            values = _brought(flow, event, form)
            flow.changed(fill_form(flow.process, flow.draft, form, values, flow.world))
            flow.draft.close(task.id)
    return "completed"


def _no_outcome(step: Step, said: str) -> Refusal:
    """Only a program or an old page says what is no outcome: it needs the codes, and people the labels."""
    found = [(name, outcome.label) for name, outcome in step.outcomes.items()]
    en = ", ".join(f"{name} ({label.say('en')})" for name, label in found) or "done"
    zh = "、".join(f"{name}（{label.say('zh-Hans')}）" for name, label in found) or "done"
    return Refusal(
        "unknown",
        Text(f"'{said}' is not an outcome here; choose: {en}.", f"没有“{said}”这个结果，请选择：{zh}。"),
        concerns="outcome",
    )


def _work_done(flow: Flow, task: Task, event: happened.TaskCompleted) -> None:
    step = flow.process.steps[task.step]
    definition = step.task
    assert definition is not None
    outcome = step.outcomes.get(event.outcome)
    if outcome is None and (step.outcomes or event.outcome not in ("done", "")):
        raise _no_outcome(step, event.outcome)
    told, event = said_otherwise(task, event)
    skip, needs = (outcome.skip_form, outcome.ask) if outcome else (False, ())
    if not skip or needs or event.values:
        form, values = definition.form, _brought(flow, event, definition.form)
        try:
            changes = fill_form(flow.process, flow.draft, form, values, flow.world, complete=not skip, needs=needs)
        except FormRefusal as refusal:
            raise told_together(flow, step, event.outcome, form, refusal) from None
        flow.changed(changes)
        keep_from_whom_it_is_about(flow)
    if task.mail is not None:
        if event.outcome == "sent":
            send(flow, task, event, told)
        elif event.mail is not None:
            check_mail(task, event.mail)
    done_by = flow.draft.done_by.get(step.name, ())
    flow.draft.done_by[step.name] = done_by if event.by in done_by else (*done_by, event.by)
    flow.draft.last_by[step.name] = event.by
    for outer in flow.process.around(step.name)[1:]:
        before = flow.draft.done_by.get(outer, ())
        flow.draft.done_by[outer] = before if event.by in before else (*before, event.by)
        flow.draft.last_by[outer] = event.by
    keep_four_eyes(flow)
    trigger = f"{step.name}.{event.outcome}" if outcome is not None else step.name
    if not flow.take(trigger):
        raise Refusal(
            "nothing_chosen",
            Text(
                "With these values the process does not say where to go on. An administrator has to add a row.",
                "流程未规定在这些取值下如何继续，请管理员补充分支。",
            ),
            concerns=event.outcome,
        )


def keep_four_eyes(flow: Flow) -> None:
    """Who did a step may not do what other branches have open already; what such a person holds goes back to its role."""
    for task in [open for open in flow.draft.tasks if open.kind == "work" and open.step in flow.process.steps]:
        now = excluded_from(flow.process, task.step, flow.draft, task.waived)
        excluded = tuple(person for person in now if person != task.only)
        if excluded != task.excluded:
            assignee = None if task.assignee in excluded else task.assignee
            flow.draft.put(replace(task, excluded=excluded, assignee=assignee))


def _brought(flow: Flow, event: happened.TaskCompleted, form: CompiledForm) -> dict[str, Any]:
    """What was entered by somebody who knows what it is written over."""
    person = flow.world.people.get(event.by)
    values = left_alone(flow.process, flow.draft, event.values, person)
    refuse_overtaken(flow.process, flow.draft, form, values, event.seen, person)
    return values


def _definition(flow: Flow, task: Task) -> CompiledTask | None:
    step = flow.process.steps.get(task.step)
    return step.task if step is not None and task.kind == "work" else None
