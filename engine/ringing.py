"""A row of a ladder rings: remind, raise an escalation task, mail, draft, do, and perhaps leave the step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine import kpis
from engine.actions import act, call_again
from engine.case import CALL_AGAIN, DRAFT_WAITS, PAUSE_ENDS, Task, Timer
from engine.definition.compiled import LadderRow
from engine.definition.texts import Text
from engine.drafting import draft_mail
from engine.notices import mail_to_staff, people_told, remind
from engine.waiting_drafts import tell_of_the_draft

if TYPE_CHECKING:
    from engine.flow import Flow


LATE = dt.timedelta(minutes=5)
"""A timer that rings later than this after its moment rang late: nobody was at work, and history says so."""


def ring(flow: Flow, timer: Timer) -> bool:
    """What a timer that has come due does; False when its row is passed over, because its `if` does not hold now. Its turn
    is counted first, so that nothing it does can make it ring again, and what was passed over is never made up for."""
    flow.details["step"] = timer.step
    if timer.row == CALL_AGAIN:
        flow.draft.timers = [other for other in flow.draft.timers if other.id != timer.id]
        call_again(flow, timer)
        return True
    if timer.row == DRAFT_WAITS:
        _say_if_late(flow, timer)
        tell_of_the_draft(flow, timer)
        return True
    ladder = flow.process.steps[timer.step].ladder if timer.step else flow.process.ladder
    row = ladder[timer.row]
    flow.time.turn_over(timer.step, timer.visit, timer.row, timer.turn)
    rings = row.when is None or flow.holds(row.when)
    flow.time.remember_rung(timer, rings)
    if not rings:
        return False
    if row.is_at_due and timer.turn == 0:
        kpis.count_overdue(flow, timer.step)
    _say_if_late(flow, timer)
    spared = _told_by_a_higher_level(flow, timer, row, ladder)
    mailed = spared
    for whom in row.remind:  # who is meant twice, as assignee and owner, is written to once
        mailed |= remind(flow, whom, timer.step, f"{timer.id}:{whom}", mailed, ends_it=row.moves)
    if row.task:
        escalate(flow, timer, row, row.task)
    for role in row.mail:
        mail_to_staff(flow, role, row.template or "", timer.step, timer.id, spared, ends_it=row.moves)
    if row.draft_mail:
        draft_mail(flow, row.draft_mail, timer.step)
    for action in row.do:
        act(flow, action, timer.step)
    if row.moves:
        flow.take(f"timer:{timer.step}#{timer.row}")
    return True


def _say_if_late(flow: Flow, timer: Timer) -> None:
    if timer.fire_at is not None and flow.now - timer.fire_at > LATE:
        flow.details["late"] = True


def _told_by_a_higher_level(flow: Flow, timer: Timer, row: LadderRow, ladder: Sequence[LadderRow]) -> frozenset[str]:
    """Who gets a mail from a later row of this ladder that is due by now too: after an outage one mail is enough.

    A row that leaves the step is the last to be counted, and a mail with a text of its own is always written. A row with an
    `if` is counted while that holds, until something is done that may change the answer.
    """
    if row.moves or row.template:
        return frozenset()
    told: set[str] = set()
    changed = bool(row.do)
    for later in (ladder[other.row] for other in _due_after(flow, timer)):
        if later.when is None or (not changed and flow.holds(later.when)):
            told |= people_told(flow, later, timer.step)
        if later.moves:
            break
        changed = changed or bool(later.do)
    return frozenset(told)


def _due_after(flow: Flow, timer: Timer) -> list[Timer]:
    """The timers of the same ladder that should have rung after this one, in their order."""
    due = [
        (other.fire_at, other.id, other)
        for other in flow.draft.timers
        if other.fire_at is not None
        and other.fire_at <= flow.now
        and (other.step, other.visit) == (timer.step, timer.visit)
        and other.row >= 0
    ]
    moment = timer.fire_at or flow.now
    return [
        other for fire_at, id, other in sorted(due, key=lambda each: each[:2]) if (fire_at, id) > (moment, timer.id)
    ]


def is_pause_end(timer: Timer) -> bool:
    """Whether this is the follow-up date of a task that was put aside."""
    return timer.row == PAUSE_ENDS


def escalate(flow: Flow, timer: Timer, row: LadderRow, role: str) -> None:
    """One escalation task for each row and role at a time; while it is still open its role is reminded instead."""
    about = f"{timer.step}:{timer.row}"
    flow.note("escalated", {"role": role, "level": timer.row + 1})
    if any(t.kind == "escalation" and t.about == about and t.visit == timer.visit for t in flow.draft.tasks):
        remind(flow, role, timer.step, f"{timer.id}:{role}")
        return
    label = row.label or _label(flow, timer.step)
    person = flow.draft.owner if role == "owner" else flow.draft.starter if role == "starter" else None
    flow.draft.tasks.append(
        Task(
            id=flow.draft.new_id(),
            kind="escalation",
            step=timer.step,
            visit=timer.visit,
            label=label,
            roles=() if person else (role,),
            opened_at=flow.now,
            assignee=person,
            due_at=flow.now,
            level=sum(1 for other in _ladder(flow, timer.step)[: timer.row + 1] if other.task),
            about=about,
        )
    )


def _ladder(flow: Flow, step: str) -> tuple[LadderRow, ...]:
    return flow.process.steps[step].ladder if step else flow.process.ladder


def _label(flow: Flow, step: str) -> Text:
    label = flow.process.steps[step].label if step else flow.process.label
    return Text(f"Help needed: {label.say('en')}", f"需要处理：{label.say('zh-Hans')}")
