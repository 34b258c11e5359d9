"""What the whole case is late with: its escalation closes by itself when the case's clock stops in a step that the process
names (the promise is kept, or cannot be kept by us now), and comes back when the clock goes on and the case is late again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.case import Timer
from engine.clocks import timer_id
from engine.ringing import escalate

if TYPE_CHECKING:
    from engine.flow import Flow


def mind_what_is_late(flow: Flow) -> None:
    """Only escalations that count from the deadline of the case, and of this round."""
    if flow.draft.ended is not None:
        return
    if _stands_in_a_named_step(flow):
        _put_away(flow)
    elif flow.draft.put_away and not flow.draft.paused:
        _raise_again(flow)


def _stands_in_a_named_step(flow: Flow) -> bool:
    named, process = flow.process.file.pause_while, flow.process
    leaves = (leaf for leaf in flow.draft.leaves if leaf in process.steps)
    return any(place in named for leaf in leaves for place in process.around(leaf))


def _put_away(flow: Flow) -> None:
    draft = flow.draft
    rows = [n for n, row in enumerate(flow.process.ladder) if row.task and row.at.anchor == "due"]
    for n in rows:
        task = next((t for t in draft.tasks if t.about == f":{n}" and t.visit == draft.round), None)
        if task is not None and task.kind == "escalation":
            draft.close(task.id)
            draft.put_away = (*draft.put_away, n)
            flow.note("put_away", {"en": task.label.say("en"), "zh-Hans": task.label.say("zh-Hans")})


def _raise_again(flow: Flow) -> None:
    """Once the deadline has passed, which may stand later by now; rows that a newer version does not have are not asked."""
    draft, rows = flow.draft, flow.process.ladder
    if draft.due_at is None or draft.due_at > flow.now:
        return
    for n in draft.put_away:
        if n < len(rows) and (role := rows[n].task):
            timer = Timer(timer_id(draft.id, "", draft.round, n, 0), "", draft.round, n, 0, flow.now)
            escalate(flow, timer, rows[n], role)
    draft.put_away = ()
