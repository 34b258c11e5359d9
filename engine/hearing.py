"""What a case hears: news from outside or from a person, and mails that came back. Every branch that waits for it takes it."""

from __future__ import annotations

from collections.abc import Sequence

from engine import events as happened
from engine.came_back import found_in_a_mailbox, mail_came_back
from engine.definition.compiled import Compiled, Handler
from engine.definition.texts import Text
from engine.facts import BoundRow
from engine.flow import Flow
from engine.kept import INSIDE
from engine.matching import rows_concerned
from engine.news_by_hand import MAIL_CAME_BACK, not_yet
from engine.not_heard import not_heard
from engine.refusals import Refusal
from engine.sensible_news import not_of_its_kind
from engine.typed_values import typed
from engine.who import has_role, roles_in_words

TOLD_INSIDE = (*INSIDE, "scenario", "")
"""Who tells it then is no person and no program of a partner."""


def hear(flow: Flow, event: happened.EventArrived) -> str:
    """An event goes to every branch that waits for it; the case as a whole hears it only when no step does."""
    if event.source not in TOLD_INSIDE:
        _may_be_told(flow, event.name)
    if event.source == "staff":
        _may_enter(flow, event.by)
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
            raise not_of_its_kind(event.name, name, kind)


def hear_of_a_bounce(flow: Flow, event: happened.MailBounced) -> str:
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
    for step in _listeners(flow.process, flow.draft.leaves, event.name):
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


def _may_be_told(flow: Flow, event: str) -> None:
    """Some news only cases have: that a unit was swapped, for instance, is so when one of them has done it."""
    known = flow.process.events.get(event)
    if known is not None and not known.by_hand:
        label = known.label or Text(event, event)
        text = Text(
            f"'{label.say('en')}' is told by the case it is about, nobody enters it by hand.",
            f"“{label.say('zh-Hans')}”由相关工单自动通知，不能手工录入。",
        )
        raise Refusal("not_allowed", text, concerns=event)


def _may_enter(flow: Flow, by: str | None) -> None:
    """Events are entered by hand by those who look after such cases, not by everybody who has one task in it."""
    wanted = flow.process.permissions.see
    if not has_role(flow.world.people.get(by or ""), (*wanted, "owner", "starter"), flow.draft):
        names = roles_in_words(flow.process, wanted)
        raise Refusal("role", Text(f"This is for: {names.en}.", f"此操作由以下角色办理：{names.zh}。"))


def _listeners(process: Compiled, leaves: tuple[str, ...], event: str) -> list[str]:
    """The active steps that name an event, inner before outer."""
    found: list[str] = []
    for leaf in leaves:
        for place in process.around(leaf) if leaf in process.steps else ():
            if event in process.steps[place].events and place not in found:
                found.append(place)
    return found
