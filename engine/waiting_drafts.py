"""A mail to a customer that nobody confirms: whose it is, and who answers for them, are told of it on five working days; in an
urgent case at its due and every hour after, day and night, five times. From then on they and the next higher are told once a
week, in an urgent case each working day, as long as it waits."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from engine.case import DRAFT_WAITS, Task, Timer
from engine.definition.calendars import after, next_opening
from engine.definition.durations import Duration
from engine.definition.texts import Text
from engine.notices import people_of, tell

if TYPE_CHECKING:
    from engine.flow import Flow

CLOSELY = 5
"""So many turns follow closely on its due; one missed in an outage is not made up for."""
HOUR = dt.timedelta(hours=1)
WEEK = dt.timedelta(weeks=1)
WORKING_DAY = Duration(1, "day", working=True)


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
    roles = flow.process.answers_for_drafts[: 1 if timer.turn < CLOSELY else 2]
    people = {p.id: p for whom in ("assignee", *roles) for p in people_of(flow, whom, draft)}
    tell(flow, list(people.values()), text, timer.id, draft)
    flow.note("noted", {"en": text.en, "zh-Hans": text.zh})
    closely = (turn for turn in range(timer.turn + 1, CLOSELY) if _moment(flow, draft, turn) > flow.now)
    flow.draft.timers.append(_timer(flow, draft, next(closely, max(timer.turn + 1, CLOSELY))))


def _timer(flow: Flow, draft: Task, turn: int) -> Timer:
    id, at = f"{flow.draft.id}:{draft.id}:unconfirmed:{turn}", _moment(flow, draft, turn)
    return Timer(id, "", flow.draft.round, DRAFT_WAITS, turn, at, draft.id)


def _moment(flow: Flow, draft: Task, turn: int) -> dt.datetime:
    """When they are told for this turn: counted from its due at first, later from now."""
    calendar, urgent = flow.process.calendar_of[""], flow.facts().urgent
    if turn >= CLOSELY:
        return after(flow.now, WORKING_DAY, calendar) if urgent else next_opening(calendar, flow.now + WEEK)
    due: dt.datetime = draft.due_at or draft.opened_at
    return due + turn * HOUR if urgent else after(due, Duration(turn + 1, "day", working=True), calendar)
