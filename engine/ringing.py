"""A row of a ladder rings: remind, raise an escalation task, mail, draft, do, and perhaps leave the step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine import kpis
from engine.actions import act, call_again
from engine.case import CALL_AGAIN, DRAFT_WAITS, LATE_AGAIN, PAUSE_ENDS, Task, Timer
from engine.definition.compiled import LadderRow
from engine.definition.texts import Text
from engine.drafting import draft_mail
from engine.morning_list import reads_it_in_the_morning
from engine.notices import mail_to_staff, people_of, remind
from engine.rows_at_once import is_overtaken, told_by_a_higher_level
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
    if timer.row == LATE_AGAIN:
        return True  # what is late again is raised at the end of every decision: see `engine.late_again`
    if timer.row == DRAFT_WAITS:
        _say_if_late(flow, timer)
        tell_of_the_draft(flow, timer)
        return True
    ladder = flow.process.steps[timer.step].ladder if timer.step else flow.process.ladder
    row = ladder[timer.row]
    flow.time.turn_over(timer.step, timer.visit, timer.row, timer.turn)
    rings = row.when is None or flow.holds(row.when)
    if rings and row.is_at_due and timer.turn == 0:
        kpis.count_overdue(flow, timer.step)
    silent = not rings or is_overtaken(flow, timer, row, ladder)
    acts = rings and (row.does or not silent)
    flow.time.remember_rung(timer, acts)
    if not acts:
        return False
    _say_if_late(flow, timer)
    if not silent:
        _ask(flow, timer, row, ladder)
    if row.draft_mail:
        draft_mail(flow, row.draft_mail, timer.step)
    for action in row.do:
        act(flow, action, timer.step)
    if row.moves:
        flow.take(f"timer:{timer.step}#{timer.row}")
    return True


def _ask(flow: Flow, timer: Timer, row: LadderRow, ladder: Sequence[LadderRow]) -> None:
    """Remind, raise an escalation task, write to staff."""
    spared = told_by_a_higher_level(flow, timer, row, ladder) | reads_it_in_the_morning(flow, timer, row)
    mailed = spared
    for whom in row.remind:  # who is meant twice, as assignee and owner, is written to once
        mailed |= remind(flow, whom, timer.step, f"{timer.id}:{whom}", mailed, ends_it=row.moves)
    if row.task:
        escalate(flow, timer, row, row.task, mailed)
    for role in row.mail:
        written = (role, row.template or "", timer.step, timer.id, spared)
        mail_to_staff(flow, *written, ends_it=row.moves, waits=True)


def _say_if_late(flow: Flow, timer: Timer) -> None:
    if timer.fire_at is not None and flow.now - timer.fire_at > LATE:
        flow.details["late"] = True


def is_pause_end(timer: Timer) -> bool:
    """Whether this is the follow-up date of a task that was put aside."""
    return timer.row == PAUSE_ENDS


def escalate(flow: Flow, timer: Timer, row: LadderRow, role: str, spared: frozenset[str] = frozenset()) -> None:
    """One escalation task for each row and role at a time; while it is still open its role is reminded instead, and so is
    who has the work itself already: nobody is asked twice for one thing."""
    about = about_row(timer.step, row)
    raised = [t for t in flow.draft.tasks if t.kind == "escalation" and t.visit == timer.visit]
    is_open = any(is_about(task.about, timer.step, timer.row, row) for task in raised)
    if is_open or _is_theirs(flow, timer.step, role):
        remind(flow, role, timer.step, f"{timer.id}:{role}", spared)
        return
    flow.note("escalated", {"role": role, "level": timer.row + 1})
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


def about_row(step: str, row: LadderRow) -> str:
    """How an escalation task names the row that raised it, so that a newer version which has more rows still knows it."""
    return f"{step}:{row.task}:{row.at_text}"


def is_about(said: str, step: str, number: int, row: LadderRow) -> bool:
    """Whether this names the row; escalations of earlier releases name it by its number."""
    return said in (about_row(step, row), f"{step}:{number}")


def _is_theirs(flow: Flow, step: str, role: str) -> bool:
    """Whether the work of the step waits for this role alone, or somebody who is meant by it holds it."""
    work = flow.draft.work_of(step) if step else None
    if work is None:
        return False
    holder = flow.world.people.get(work.assignee or "")
    return set(work.roles) == {role} or (
        holder is not None and holder.id in {p.id for p in people_of(flow, role, None)}
    )


def _ladder(flow: Flow, step: str) -> tuple[LadderRow, ...]:
    return flow.process.steps[step].ladder if step else flow.process.ladder


def _label(flow: Flow, step: str) -> Text:
    label = flow.process.steps[step].label if step else flow.process.label
    return Text(f"Help needed: {label.say('en')}", f"需要处理：{label.say('zh-Hans')}")
