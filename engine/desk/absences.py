"""Somebody's absence begins: the open tasks they hold are handed on, and one letter says which went to whom.

Looked after wherever due timers are, so that no absence is forgotten: what begins later is seen when it begins.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from engine import events as happened
from engine.away_letter import away_letters
from engine.casework import Casework
from engine.definition.texts import Text
from engine.definitions import Definitions
from engine.desk.presses import Presses
from engine.leaving import held_by
from engine.people import Absence
from engine.ports import Doorbell, Ids
from engine.screen_rows import TaskRow
from engine.screens import Screens
from engine.store import Store

LOOKED_AFTER = dt.timedelta(minutes=2)
"""So long after it began an absence is looked at: by then every press that did not know of it yet has come to its end."""


class WhatAbsencesDo(Presses):
    """Who is away holds nothing that somebody else could do. Any number of workers may see to it at once."""

    def __init__(self, store: Store, definitions: Definitions, ids: Ids, bell: Doorbell) -> None:
        super().__init__(store, definitions, ids, bell)
        self._seen_to: set[tuple[str, Absence]] = set()

    def hand_on_for_who_is_away(self, by: str | None = None) -> int:
        """Hand on the open tasks of everybody whose absence has begun; returns of how many people. `by` entered one."""
        found = self.store.read(self._away_with_tasks)
        for person, tasks in found:
            self._hand_on(person, tasks, by)
        if found:
            self._bell.ring()
        return len(found)

    def _away_with_tasks(self, screens: Screens) -> list[tuple[str, list[TaskRow]]]:
        """Who is away and holds tasks. Absences that began a while ago have been seen to and are not asked about again."""
        found: list[tuple[str, list[TaskRow]]] = []
        for person in screens.people().values():
            absence = person.away_at(screens.now) if person.active else None
            if absence is None or (person.id, absence) in self._seen_to:
                continue
            if tasks := held_by(screens, person.id):
                found.append((person.id, tasks))
            elif screens.now - absence.since > LOOKED_AFTER:
                self._seen_to.add((person.id, absence))
        return found

    def _hand_on(self, person: str, tasks: Sequence[TaskRow], by: str | None) -> None:
        """All in one transaction with its letters; if one case cannot, one by one, and that case is an incident."""
        try:
            self._write(lambda desk: _handed_on(desk, person, tasks, by))
        except OSError:  # a database that is away is nobody's fault
            raise
        except Exception:  # noqa: BLE001 - one by one it shows whose it is, and is told in an incident
            for case in dict.fromkeys(task.case for task in tasks):
                self._hand_on_or_tell(person, case, [task for task in tasks if task.case == case], by)

    def _hand_on_or_tell(self, person: str, case: str, tasks: Sequence[TaskRow], by: str | None) -> None:
        try:
            self._write(lambda desk: _handed_on(desk, person, tasks, by))
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001 - told to an administrator; the other cases go on
            text = Text(
                f"A task of {person}, who is away, could not be handed on ({error}). Reassign it by hand.",
                f"{person} 已离岗，其任务未能转交（{error}），请手动转交。",
            )
            self.store.write(lambda uow: uow.raise_incident(case, f"{case}:away:{person}", text))


def _handed_on(desk: Casework, person: str, tasks: Sequence[TaskRow], by: str | None) -> None:
    after = {case: desk.handle(case, happened.HolderAway(person, by)) for case in dict.fromkeys(t.case for t in tasks)}
    moved = [(row, task) for row in tasks if (task := after[row.case].task(row.id)) and task.assignee != person]
    site, people = desk.definitions.site(desk.uow), desk.uow.people()
    for mail in away_letters(people[person], moved, people, site, desk.uow.now):
        desk.uow.queue_mail(mail)
