"""What every act on a task asks first: may this person do it, does somebody else hold it, and what history will say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.case import Task
from engine.definition.texts import Text
from engine.refusals import Refusal
from engine.who import may_do, roles_in_words

if TYPE_CHECKING:
    from engine.flow import Flow


def check_who(flow: Flow, task: Task, by: str) -> None:
    person = flow.world.people.get(by)
    refusal = may_do(task, person, flow.process, flow.world)
    if refusal is not None:
        raise refusal


def held_by_another(flow: Flow, task: Task) -> None:
    holder = flow.world.people.get(task.assignee or "")
    name = holder.name if holder else "-"
    raise Refusal("held", Text(f"{name} has this task.", f"该任务由{name}持有。"))


def about(flow: Flow, task: Task) -> None:
    flow.details["step"] = task.step
    flow.details["task"] = task.id
    if task.kind != "work":
        flow.details["task_kind"] = task.kind


def may_take(flow: Flow, task: Task, person_id: str) -> None:
    person = flow.world.people.get(person_id)
    if person is None:
        raise Refusal(
            "unknown", Text(f"Nobody here is called '{person_id}'.", f"没有名为“{person_id}”的人员。"), concerns="to"
        )
    refusal = may_do(task, person, flow.process, flow.world)
    personal = bool(task.assignee) and not task.roles and person.active and person_id not in task.excluded
    if refusal is not None and not personal:
        roles = roles_in_words(flow.process, task.roles)
        raise Refusal(
            refusal.code,
            Text(f"{person.name} may not do this task ({roles.en}).", f"{person.name}不能办理该任务（{roles.zh}）。"),
            concerns="to",
        )
