"""What the whole case is late with: its escalation closes by itself when the case's clock stops in a step that the process
names (the promise is kept, or cannot be kept by us now), and comes back when the clock goes on and the case is late again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from engine.case import LATE_AGAIN, Timer
from engine.clocks import timer_id
from engine.ringing import about_row, escalate, is_about

if TYPE_CHECKING:
    from engine.flow import Flow


def mind_what_is_late(flow: Flow) -> None:
    """Only escalations that count from the deadline of the case, and of this round."""
    if flow.draft.ended is not None:
        return
    flow.draft.timers = [timer for timer in flow.draft.timers if timer.row != LATE_AGAIN]
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
    counting = [(n, row) for n, row in enumerate(flow.process.ladder) if row.task and row.at.anchor == "due"]
    for task in [each for each in draft.tasks if each.kind == "escalation" and each.visit == draft.round]:
        if row := next((row for n, row in counting if is_about(task.about, "", n, row)), None):
            draft.close(task.id)
            draft.put_away = (*draft.put_away, about_row("", row))
            flow.note("put_away", {"en": task.label.say("en"), "zh-Hans": task.label.say("zh-Hans")})


def _raise_again(flow: Flow) -> None:
    """Each row once its moment has passed, which may stand later by now: then a timer waits for the next of them. Rows that
    a newer version does not have are not asked."""
    draft, ladder = flow.draft, flow.time.ladder_of("")
    waiting: dict[str, dt.datetime | None] = {}
    for n, row in enumerate(flow.process.ladder):
        moment, about = ladder.first_moment(n), about_row("", row)
        if row.task is None or not any(is_about(said, "", n, row) for said in draft.put_away):
            continue
        if moment is None or moment > flow.now:
            waiting[about] = moment
        else:
            timer = Timer(timer_id(draft.id, "", draft.round, n, 0), "", draft.round, n, 0, flow.now)
            escalate(flow, timer, row, row.task)
    draft.put_away = tuple(waiting)
    if coming := [moment for moment in waiting.values() if moment is not None]:
        id = f"{draft.id}:late_again:{draft.round}"
        draft.timers.append(Timer(id, "", draft.round, LATE_AGAIN, 0, min(coming)))
