"""Customer mails that wait for a person's confirmation."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from engine.screen_rows import TaskRow
from engine.screens import Page, Screens, TaskFilter
from web import current
from web.rules import rule

screen = Blueprint("drafts", __name__)

LOOKED_THROUGH = 500


@screen.get("/drafts")
@rule("work")
def show() -> Any:
    """The mails among the tasks this person holds or may claim, as they stand."""
    viewer = current.viewer()
    whose = TaskFilter(whose="all" if request.args.get("whose") == "all" else "both")

    def look(screens: Screens) -> list[tuple[TaskRow, Any]]:
        rows = [row for row in screens.inbox(viewer, whose, Page(size=LOOKED_THROUGH)).rows if _is_mail(row)]
        found = []
        for row in rows[:100]:
            case = screens.case(row.case)
            task = case.task(row.id) if case else None
            if task is not None and task.mail is not None:
                found.append((row, task.mail))
        return found

    return render_template("drafts/drafts.html", drafts=current.read(look), whose=whose.whose)


def _is_mail(row: TaskRow) -> bool:
    """A draft beside the work, or a step whose whole work is to confirm one: an answer, a quotation."""
    process = current.catalogue().processes.get(row.process)
    step = process.steps.get(row.step) if process is not None and row.kind == "work" else None
    return row.kind == "draft" or (step is not None and step.task is not None and bool(step.task.draft_mail))
