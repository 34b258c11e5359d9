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
SHOWN = 100


@screen.get("/drafts")
@rule("work")
def show() -> Any:
    """The mails among the tasks this person holds or may claim, as they stand."""
    viewer = current.viewer()
    whose = TaskFilter(whose="all" if request.args.get("whose") == "all" else "both")

    def look(screens: Screens) -> list[tuple[TaskRow, Any]]:
        waiting = screens.inbox(viewer, whose, Page(size=LOOKED_THROUGH)).rows
        steps = {id: _steps_that_confirm(screens, id) for id in {row.process for row in waiting if row.kind == "work"}}
        rows = [row for row in waiting if row.kind == "draft" or row.step in steps.get(row.process, ())]
        found = []
        for row in rows[:SHOWN]:
            case = screens.case(row.case)
            task = case.task(row.id) if case else None
            if task is not None and task.mail is not None:
                found.append((row, task.mail))
        return found

    return render_template("drafts/drafts.html", drafts=current.read(look), whose=whose.whose)


def _steps_that_confirm(screens: Screens, process: str) -> frozenset[str]:
    """The steps whose whole work is to confirm a mail (an answer, a quotation), in any version that open cases still run on."""
    definitions = current.house().definitions
    used = (row.number for row in screens.versions(process) if row.open_cases)
    steps = (step for number in used for step in definitions.process(screens, process, number).steps.values())
    return frozenset(step.name for step in steps if step.task and step.task.draft_mail)
