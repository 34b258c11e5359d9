"""Inbox and cases on the read side of the memory store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from adapters.listing import (
    DRAFT,
    MOST_COUNTED,
    PAUSED,
    URGENT,
    case_row,
    due_key,
    lists_of,
    offered_to,
    page_of_cases,
    task_row,
)
from adapters.memory.likeness import Likeness
from adapters.memory.screens_figures import overdue
from adapters.memory.state import KeptCase
from adapters.paging import key_of, start_in_parts_of, start_of
from engine.case import Case, Task
from engine.screen_rows import CaseRow, Counts, Found, TaskRow
from engine.screens import Page, Rows, TaskFilter, Viewer
from engine.sight import holds_or_may_claim, sees


class WorkLists(Likeness):
    """Look at tasks and cases."""

    def inbox(self, viewer: Viewer, wanted: TaskFilter, page: Page) -> Rows[TaskRow]:
        """Open tasks: those of urgent cases first, then by due time, then id; tasks without a due time last."""
        rows = sorted(
            (
                task_row(task, kept.case, kept.subject)
                for task, kept in self._open_tasks()
                if _wanted(task, kept.case, viewer, wanted, self.now)
            ),
            key=_place,
        )
        start = start_in_parts_of(page.after)
        later = [row for row in rows if start is None or _place(row) > (start[0] != URGENT, *start[1:])]
        shown = later[: page.size]
        if len(later) <= page.size:
            return Rows(shown)
        last = shown[-1]
        return Rows(shown, key_of(URGENT if last.urgent else "", due_key(last), last.id))

    def counts(
        self, viewer: Viewer, today_ends: dt.datetime, week_ends: dt.datetime, month_ends: dt.datetime
    ) -> Counts:
        """How many of my and my roles' tasks there are, the urgent ones and then band by band, each counted up to a thousand."""
        all_mine = [(t, k.case) for t, k in self._open_tasks() if not t.paused and _listed(t, viewer, "both", "")]
        mine = [task for task, case in all_mine if not case.urgent]
        edges = {
            "overdue": (dt.datetime.min.replace(tzinfo=dt.UTC), self.now),
            "today": (self.now, today_ends),
            "week": (max(self.now, today_ends), week_ends),
            "month": (max(self.now, week_ends), month_ends),
            "later": (max(self.now, week_ends, month_ends), dt.datetime.max.replace(tzinfo=dt.UTC)),
        }
        counted = {
            name: min(MOST_COUNTED, sum(since <= due_key(t) < until for t in mine))
            for name, (since, until) in edges.items()
        }
        unread = len(self._state.still_to_read(viewer.id))
        urgent = [task for task, case in all_mine if case.urgent]
        counted["urgent"] = min(MOST_COUNTED, len(urgent))
        counted["urgent_overdue"] = min(MOST_COUNTED, sum(due_key(task) < self.now for task in urgent))
        drafts = sum(task.kind == "draft" for task, _ in all_mine)
        return Counts(**counted, drafts=min(MOST_COUNTED, drafts), notices=min(MOST_COUNTED, unread))

    def task(self, task_id: str) -> TaskRow | None:
        """An open task."""
        kept = self._state.cases.get(self._state.open_tasks.get(task_id, ""))
        task = kept.case.task(task_id) if kept else None
        return task_row(task, kept.case, kept.subject) if kept and task else None

    def closed_task(self, task_id: str) -> Mapping[str, Any] | None:
        """What became of a task that is no longer open."""
        return self._state.closed_tasks.get(task_id)

    def case(self, case_id: str) -> Case | None:
        """A case as it stands."""
        kept = self._state.cases.get(case_id)
        return kept.case if kept else None

    def many_cases(self, ids: Collection[str]) -> Mapping[str, Case]:
        """Cases as they stand."""
        return {id: self._state.cases[id].case for id in ids if id in self._state.cases}

    def cases_numbered(self, numbers: Sequence[str]) -> Mapping[str, Case]:
        """The cases with these numbers."""
        found = (self.case(self._state.numbers.get(number, "")) for number in numbers)
        return {case.number: case for case in found if case is not None}

    def case_id(self, number: str) -> str | None:
        """The id of the case with this number."""
        return self._state.numbers.get(number)

    def may_see(self, viewer: Viewer, case_id: str) -> bool:
        """Whether this person may see this case."""
        case = self.case(case_id)
        return case is not None and sees(viewer, case)

    def cases(self, viewer: Viewer, *, process: str, state: str, text: str, page: Page) -> Rows[CaseRow]:
        """Cases, newest first."""
        rows = [
            row
            for row in self._visible(viewer, text)
            if process in ("", row.process)
            and state in ("", "closed" if row.ended else "open", f"in_category:{row.category}", self._late(row))
        ]
        start = start_of(page.after)
        return page_of_cases([r for r in rows if start is None or (r.opened_at, r.id) < start], page)

    def _late(self, row: CaseRow) -> str:
        return "overdue" if overdue(self._state.cases[row.id], self.now) else ""

    def cases_of(self, viewer: Viewer, type: str, id: str, page: Page) -> Rows[CaseRow]:
        """The cases that hang on a record, open ones first, then newest first."""
        hanging = {k.case.id for k in self._state.cases.values() if (type, id) in k.records}
        newest = [row for row in self._visible(viewer, "") if row.id in hanging]
        rows = sorted(newest, key=lambda row: row.ended is not None)
        start = start_in_parts_of(page.after)
        if start:
            ended_before = start[0] == "ended"
            rows = [
                r
                for r in rows
                if ((r.ended is not None) == ended_before and (r.opened_at, r.id) < start[1:])
                or (r.ended is not None and not ended_before)
            ]
        return page_of_cases(rows, page, by_state=True)

    def open_alike(self, viewer: Viewer, process: str, keys: Sequence[str], size: int) -> list[CaseRow]:
        """The open cases of a process saved under one of these texts that this person may see, newest first."""
        alike = [row for row in self._visible(viewer, "") if not self._state.cases[row.id].alike.isdisjoint(keys)]
        return [row for row in alike if row.process == process and row.ended is None][:size]

    def open_beside(
        self, viewer: Viewer, case_id: str, about: Sequence[tuple[str, str]], size: int
    ) -> list[tuple[str, CaseRow]]:
        """The other open cases that hang on one of these records, by the first of them, then newest first."""
        found: dict[str, tuple[str, CaseRow]] = {}
        for one in about:
            for row in self._visible(viewer, ""):
                if row.ended is None and row.id != case_id and one in self._state.cases[row.id].records:
                    found.setdefault(row.id, (one[0], row))
        return list(found.values())[:size]

    def family(self, case_id: str) -> tuple[CaseRow | None, Sequence[CaseRow]]:
        """The parent and the children of a case."""
        case = self.case(case_id)
        parent = self._state.cases.get(case.parent.case) if case and case.parent else None
        children = [_row(self._state.cases[id]) for id in self._state.children.get(case_id, ())]
        return (_row(parent) if parent else None), sorted(children, key=lambda row: (row.opened_at, row.id))

    def found_cases(self, viewer: Viewer, text: str, size: int) -> list[Found]:
        """Cases whose number or subject contains a text, newest first."""
        rows = self._visible(viewer, text)[:size]
        return [Found("case", row.id, row.number, row.subject, row.process) for row in rows]

    def _open_tasks(self) -> Iterable[tuple[Task, KeptCase]]:
        for id, case_id in self._state.open_tasks.items():
            kept = self._state.cases[case_id]
            task = kept.case.task(id)
            assert task is not None, "open_tasks is kept from the cases"
            yield task, kept

    def _visible(self, viewer: Viewer, text: str) -> list[CaseRow]:
        words = text.casefold().split()
        rows = [_row(kept) for kept in self._state.cases.values() if sees(viewer, kept.case)]
        found = [r for r in rows if all(w in r.number.casefold() or w in r.subject.casefold() for w in words)]
        return sorted(found, key=lambda row: (row.opened_at, row.id), reverse=True)


def _place(row: TaskRow) -> tuple[bool, dt.datetime, str]:
    """What the inbox is sorted by."""
    return not row.urgent, due_key(row), row.id


def _wanted(task: Task, case: Case, viewer: Viewer, wanted: TaskFilter, now: dt.datetime) -> bool:
    due = due_key(task)
    return (
        task.paused == wanted.paused
        and wanted.process in ("", case.process)
        and (not wanted.role or wanted.role in task.roles)
        and not (wanted.overdue and due >= now)
        and not (wanted.before and due >= wanted.before)
        and (_listed(task, viewer, wanted.whose, wanted.role) or _seen_by_process(case, viewer, wanted))
    )


def _seen_by_process(case: Case, viewer: Viewer, wanted: TaskFilter) -> bool:
    return wanted.whose == "all" and (viewer.everything or case.process in viewer.processes)


def _listed(task: Task, viewer: Viewer, whose: str, role: str) -> bool:
    plain = {who.removeprefix(PAUSED) for who in offered_to(task) if not who.startswith(DRAFT)}
    return bool(plain.intersection(lists_of(viewer, whose, role))) and holds_or_may_claim(viewer, task)


def _row(kept: KeptCase) -> CaseRow:
    return case_row(kept.case, kept.subject, kept.category, kept.steps)
