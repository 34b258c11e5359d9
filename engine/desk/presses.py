"""How a press is made: one transaction, an answer that is remembered for the second click, and the bell rung after it.

What may be pressed, it does not know.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from engine import events as happened
from engine.case import Case
from engine.casework import Casework
from engine.definition.texts import Text
from engine.definitions import Definitions
from engine.ports import Doorbell, Ids
from engine.refusals import Refusal
from engine.sealing import sealed
from engine.store import Store, UnitOfWork

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done:
    """A press that worked: the case, and the next open task of the same person in it, if there is one. `opened` are the
    other cases that began by it."""

    case: str
    number: str
    task: str | None = None
    opened: tuple[str, ...] = ()


class Presses:
    """A store, what is published in it, and the bell that wakes the workers: what every part of the desk stands on."""

    def __init__(self, store: Store, definitions: Definitions, ids: Ids, bell: Doorbell) -> None:
        self.store = store
        self.definitions = definitions
        self._ids = ids
        self._bell = bell

    def _on_task(self, act: str, task: str, by: str, key: str, event: happened.Event) -> Done:
        return self._press(f"{act}:{task}", by, key, event, lambda desk: desk.handle(case_of(task), event))

    def _on_case(self, what: str, case: str, by: str, key: str, event: happened.Event) -> Done:
        return self._press(what, by, key, event, lambda desk: desk.handle(case, event))

    def _press(self, what: str, by: str, key: str, content: object, work: Callable[[Casework], Case]) -> Done:
        """One press of a person: with an idempotency key the second press gets the first one's answer, and a press of
        another `content` is told that it was not made (None: it does not say)."""
        remembered = f"{by}:{what}:{key}"[:400] if key else ""
        seal = sealed(content) if key and content is not None else ""

        def once(desk: Casework) -> Done:
            known = _remembered(desk, remembered, seal)
            if known is not None:
                return known
            case = work(desk)
            opened = tuple(id for id in desk.begun if id != case.id)
            done = Done(case.id, case.number, _next_task(case, by), opened)
            if remembered:
                desk.uow.remember(remembered, f"{done.case}|{done.number}|{done.task or ''}|{seal}")
            return done

        try:
            done = self._write(once)
        except Refusal:
            # The other half of a double click may have been at work: refused by what it did, this one has its answer.
            twin = self._write(lambda desk: _remembered(desk, remembered, seal)) if remembered else None
            if twin is None:
                raise
            done = twin
        self._bell.ring()
        return done

    def _write(self, work: Callable[[Casework], T]) -> T:
        def in_one_transaction(uow: UnitOfWork) -> T:
            return work(Casework(uow, self.definitions, self._ids))

        return self.store.write(in_one_transaction)


def case_of(task: str) -> str:
    """The case of a task or timer, by its id."""
    return task.partition(".")[0].partition(":")[0]


def _remembered(desk: Casework, key: str, seal: str) -> Done | None:
    known = desk.uow.remembered(key) if key else None
    if known is None:
        return None
    case, number, task, *first = known.split("|")
    if seal and first and first[0] != seal:
        raise Refusal(
            "conflict",
            Text(
                "This was sent before with other content, and that counts. Open it again to see what was kept.",
                "此内容此前已提交过，且与本次不同，以先提交的为准。请重新打开页面查看。",
            ),
        )
    return Done(case, number, task or None)


def _next_task(case: Case, by: str) -> str | None:
    """The next open task of the same person in the same case, work before drafts, by due time."""
    mine = [t for t in case.tasks if t.assignee == by and not t.paused and t.kind in ("work", "draft")]
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    return min(mine, key=lambda t: (t.kind != "work", t.due_at or far)).id if mine else None
