"""What begins with a step: the task it gives to somebody, and the cases it runs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.actions import handed_over
from engine.case import Task
from engine.definition.compiled import Step
from engine.effects import StartCase
from engine.facts import BoundRow
from engine.letters import customer_mail
from engine.rows import rows_of
from engine.who import excluded_from

if TYPE_CHECKING:
    from engine.flow import Flow


def open_task(flow: Flow, step: Step) -> None:
    """Work for a role: put before whom the process names, kept from whom it excludes, with its mail where it has one."""
    task = step.task
    assert task is not None
    roles = next((o.then for o in task.role if o.when is None or flow.holds(o.when)), ())
    excluded = excluded_from(flow.process, step.name, flow.draft)
    only = _only(flow, task.same_person_as)
    opened = Task(
        id=flow.draft.new_id(),
        kind="work",
        step=step.name,
        visit=flow.draft.visits[step.name],
        label=step.label,
        roles=roles,
        opened_at=flow.now,
        assignee=only or _assigned(flow, task.assign_to, roles, excluded),
        only=only,
        excluded=tuple(person for person in excluded if person != only),
        due_at=flow.time.due_of(step)[2],
    )
    if task.draft_mail in flow.process.mails:
        mail = customer_mail(flow.process, task.draft_mail or "", flow.facts(step.name))
        opened = replace(opened, mail=mail)
        flow.note("drafted", task.draft_mail)
    flow.draft.tasks.append(opened)
    flow.note("opened", {"task": opened.id, "kind": "work", "roles": list(roles), "assignee": opened.assignee})


def _only(flow: Flow, same_as: str | None) -> str | None:
    """The one person who may do it, as long as that person still works here."""
    person_id = flow.draft.starter if same_as == "start" else flow.draft.last_by.get(same_as or "")
    person = flow.world.people.get(person_id or "")
    return person.id if person and person.active else None


def _assigned(flow: Flow, path: tuple[str, ...], roles: tuple[str, ...], excluded: tuple[str, ...]) -> str | None:
    """Whom `assign_to` names, if that person works here, has the role and may do it; else the role gets it."""
    person = flow.world.people.get(str(flow.facts().value(path))) if path else None
    fits = person is not None and person.active and bool(person.roles & set(roles)) and person.id not in excluded
    return person.id if person and fits else None


def order_children(flow: Flow, step: Step, table: str) -> None:
    """One case for each row, side by side; their places are kept from now on, so that none is waited for too little."""
    rows, outer = rows_of(flow.process.fields[table], flow.draft.values.get(table)), flow.row
    for n in range(len(rows)):
        flow.row = BoundRow(table, n)
        key = f"{step.name}#{n + 1}"
        flow.draft.children[key] = ""
        order_child(flow, step, key)
    flow.row = outer


def order_child(flow: Flow, step: Step, key: str = "") -> None:
    """A case of another process, for which this one waits."""
    flow.effects.append(
        StartCase(
            process=step.runs or "",
            values=handed_over(flow, step.hands_over),
            step=step.name,
            visit=flow.draft.visits[step.name],
            waits=True,
            by=flow.by,
            owner=flow.draft.owner,
            key=key,
        )
    )
    flow.note("started", step.runs)
