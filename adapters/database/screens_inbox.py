"""The inbox: open tasks, urgent cases first, then by due time. Reads one list per role, and its urgent one before it, under
UNION ALL, so that its time does not grow with their number.

Never `role IN (…)` and never OFFSET: both read everything before they show fifty lines.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    Subquery,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
    union,
    union_all,
)

from adapters.database.columns import Instant
from adapters.database.tables import CANDIDATE, CASE, NOTICE, OPEN_TASK, STILL_SAYS_SO, TASK
from adapters.database.transaction import Transaction
from adapters.listing import DRAFT, MOST_COUNTED, PAUSED, URGENT, lists_of
from adapters.paging import key_of, start_in_parts_of
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
        """Open tasks: those of urgent cases first, then by due time, then id; tasks without a due time last."""
        processes = list(self._processes(viewer, wanted))
        lists = []
        for urgent, after in _parts(page):
            part = Part(viewer, wanted, urgent, after, page.size + 1, self.now)
            lists += [_of_list(who, part) for who in _lists(part)]
            lists += [_of_process(process, part) for process in processes]
        if not lists:
            return Rows([])
        merged = union_all(*(select(part) for part in lists)).subquery()
        chosen = (
            select(merged.c.calm, merged.c.due_key, merged.c.task_id)
            .distinct()
            .order_by(merged.c.calm, merged.c.due_key, merged.c.task_id)
            .limit(page.size + 1)
            .subquery()
        )
        found = JOINED.join(chosen, chosen.c.task_id == TASK.c.id)
        ordered = found.order_by(chosen.c.calm, chosen.c.due_key, chosen.c.task_id)
        rows = self.ask(ordered).mappings().all()
        shown = [_task_row(row) for row in rows[: page.size]]
        last = rows[page.size - 1] if len(rows) > page.size else None
        return Rows(shown, key_of(URGENT if last["urgent"] else "", last["due_key"], last["id"]) if last else "")

    def counts(
        self, viewer: Viewer, today_ends: dt.datetime, week_ends: dt.datetime, month_ends: dt.datetime
    ) -> Counts:
        """How many of my and my roles' tasks there are, the urgent ones and then band by band, each counted up to a thousand."""
        due = CANDIDATE.c.due_key
        bands = {
            "overdue": [due < self.now],
            "today": [due >= self.now, due < today_ends],
            "week": [due >= max(self.now, today_ends), due < week_ends],
            "month": [due >= max(self.now, week_ends), due < month_ends],
            "later": [due >= max(self.now, week_ends, month_ends)],
        }
        columns = [_counted(viewer, "", where).label(name) for name, where in bands.items()]
        late = _counted(viewer, URGENT, bands["overdue"]).label("urgent_overdue")
        columns += [_counted(viewer, URGENT, []).label("urgent"), late, _counted(viewer, DRAFT, []).label("drafts")]
        mine = select(literal(1)).where(NOTICE.c.person == viewer.id, NOTICE.c.unread, STILL_SAYS_SO)
        unread = mine.limit(MOST_COUNTED)
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


@dataclass(frozen=True, slots=True)
class Part:
    """What is read of each list: its urgent tasks or the others, and where the page begins in them."""

    viewer: Viewer
    wanted: TaskFilter
    urgent: bool
    after: tuple[dt.datetime, str] | None
    size: int
    now: dt.datetime

    @property
    def prefix(self) -> str:
        """What the lists of this part begin with."""
        return (PAUSED if self.wanted.paused else "") + (URGENT if self.urgent else "")

    def page_of(self, lines: Select[Any], due: ColumnElement[Any], id: ColumnElement[Any]) -> Subquery:
        """The lines of one list that this page may show. The urgent part sorts before the other by `calm`."""
        if self.wanted.overdue:
            lines = lines.where(due < self.now)
        if self.wanted.before:
            lines = lines.where(due < self.wanted.before)
        if self.after:
            lines = lines.where(tuple_(due, id) > tuple_(literal(self.after[0], Instant()), literal(self.after[1])))
        calm: ColumnElement[int] = literal_column("0" if self.urgent else "1").label("calm")
        return lines.add_columns(calm).order_by(due, id).limit(self.size).subquery()


def _parts(page: Page) -> Iterable[tuple[bool, tuple[dt.datetime, str] | None]]:
    """The urgent part and the other, each with what it begins after; once a page begins in the other, that alone."""
    start = start_in_parts_of(page.after)
    if start is None:
        return ((True, None), (False, None))
    return ((True, start[1:]), (False, None)) if start[0] == URGENT else ((False, start[1:]),)


def _lists(part: Part) -> tuple[str, ...]:
    viewer, wanted = part.viewer, part.wanted
    if wanted.whose == "all" and viewer.everything:
        return ()
    return lists_of(viewer, wanted.whose, wanted.role, prefix=part.prefix)


def _of_list(who: str, part: Part) -> Subquery:
    c, wanted = CANDIDATE.c, part.wanted
    lines = select(c.due_key, c.task_id).where(c.who == who, *_for_them(who, part.viewer))
    if wanted.process:
        lines = lines.where(c.process == wanted.process)
    if wanted.role:
        lines = lines.where(_names(c.roles, wanted.role))
    return part.page_of(lines, c.due_key, c.task_id)


def _of_process(process: str, part: Part) -> Subquery:
    c, wanted = TASK.c, part.wanted
    lines = select(c.due_key, c.id.label("task_id")).where(
        c.process == process, OPEN_TASK, c.urgent == part.urgent, c.paused == wanted.paused
    )
    if wanted.role:
        lines = lines.where(_names(c.roles, wanted.role))
    return part.page_of(lines, c.due_key, c.id)


def _for_them(who: str, viewer: Viewer) -> list[ColumnElement[bool]]:
    """Four eyes: of a role's list what a person may not do is left out for that person."""
    if who.endswith(f"user:{viewer.id}"):
        return []
    excluded = CANDIDATE.c.excluded
    return [or_(excluded == "", ~_names(excluded, viewer.id))]


def _names(listed: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """True when a list, kept as JSON text, contains a name."""
    return listed.contains(json.dumps(name, ensure_ascii=False), autoescape=True)


def _counted(viewer: Viewer, prefix: str, where: list[ColumnElement[bool]]) -> Any:
    c = CANDIDATE.c
    parts = []
    for who in lists_of(viewer, "both", prefix=prefix):
        lines = select(c.task_id).where(c.who == who, *where, *_for_them(who, viewer))
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
        urgent=row["urgent"],
    )
