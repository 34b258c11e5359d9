"""A mail to a customer that nobody confirms: whose it is, and who answers for them, are told of it on five working days; in an
urgent case at its due and every hour after, day and night, five times."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from engine.case import DRAFT_WAITS, Task, Timer
from engine.definition.calendars import after
from engine.definition.durations import Duration
from engine.definition.texts import Text
from engine.notices import people_of, tell

if TYPE_CHECKING:
    from engine.flow import Flow

MOST = 5
"""How often somebody is told; a turn missed in an outage is not made up for."""


def mind_the_draft(flow: Flow, draft: Task) -> None:
    """From now on a draft beside the flow is watched; the case may go on and end meanwhile."""
    flow.draft.timers.append(_timer(flow, draft, 0))


def tell_of_the_draft(flow: Flow, timer: Timer) -> None:
    """It still waits."""
    flow.draft.timers = [other for other in flow.draft.timers if other.id != timer.id]
    draft = flow.draft.task(timer.task)
    if draft is None:
        return
    text = Text(f"Not confirmed yet: {draft.label.say('en')}", f"尚未处理：{draft.label.say('zh-Hans')}")
    roles = (flow.process.answers_for_drafts,) if flow.process.answers_for_drafts else ()
    people = {p.id: p for whom in ("assignee", *roles) for p in people_of(flow, whom, draft)}
    tell(flow, list(people.values()), text, timer.id, draft)
    flow.note("noted", {"en": text.en, "zh-Hans": text.zh})
    coming = (_timer(flow, draft, turn) for turn in range(timer.turn + 1, MOST))
    flow.draft.timers += [each for each in coming if each.fire_at is not None and each.fire_at > flow.now][:1]


def _timer(flow: Flow, draft: Task, turn: int) -> Timer:
    calendar = flow.process.calendar_of[""]
    due: dt.datetime = draft.due_at or draft.opened_at
    urgent = flow.facts().urgent
    at = due + dt.timedelta(hours=turn) if urgent else after(due, Duration(turn + 1, "day", working=True), calendar)
    return Timer(
        f"{flow.draft.id}:{draft.id}:unconfirmed:{turn}", "", flow.draft.round, DRAFT_WAITS, turn, at, draft.id
    )
