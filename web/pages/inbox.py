"""The inbox: what must be done next, until when, for whom."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug import Response

from engine.case import Case
from engine.listings import subject_of
from engine.screen_rows import Counts, NoticeRow, TaskRow
from engine.screens import Page, Rows, TaskFilter
from engine.sight import sees
from web import current, said
from web.beside import process_of
from web.pages.sign_in import own_path
from web.rules import rule

screen = Blueprint("inbox", __name__)

Whose = Literal["mine", "roles", "both", "all"]
WHOSE: tuple[Whose, ...] = ("both", "mine", "roles", "all")
SIZE = 50

Horizons = tuple[dt.datetime, dt.datetime, dt.datetime]
"""When today, this week and this month end, in UTC."""


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the list under one heading: the tasks of each case together, by the first of them."""

    name: str
    cases: tuple[tuple[TaskRow, ...], ...]

    @property
    def size(self) -> int:
        """How many tasks stand here."""
        return sum(map(len, self.cases))


@screen.get("/inbox")
@rule("work")
def show() -> Any:
    wanted = _wanted()
    page = Page(request.args.get("after", "")[:500], SIZE)
    horizons = ends(current.now(), current.zone())
    viewer = current.viewer()

    def look(screens: Any) -> tuple[Rows[TaskRow], Counts, list[NoticeRow], dict[str, Case]]:
        notices = list(screens.notices(viewer.id, size=20))
        found = screens.many_cases({notice.case for notice in notices})
        cases = {id: case for id, case in found.items() if sees(viewer, case)}
        return screens.inbox(viewer, wanted, page), screens.counts(viewer, *horizons), notices, cases

    tasks, counts, notices, cases = current.read(look)
    urgent = {id for id, case in cases.items() if case.urgent}
    context = {
        "bands": bands(tasks.rows, current.now(), horizons),
        "weekend": is_weekend(current.now().astimezone(current.zone())),
        "next": tasks.next,
        "counts": counts,
        "notices": told_once(notices, urgent),
        "notice_ids": [notice.id for notice in notices],
        "open_to_me": {id: _about(case) for id, case in cases.items()},
        "urgent": urgent,
        "wanted": wanted,
        "first": not page.after,
        "filtered": bool(wanted.process or wanted.role or wanted.overdue or wanted.paused),
    }
    if request.headers.get("X-Part") == "list":
        return _part(render_template("inbox/_list.html", **context))
    return render_template(
        "inbox/inbox.html",
        whose=WHOSE,
        processes=sorted((current.say_text(t), id) for id, t in current.catalogue().labels.items()),
        roles=sorted(current.me().roles),
        **context,
    )


@screen.post("/inbox/claim/<task_id>")
@rule("task")
def claim(task_id: str) -> Any:
    current.house().desk.claim_task(task_id, current.me().id)
    back = own_path(request.form.get("back", "")) if request.form.get("back") else url_for("inbox.show")
    return said.then(back, "said.claimed")


@screen.post("/inbox/reminders")
@rule("work")
def put_reminders_away() -> Any:
    """The reminders that stood on the page; one that came since stays."""
    me, seen = current.me().id, request.form.getlist("notice")[:100]
    current.house().store.write(lambda unit: unit.read_notices(me, seen))
    return said.then(url_for("inbox.show"), "said.noted")


def _about(case: Case) -> str:
    """The record a case is about and whose it is."""
    process = process_of(case)
    return subject_of(process, case) if process is not None else ""


def told_once(notices: Iterable[NoticeRow], urgent: Collection[str]) -> list[NoticeRow]:
    """The notices of urgent cases, then the others, newest first; what says the same of the same task, as to somebody with
    two roles, stands there once."""
    once: dict[tuple[object, ...], NoticeRow] = {}
    for notice in notices:
        once.setdefault((notice.case, notice.task, notice.text), notice)
    return sorted(once.values(), key=lambda notice: notice.case not in urgent)


def ends(now: dt.datetime, zone: Any) -> Horizons:
    """The instants at which today, this week and this month end at the site. At the weekend the week that comes counts as
    this one: on a Sunday Monday is near."""
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    today = midnight + dt.timedelta(days=1)
    week = midnight + dt.timedelta(days=(14 if is_weekend(midnight) else 7) - midnight.weekday())
    month = (midnight.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return today.astimezone(dt.UTC), week.astimezone(dt.UTC), month.astimezone(dt.UTC)


def is_weekend(local: dt.datetime) -> bool:
    """Whether a moment, on the clock of the site, is on a Saturday or Sunday."""
    return local.weekday() >= 5


def bands(rows: Iterable[TaskRow], now: dt.datetime, horizons: Horizons) -> list[Band]:
    """The rows under urgent, overdue, today, this week, this month and later. Of a case that stands in one of them several
    times the rows stand together; else their order stays."""
    edges = tuple(zip(("overdue", "today", "week", "month"), (now, *horizons), strict=True))
    names = ("urgent", *(name for name, _ in edges), "later")
    found: dict[str, dict[str, list[TaskRow]]] = {name: {} for name in names}
    for row in rows:
        found[_band(row, edges)].setdefault(row.case, []).append(row)
    return [Band(name, tuple(map(tuple, cases.values()))) for name, cases in found.items() if cases]


def _band(row: TaskRow, edges: Iterable[tuple[str, dt.datetime]]) -> str:
    if row.urgent:
        return "urgent"
    due = row.due_at
    return next((name for name, end in edges if due is not None and due < end), "later")


def _wanted() -> TaskFilter:
    asked = request.args.get("whose", "both")
    return TaskFilter(
        whose=next((w for w in WHOSE if w == asked), "both"),
        process=request.args.get("process", "")[:80],
        role=request.args.get("role", "")[:80],
        overdue=request.args.get("overdue") == "1",
        paused=request.args.get("paused") == "1",
    )


def _part(html: str) -> Response:
    """Only the list, for a page that is already open; nothing when nothing changed."""
    response = make_response(html)
    response.set_etag(hashlib.sha256(html.encode()).hexdigest()[:16])
    return response.make_conditional(request)
