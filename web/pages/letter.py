"""A mail that nobody can receive by mail, as a letter to print: to whom, when, about which case, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, render_template

from engine.case import Case
from web import current, saying
from web.beside import process_of, today
from web.rules import case_of, rule

screen = Blueprint("letter", __name__)


@screen.get("/tasks/<task_id>/letter")
@rule("task")
def show(task_id: str) -> Any:
    """The draft as it was kept last, on a page without anything else."""
    case = current.read(lambda screens: screens.case(case_of(task_id)))
    if case is None or case.task(task_id) is None:
        abort(404)
    mail = current.house().desk.task_offer(task_id, current.me().id).mail
    if mail is None:
        abort(404)
    reader, day = _reader(case, mail.template), saying.day(today(), mail.language)
    return render_template("task/letter.html", case=case, mail=mail, reader=reader, day=day, task_id=task_id)


def _reader(case: Case, template: str) -> Mapping[str, Any]:
    """The record of who is written to, as the case knows it; an empty one where the mail goes to a bare address."""
    process = process_of(case)
    path = process.mails[template].to.split(".") if process is not None and template in process.mails else ["customer"]
    found: Any = case.records.get(path[0])
    for name in path[1:]:
        found = found.get(name) if isinstance(found, Mapping) and isinstance(found.get(name), Mapping) else found
    return found if isinstance(found, Mapping) else {}
