"""Who may see a case: by `permissions.see` of its process, or as its owner, starter, or holder of or candidate for a task."""

from __future__ import annotations

from engine.case import Case, Task
from engine.screen_rows import TaskRow
from engine.screens import Viewer


def sees(viewer: Viewer, case: Case) -> bool:
    """Whether this person may see this case."""
    if viewer.everything or case.process in viewer.processes or viewer.id in (case.owner, case.starter):
        return True
    return any(holds_or_may_claim(viewer, task) for task in case.tasks)


def holds_or_may_claim(viewer: Viewer, task: Task | TaskRow) -> bool:
    """True for the holder, and for whoever could take the task because nobody has it."""
    if task.assignee:
        return task.assignee == viewer.id
    if task.only:
        return task.only == viewer.id
    return viewer.id not in task.excluded and not viewer.roles.isdisjoint(task.roles)
