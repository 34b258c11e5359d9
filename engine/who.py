"""Who may do a task, and why somebody may not: roles, the same person, different persons. Asked on claim and on completion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.case import Case, Task
from engine.definition.compiled import Compiled
from engine.definition.texts import Text
from engine.draft import Draft
from engine.people import Person, World
from engine.refusals import Refusal
from engine.rules import forbidden_person


def may_do(task: Task, person: Person | None, process: Compiled, world: World) -> Refusal | None:
    """None when the person may do the task, else the refusal that says why and who can."""
    if person is None or not person.active:
        return Refusal("role", Text("This account is not active.", "该账号未启用。"))
    only = world.people.get(task.only) if task.only else None
    if only is not None and only.active and only.id != person.id:
        return Refusal(
            "same_person",
            Text(
                f"Only {only.name} may do this: it belongs to who did the earlier step.",
                f"只有{only.name}可以办理：须由之前的同一人完成。",
            ),
        )
    if person.id in task.excluded:
        return Refusal(
            "different_person",
            Text(
                "You worked on this case before, or it is about you; somebody else has to do this step.",
                "您已参与过本工单的相关步骤，或本工单涉及您本人，此步骤须由其他人完成。",
            ),
        )
    if task.assignee == person.id or (only is not None and only.id == person.id):
        return None
    if not person.roles & set(task.roles):
        names = roles_in_words(process, task.roles)
        return Refusal("role", Text(f"This is for: {names.en}.", f"此任务由以下角色办理：{names.zh}。"))
    return None


PERSONS = {
    "assignee": Text("the assignee", "办理人"),
    "owner": Text("the owner", "负责人"),
    "starter": Text("who started it", "发起人"),
}
"""Words that stand for a person of a case where a role may stand."""


def roles_in_words(process: Compiled, roles: Sequence[str]) -> Text:
    """Role names, and who is meant in a case, as people know them."""
    labels = [PERSONS.get(role) or process.site.roles.get(role, Text(role, role)) for role in roles]
    return Text(", ".join(label.say("en") for label in labels), "、".join(label.say("zh-Hans") for label in labels))


def has_role(person: Person | None, wanted: tuple[str, ...], case: Case | Draft | None) -> bool:
    """Whether a person is among `wanted`: role names, or `starter` and `owner` of the case."""
    if person is None or not person.active:
        return False
    for role in wanted:
        if role in person.roles:
            return True
        if case is not None and role == "starter" and case.starter == person.id:
            return True
        if case is not None and role == "owner" and case.owner == person.id:
            return True
    return False


def excluded_from(process: Compiled, step: str, case: Case | Draft, waived: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Everybody who may not do a step: `different_person_from` (who did a step, unless that was waived for them; whom a
    field names) and the rules of four eyes, over all rounds."""
    task = process.steps[step].task
    found: set[str] = set()
    for other in task.different_person_from if task else ():
        if other == "start":
            found |= {case.starter} if case.starter else set()
        else:
            found |= set(case.done_by.get(other, ()))
    return tuple(sorted((found - set(waived)) | always_excluded_from(process, step, case)))


def always_excluded_from(process: Compiled, step: str, case: Case | Draft) -> set[str]:
    """For whom a step is never waived: by a rule of four eyes, or because a field says that it is about them."""
    task = process.steps[step].task
    named = {case.values.get(field) for field in (task.not_the_person_in if task else ())}
    return forbidden_person(process, step, case.done_by, case.starter) | {str(person) for person in named if person}


def never_the_owner(process: Compiled, values: Mapping[str, Any]) -> frozenset[str]:
    """Who must not answer for a case with these values."""
    return frozenset(str(values[name]) for name in process.file.owner_not if values.get(name))


def whom_it_is_about(process: Compiled, values: Mapping[str, Any]) -> frozenset[str]:
    """Whom the case is about, wherever the process says that something is not for them."""
    tasks = (step.task for step in process.steps.values() if step.task is not None)
    named = {values.get(field) for task in tasks for field in task.not_the_person_in}
    return frozenset(str(person) for person in named if person) | never_the_owner(process, values)


def waiver_of(process: Compiled, task: Task) -> str | None:
    """The role that may let an excluded person do a task, if its step names one."""
    step = process.steps.get(task.step)
    return step.task.waived_by if step is not None and step.task is not None and task.kind == "work" else None


def may_reassign(task: Task, person: Person | None, process: Compiled, case: Case) -> bool:
    """Who may put a task before somebody else: its holder, the case's owner, who may cancel or move the case, the role
    that may waive four eyes here, and the roles that the ladder of the step calls for help."""
    if person is None or not person.active:
        return False
    if person.id in (task.assignee, case.owner):
        return True
    permissions = process.permissions
    ladder = process.steps[task.step].ladder if task.step in process.steps else process.ladder
    helpers = tuple(row.task for row in ladder if row.task)
    waiver = waiver_of(process, task)
    named = (*permissions.cancel, *permissions.move, *helpers, *((waiver,) if waiver else ()), "admin")
    return has_role(person, named, case)
