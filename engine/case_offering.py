"""Makes the offer of a case: where it is, the customer's milestones, and what this person may do with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.case import Case, Task
from engine.confidential import hidden_fields
from engine.definition.compiled import Compiled, Handler, matched_paths
from engine.definition.expressions import holds
from engine.definition.texts import Text
from engine.facts import CaseFacts
from engine.ladder_words import rungs
from engine.listings import category_of
from engine.matching import rows_listening
from engine.offering import closed_door, shown_field
from engine.offers import Button, CaseOffer, EventOffer, FieldOffer, StepPlace
from engine.people import Person, World
from engine.refusals import Refusal
from engine.who import has_role, roles_in_words

CATEGORIES = {
    "open": Text("Open", "处理中"),
    "waiting_customer": Text("Waiting for the customer", "等待客户"),
    "waiting_internal": Text("Waiting", "等待中"),
    "done": Text("Done, follow-up missing", "待回访"),
    "closed": Text("Closed", "已结案"),
    "cancelled": Text("Cancelled", "已取消"),
}


def case_offer(process: Compiled, case: Case, person: Person, world: World) -> CaseOffer:
    """A case as this person may see and steer it now."""
    facts = CaseFacts(process, case, world)
    category = category_of(process, case)
    filled = [name for name in process.fields if case.values.get(name) not in (None, "", [])]
    end = process.steps.get(case.ended or "")
    return CaseOffer(
        places=tuple(_places(process, case, world)),
        milestones=tuple(_milestones(process, case)),
        fields=tuple(shown_field(process, case, facts, person, name) for name in filled),
        acts=tuple(_case_acts(process, case, person)),
        events=tuple(_events(process, case, person, world)),
        targets=tuple((step.name, step.label) for step in process.roots()),
        ladder=rungs(process, case, world, ""),
        category=category,
        state=end.label if end is not None else CATEGORIES[category],
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
        yield name, process.milestones[name], "done" if n < now else "now" if n == now else "ahead"


def _case_acts(process: Compiled, case: Case, person: Person) -> Iterator[Button]:
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
        yield _for_roles(Button("reopen", Text("Reopen", "重新打开")), process, case, person, permissions.reopen.role)
    yield Button("comment", Text("Comment", "添加备注"))


def _for_roles(button: Button, process: Compiled, case: Case, person: Person, wanted: tuple[str, ...]) -> Button:
    if has_role(person, wanted, case):
        return button
    names = roles_in_words(process, wanted)
    no = Refusal("role", Text(f"Only these may do this: {names.en}.", f"只有以下角色可以操作：{names.zh}。"))
    return closed_door(button, no)


def _events(process: Compiled, case: Case, person: Person, world: World) -> Iterator[EventOffer]:
    """What somebody may tell the case on the telephone: the events it listens for now."""
    if not case.is_open:
        return
    heard, hidden = dict(process.anytime), hidden_fields(process, case, person)
    for leaf in case.leaves:
        for place in process.around(leaf) if leaf in process.steps else ():
            heard |= process.steps[place].events
    for name, handler in heard.items():
        definition = process.events.get(name)
        label = definition.label if definition and definition.label else Text(name, name)
        fields = {key: _data_field(key, kind) for key, kind in (definition.data if definition else {}).items()}
        if process.row_events.get(name) in hidden:  # its rows would be named to somebody who may not read them
            active = False
        elif name in process.row_events:
            which = _which_row(process, case, world, name, handler)
            fields = {which.name: which} | {key: field for key, field in fields.items() if key != which.name}
            active = bool(which.choices)
        else:
            active = _is_heard(handler, CaseFacts(process, case, world, heard=name))
        may = has_role(person, (*process.permissions.see, "owner", "starter"), case)
        why = Text() if active and may else Text("Not possible now.", "当前不可用。")
        yield EventOffer(name, label, tuple(fields.values()), active and may, why)


def _is_heard(handler: Handler, facts: CaseFacts) -> bool:
    return handler.when is None or holds(handler.when.expression, facts)


def _which_row(process: Compiled, case: Case, world: World, event: str, handler: Handler) -> FieldOffer:
    """The question which row it is about, to be answered with one that waits for such news."""
    key = next(iter(matched_paths(process.events[event])))
    texts = dict.fromkeys(
        text
        for known_by, text, row in rows_listening(process, case, event)
        if known_by == key and _is_heard(handler, CaseFacts(process, case, world, heard=event, row=row))
    )
    choices = tuple((text, Text(text, text)) for text in texts)
    return replace(_data_field(key, "choice"), required=True, choices=choices)


def _data_field(name: str, kind: str) -> FieldOffer:
    label = Text(name.replace("_", " ").capitalize(), _DATA.get(name, name))
    return FieldOffer(name, kind, label, Text(), False, False, True, None, Text())


_DATA = {"place": "地点", "time": "时间", "reason": "原因", "tracking_no": "快递单号"}
