"""A mail to a customer that nobody confirms: whose it is, and who answers for them, are told of it on five working days. From
then on they and the next higher are told once a week, as long as it waits. In an urgent case it stands before all of them from
its due on, whoever is there first confirms it, and they are told every hour, day and night, five times, then each working day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
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
    urgent = flow.facts().urgent
    roles = flow.process.answers_for_drafts[: 1 if timer.turn < CLOSELY and not urgent else 2]
    holder = "assignee" if draft.assignee or not urgent else "owner"
    people = {p.id: p for whom in (holder, *roles) for p in people_of(flow, whom, draft)}
    if urgent:
        _open_to(flow, draft, roles, first=timer.turn == 0)
    text = _not_yet(draft, urgent)
    tell(flow, list(people.values()), text, timer.id, draft)
    flow.note("noted", {"en": text.en, "zh-Hans": text.zh})
    closely = (turn for turn in range(timer.turn + 1, CLOSELY) if _moment(flow, draft, turn) > flow.now)
    flow.draft.timers.append(_timer(flow, draft, next(closely, max(timer.turn + 1, CLOSELY))))


def _open_to(flow: Flow, draft: Task, roles: tuple[str, ...], *, first: bool) -> None:
    """Whoever is there first confirms it now: its own roles, these, and those of who had it alone so far. Who takes it after
    that keeps it."""
    wanted = [role for role in roles if role in flow.process.site.roles and role not in draft.roles]
    if not roles or (not wanted and (draft.assignee is None or not first)):
        return
    holder = flow.world.people.get(draft.assignee or "")
    own = sorted(holder.roles) if holder and not holder.roles & set(draft.roles) else ()
    flow.draft.put(replace(draft, roles=(*draft.roles, *wanted, *own), assignee=None))
    flow.note("escalated", {"role": [*wanted, *roles][0], "level": 1})


def _not_yet(draft: Task, urgent: bool) -> Text:
    en, zh = draft.label.say("en"), draft.label.say("zh-Hans")
    if urgent:
        return Text(f"Not confirmed, the customer has not been told: {en}", f"尚未发出，客户仍不知情：{zh}")
    return Text(f"Not confirmed yet: {en}", f"尚未处理：{zh}")


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
