"""What people do with tasks: claim, release, reassign, put aside, take up again, complete; and escalations and drafts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine import events as happened
from engine.case import PAUSE_ENDS, MailText, Pause, Task, Timer
from engine.definition.calendars import after
from engine.definition.compiled import CompiledForm, CompiledTask
from engine.definition.durations import Duration
from engine.definition.model import FieldDef
from engine.definition.texts import Text
from engine.effects import SendMail
from engine.forms import WrongValue, cleaned, fill_form
from engine.refusals import FormRefusal, Refusal
from engine.who import may_do, may_reassign, roles_in_words
from engine.writing import is_one_address

if TYPE_CHECKING:
    from engine.flow import Flow

LONGEST_PAUSE_DAYS = 366
_DUE_FIELD = FieldDef(type="datetime", label=Text("Due", "期限"))
ESCALATION_OUTCOMES = ("noted", "take_over", "reassign", "extend")


def claim(flow: Flow, task: Task, by: str) -> str:
    """A person takes a task; one who has it already keeps it."""
    _check_who(flow, task, by)
    if task.assignee not in (None, by):
        _held_by_another(flow, task)
    flow.draft.put(replace(task, assignee=by))
    _about(flow, task)
    return "claimed"


def release(flow: Flow, task: Task, by: str) -> str:
    """The holder gives a task back to its role."""
    if task.assignee != by:
        _held_by_another(flow, task)
    if not task.roles:
        raise Refusal("role", Text("This task is yours alone; reassign it instead.", "该任务只属于您，请改为转交。"))
    flow.draft.put(replace(task, assignee=None))
    _about(flow, task)
    return "released"


def reassign(flow: Flow, task: Task, event: happened.TaskReassigned) -> str:
    """Put a task before somebody else of its role, or before the role."""
    person = flow.world.people.get(event.by)
    if not may_reassign(task, person, flow.process, flow.draft.base):
        raise Refusal(
            "role",
            Text(
                "Only its holder, the owner of the case or a supervisor may reassign this task.",
                "只有任务持有人、工单负责人或主管可以转交该任务。",
            ),
        )
    if event.to is not None:
        _may_take(flow, task, event.to)
    flow.draft.put(replace(task, assignee=event.to))
    _about(flow, task)
    flow.details |= {"to": event.to, "reason": event.reason}
    return "reassigned"


def _may_take(flow: Flow, task: Task, person_id: str) -> None:
    person = flow.world.people.get(person_id)
    if person is None:
        raise Refusal(
            "unknown", Text(f"Nobody here is called '{person_id}'.", f"没有名为“{person_id}”的人员。"), concerns="to"
        )
    refusal = may_do(task, person, flow.process, flow.world)
    if refusal is not None and not (task.assignee and not task.roles):
        roles = roles_in_words(flow.process, task.roles)
        raise Refusal(
            refusal.code,
            Text(f"{person.name} may not do this task ({roles.en}).", f"{person.name}不能办理该任务（{roles.zh}）。"),
            concerns="to",
        )


def pause(flow: Flow, task: Task, event: happened.TaskPaused) -> str:
    """Put a task aside with a reason, until a date or until it is resumed; its timers stand still."""
    _check_who(flow, task, event.by)
    if task.assignee not in (None, event.by):
        _held_by_another(flow, task)
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
    flow.set_task_due(task.step)
    if event.until is not None:
        id = f"{flow.draft.id}:{task.id}:pause:{len(task.pauses)}"
        flow.draft.timers.append(Timer(id, task.step, task.visit, PAUSE_ENDS, 0, event.until, task.id))
    _about(flow, task)
    flow.details |= {"reason": event.reason, "until": event.until.isoformat() if event.until else None}
    return "paused"


def _check_pause(flow: Flow, event: happened.TaskPaused) -> None:
    wrong: dict[str, Text] = {}
    if not event.reason.strip():
        wrong["reason"] = Text("Say why the task waits.", "请填写暂停原因。")
    if event.until is None:
        wrong["until"] = Text("Say when to look at it again.", "请填写跟进日期。")
    elif not flow.now < event.until <= flow.now + dt.timedelta(days=LONGEST_PAUSE_DAYS):
        wrong["until"] = Text("Choose a moment in the future, within a year.", "请选择一年之内的将来时间。")
    if wrong:
        raise FormRefusal(wrong)


def resume(flow: Flow, task: Task, by: str | None) -> str:
    """Take a task up again: what was left of its time is left now."""
    if not task.paused:
        raise Refusal("not_allowed", Text("This task is not paused.", "该任务没有暂停。"))
    if by is not None:
        _check_who(flow, task, by)
    ended = replace(task.pauses[-1], until=flow.now)
    flow.draft.put(replace(task, pauses=(*task.pauses[:-1], ended), resume_at=None, pause_reason=""))
    flow.draft.timers = [t for t in flow.draft.timers if not (t.row == PAUSE_ENDS and t.task == task.id)]
    flow.set_task_due(task.step)
    _about(flow, task)
    return "resumed"


def complete(flow: Flow, task: Task, event: happened.TaskCompleted) -> str:
    """A button was pressed: who, what was entered, and where the case goes."""
    _check_who(flow, task, event.by)
    if task.assignee not in (None, event.by) and task.kind != "escalation":
        _held_by_another(flow, task)
    if task.paused:
        raise Refusal("paused", Text("This task is paused; resume it first.", "该任务已暂停，请先恢复。"))
    flow.by = flow.assignee = event.by
    _about(flow, task)
    flow.details["outcome"] = event.outcome
    match task.kind:
        case "work":
            _work_done(flow, task, event)
        case "draft":
            _draft_settled(flow, task, event)
        case "escalation":
            _escalation_settled(flow, task, event)
        case "record":
            form = CompiledForm(ask=flow.process.start_form.ask, optional=flow.process.start_form.optional)
            flow.changed(fill_form(flow.process, flow.draft, form, event.values, flow.world))
            flow.draft.close(task.id)
    return "completed"


def _work_done(flow: Flow, task: Task, event: happened.TaskCompleted) -> None:
    step = flow.process.steps[task.step]
    definition = step.task
    assert definition is not None
    outcome = step.outcomes.get(event.outcome)
    if outcome is None and (step.outcomes or event.outcome not in ("done", "")):
        known = Text(*(", ".join(o.label.say(x) for o in step.outcomes.values()) for x in ("en", "zh-Hans")))
        raise Refusal(
            "unknown",
            Text(
                f"'{event.outcome}' is not an outcome here; choose: {known.en}.",
                f"没有“{event.outcome}”这个结果，请选择：{known.zh}。",
            ),
            concerns="outcome",
        )
    if outcome is None or not outcome.skip_form or event.values:
        skip = outcome is not None and outcome.skip_form
        flow.changed(fill_form(flow.process, flow.draft, definition.form, event.values, flow.world, complete=not skip))
    if task.mail is not None:
        if event.outcome == "sent":
            _send(flow, task, event)
        elif event.mail is not None:
            _check_mail(task, event.mail)
    done_by = flow.draft.done_by.get(step.name, ())
    flow.draft.done_by[step.name] = done_by if event.by in done_by else (*done_by, event.by)
    flow.draft.last_by[step.name] = event.by
    for outer in flow.process.around(step.name)[1:]:
        before = flow.draft.done_by.get(outer, ())
        flow.draft.done_by[outer] = before if event.by in before else (*before, event.by)
        flow.draft.last_by[outer] = event.by
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


def _send(flow: Flow, task: Task, event: happened.TaskCompleted) -> None:
    """The confirmed text goes out once, under a key of its own."""
    assert task.mail is not None
    mail = event.mail or task.mail
    _check_mail(task, mail)
    if not is_one_address(mail.to):
        raise FormRefusal({"mail_to": Text("Write the customer's mail address first.", "请先填写客户的邮箱地址。")})
    flow.effects.append(
        SendMail(
            key=f"{flow.draft.id}:mail:{task.id}",
            kind="customer",
            to=mail.to.strip(),
            subject=mail.subject,
            body=mail.body,
            template=task.mail.template,
            by=event.by,
            task=task.id,
        )
    )
    flow.note("sent", task.mail.template)


def _check_mail(task: Task, mail: MailText) -> None:
    wrong: dict[str, Text] = {}
    if task.mail is None or mail.template != task.mail.template:
        wrong["mail"] = Text("This is not the draft of this task.", "这不是该任务的邮件草稿。")
    if not mail.subject.strip() or "\n" in mail.subject or "\r" in mail.subject or len(mail.subject) > 300:
        wrong["mail_subject"] = Text("Write a subject of one line.", "请填写一行主题。")
    if not mail.body.strip() or len(mail.body) > 100_000:
        wrong["mail_body"] = Text("Write the text of the mail.", "请填写邮件正文。")
    if wrong:
        raise FormRefusal(wrong)


def edit_draft(flow: Flow, task: Task, event: happened.DraftEdited) -> str:
    """Keep a changed text; nothing leaves before it is confirmed."""
    _check_who(flow, task, event.by)
    _check_mail(task, event.mail)
    flow.draft.put(replace(task, mail=event.mail))
    _about(flow, task)
    flow.details["template"] = event.mail.template
    return "draft_edited"


def _draft_settled(flow: Flow, task: Task, event: happened.TaskCompleted) -> None:
    if event.outcome == "sent":
        _send(flow, task, event)
    elif event.outcome != "not_sent":
        raise Refusal("unknown", Text("Choose: sent, not_sent.", "请选择：发送或不发送。"), concerns="outcome")
    else:
        flow.details["reason"] = str(event.values.get("reason", ""))
    flow.draft.close(task.id)


def _escalation_settled(flow: Flow, task: Task, event: happened.TaskCompleted) -> None:
    """Take over, reassign, extend or note; the case itself never moves by an escalation."""
    work = flow.draft.work_of(task.step) if task.step else None
    match event.outcome:
        case "take_over":
            if work is None:
                _change_owner(flow, event.by)
            else:
                _may_take(flow, replace(work, assignee=None), event.by)
                flow.draft.put(replace(work, assignee=event.by))
        case "reassign":
            _reassigned(flow, work, event.values)
        case "extend":
            _extended(flow, work, event.values)
        case "noted" | "done":
            if not str(event.values.get("comment", "")).strip():
                raise FormRefusal({"comment": Text("Say what you found or did.", "请填写处理说明。")})
            flow.details["comment"] = str(event.values["comment"])
        case other:
            known = ", ".join(ESCALATION_OUTCOMES)
            raise Refusal(
                "unknown",
                Text(f"'{other}' is not possible here; choose: {known}.", f"此处不能“{other}”，可选：{known}。"),
                concerns="outcome",
            )
    flow.draft.close(task.id)


def _reassigned(flow: Flow, work: Task | None, values: Mapping[str, Any]) -> None:
    to = str(values.get("to", ""))
    if to not in flow.world.people:
        raise FormRefusal({"to": Text("Choose a person.", "请选择人员。")})
    if work is None:
        _change_owner(flow, to)
    else:
        _may_take(flow, replace(work, assignee=None), to)
        flow.draft.put(replace(work, assignee=to))
    flow.details["to"] = to


def _change_owner(flow: Flow, owner: str) -> None:
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
    if work is not None:
        flow.draft.put(replace(work, due_at=until))
    else:
        flow.draft.due_at = until
    flow.details |= {"due_at": until.isoformat(), "reason": reason}


def mail_came_back(flow: Flow, event: happened.MailBounced) -> str:
    """A customer mail that could not be delivered: the owner corrects the address or calls."""
    flow.details |= {"to": event.to, "reason": event.reason, "subject": event.subject}
    owner = flow.draft.owner
    flow.draft.tasks.append(
        Task(
            id=flow.draft.new_id(),
            kind="escalation",
            step="",
            visit=0,
            label=Text(
                f"Mail came back: {event.to} – correct the address or call",
                f"邮件被退回：{event.to}，请更正地址或致电客户",
            ),
            roles=() if owner else flow.process.file.start.role,
            opened_at=flow.now,
            assignee=owner,
            due_at=after(flow.now, Duration(1, "day", working=True), flow.process.calendar_of[""]),
            about=f"bounced:{event.key}",
        )
    )
    return "bounced"


def _definition(flow: Flow, task: Task) -> CompiledTask | None:
    step = flow.process.steps.get(task.step)
    return step.task if step is not None and task.kind == "work" else None


def _check_who(flow: Flow, task: Task, by: str) -> None:
    person = flow.world.people.get(by)
    refusal = may_do(task, person, flow.process, flow.world)
    if refusal is not None:
        raise refusal


def _held_by_another(flow: Flow, task: Task) -> None:
    holder = flow.world.people.get(task.assignee or "")
    name = holder.name if holder else "-"
    raise Refusal("held", Text(f"{name} has this task.", f"该任务由{name}持有。"))


def _about(flow: Flow, task: Task) -> None:
    flow.details["step"] = task.step
    flow.details["task"] = task.id
    if task.kind != "work":
        flow.details["task_kind"] = task.kind
