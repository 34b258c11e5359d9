"""Makes the offer of a case: where it is, the customer's milestones, and what this person may do with it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.after_the_end import not_reopened, something_new
from engine.case import Case, Task
from engine.definition.compiled import Compiled
from engine.definition.texts import Text
from engine.facts import CaseFacts
from engine.ladder_words import rungs
from engine.listings import category_of
from engine.news_by_hand import news_by_hand
from engine.offering import closed_door
from engine.offering_fields import shown_field
from engine.offers import Button, CaseOffer, StepPlace
from engine.people import Person, World
from engine.refusals import Refusal
from engine.untold import untold
from engine.who import has_role, roles_in_words

CATEGORIES = {
    "open": Text("Open", "处理中"),
    "waiting_customer": Text("Waiting for the customer", "等待客户"),
    "waiting_internal": Text("Waiting for others", "等待他方处理"),
    "done": Text("Done, follow-up missing", "待回访"),
    "closed": Text("Closed", "已结案"),
    "cancelled": Text("Cancelled", "已取消"),
}


def case_offer(process: Compiled, case: Case, person: Person, world: World) -> CaseOffer:
    """A case as this person may see and steer it now."""
    facts = CaseFacts(process, case, world)
    category = category_of(process, case)
    filled = [
        name
        for name in process.fields
        if case.values.get(name) not in (None, "", []) and not untold(process, case, name)
    ]
    end = process.steps.get(case.ended or "")
    return CaseOffer(
        places=tuple(_places(process, case, world)),
        milestones=tuple(_milestones(process, case)),
        fields=tuple(shown_field(process, case, facts, person, name) for name in filled),
        acts=tuple(_case_acts(process, case, person, world)),
        events=tuple(news_by_hand(process, case, person, world)),
        targets=tuple((step.name, step.label) for step in process.reachable_by_hand()),
        ladder=rungs(process, case, world, ""),
        category=category,
        state=end.label if end is not None else CATEGORIES[category],
        something_new=something_new(process, case, world.now),
    )


def _places(process: Compiled, case: Case, world: World) -> Iterator[StepPlace]:
    for leaf in case.leaves:
        step = process.steps.get(leaf)
        if step is None or step.kind == "joined":
            continue
        task = next((t for t in case.tasks if t.step == leaf and t.kind == "work"), None)
        yield StepPlace(
            leaf,
            step.label,
            _waits_for(process, step.waits_for, task, world),
            case.entered.get(leaf),
            task.due_at if task else None,
        )


_OUTSIDE = {
    "customer": Text("the customer", "客户"),
    "carrier": Text("the carrier", "承运商"),
    "supplier": Text("the supplier", "供应商"),
    "anyone": Text("somebody outside", "外部"),
}


def _waits_for(process: Compiled, outside: str | None, task: Task | None, world: World) -> Text:
    if task is not None:
        holder = world.people.get(task.assignee or "")
        return Text(holder.name, holder.name) if holder else roles_in_words(process, task.roles)
    return _OUTSIDE.get(outside or "", Text())


def _milestones(process: Compiled, case: Case) -> Iterator[tuple[str, Text, str]]:
    names = list(process.milestones)
    now = names.index(case.milestone) if case.milestone in names else -1
    for n, name in enumerate(names):
        behind = "skipped" if _passed_by(process, case, name) else "done"
        yield name, process.milestones[name], behind if n < now else "now" if n == now else "ahead"


def _passed_by(process: Compiled, case: Case, milestone: str) -> bool:
    """The case came through no step and no outcome that tells it: a problem that never was is not shown as reached."""
    if process.file.start.milestone == milestone:
        return False
    steps = process.steps.values()
    entered = any(case.visits.get(step.name) for step in steps if step.milestone == milestone)
    outcomes = (f"{s.name}.{id}" for s in steps for id, o in s.outcomes.items() if o.milestone == milestone)
    return not entered and not any(name in case.facts for name in outcomes)


def _case_acts(process: Compiled, case: Case, person: Person, world: World) -> Iterator[Button]:
    permissions = process.permissions
    if case.is_open:
        if "cancelled" in process.steps and permissions.cancel:
            yield _for_roles(
                Button("cancel", Text("Cancel the case", "取消工单"), danger=True),
                process,
                case,
                person,
                permissions.cancel,
            )
        if permissions.move:
            yield _for_roles(Button("move", Text("Move by hand", "手动移动")), process, case, person, permissions.move)
        owners = ("owner", "admin", *permissions.cancel, *permissions.move)
        yield _for_roles(Button("change_owner", Text("Change the owner", "更换负责人")), process, case, person, owners)
    elif permissions.reopen is not None:
        button = _for_roles(
            Button("reopen", Text("Reopen", "重新打开")), process, case, person, permissions.reopen.role
        )
        yield closed_door(button, not_reopened(process, case.ended_at, world.now))
    yield Button("comment", Text("Comment", "添加备注"))


def _for_roles(button: Button, process: Compiled, case: Case, person: Person, wanted: tuple[str, ...]) -> Button:
    if has_role(person, wanted, case):
        return button
    names = roles_in_words(process, wanted)
    no = Refusal("role", Text(f"Only these may do this: {names.en}.", f"只有以下角色可以操作：{names.zh}。"))
    return closed_door(button, no)
