"""Events that no case took, or several could take: a clerk chooses."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for

from engine.definition.texts import Text
from engine.refusals import Refusal
from web import current, said
from web.refusals import refused
from web.rules import rule

screen = Blueprint("unmatched", __name__)


@screen.get("/unmatched")
@rule("assign_events")
def show() -> Any:
    return _page()


@screen.post("/unmatched/<event_id>")
@rule("assign_events")
def assign(event_id: str) -> Any:
    number = request.form.get("number", "").strip()[:100]
    viewer = current.viewer()
    case_id = current.read(lambda screens: screens.case_id(number)) or number
    if not current.read(lambda screens: screens.may_see(viewer, case_id)):
        text = Text(
            f"There is no case {number}. Type its number as it stands on its page.",
            f"没有编号为 {number} 的工单，请按工单页上的编号输入。",
        )
        return _page(Refusal("unknown", text, concerns=event_id)), 404
    current.house().desk.assign_event(event_id, case_id, current.me().id)
    return said.then(url_for("case.show", case_id=case_id), "said.assigned")


@screen.post("/unmatched/<event_id>/discard")
@rule("assign_events")
def discard(event_id: str) -> Any:
    """It belongs to no case; the reason stays with it."""
    reason = request.form.get("reason", "").strip()[:500]
    try:
        current.house().desk.discard_event(event_id, current.me().id, reason)
    except Refusal as refusal:
        return refused(refusal, _page)
    return said.then(url_for("unmatched.show"), "said.discarded")


def _page(refusal: Refusal | None = None) -> str:
    rows = current.read(lambda screens: screens.unmatched())
    return render_template("unmatched/unmatched.html", rows=rows, refusal=refusal)
