"""Letting somebody do a task whom `different_person_from` keeps from it: who may, for whom, and why. A rule of the process
(`never: … by the same person`), or a field that says a case is about them, is stronger, and never waived."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine import events as happened
from engine.case import Case, Task
from engine.definition.compiled import Compiled
from engine.definition.texts import Text
from engine.draft import Draft
from engine.holding import about, may_take
from engine.people import Person
from engine.refusals import FormRefusal, Refusal
from engine.who import always_excluded_from, roles_in_words, waiver_of

if TYPE_CHECKING:
    from engine.flow import Flow


def waivable(process: Compiled, case: Case | Draft, task: Task, person: Person) -> tuple[str, ...]:
    """The excluded people whom this person may let do the task after all."""
    role = waiver_of(process, task)
    if role is None or not person.active or role not in person.roles:
        return ()
    never = always_excluded_from(process, task.step, case) | {person.id}
    return tuple(excluded for excluded in task.excluded if excluded not in never)


def waive(flow: Flow, task: Task, event: happened.TaskReassigned) -> str:
    """Put a task before somebody who is excluded from it. History keeps who decided that, for whom and why."""
    _check(flow, task, event)
    allowed = replace(
        task,
        excluded=tuple(person for person in task.excluded if person != event.to),
        waived=(*task.waived, event.to or ""),
    )
    may_take(flow, allowed, event.to or "")
    flow.draft.put(replace(allowed, assignee=event.to))
    about(flow, task)
    flow.details |= {"to": event.to, "reason": event.reason.strip()}
    return "waived"


def _check(flow: Flow, task: Task, event: happened.TaskReassigned) -> None:
    person, to = flow.world.people.get(event.by or ""), flow.world.people.get(event.to or "")
    name, role = to.name if to else event.to or "", waiver_of(flow.process, task)
    if role is None or event.to in always_excluded_from(flow.process, task.step, flow.draft):
        raise _refused(f"{name} worked on this case before; somebody else has to do this step.",
                       f"{name}已参与过本工单的相关步骤，此步骤须由其他人完成。")  # fmt: skip
    if person is None or not person.active or role not in person.roles:
        who = roles_in_words(flow.process, (role,))
        raise _refused(f"{name} worked on this case before; only {who.en} may allow it all the same.",
                       f"{name}已参与过本工单的相关步骤，只有{who.zh}可以破例准许。")  # fmt: skip
    if event.by == event.to:
        raise _refused("Nobody allows this to themselves; somebody else has to decide it.",
                       "不能为自己破例，须由他人决定。")  # fmt: skip
    if not event.reason.strip():
        raise FormRefusal(
            {"reason": Text(f"Say why {name} may do this after all.", f"请说明为何准许{name}办理此任务。")}
        )


def _refused(en: str, zh: str) -> Refusal:
    return Refusal("different_person", Text(en, zh), concerns="to")
