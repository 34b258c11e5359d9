"""The heart: what follows from an event. Text, values and times in; the new case and its effects out, or a refusal.

`decide` is total: one branch for every kind of event. It reads no clock, no row and no setting; `world` is handed in, so
the running desk, the scenarios before publishing and a test are the same code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, assert_never

from engine import events as happened
from engine.actions import answered, call_again, failed
from engine.case import Call, Case, Task, Timer
from engine.children import child_ended, child_opened, left_alone
from engine.concerned import keep_from_whom_it_is_about
from engine.definition.compiled import NEW, Compiled, Move
from engine.definition.texts import Text
from engine.draft import Draft
from engine.drafts import edit_draft
from engine.effects import Effect, WriteHistory
from engine.flow import Flow
from engine.forgotten import remember_it
from engine.hearing import hear, hear_of_a_bounce
from engine.late_again import mind_what_is_late
from engine.late_news import late_news
from engine.migrating import migrate
from engine.notices import people_of, tell
from engine.people import World
from engine.refusals import Refusal
from engine.reopened_alone import child_reopened, reopened_alone
from engine.ringing import is_pause_end, ring
from engine.same_again import same_again
from engine.standing_in import hand_on, holds_while_away
from engine.steering import change_owner, move_by_hand, reopen, start, stop
from engine.tasks import claim, complete, pause, reassign, release, resume


@dataclass(frozen=True, slots=True)
class Decision:
    """The case as it is now, and what follows outside of it. `changed` is False when the event no longer mattered;
    `moves` are the moves it took."""

    case: Case
    effects: tuple[Effect, ...]
    changed: bool = True
    moves: tuple[Move, ...] = ()


def decide(process: Compiled, case: Case | None, event: happened.Event, world: World) -> Decision:
    """What follows from `event` at `world.now`. Raises Refusal; then nothing has changed.

    `case` is None only for `CaseStarted`. An event that no longer matters (a timer of a step already left, a late answer)
    changes nothing.
    """
    if isinstance(event, happened.CaseStarted):
        case = Case(event.id, event.number, process.id, process.version, world.now, leaves=(NEW,), revision=-1)
    assert case is not None
    flow = Flow(process, Draft(case), world)
    if process.alike:
        flow.draft.earlier = world.earlier
    kind = _apply(flow, event)
    if kind is None:
        return Decision(case, (), changed=False)
    flow.settle()
    mind_what_is_late(flow)
    keep_from_whom_it_is_about(flow)
    remember_it(flow)
    hand_on(flow, told_at_once=event.person if isinstance(event, happened.HolderAway) else "")
    flow.draft.urgent = flow.draft.ended is None and flow.facts().urgent
    return Decision(flow.draft.done(), (*flow.effects, _history(flow, event, kind)), moves=tuple(flow.moves))


def _apply(flow: Flow, event: happened.Event) -> str | None:  # noqa: C901 - one branch for every kind of event
    """Let the event work on the flow; the word for it in the timeline, or None when it no longer matters."""
    match event:
        case happened.CaseStarted():
            return start(flow, event)
        case happened.TaskClaimed():
            return claim(flow, _open_task(flow, event.task), event.by)
        case happened.TaskReleased():
            return release(flow, _open_task(flow, event.task), event.by)
        case happened.TaskReassigned():
            return reassign(flow, _open_task(flow, event.task), event)
        case happened.TaskPaused():
            return pause(flow, _open_task(flow, event.task), event)
        case happened.TaskResumed():
            return resume(flow, _open_task(flow, event.task), event.by)
        case happened.TaskCompleted():
            return complete(flow, _open_task(flow, event.task), event)
        case happened.DraftEdited():
            return edit_draft(flow, _open_task(flow, event.task), event)
        case happened.EventArrived():
            return hear(flow, event)
        case happened.TimerRang():
            return _ring(flow, event)
        case happened.ChildOpened():
            return child_opened(flow, event)
        case happened.OpenedBeside():
            flow.details["beside"] = event.number
            return "opened_beside"
        case happened.ParentWentOn():
            return left_alone(flow, event)
        case happened.ChildEnded():
            return child_ended(flow, event)
        case happened.ChildReopened():
            return child_reopened(flow, event)
        case happened.ReopenedAlone():
            return reopened_alone(flow, event)
        case happened.HolderAway():
            return "handed_on" if holds_while_away(flow, event.person) else None
        case happened.CallAnswered():
            return _with_call(flow, event.key, lambda call: _answered(flow, call, event), "answered")
        case happened.CallFailed():
            if event.key in _called_later(flow):  # heard before: the worker died between telling and forgetting
                return None
            return _with_call(flow, event.key, lambda call: failed(flow, call, event.reason), "failed")
        case happened.TriedAgain():
            return _try_again(flow)
        case happened.MailBounced():
            return hear_of_a_bounce(flow, event)
        case happened.SameStarted():
            return same_again(flow, event)
        case happened.HeardTooLate():
            return late_news(flow, event)
        case happened.CaseCancelled():
            return stop(flow, event)
        case happened.CaseReopened():
            return reopen(flow, event)
        case happened.CaseMoved():
            return move_by_hand(flow, event)
        case happened.OwnerChanged():
            return change_owner(flow, event)
        case happened.Migrated():
            return migrate(flow, event)
    assert_never(event)


def _open_task(flow: Flow, task_id: str) -> Task:
    task = flow.draft.task(task_id)
    if task is None:
        raise Refusal(
            "closed",
            Text(
                "This task is no longer open; somebody else or a timer was faster.",
                "该任务已关闭，可能已由他人或定时器处理。",
            ),
        )
    return task


def _ring(flow: Flow, event: happened.TimerRang) -> str | None:
    timer = next((t for t in flow.draft.timers if t.id == event.timer), None)
    if timer is None or timer.fire_at is None or timer.fire_at > flow.now:
        return None
    flow.details |= {"due_at": timer.fire_at.isoformat(), "timer": timer.id}
    if is_pause_end(timer):
        task = flow.draft.task(timer.task)
        flow.draft.timers = [t for t in flow.draft.timers if t.id != timer.id]
        return _pause_over(flow, task, timer) if task else "rang"
    return "rang" if ring(flow, timer) else "passed_over"


def _pause_over(flow: Flow, task: Task, timer: Timer) -> str:
    """The day came for which a task was put aside: who has it, and whose the case is, look whether it happened."""
    why_en, why_zh = (f" ({task.pause_reason})", f"（{task.pause_reason}）") if task.pause_reason else ("", "")
    label = task.label
    over = Text(f"Its pause is over: {label.say('en')}{why_en}", f"暂停到期，请继续：{label.say('zh-Hans')}{why_zh}")
    word = resume(flow, task, None)
    both = (person for whom in ("assignee", "owner") for person in people_of(flow, whom, flow.draft.task(task.id)))
    tell(flow, list({person.id: person for person in both}.values()), over, timer.id, flow.draft.task(task.id))
    return word


def _with_call(flow: Flow, key: str, work: Callable[[Any], None], word: str) -> str | None:
    call = next((call for call in flow.draft.calls if call.key == key), None)
    if call is None:
        return None
    flow.details["step"] = call.step
    work(call)
    return word


def _answered(flow: Flow, call: Call, event: happened.CallAnswered) -> None:
    """An answer that comes late, after a failure was told, is an answer: the call is not made again."""
    flow.draft.timers = [timer for timer in flow.draft.timers if _call_of(timer) != call.key]
    answered(flow, call, dict(event.values))


def _called_later(flow: Flow) -> set[str]:
    """The calls that failed and wait for their next attempt."""
    return {_call_of(timer) for timer in flow.draft.timers} - {""}


def _call_of(timer: Timer) -> str:
    return timer.id.rpartition(":again:")[0]


def _try_again(flow: Flow) -> str | None:
    waiting = _called_later(flow)
    stuck = [call for call in flow.draft.calls if call.key not in waiting]
    for call in stuck:
        call_again(flow, Timer(call.key, call.step, call.visit, 0, call.action, None))
    return "tried_again" if stuck else None


def _history(flow: Flow, event: happened.Event, kind: str) -> WriteHistory:
    details: Mapping[str, Any] = flow.details
    step = str(details.get("step", ""))
    by = flow.by if flow.by is not None else getattr(event, "by", None)
    rest = {key: value for key, value in details.items() if key != "step"}
    return WriteHistory(kind, by, step, flow.draft.visits.get(step, 0), rest)
