"""What may be done with a case by hand: events, comments, cancelling, reopening, moving, another owner."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, request, url_for
from werkzeug import Response

from engine.desk import Done
from engine.refusals import Refusal
from web import current, drawn, said
from web.after_press import entered
from web.pages.case import page_of
from web.refusals import refused
from web.rules import rule

screen = Blueprint("case_acts", __name__)


@screen.post("/cases/<case_id>/events/<name>")
@rule("case")
def press(case_id: str, name: str) -> Any:
    desk, me = current.house().desk, current.me().id
    offer = next((e for e in desk.case_offer(case_id, me).events if e.name == name), None)
    typed: dict[str, Any] = {}

    def enter() -> Done:
        if offer is not None:
            typed.update(drawn.typed(offer.fields))
        values = drawn.meant(offer.fields, typed) if offer is not None else {}
        return desk.press_event(case_id, name, values, me, sure=request.form.get("sure") == "1", key=_key())

    return _act(case_id, enter, f"event.{name}", entered, typed)


@screen.post("/cases/<case_id>/comment")
@rule("case")
def comment(case_id: str) -> Any:
    def write() -> None:
        text, files = request.form.get("text", "").strip(), attached("files")
        if text or files:
            current.house().desk.comment(case_id, current.me().id, text, files)

    return _act(case_id, write, "comment", "said.commented")


@screen.post("/cases/<case_id>/cancel")
@rule("case")
def cancel(case_id: str) -> Any:
    desk, me = current.house().desk, current.me().id
    return _act(case_id, lambda: desk.cancel_case(case_id, me, _reason(), key=_key()), "cancel", "said.cancelled")


@screen.post("/cases/<case_id>/reopen")
@rule("case")
def reopen(case_id: str) -> Any:
    desk, me = current.house().desk, current.me().id
    return _act(case_id, lambda: desk.reopen_case(case_id, me, _reason(), key=_key()), "reopen", "said.reopened")


@screen.post("/cases/<case_id>/move")
@rule("case")
def move(case_id: str) -> Any:
    desk, me, to = current.house().desk, current.me().id, request.form.get("to", "")
    return _act(case_id, lambda: desk.move_case(case_id, to, me, _reason(), key=_key()), "move", "said.moved")


@screen.post("/cases/<case_id>/owner")
@rule("case")
def change_owner(case_id: str) -> Any:
    desk, me, owner = current.house().desk, current.me().id, request.form.get("to", "")
    return _act(case_id, lambda: desk.change_owner(case_id, owner, me, _reason()), "change_owner", "said.owner")


def attached(name: str) -> list[dict[str, Any]]:
    """Files that came with a comment, stored and described."""
    uploads = [u for u in request.files.getlist(name) if u.filename]
    files, me = current.house().files, current.me().id
    return [dict(files.put(str(u.filename), u.read(), by=me)) for u in uploads]


def _act(
    case_id: str,
    work: Callable[[], Any],
    act: str,
    done: str | Callable[[Any], Response],
    typed: dict[str, Any] | None = None,
) -> Any:
    """What was done is said on the page of the case, as it stands there (`done`) or by what came of it."""
    address = url_for("case.show", case_id=case_id)
    try:
        pressed = work()
    except Refusal as refusal:
        return refused(refusal, lambda no: page_of(case_id, no, act, typed), back=address)
    return said.then(address, done) if isinstance(done, str) else done(pressed)


def _reason() -> str:
    return request.form.get("reason", "").strip()


def _key() -> str:
    return request.form.get("key", "")[:64]
