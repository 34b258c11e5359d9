"""What may be done with a task besides completing it: taking it, giving it back, putting it aside, handing it on."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request, url_for

from engine.definition.texts import Text
from engine.refusals import FormRefusal, Refusal
from web import current, said
from web.moments import typed_moment
from web.pages.case_acts import attached
from web.pages.task import page_of
from web.refusals import refused
from web.rules import case_of, rule

screen = Blueprint("task_acts", __name__)


@screen.post("/tasks/<task_id>/claim")
@rule("task")
def claim(task_id: str) -> Any:
    current.house().desk.claim_task(task_id, current.me().id)
    return _back(task_id, "said.claimed")


@screen.post("/tasks/<task_id>/release")
@rule("task")
def release(task_id: str) -> Any:
    current.house().desk.release_task(task_id, current.me().id)
    return _back(task_id, "said.released")


@screen.post("/tasks/<task_id>/reassign")
@rule("task")
def reassign(task_id: str) -> Any:
    to, reason = request.form.get("to", ""), request.form.get("reason", "").strip()
    try:
        current.house().desk.reassign_task(task_id, to or None, current.me().id, reason)
    except Refusal as refusal:
        return _again(task_id, refusal, "reassign")
    return said.then(url_for("case.show", case_id=case_of(task_id)), "said.reassigned")


@screen.post("/tasks/<task_id>/pause")
@rule("task")
def pause(task_id: str) -> Any:
    text = request.form.get("until", "")
    until = typed_moment(text)
    try:
        if text and until is None:
            raise FormRefusal({"until": Text(f"“{text[:40]}” is not a date.", f"“{text[:40]}”不是日期。")})
        current.house().desk.pause_task(task_id, request.form.get("reason", "").strip(), until, current.me().id)
    except Refusal as refusal:
        return _again(task_id, refusal, "pause")
    return _back(task_id, "said.paused")


@screen.post("/tasks/<task_id>/resume")
@rule("task")
def resume(task_id: str) -> Any:
    current.house().desk.resume_task(task_id, current.me().id)
    return _back(task_id, "said.resumed")


@screen.post("/tasks/<task_id>/comment")
@rule("task")
def comment(task_id: str) -> Any:
    # Whoever closed the task is let in to see that; the case itself may be closed to them by now.
    viewer, case_id = current.viewer(), case_of(task_id)
    if not current.read(lambda screens: screens.may_see(viewer, case_id)):
        abort(404)
    text, files = request.form.get("text", "").strip(), attached("files")
    if text or files:
        current.house().desk.comment(case_id, current.me().id, text, files)
    return _back(task_id, "said.commented")


def _again(task_id: str, refusal: Refusal, act: str) -> Any:
    """The task as it stands, with the little form open and what was typed into it."""
    back = url_for("task.show", task_id=task_id)
    return refused(refusal, lambda no: page_of(task_id, no, open_act=act), back=back)


def _back(task_id: str, key: str) -> Any:
    return said.then(url_for("task.show", task_id=task_id), key)
