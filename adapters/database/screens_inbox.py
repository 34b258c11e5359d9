"""The inbox: open tasks by due time. Reads one list per role under UNION ALL, so that its time does not grow with their number.

Never `role IN (…)` and never OFFSET: both read everything before they show fifty lines.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, Subquery, func, literal, or_, select, tuple_, union, union_all

from adapters.database.columns import Instant
from adapters.database.tables import CANDIDATE, CASE, NOTICE, OPEN_TASK, TASK
from adapters.database.transaction import Transaction
from adapters.listing import DRAFT, MOST_COUNTED, PAUSED, lists_of
from adapters.paging import key_of, start_of
from engine.definition.texts import Text
from engine.screen_rows import Counts, TaskRow
from engine.screens import Page, Rows, TaskFilter, Viewer

JOINED = select(
    TASK,
    CASE.c.number,
    CASE.c.subject,
    CASE.c.due_at.label("case_due_at"),
).join(CASE, CASE.c.id == TASK.c.case_id)


class Inbox(Transaction):
    """Lists of open tasks."""

    def inbox(self, viewer: Viewer, wanted: TaskFilter, page: Page) -> Rows[TaskRow]:
        """Open tasks by due time, then id; tasks without a due time last."""
        lists = [_of_list(who, viewer, wanted, page, self.now) for who in _lists(viewer, wanted)]
        lists += [_of_process(process, wanted, page, self.now) for process in self._processes(viewer, wanted)]
        if not lists:
            return Rows([])
        merged = union_all(*(select(part) for part in lists)).subquery()
        chosen = (
            select(merged.c.due_key, merged.c.task_id)
            .distinct()
            .order_by(merged.c.due_key, merged.c.task_id)
            .limit(page.size + 1)
            .subquery()
        )
        ordered = JOINED.join(chosen, chosen.c.task_id == TASK.c.id).order_by(chosen.c.due_key, chosen.c.task_id)
        rows = self.ask(ordered).mappings().all()
        shown = [_task_row(row) for row in rows[: page.size]]
        last = rows[page.size - 1] if len(rows) > page.size else None
        return Rows(shown, key_of(last["due_key"], last["id"]) if last else "")

    def counts(
        self, viewer: Viewer, today_ends: dt.datetime, week_ends: dt.datetime, month_ends: dt.datetime
    ) -> Counts:
        """How many of my and my roles' tasks there are, band by band, each counted up to a thousand."""
        due = CANDIDATE.c.due_key
        bands = {
            "overdue": [due < self.now],
            "today": [due >= self.now, due < today_ends],
            "week": [due >= max(self.now, today_ends), due < week_ends],
            "month": [due >= max(self.now, week_ends), due < month_ends],
            "later": [due >= max(self.now, week_ends, month_ends)],
        }
        columns = [_counted(viewer, "", where).label(name) for name, where in bands.items()]
        columns.append(_counted(viewer, DRAFT, []).label("drafts"))
        unread = select(literal(1)).where(NOTICE.c.person == viewer.id, NOTICE.c.unread).limit(MOST_COUNTED)
        columns.append(select(func.count()).select_from(unread.subquery()).scalar_subquery().label("notices"))
        return Counts(**self.ask(select(*columns)).mappings().one())

    def task(self, task_id: str) -> TaskRow | None:
        """An open task."""
        row = self.ask(JOINED.where(TASK.c.id == task_id, OPEN_TASK)).mappings().first()
        return None if row is None else _task_row(row)

    def closed_task(self, task_id: str) -> Mapping[str, Any] | None:
        """What became of a task that is no longer open."""
        row = self.ask(select(TASK).where(TASK.c.id == task_id, TASK.c.state == "closed")).first()
        if row is None:
            return None
        return {
            "case": row.case_id,
            "step": row.step,
            "outcome": row.outcome,
            "by": row.completed_by,
            "at": row.completed_at,
            "for": (*json.loads(row.roles), *((row.assignee,) if row.assignee else ())),
        }

    def _processes(self, viewer: Viewer, wanted: TaskFilter) -> Iterable[str]:
        """The processes whose open tasks are shown whoever holds them."""
        if wanted.whose != "all":
            return ()
        if not viewer.everything:
            return sorted(p for p in viewer.processes if wanted.process in ("", p))
        return (wanted.process,) if wanted.process else self._processes_with_tasks()

    def _processes_with_tasks(self) -> list[str]:
        """Jumps from process to process along the index, instead of reading every open task."""
        found: list[str] = []
        while True:
            after = TASK.c.process > found[-1] if found else TASK.c.process > ""
            process = self.ask(select(func.min(TASK.c.process)).where(OPEN_TASK, after)).scalar()
            if process is None:
                return found
            found.append(process)


def _lists(viewer: Viewer, wanted: TaskFilter) -> tuple[str, ...]:
    if wanted.whose == "all" and viewer.everything:
        return ()
    return lists_of(viewer, wanted.whose, wanted.role, prefix=PAUSED if wanted.paused else "")


def _of_list(who: str, viewer: Viewer, wanted: TaskFilter, page: Page, now: dt.datetime) -> Subquery:
    c = CANDIDATE.c
    lines = select(c.due_key, c.task_id).where(c.who == who, *_until(c.due_key, wanted, now))
    if not who.removeprefix(PAUSED).startswith("user:"):
        lines = lines.where(_not_excluded(viewer))
    if wanted.process:
        lines = lines.where(c.process == wanted.process)
    if wanted.role:
        lines = lines.where(_names(c.roles, wanted.role))
    return _one_page(lines, c.due_key, c.task_id, page)


def _of_process(process: str, wanted: TaskFilter, page: Page, now: dt.datetime) -> Subquery:
    c = TASK.c
    lines = select(c.due_key, c.id.label("task_id")).where(
        c.process == process, OPEN_TASK, c.paused == wanted.paused, *_until(c.due_key, wanted, now)
    )
    if wanted.role:
        lines = lines.where(_names(c.roles, wanted.role))
    return _one_page(lines, c.due_key, c.id, page)


def _one_page(lines: Select[Any], due: ColumnElement[Any], id: ColumnElement[Any], page: Page) -> Subquery:
    start = start_of(page.after)
    if start:
        lines = lines.where(tuple_(due, id) > tuple_(literal(start[0], Instant()), literal(start[1])))
    return lines.order_by(due, id).limit(page.size + 1).subquery()


def _until(due: ColumnElement[Any], wanted: TaskFilter, now: dt.datetime) -> list[ColumnElement[bool]]:
    overdue = [due < now] if wanted.overdue else []
    return overdue + ([due < wanted.before] if wanted.before else [])


def _not_excluded(viewer: Viewer) -> ColumnElement[bool]:
    """Four eyes: what a person may not do does not stand in that person's list."""
    excluded = CANDIDATE.c.excluded
    return or_(excluded == "", ~_names(excluded, viewer.id))


def _names(listed: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """True when a list, kept as JSON text, contains a name."""
    return listed.contains(json.dumps(name, ensure_ascii=False), autoescape=True)


def _counted(viewer: Viewer, prefix: str, where: list[ColumnElement[bool]]) -> Any:
    c = CANDIDATE.c
    parts = []
    for who in lists_of(viewer, "both", prefix=prefix):
        lines = select(c.task_id).where(c.who == who, *where)
        if not who.removeprefix(prefix).startswith("user:"):
            lines = lines.where(_not_excluded(viewer))
        parts.append(select(lines.limit(MOST_COUNTED).subquery()))
    distinct = union(*parts).subquery()
    first = select(distinct).limit(MOST_COUNTED).subquery()
    return select(func.count()).select_from(first).scalar_subquery()


def _task_row(row: RowMapping) -> TaskRow:
    return TaskRow(
        id=row["id"],
        case=row["case_id"],
        number=row["number"],
        process=row["process"],
        kind=row["kind"],
        step=row["step"],
        label=Text(row["label_en"], row["label_zh"]),
        subject=row["subject"],
        roles=tuple(json.loads(row["roles"])),
        assignee=row["assignee"],
        due_at=row["due_at"],
        opened_at=row["opened_at"],
        paused=row["paused"],
        resume_at=row["resume_at"],
        level=row["level"],
        only=row["only_person"],
        excluded=tuple(json.loads(row["excluded"])),
        case_due_at=row["case_due_at"],
    )
