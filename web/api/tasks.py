"""Tasks over JSON: the same buttons as on the pages, and the same refusals."""

from __future__ import annotations

from typing import Any

from engine.case import MailText
from engine.definition.model.vocabulary import FILE_TYPES
from engine.definition.texts import Text
from engine.offers import TaskOffer
from engine.refusals import Refusal
from engine.screens import Page, TaskFilter
from engine.telling import PROOF
from web import current
from web.api.attached import with_files
from web.api.models.cases import Done
from web.api.models.tasks import (
    AskedTasks,
    CompleteTask,
    MailChange,
    PauseTask,
    ReassignTask,
    TaskLine,
    TaskPage,
    TaskTold,
)
from web.api.operations import idempotency_key, operation, room
from web.rules import case_of

tasks = room("tasks", "Tasks", "Work for a person: the inbox and its buttons.")
say = current.say_text
PRESSED = (403, 404, 409)


@tasks.get("/tasks")
@operation("staff", TaskPage, asks=AskedTasks, said="A page of tasks.")
def list_tasks(asked: AskedTasks) -> TaskPage:
    """List open tasks, urgent cases first, then by due time: your inbox."""
    wanted = TaskFilter(asked.whose, asked.process, asked.role, asked.overdue, asked.paused, asked.before)
    viewer = current.viewer()
    rows = current.read(lambda s: s.inbox(viewer, wanted, Page(asked.after, asked.limit)))
    return TaskPage(tasks=[TaskLine.of_row(row, say) for row in rows.rows], next=rows.next)


@tasks.get("/tasks/<task_id>")
@operation("task", TaskTold, refuses=(404, 409), said="The task.")
def read_task(task_id: str) -> TaskTold:
    """Read an open task: its form, its outcomes, and why one may not be pressed."""
    return TaskTold.of_offer(case_of(task_id), _offer(task_id), say)


@tasks.post("/tasks/<task_id>/complete")
@operation("task", Done, takes=CompleteTask, refuses=(*PRESSED, 428), said="The task is done.")
def complete_task(task_id: str, body: CompleteTask) -> Done:
    """Complete a task by one of its outcomes, with the values of its form."""
    me = current.me().id
    done = current.house().desk.complete_task(
        task_id,
        body.outcome,
        _with_files(task_id, body.values),
        me,
        visit=body.visit,
        mail=_changed(task_id, body.mail) if body.mail else None,
        seen=body.seen,
        key=idempotency_key(),
    )
    return _done(done)


@tasks.post("/tasks/<task_id>/claim")
@operation("task", Done, refuses=PRESSED, said="The task is yours.")
def claim_task(task_id: str) -> Done:
    """Take a task of one of your roles."""
    return _done(current.house().desk.claim_task(task_id, current.me().id, key=idempotency_key()))


@tasks.post("/tasks/<task_id>/release")
@operation("task", Done, refuses=PRESSED, said="The task is its role's again.")
def release_task(task_id: str) -> Done:
    """Give a task back to its role."""
    return _done(current.house().desk.release_task(task_id, current.me().id, key=idempotency_key()))


@tasks.post("/tasks/<task_id>/pause")
@operation("task", Done, takes=PauseTask, refuses=PRESSED, said="The task is put aside.")
def pause_task(task_id: str, body: PauseTask) -> Done:
    """Put a task aside until a moment; its time stands still."""
    me = current.me().id
    return _done(current.house().desk.pause_task(task_id, body.reason, body.until, me, key=idempotency_key()))


@tasks.post("/tasks/<task_id>/resume")
@operation("task", Done, refuses=PRESSED, said="The task goes on.")
def resume_task(task_id: str) -> Done:
    """Take a task up again."""
    return _done(current.house().desk.resume_task(task_id, current.me().id, key=idempotency_key()))


@tasks.post("/tasks/<task_id>/reassign")
@operation("task", Done, takes=ReassignTask, refuses=PRESSED, said="The task is before that person.")
def reassign_task(task_id: str, body: ReassignTask) -> Done:
    """Put a task before somebody else, or back before its role."""
    me = current.me().id
    return _done(current.house().desk.reassign_task(task_id, body.to, me, body.reason, key=idempotency_key()))


@tasks.post("/tasks/<task_id>/draft")
@operation("task", Done, takes=MailChange, refuses=PRESSED, said="The draft is kept; nothing was sent.")
def change_draft(task_id: str, body: MailChange) -> Done:
    """Keep a changed mail draft without sending it."""
    mail = _changed(task_id, body)
    return _done(current.house().desk.edit_draft(task_id, mail, current.me().id, key=idempotency_key()))


def _offer(task_id: str) -> TaskOffer:
    return current.house().desk.task_offer(task_id, current.me().id)


def _changed(task_id: str, mail: MailChange) -> MailText:
    draft = _offer(task_id).mail
    if draft is None:
        raise Refusal("wrong_value", Text("This task has no mail draft.", "该任务没有邮件草稿。"), concerns="mail")
    return MailText(draft.template, mail.to.strip(), mail.subject.strip(), mail.body, draft.language)


def _with_files(task_id: str, values: dict[str, Any]) -> dict[str, Any]:
    """Whole descriptions of named files. A task that is gone has no form: the desk answers for it."""
    if not any(isinstance(value, list | dict | str) for value in values.values()):
        return values
    try:
        asked = _offer(task_id).asked
    except Refusal:
        return values
    return with_files([PROOF, *(field.name for field in asked if field.type in FILE_TYPES)], values)


def _done(done: Any) -> Done:
    return Done(case=done.case, number=done.number, task=done.task)
