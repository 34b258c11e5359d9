"""Customer mails that wait for a person's confirmation."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from engine.screens import Page, Screens, TaskFilter, TaskRow
from web import current
from web.rules import rule

screen = Blueprint("drafts", __name__)

LOOKED_THROUGH = 500


@screen.get("/drafts")
@rule("work")
def show() -> Any:
    """Drafts among the tasks this person holds or may claim, with the mail as it stands."""
    viewer = current.viewer()
    whose = TaskFilter(whose="all" if request.args.get("whose") == "all" else "both")

    def look(screens: Screens) -> list[tuple[TaskRow, Any]]:
        rows = [r for r in screens.inbox(viewer, whose, Page(size=LOOKED_THROUGH)).rows if r.kind == "draft"]
        found = []
        for row in rows[:100]:
            case = screens.case(row.case)
            task = case.task(row.id) if case else None
            found.append((row, task.mail if task else None))
        return found

    return render_template("drafts/drafts.html", drafts=current.read(look), whose=whose.whose)
