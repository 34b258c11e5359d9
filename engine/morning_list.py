"""Who finds a late task in the morning's digest anyway: a row that repeats day by day need not write to them as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.case import Task, Timer
from engine.definition.compiled import Digest, LadderRow
from engine.definition.compiling.digests import EVERYBODY

if TYPE_CHECKING:
    from engine.flow import Flow
    from engine.people import Person


def reads_it_in_the_morning(flow: Flow, timer: Timer, row: LadderRow) -> frozenset[str]:
    """Whom the digest of every morning lists what is late, when a row comes back after a day or more. The first turn, and a
    mail with a text of its own, are always written."""
    if timer.turn == 0 or row.template or row.every is None or row.every.unit not in ("day", "week"):
        return frozenset()
    late = [
        task
        for task in flow.draft.tasks
        if task.step == timer.step and task.kind != "draft" and task.due_at is not None and task.due_at <= flow.now
    ]
    digests = [digest for digest in flow.process.site.digests if _lists_what_is_late(digest)]
    return frozenset(
        person.id
        for person in flow.world.people.values()
        if any(EVERYBODY in digest.to or person.roles & set(digest.to) for digest in digests)
        and any(_is_theirs(task, person) for task in late)
    )


def _lists_what_is_late(digest: Digest) -> bool:
    return digest.days is None and any("overdue" in listed.mine for listed in digest.lists)


def _is_theirs(task: Task, person: Person) -> bool:
    """They hold it, or may take it while nobody does: that is what their digest lists."""
    if task.assignee is not None:
        return task.assignee == person.id
    return bool(person.roles & set(task.roles)) and person.id not in task.excluded
