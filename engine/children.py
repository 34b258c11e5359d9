"""What a case hears of the cases it ordered, and what one of them hears when it is no longer waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import events as happened
from engine.case import parent_step
from engine.definition.texts import Text
from engine.notices import tell_owner

if TYPE_CHECKING:
    from engine.flow import Flow


def child_opened(flow: Flow, event: happened.ChildOpened) -> str:
    """A case that this one ordered is there, or one that had ended is open again."""
    if event.waits:
        flow.draft.open_children.append(event.child)
        if flow.is_in(event.step) and _is_place_kept(flow, event):
            flow.draft.children[event.key or event.step] = event.child
    flow.details["child"] = event.child
    return "child_opened" if event.step else "child_reopened"


def _is_place_kept(flow: Flow, event: happened.ChildOpened) -> bool:
    """One of several children has its place only as long as the step waits for it in the same visit."""
    if not event.key:
        return True
    return flow.draft.visits.get(event.step) == event.visit and flow.draft.children.get(event.key) == ""


def left_alone(flow: Flow, event: happened.ParentWentOn) -> str:
    """Whoever answers for this case decides what becomes of it. When the other one was called off, most likely nothing."""
    text = Text(f"{event.number} no longer waits for this case.", f"{event.number} 不再等待本工单。")
    if event.cancelled:
        text = Text(
            f"{event.number} was cancelled: see whether this case goes on or is cancelled too.",
            f"{event.number} 已取消：请确认本工单继续办理还是一并取消。",
        )
    return tell_owner(flow, text, f"parent:{event.number}", mail=event.cancelled)


def child_ended(flow: Flow, event: happened.ChildEnded) -> str | None:
    """A case that this one waited for has ended; the step that still waits for it goes on. Heard twice, nothing happens."""
    flow.by = event.by
    flow.details |= {"child": event.child, "end": event.end}
    if event.child not in flow.draft.open_children:
        return None
    flow.draft.open_children.remove(event.child)
    key = next((key for key, child in flow.draft.children.items() if child == event.child), None)
    if key is None:
        return "child_ended"
    step = parent_step(key)
    if flow.process.steps[step].for_each:  # how many ended how is counted; the flow goes on when the last one did
        del flow.draft.children[key]
        flow.remember([f"{step}.{event.end}"])
    elif not flow.take(f"{step}.{event.end}"):
        label = flow.process.steps[step].label
        flow.incident(
            f"child:{event.child}",
            Text(
                f"'{label.say('en')}' ended with '{event.end}', which the process does not provide for.",
                f"“{label.say('zh-Hans')}”以“{event.end}”结束，但流程未作规定。",
            ),
        )
    return "child_ended"
