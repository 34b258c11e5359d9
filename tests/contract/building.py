"""Cases, tasks and changes with sensible defaults, so that a test states only what matters."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from adapters.database.store import DatabaseStore
from adapters.memory import MemoryStore
from engine.case import Case, Pause, Task, Timer
from engine.definition.texts import Text
from engine.effects import WriteHistory
from engine.kept import CaseChange
from engine.screens import Viewer

MONDAY = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)

AnyStore = MemoryStore | DatabaseStore


def a_task(id: str = "c1.1", **given: Any) -> Task:
    """A task of the warehouse, without a due time."""
    usual: dict[str, Any] = {
        "kind": "work",
        "step": "receiving",
        "visit": 1,
        "label": Text("Receive the goods", "收货"),
        "roles": ("warehouse",),
        "opened_at": MONDAY,
    }
    return Task(id=id, **(usual | given))


def a_timer(id: str = "c1:1", fire_at: dt.datetime | None = MONDAY + HOUR, **given: Any) -> Timer:
    """The first row of the ladder of `receiving`."""
    usual: dict[str, Any] = {"step": "receiving", "visit": 1, "row": 0, "turn": 0}
    return Timer(id=id, fire_at=fire_at, **(usual | given))


def a_case(id: str = "c1", **given: Any) -> Case:
    """A factory return that was just opened."""
    usual: dict[str, Any] = {
        "number": f"FR-2026-{id}",
        "process": "factory_return",
        "version": 1,
        "opened_at": MONDAY,
        "revision": 1,
        "leaves": ("receiving",),
    }
    return Case(id=id, **(usual | given))


def begun(case: Case, **given: Any) -> CaseChange:
    """A case that is saved for the first time."""
    usual: dict[str, Any] = {"subject": "SN-1001 张三", "history": [WriteHistory("started", "anna", "", 0)]}
    return CaseChange(before=None, after=case, **(usual | given))


def changed(before: Case, *, change: dict[str, Any] | None = None, **after: Any) -> CaseChange:
    """The next revision of a case."""
    usual: dict[str, Any] = {"subject": "SN-1001 张三", "history": [WriteHistory("completed", "anna", "receiving", 1)]}
    return CaseChange(
        before=before, after=replace(before, revision=before.revision + 1, **after), **(usual | (change or {}))
    )


def save(store: AnyStore, change: CaseChange) -> Case:
    """Save a change in a transaction of its own."""
    store.write(lambda work: work.save(change))
    return change.after


def open_case(store: AnyStore, id: str = "c1", *, listed: dict[str, Any] | None = None, **given: Any) -> Case:
    """A case that is stored."""
    return save(store, begun(a_case(id, **given), **(listed or {})))


def paused(task: Task, since: dt.datetime = MONDAY) -> Task:
    """A task that somebody has put aside."""
    return replace(task, pauses=(Pause(since),))


def viewer(id: str = "anna", *roles: str, **given: Any) -> Viewer:
    """Somebody who looks."""
    return Viewer(id, frozenset(roles), **given)
