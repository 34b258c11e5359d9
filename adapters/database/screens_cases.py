"""Cases on the read side: lists by state, text and record, one case with its family, and who may see it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    Subquery,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    tuple_,
    union,
)

from adapters.case_document import read
from adapters.database.case_numbers import CaseNumbers
from adapters.database.columns import Instant
from adapters.database.likeness import alike_cases
from adapters.database.screens_figures import overdue
from adapters.database.screens_inbox import _names
from adapters.database.tables import CANDIDATE, CASE, CASE_RECORD, LIKENESS, LINK, OPEN_TASK, TASK
from adapters.listing import OPEN_LISTS, lists_of, page_of_cases
from adapters.paging import start_in_parts_of, start_of
from engine.case import Case
from engine.definition.texts import Text
from engine.screen_rows import CaseRow, Found
from engine.screens import Page, Rows, Viewer
from engine.sight import sees

SHOWN = [c for c in CASE.columns if c.name not in ("document", "listed", "records_changed")]


class CaseLists(CaseNumbers):
    """Look at cases."""

    def case(self, case_id: str) -> Case | None:
        """A case as it stands."""
        document = self.ask(select(CASE.c.document).where(CASE.c.id == case_id)).scalar()
        return None if document is None else read(document)

    def many_cases(self, ids: Collection[str]) -> Mapping[str, Case]:
        """Cases as they stand, in one statement."""
        if not ids:
            return {}
        rows = self.ask(select(CASE.c.id, CASE.c.document).where(CASE.c.id.in_(sorted(ids))))
        return {row.id: read(row.document) for row in rows}

    def case_id(self, number: str) -> str | None:
        """The id of the case with this number."""
        return self.ask(select(CASE.c.id).where(CASE.c.number == number)).scalar()

    def case_row(self, case_id: str) -> CaseRow | None:
        """A case as a line of a list."""
        return next(iter(self._rows(select(*SHOWN).where(CASE.c.id == case_id))), None)

    def may_see(self, viewer: Viewer, case_id: str) -> bool:
        """Whether this person may see this case; nobody sees one that does not exist."""
        case = self.case(case_id)
        return case is not None and sees(viewer, case)

    def earlier_alike(
        self, process: str, keys: Sequence[str], *, since: dt.datetime, until: dt.datetime, number: str = ""
    ) -> tuple[Case, int] | None:
        """The newest open other case that was saved under one of these texts, else the newest, and how many there are."""
        found = self.ask(alike_cases(process, keys, since, until, number)).first()
        return None if found is None else (read(found.document), found.how_many)

    def open_alike(self, viewer: Viewer, process: str, keys: Sequence[str], size: int) -> list[CaseRow]:
        """The open cases of a process saved under one of these texts that this person may see, newest first."""
        alike = select(LIKENESS.c.case_id).where(LIKENESS.c.process == process, LIKENESS.c.key.in_(list(keys)))
        wanted = select(*SHOWN).where(CASE.c.id.in_(alike), CASE.c.ended.is_(None), *_visible(viewer))
        return self._rows(wanted.order_by(CASE.c.opened_at.desc(), CASE.c.id.desc()).limit(size))

    def cases(self, viewer: Viewer, *, process: str, state: str, text: str, page: Page) -> Rows[CaseRow]:
        """Cases, newest first. Each reason to see a case is an index of its own, read no further than a page."""
        narrowed = [*_in_state(state, self.now), *_with_text(text), *([CASE.c.process == process] if process else [])]
        start = start_of(page.after)
        if start:
            after = tuple_(literal(start[0], Instant()), literal(start[1]))
            narrowed.append(tuple_(CASE.c.opened_at, CASE.c.id) < after)
        parts = [_one_page(reason, narrowed, page.size + 1) for reason in self._reasons(viewer, process)]
        if not parts:
            return Rows([])
        found = union(*(select(part) for part in parts)).subquery()
        newest = (
            select(found.c.id).order_by(found.c.opened_at.desc(), found.c.id.desc()).limit(page.size + 1).subquery()
        )
        wanted = select(*SHOWN).join(newest, newest.c.id == CASE.c.id)
        return page_of_cases(self._rows(wanted.order_by(CASE.c.opened_at.desc(), CASE.c.id.desc())), page)

    def _reasons(self, viewer: Viewer, process: str) -> list[ColumnElement[bool]]:
        """Why this person may see a case: its process, owning it, having started it, or a task."""
        if process and (viewer.everything or process in viewer.processes):
            return [CASE.c.process == process]
        if viewer.everything:
            return [CASE.c.process == known for known in self._processes_with_cases()]
        mine = [CASE.c.owner == viewer.id, CASE.c.starter == viewer.id, CASE.c.id.in_(_with_a_task(viewer))]
        return mine + [CASE.c.process == seen for seen in sorted(viewer.processes) if not process]

    def _processes_with_cases(self) -> list[str]:
        """Jumps from process to process along the index, instead of reading every case."""
        found: list[str] = []
        while True:
            after = CASE.c.process > (found[-1] if found else "")
            process = self.ask(select(func.min(CASE.c.process)).where(after)).scalar()
            if process is None:
                return found
            found.append(process)

    def cases_of(self, viewer: Viewer, type: str, id: str, page: Page) -> Rows[CaseRow]:
        """The cases that hang on a record, open ones first, then newest first."""
        ended = CASE.c.ended.is_not(None)
        wanted = (
            select(*SHOWN)
            .join(CASE_RECORD, CASE_RECORD.c.case_id == CASE.c.id)
            .where(CASE_RECORD.c.type == type, CASE_RECORD.c.record_id == id, *_visible(viewer))
        )
        start = start_in_parts_of(page.after)
        if start:
            later = tuple_(CASE.c.opened_at, CASE.c.id) < tuple_(literal(start[1], Instant()), literal(start[2]))
            wanted = wanted.where(and_(ended, later) if start[0] == "ended" else or_(ended, later))
        rows = self._rows(wanted.order_by(ended, CASE.c.opened_at.desc(), CASE.c.id.desc()).limit(page.size + 1))
        return page_of_cases(rows, page, by_state=True)

    def open_beside(
        self, viewer: Viewer, case_id: str, about: Sequence[tuple[str, str]], size: int
    ) -> list[tuple[str, CaseRow]]:
        """The other open cases that hang on one of these records, by the first of them, then newest first."""
        if not about:
            return []
        hangs = [and_(CASE_RECORD.c.type == type, CASE_RECORD.c.record_id == id) for type, id in about]
        first = func.min(case(*((one, n) for n, one in enumerate(hangs)))).label("first")
        near = (
            select(CASE_RECORD.c.case_id, first)
            .join(CASE, CASE.c.id == CASE_RECORD.c.case_id)
            .where(or_(*hangs), CASE.c.ended.is_(None), CASE.c.id != case_id, *_visible(viewer))
            .group_by(CASE_RECORD.c.case_id)
            .subquery()
        )
        wanted = select(*SHOWN, near.c.first).join(near, near.c.case_id == CASE.c.id)
        newest = wanted.order_by(near.c.first, CASE.c.opened_at.desc(), CASE.c.id.desc()).limit(size)
        return [(about[row["first"]][0], _case_row(row)) for row in self.ask(newest).mappings()]

    def family(self, case_id: str) -> tuple[CaseRow | None, Sequence[CaseRow]]:
        """The parent and the children of a case."""
        parent = select(*SHOWN).join(LINK, LINK.c.parent_id == CASE.c.id).where(LINK.c.child_id == case_id)
        children = select(*SHOWN).join(LINK, LINK.c.child_id == CASE.c.id).where(LINK.c.parent_id == case_id)
        return (
            next(iter(self._rows(parent)), None),
            self._rows(children.order_by(CASE.c.opened_at, CASE.c.id)),
        )

    def found_cases(self, viewer: Viewer, text: str, size: int) -> list[Found]:
        """Cases whose number or subject contains a text, newest first."""
        rows = self.cases(viewer, process="", state="", text=text, page=Page(size=size)).rows
        return [Found("case", row.id, row.number, row.subject, row.process) for row in rows]

    def _rows(self, wanted: Select[Any]) -> list[CaseRow]:
        return [_case_row(row) for row in self.ask(wanted).mappings()]


def _one_page(reason: ColumnElement[bool], narrowed: list[ColumnElement[bool]], size: int) -> Subquery:
    found = select(CASE.c.id, CASE.c.opened_at).where(reason, *narrowed)
    return found.order_by(CASE.c.opened_at.desc(), CASE.c.id.desc()).limit(size).subquery()


def _with_a_task(viewer: Viewer) -> Select[Any]:
    """The cases with an open task that this person holds or may claim."""
    lists = [who for prefix in OPEN_LISTS for who in lists_of(viewer, "both", prefix=prefix)]
    excluded = CANDIDATE.c.excluded
    for_me = or_(
        CANDIDATE.c.who.in_([f"{prefix}user:{viewer.id}" for prefix in OPEN_LISTS]),
        excluded == "",
        ~_names(excluded, viewer.id),
    )
    return (
        select(TASK.c.case_id)
        .join(CANDIDATE, CANDIDATE.c.task_id == TASK.c.id)
        .where(CANDIDATE.c.who.in_(lists), for_me)
    )


def _visible(viewer: Viewer) -> list[ColumnElement[bool]]:
    if viewer.everything:
        return []
    in_process = CASE.c.process.in_(sorted(viewer.processes)) if viewer.processes else false()
    mine = [CASE.c.owner == viewer.id, CASE.c.starter == viewer.id]
    return [or_(in_process, *mine, exists().where(TASK.c.case_id == CASE.c.id, OPEN_TASK, _holds(viewer)))]


def _holds(viewer: Viewer) -> ColumnElement[bool]:
    """The same as `sight.holds_or_may_claim`, for the database."""
    c = TASK.c
    in_a_role = [_names(c.roles, role) for role in sorted(viewer.roles)]
    claimable = and_(c.only_person.is_(None), ~_names(c.excluded, viewer.id), or_(false(), *in_a_role))
    free = and_(c.assignee.is_(None), or_(c.only_person == viewer.id, claimable))
    return or_(c.assignee == viewer.id, free)


def _in_state(state: str, now: dt.datetime) -> list[ColumnElement[bool]]:
    match state:
        case "overdue":
            return [CASE.c.ended.is_(None), overdue(now)]
        case "open":
            return [CASE.c.ended.is_(None)]
        case "closed":
            return [CASE.c.ended.is_not(None)]
        case "":
            return []
        case _:
            return [CASE.c.category == state.removeprefix("in_category:")]


def _with_text(text: str) -> list[ColumnElement[bool]]:
    """All of the words, each in the number or the subject."""
    return [
        or_(CASE.c.number.icontains(word, autoescape=True), CASE.c.subject.icontains(word, autoescape=True))
        for word in text.split()
    ]


def _case_row(row: RowMapping) -> CaseRow:
    return CaseRow(
        id=row["id"],
        number=row["number"],
        process=row["process"],
        version=row["version"],
        subject=row["subject"],
        steps=tuple(Text(en, zh) for en, zh in json.loads(row["steps"])),
        category=row["category"],
        milestone=row["milestone"],
        owner=row["owner"],
        opened_at=row["opened_at"],
        ended_at=row["ended_at"],
        ended=row["ended"],
        due_at=row["due_at"],
        round=row["round"],
        urgent=row["urgent"],
    )
