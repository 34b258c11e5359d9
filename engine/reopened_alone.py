"""A case is opened again after the one that had waited for it has ended: both histories say so, and the owner of the one
that ended gets a task, in the case that is open. Whether that one is opened again too, a person decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import events as happened
from engine.definition.texts import Text
from engine.notices import tell_owner
from engine.owners_task import ask_owner

if TYPE_CHECKING:
    from engine.flow import Flow


def child_reopened(flow: Flow, event: happened.ChildReopened) -> str:
    """In the case that has ended: its owner is told; should it be opened again, it waits for the other one."""
    flow.by = event.by
    flow.details["child"] = event.child
    if event.child not in flow.draft.open_children:
        flow.draft.open_children.append(event.child)
    text = Text(
        f"{event.number} was opened again after this case had ended",
        f"本工单结束后，{event.number} 又重新打开",
    )
    tell_owner(flow, text, f"reopened:{event.number}", mail=True)
    return "child_reopened_alone"


def reopened_alone(flow: Flow, event: happened.ReopenedAlone) -> str:
    """In the case that is open again: a task that stays until somebody has looked at the other one."""
    label = Text(
        f"{event.number} has ended and does not wait for this case: see whether it is opened again",
        f"{event.number} 已结束，不再等待本工单：请确认是否重新打开",
    )
    ask_owner(flow, label, f"parent:{event.number}", event.owner)
    flow.note("escalated", {"role": "owner", "level": 0})
    flow.note("noted", {"en": label.en, "zh-Hans": label.zh})
    return "reopened_alone"
