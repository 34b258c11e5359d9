"""Who is away does not work: what waits for them goes to their deputy, or to the role, as late as it is.

Asked at the end of every decision, so that nothing is put before somebody who is not there, however it came about.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.case import Task
from engine.definition.compiled import Compiled
from engine.definition.texts import Text
from engine.leaving import answering_roles
from engine.notices import tell
from engine.people import Absence, Person
from engine.refusals import Refusal
from engine.who import excluded_from, whom_it_is_about
from engine.writing import moment_in_words

if TYPE_CHECKING:
    from engine.flow import Flow


def hand_on(flow: Flow, *, told_at_once: str = "") -> None:
    """Every open task of somebody who is away gets another holder. Nothing else about it changes: its clock goes on.

    Whose tasks are all handed on now (`told_at_once`) gets one letter about them, not one about each.
    """
    for task in list(flow.draft.tasks):
        holder = flow.world.people.get(task.assignee or "")
        if holder is None:
            continue
        if holder.active and (absence := holder.away_at(flow.now)) is not None:
            _handed_on(flow, task, holder, absence, mail=holder.id != told_at_once)
        elif not holder.active and not task.roles:  # what no role waits for, nobody would ever find again
            owner = _owner_at_work(flow)
            flow.draft.put(_with(flow, task, owner if owner and _may_hold(flow, task, owner) else None))


def holds_while_away(flow: Flow, id: str) -> bool:
    """Whether somebody who is away holds a task of this case."""
    person = flow.world.people.get(id)
    held = any(task.assignee == id for task in flow.draft.tasks)
    return held and person is not None and person.away_at(flow.now) is not None


def away_refusal(person: Person | None, process: Compiled, now: dt.datetime) -> Refusal | None:
    """Why somebody who is entered as away takes no task on: it would be handed on again at once."""
    absence = person.away_at(now) if person is not None else None
    if absence is None:
        return None
    until = _until(absence, process.site.timezone)
    return Refusal(
        "not_allowed",
        Text(
            f"You are entered as away until {until.en}. Say on your own page that you are back, then take it.",
            f"您已登记离岗至{until.zh}。请先在“我的账户”页面登记返岗，再领取任务。",
        ),
    )


def _until(absence: Absence, zone: str) -> Text:
    return Text(*(moment_in_words(absence.until, zone, language) for language in ("en", "zh-Hans")))


def _handed_on(flow: Flow, task: Task, holder: Person, absence: Absence, *, mail: bool) -> None:
    deputy = flow.world.stand_in_of(holder)
    taker = deputy if deputy is not None and _may_hold(flow, task, deputy) else None
    flow.draft.put(_with(flow, task, taker))
    until, what = _until(absence, flow.process.site.timezone), task.label
    text = Text(
        f"For {holder.name}, who is away until {until.en}, "
        f"{f'to {taker.name}' if taker else 'back to its role'}: {what.say('en')}",
        f"{holder.name}离岗至{until.zh}，{f'转由{taker.name}代办' if taker else '退回相应角色'}：{what.say('zh-Hans')}",
    )
    flow.note("handed_on", {"task": task.id, "from": holder.id, "to": taker.id if taker else None})
    flow.note("noted", {"en": text.en, "zh-Hans": text.zh})
    tell(flow, [holder, *([taker] if taker else [])], text, f"away:{task.id}:{holder.id}", task, mail=mail)


def _may_hold(flow: Flow, task: Task, deputy: Person) -> bool:
    """As for whoever else takes it: the role, four eyes, and not whom the case is about."""
    if task.roles and not deputy.roles & set(task.roles):
        return False
    return deputy.id not in _excluded(flow, task)


def _excluded(flow: Flow, task: Task) -> tuple[str, ...]:
    process, draft = flow.process, flow.draft
    if task.kind == "work" and task.step in process.steps:
        return excluded_from(process, task.step, draft, task.waived)
    return tuple(sorted({*task.excluded, *whom_it_is_about(process, draft.values)}))


def _with(flow: Flow, task: Task, taker: Person | None) -> Task:
    """The same task with another holder. What was for one person alone is from now on for whoever may do it."""
    roles = task.roles or (() if taker else answering_roles(flow.process))
    return replace(task, assignee=taker.id if taker else None, only=None, roles=roles, excluded=_excluded(flow, task))


def _owner_at_work(flow: Flow) -> Person | None:
    owner = flow.world.people.get(flow.draft.owner or "")
    return owner if owner is not None and owner.active and not owner.away_at(flow.now) else None
