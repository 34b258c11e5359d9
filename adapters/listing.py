"""What lists are told about a case, the same for every store: who a task is offered to, what became of a closed task,
who may see a case. Pure: it knows neither tables nor dictionaries."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from adapters.paging import key_of
from engine.alike_numbers import distance
from engine.case import Case, Task
from engine.definition.texts import Text
from engine.effects import SendMail
from engine.kept import CaseChange
from engine.listings import places_of
from engine.screen_rows import CaseRow, TaskRow
from engine.screens import Page, Rows, Viewer

FAR = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
"""Stands for "no due time" where rows are sorted by it."""

PAUSED = "paused|"
DRAFT = "draft|"
URGENT = "urgent|"
OPEN_LISTS = ("", URGENT, PAUSED, PAUSED + URGENT)
"""What the lists begin with in which an open task stands once: see `offered_to`."""
MOST_COUNTED = 1000
LONGEST_SUBJECT = 200


def due_key(task: Task | TaskRow) -> dt.datetime:
    """What a task is sorted by."""
    return task.due_at or FAR


def offered_to(task: Task, *, urgent: bool = False) -> tuple[str, ...]:
    """The lists a task stands in: a role's, or `user:<id>` when one person holds it or is the only one allowed.

    A paused task stands in the paused lists alone, one of an urgent case in the urgent ones, which are read first; a draft
    also in the lists of drafts, so that they are counted fast.
    """
    one = task.assignee or task.only
    who = (f"user:{one}",) if one else tuple(dict.fromkeys(task.roles))
    front = (PAUSED if task.paused else "") + (URGENT if urgent else "")
    drafts = tuple(DRAFT + w for w in who) if task.kind == "draft" and not task.paused else ()
    return tuple(front + w for w in who) + drafts


def lists_of(viewer: Viewer, whose: str, role: str = "", *, prefix: str = "") -> tuple[str, ...]:
    """The lists a person reads for `whose` (mine, roles, both, all), the roles' ones narrowed to `role`."""
    mine = (f"user:{viewer.id}",) if whose != "roles" else ()
    roles = sorted(r for r in viewer.roles if role in ("", r)) if whose != "mine" else ()
    return tuple(prefix + who for who in (*mine, *roles))


@dataclass(frozen=True, slots=True)
class ClosedTask:
    """A task that a change ended: by an outcome, or because the case went elsewhere."""

    task: Task
    outcome: str
    by: str | None


def closed_tasks(change: CaseChange) -> Iterator[ClosedTask]:
    """The tasks that were open before and are not any more."""
    open_now = {t.id for t in change.after.tasks}
    for task in change.before.tasks if change.before else ():
        if task.id not in open_now:
            yield _closed(task, change)


def _closed(task: Task, change: CaseChange) -> ClosedTask:
    """The history tells how: the entry that names the task, else the completion of its step."""
    named = next((h for h in change.history if h.details.get("task") == task.id), None)
    done = next((h for h in change.history if h.kind == "completed" and h.step == task.step), None)
    told = named or (done if done and "task" not in done.details else None)
    if told:
        return ClosedTask(task, str(told.details.get("outcome") or told.kind), told.by)
    return ClosedTask(task, "", change.history[0].by if change.history else None)


def shortened(subject: str) -> str:
    """A subject as lists show it and searches read it: one line of a bounded length."""
    line = " ".join(subject.split())
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1] + "…"


def step_labels(change: CaseChange) -> tuple[Text, ...]:
    """How lists name the steps a case is in, or its end; a step without a label stands under its own name."""
    return tuple(_label(change.labels.get(step), step) for step in places_of(change.after))


def _label(label: Any, leaf: str) -> Text:
    match label:
        case Text():
            return label
        case Mapping():
            return Text(str(label.get("en", "")), str(label.get("zh", "")))
        case None | "":
            return Text(leaf, leaf)
        case _:
            return Text(str(label), str(label))


def task_row(task: Task, case: Case, subject: str) -> TaskRow:
    """A task as a line of the inbox."""
    return TaskRow(
        id=task.id,
        case=case.id,
        number=case.number,
        process=case.process,
        kind=task.kind,
        step=task.step,
        label=task.label,
        subject=subject,
        roles=task.roles,
        assignee=task.assignee,
        due_at=task.due_at,
        opened_at=task.opened_at,
        paused=task.paused,
        resume_at=task.resume_at,
        level=task.level,
        only=task.only,
        excluded=task.excluded,
        case_due_at=case.runs_out_at,
        urgent=case.urgent,
    )


def page_of_cases(rows: list[CaseRow], page: Page, *, by_state: bool = False) -> Rows[CaseRow]:
    """One page out of rows read one further than it holds, with the key of the next one."""
    if len(rows) <= page.size:
        return Rows(rows)
    last = rows[page.size - 1]
    state = (("ended" if last.ended else "open"),) if by_state else ()
    return Rows(rows[: page.size], key_of(*state, last.opened_at, last.id))


def case_row(case: Case, subject: str, category: str, steps: tuple[Text, ...]) -> CaseRow:
    """A case as a line of a list."""
    return CaseRow(
        id=case.id,
        number=case.number,
        process=case.process,
        version=case.version,
        subject=subject,
        steps=steps,
        category=category,
        milestone=case.milestone,
        owner=case.owner,
        opened_at=case.opened_at,
        ended_at=case.ended_at,
        ended=case.ended,
        due_at=case.runs_out_at,
        round=case.round,
        urgent=case.urgent,
    )


def message_id(mail: SendMail) -> str:
    """Made from the order's key: every copy of a mail that went out twice carries the same one."""
    return f"<{digest(mail.key)[:32]}@aftercare>"


def digest(*texts: str) -> str:
    """SHA-256 over several texts."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def near(wanted: str, keys: Iterable[str], at_most: int = 2) -> list[str]:
    """The keys that differ from what was typed by at most so many letters, nearest first."""
    typed = wanted.casefold()
    found = ((distance(typed, key.casefold(), at_most), key) for key in keys)
    return [key for far, key in sorted(found) if far <= at_most]
