"""A task for whoever answers for a case, beside its flow: it stays until somebody has looked at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.case import Task
from engine.definition.calendars import after
from engine.definition.durations import Duration
from engine.definition.texts import Text
from engine.leaving import answering_roles

if TYPE_CHECKING:
    from engine.flow import Flow


def ask_owner(flow: Flow, label: Text, about: str, owner: str | None) -> None:
    """Due within a working day. Without an owner it is put before the roles that answer for such cases."""
    flow.draft.tasks.append(
        Task(
            id=flow.draft.new_id(),
            kind="escalation",
            step="",
            visit=0,
            label=label,
            roles=() if owner else answering_roles(flow.process),
            opened_at=flow.now,
            assignee=owner,
            due_at=after(flow.now, Duration(1, "day", working=True), flow.process.calendar_of[""]),
            about=about,
        )
    )
