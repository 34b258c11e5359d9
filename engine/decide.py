"""The heart: what follows from an event. Text, values and times in; the new case and its effects out, or a refusal.

`decide` is total: one branch for every kind of event. It reads no clock, no row and no setting; `world` is handed in, so
the running desk, the scenarios before publishing and a test are the same code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from engine import events as happened
from engine.actions import answered, call_again, failed
from engine.came_back import found_in_a_mailbox, mail_came_back
from engine.case import Call, Case, Task, Timer
from engine.children import child_ended, child_opened, left_alone
from engine.concerned import keep_from_whom_it_is_about
from engine.definition.compiled import NEW, Compiled, Handler, Move
from engine.definition.texts import Text
from engine.draft import Draft
from engine.drafts import edit_draft
from engine.effects import Effect, WriteHistory
from engine.facts import BoundRow
from engine.flow import Flow
from engine.forgotten import remember_it
from engine.late_again import mind_what_is_late
from engine.late_news import late_news
from engine.matching import rows_concerned
from engine.migrating import migrate
from engine.news_by_hand import MAIL_CAME_BACK, not_yet
from engine.not_heard import not_heard
from engine.people import World
from engine.refusals import Refusal
from engine.reopened_alone import child_reopened, reopened_alone
from engine.ringing import is_pause_end, ring
from engine.same_again import same_again
from engine.standing_in import hand_on, holds_while_away
from engine.steering import change_owner, move_by_hand, reopen, start, stop
from engine.tasks import claim, complete, pause, reassign, release, resume
from engine.typed_values import typed
from engine.who import has_role, roles_in_words


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
            return _hear(flow, event)
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
            return _came_back(flow, event)
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


def _hear(flow: Flow, event: happened.EventArrived) -> str:
    """An event goes to every branch that waits for it; the case as a whole hears it only when no step does."""
    if event.source == "staff":
        _may_enter(flow, event.by, event.name)
        if ahead := not_yet(flow.process, event.name, event.values, flow.now):
            raise ahead
    flow.by, flow.event, flow.heard = event.by, event.values, event.name
    flow.details["event"] = event.name
    flow.details["source"] = event.source
    if event.by is not None:  # what a person says is kept as it was said, whatever the case makes of it
        flow.details["news"] = {name: value for name, value in event.values.items() if value not in (None, "", [])}
    _must_suit(flow, event)
    before = flow.draft.leaves
    if not _is_heard(flow, event):
        raise not_heard(flow.process, flow.draft, event)
    if event.name == MAIL_CAME_BACK and flow.draft.leaves == before:
        found_in_a_mailbox(flow, event.values)
    return "arrived"


def _must_suit(flow: Flow, event: happened.EventArrived) -> None:
    """What is no number, day or moment where the process declares one is not taken for nothing at all."""
    known = flow.process.events.get(event.name)
    for name, kind in ((known.data if known is not None else None) or {}).items():
        value = event.values.get(name)
        if value not in (None, "") and typed(kind, value) is None:
            raise Refusal(
                "wrong_value",
                Text(f"'{name}' of '{event.name}' does not suit its kind.", f"“{event.name}”的“{name}”取值类型不符。"),
                concerns=name,
            )


def _came_back(flow: Flow, event: happened.MailBounced) -> str:
    """A process that names `mail.bounced` goes where it says; one that stays where it is has its owner told by a task."""
    flow.event = {"template": event.template, "to": event.to, "reason": event.reason}
    flow.heard = MAIL_CAME_BACK
    before = flow.draft.leaves
    _is_heard(flow, happened.EventArrived(MAIL_CAME_BACK, flow.event))
    return mail_came_back(flow, event, tell=flow.draft.leaves == before)


def _is_heard(flow: Flow, event: happened.EventArrived) -> bool:
    """Every active step that names the event takes it; the case as a whole only when none did."""
    concerned: Sequence[BoundRow | None] = [None]
    if event.name in flow.process.row_events:
        concerned = rows_concerned(flow.process, flow.draft, event.name, event.values)
    heard = False
    for step in listeners(flow.process, flow.draft.leaves, event.name):
        if flow.is_in(step):
            heard = _taken(flow, flow.process.steps[step].events[event.name], step, concerned) or heard
    anytime = flow.process.anytime.get(event.name)
    if not heard and anytime is not None and flow.draft.ended is None:
        heard = _taken(flow, anytime, "", concerned)
    flow.row = None
    return heard


def _taken(flow: Flow, handler: Handler, step: str, concerned: Sequence[BoundRow | None]) -> bool:
    """News of rows is written down in all of them before any of them is asked where to go; the first that moves the case
    moves it for all."""
    fitting: list[BoundRow | None] = []
    for flow.row in concerned:
        if handler.when is None or flow.holds(handler.when):
            fitting.append(flow.row)
    for flow.row in fitting:
        flow.write_down(handler, step)
    heard = False
    for flow.row in fitting:
        heard = flow.hear(handler, step) or heard
        if flow.moves and flow.moves[-1].target:
            break
    return heard


def _may_enter(flow: Flow, by: str | None, event: str) -> None:
    """Events are entered by hand by those who look after such cases, not by everybody who has one task in it; some by nobody."""
    known = flow.process.events.get(event)
    if known is not None and not known.by_hand:
        label = known.label or Text(event, event)
        text = Text(
            f"'{label.say('en')}' is told by the case it is about, nobody enters it by hand.",
            f"“{label.say('zh-Hans')}”由相关工单自动通知，不能手工录入。",
        )
        raise Refusal("not_allowed", text, concerns=event)
    wanted = flow.process.permissions.see
    if not has_role(flow.world.people.get(by or ""), (*wanted, "owner", "starter"), flow.draft):
        names = roles_in_words(flow.process, wanted)
        raise Refusal("role", Text(f"This is for: {names.en}.", f"此操作由以下角色办理：{names.zh}。"))


def listeners(process: Compiled, leaves: tuple[str, ...], event: str) -> list[str]:
    """The active steps that name an event, inner before outer."""
    found: list[str] = []
    for leaf in leaves:
        for place in process.around(leaf) if leaf in process.steps else ():
            if event in process.steps[place].events and place not in found:
                found.append(place)
    return found


def _ring(flow: Flow, event: happened.TimerRang) -> str | None:
    timer = next((t for t in flow.draft.timers if t.id == event.timer), None)
    if timer is None or timer.fire_at is None or timer.fire_at > flow.now:
        return None
    flow.details |= {"due_at": timer.fire_at.isoformat(), "timer": timer.id}
    if is_pause_end(timer):
        task = flow.draft.task(timer.task)
        flow.draft.timers = [t for t in flow.draft.timers if t.id != timer.id]
        return resume(flow, task, None) if task else "rang"
    return "rang" if ring(flow, timer) else "passed_over"


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
