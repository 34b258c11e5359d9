"""Whom a case is about: never its owner, and no draft or escalation of it is put before them. Must not know how anybody
else comes to be its owner.

A process names with `owner_not` the fields that hold such a person. They may be entered at any time, so it is asked
whenever something was entered, and at the end of every decision.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.case import Task
from engine.definition.texts import Text
from engine.leaving import next_owner
from engine.notices import tell_owner
from engine.people import Person
from engine.refusals import Refusal
from engine.who import never_the_owner, whom_it_is_about

if TYPE_CHECKING:
    from engine.flow import Flow


def not_about_them(flow: Flow, person: Person) -> None:
    """Raise the refusal when somebody should become the owner of a case that is about them."""
    if person.id in never_the_owner(flow.process, flow.draft.values):
        raise Refusal(
            "different_person",
            Text(
                f"This case is about {person.name}, so somebody else answers for it.",
                f"本工单涉及{person.name}，须由其他人负责。",
            ),
            concerns="owner",
        )


def keep_from_whom_it_is_about(flow: Flow) -> None:
    """An owner whom the case turns out to be about gives way to the next who answers for such cases; what waits beside
    the flow goes with it."""
    process, draft = flow.process, flow.draft
    if not process.file.owner_not or draft.ended is not None:
        return
    if draft.owner in never_the_owner(process, draft.values):
        _give_way(flow, str(draft.owner))
    about = tuple(sorted(whom_it_is_about(process, draft.values)))
    for task in list(draft.tasks):
        if task.kind in ("draft", "escalation") and task.excluded != about:
            draft.put(_without(flow, task, about))


def _give_way(flow: Flow, before: str) -> None:
    draft, people = flow.draft, flow.world.people
    found = next_owner(flow.process, people, never_the_owner(flow.process, draft.values))
    name = people[before].name if before in people else before
    if found is None:
        text = Text(f"Nobody but {name} could answer for this case.", f"除{name}外无人可负责本工单。")
        flow.incident("no_owner", text)
        return
    draft.owner = found
    flow.details["owner"] = [before, found]
    taker = people[found].name
    text = Text(
        f"The case is about {name}; {taker} answers for it from now on.", f"本工单涉及{name}，现由{taker}负责。"
    )
    tell_owner(flow, text, "about_the_owner", mail=True)


def _without(flow: Flow, task: Task, about: tuple[str, ...]) -> Task:
    """What nobody but its holder could find goes to the owner, the rest back to its role; drafts to the owner."""
    if task.assignee not in about:
        return replace(task, excluded=about)
    owner = flow.draft.owner if flow.draft.owner not in about else None
    return replace(task, excluded=about, assignee=owner if task.kind == "draft" or not task.roles else None)
