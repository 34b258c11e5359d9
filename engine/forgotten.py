"""No case is forgotten: when nobody and nothing is waited for any more, its owner is asked how it goes on.

Ladders end some day, and what a step listens for may never happen; then this task stands in somebody's inbox. A row that
only tells people, and whose `if` does not hold, is nothing that is waited for: what is asked of urgent cases for a year
would keep an ordinary one out of sight that long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.case import Timer
from engine.definition.texts import Text
from engine.effects import StartCase
from engine.owners_task import ask_owner

if TYPE_CHECKING:
    from engine.flow import Flow

LABEL = Text("Nothing is due here any more: decide how the case goes on", "本工单已无待办和期限，请决定如何继续")


def remember_it(flow: Flow) -> None:
    """A task for the owner of an open case that has no task, no timer, no call and no child left."""
    draft = flow.draft
    armed = any(_is_waited_for(flow, timer) for timer in draft.timers)
    if draft.ended is not None or draft.tasks or armed or draft.calls or draft.open_children or draft.children:
        return
    if any(isinstance(effect, StartCase) for effect in flow.effects):  # a child that this case does not know yet
        return
    ask_owner(flow, LABEL, "forgotten", draft.owner)
    flow.note("escalated", {"role": "owner", "level": 0})


def _is_waited_for(flow: Flow, timer: Timer) -> bool:
    """Whether something will come of an armed timer: a row that was passed over and repeats until its `if` holds is nothing
    to wait for."""
    if timer.fire_at is None or timer.row < 0 or timer.turn == 0:
        return timer.fire_at is not None
    ladder = flow.process.steps[timer.step].ladder if timer.step else flow.process.ladder
    row = ladder[timer.row]
    return row.when is None or row.does or row.moves or flow.holds(row.when)
