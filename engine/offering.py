"""Makes the offers: which form, which buttons and which acts a person has on a task or a case, and why not the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from engine.case import Case, Task
from engine.definition.compiled import Compiled, CompiledForm, LadderRow
from engine.definition.expressions import holds
from engine.definition.texts import Text
from engine.draft import Draft
from engine.facts import CaseFacts
from engine.flow import Flow
from engine.forms import defaults, is_required, is_shown
from engine.listings import category_of
from engine.offers import (
    Button,
    CaseOffer,
    EventOffer,
    FieldOffer,
    Rung,
    StartOffer,
    StepPlace,
    TaskOffer,
)
from engine.people import Person, World
from engine.refusals import Refusal
from engine.who import has_role, may_do, may_reassign, roles_in_words
from engine.writing import in_words

CATEGORIES = {
    "open": Text("Open", "处理中"),
    "waiting_customer": Text("Waiting for the customer", "等待客户"),
    "waiting_internal": Text("Waiting", "等待中"),
    "done": Text("Done, follow-up missing", "待回访"),
    "closed": Text("Closed", "已结案"),
    "cancelled": Text("Cancelled", "已取消"),
}
_ESCALATION = (
    Button(
        "noted", Text("Noted, goes on", "已知悉"), Text("Say what you found or did.", "填写处理说明。"), primary=True
    ),
    Button("take_over", Text("I take over", "我来接手")),
    Button("reassign", Text("Give to somebody else", "转交他人")),
    Button("extend", Text("Give more time", "延长期限")),
)
_DRAFT = (
    Button("sent", Text("Confirm and send", "确认并发送"), primary=True),
    Button("not_sent", Text("Do not send", "不发送"), danger=True),
)


def task_offer(process: Compiled, case: Case, task: Task, person: Person, world: World) -> TaskOffer:
    """A task as this person may see and press it now."""
    step = process.steps.get(task.step)
    refusal = may_do(task, person, process, world)
    held = task.assignee is not None and task.assignee != person.id and task.kind != "escalation"
    if refusal is None and held:
        holder = world.people.get(task.assignee or "")
        refusal = Refusal(
            "held",
            Text(f"{holder.name if holder else '-'} has this task.", f"该任务由{holder.name if holder else '-'}持有。"),
        )
    if refusal is None and task.paused:
        refusal = Refusal("paused", Text("This task is paused; resume it first.", "该任务已暂停，请先恢复。"))
    form = _form_of(process, task)
    facts = CaseFacts(process, case, world, assignee=person.id, step=task.step)
    return TaskOffer(
        task=task.id,
        kind=task.kind,
        title=task.label,
        help=step.help if step is not None and task.kind == "work" else Text(),
        visit=task.visit,
        shown=tuple(_shown(process, case, facts, person, name) for name in form.show),
        asked=tuple(field_offer(process, case, facts, name, required=name in form.ask) for name in form.takes),
        outcomes=tuple(_closed_door(button, refusal) for button in _outcomes(process, task)),
        acts=tuple(_acts(process, case, task, person, refusal)),
        ladder=_rungs(process, case, world, task.step if task.kind == "work" else None),
        mail=task.mail,
        may_edit_mail=task.mail is not None and refusal is None,
    )


def _form_of(process: Compiled, task: Task) -> CompiledForm:
    if task.kind == "record":
        return process.start_form
    step = process.steps.get(task.step)
    if task.kind == "work" and step is not None and step.task is not None:
        return step.task.form
    return CompiledForm()


def _outcomes(process: Compiled, task: Task) -> Sequence[Button]:
    if task.kind == "escalation":
        return _ESCALATION
    if task.kind == "draft":
        return _DRAFT
    step = process.steps.get(task.step)
    if task.kind == "record" or step is None or not step.outcomes:
        return (Button("done", Text("Done", "完成"), primary=True),)
    return tuple(
        Button(name, o.label, o.help, skip_form=o.skip_form, primary=n == 0)
        for n, (name, o) in enumerate(step.outcomes.items())
    )


def _closed_door(button: Button, refusal: Refusal | None) -> Button:
    if refusal is None:
        return button
    return Button(
        button.name, button.label, button.help, False, refusal.text, button.skip_form, button.primary, button.danger
    )


def _acts(process: Compiled, case: Case, task: Task, person: Person, refusal: Refusal | None) -> Iterator[Button]:
    mine = task.assignee == person.id
    if task.assignee is None:
        yield _closed_door(Button("claim", Text("Claim", "领取")), refusal)
    if mine and task.roles and task.only is None:
        yield Button("release", Text("Give back", "退回角色"))
    step = process.steps.get(task.step)
    if task.kind == "work" and step is not None and step.task is not None and step.task.may_pause:
        if task.paused:
            may = None if mine or refusal is None or refusal.code == "paused" else refusal
            yield _closed_door(Button("resume", Text("Resume", "恢复")), may)
        else:
            yield _closed_door(Button("pause", Text("Pause", "暂停")), refusal)
    if may_reassign(task, person, process, case):
        yield Button("reassign", Text("Reassign", "转交"))


def field_offer(
    process: Compiled, case: Case | Draft, facts: CaseFacts, name: str, *, required: bool = False
) -> FieldOffer:
    """A field to be filled in, with what is stored or offered as its value."""
    field = process.fields[name]
    value = case.values.get(name)
    return FieldOffer(
        name=name,
        type=field.type,
        label=field.label,
        help=field.help or Text(),
        required=required or is_required(field, facts),
        read_only=False,
        visible=is_shown(field, facts),
        value=value,
        display=_words(process, (name,), facts),
        choices=tuple((field.choices or {}).items()),
        of=field.of or "",
        role=field.role or "",
        min=field.min,
        max=field.max,
        pattern=field.pattern or "",
        accept=field.accept or (),
        required_if=field.required_if or "",
        show_if=field.show_if or "",
    )


def _shown(process: Compiled, case: Case, facts: CaseFacts, person: Person, name: str) -> FieldOffer:
    """Something to read: a field or what a record says (`sn.warranty_until`)."""
    path = tuple(name.split("."))
    field = process.fields.get(path[0])
    label = field.label if field else Text(name, name)
    kind: str = field.type if field else "text"
    of = field.of or "" if field else ""
    if len(path) > 1:
        kind, of = _kind_of(process, of, path[1:])
        label = Text(
            f"{label.say('en')}: {_attribute(path[-1], 'en')}",
            f"{label.say('zh-Hans')}：{_attribute(path[-1], 'zh-Hans')}",
        )
    hidden = field is not None and field.visible_to and not has_role(person, field.visible_to, case)
    value: Any = None if hidden else case.values.get(name) if len(path) == 1 else _json(facts.value(path))
    return FieldOffer(
        name=name,
        type=kind,
        label=label,
        help=Text(),
        required=False,
        read_only=True,
        visible=not hidden,
        value=value,
        display=Text() if hidden else _words(process, path, facts),
        choices=tuple((field.choices or {}).items()) if field and len(path) == 1 else (),
        of=of,
    )


def _json(value: Any) -> Any:
    return value.get("id") if isinstance(value, dict) else str(value) if value is not None else None


def _kind_of(process: Compiled, of: str, rest: tuple[str, ...]) -> tuple[str, str]:
    kind = of
    for attribute in rest:
        record = process.site.records.get(kind)
        kind = record.attributes.get(attribute, "text") if record else "text"
    return ("record", kind) if kind in process.site.records else (kind, "")


_ATTRIBUTES = {
    "warranty_until": Text("warranty until", "质保到期日"),
    "location": Text("location", "所在位置"),
    "product": Text("product", "产品"),
    "model": Text("model", "型号"),
    "customer": Text("customer", "客户"),
    "email": Text("mail", "邮箱"),
    "phone": Text("phone", "电话"),
    "contact": Text("contact", "联系人"),
    "number": Text("number", "编号"),
    "name": Text("name", "名称"),
    "salesperson": Text("salesperson", "业务员"),
    "promised_on": Text("promised on", "承诺日期"),
}


def _attribute(name: str, language: str) -> str:
    return _ATTRIBUTES.get(name, Text(name.replace("_", " "))).say(language)


def _words(process: Compiled, path: tuple[str, ...], facts: CaseFacts) -> Text:
    value = facts.value(path)
    field = process.fields.get(path[0])
    if field is not None and field.type == "user" and len(path) == 1:
        value = facts.value((*path, "name")) or value
    return Text(in_words(process, path, value, "en"), in_words(process, path, value, "zh-Hans"))


def start_offer(process: Compiled, person: Person, world: World) -> StartOffer:
    """The start form with its defaults, and whether this person may use it."""
    wanted = process.file.start.role
    allowed = has_role(person, wanted, None)
    names = roles_in_words(process, wanted)
    draft = Draft(Case("", "", process.id, process.version, world.now, starter=person.id))
    defaults(process, draft, world)
    facts = CaseFacts(process, draft, world)
    form = process.start_form
    return StartOffer(
        process=process.id,
        label=process.label,
        about=process.about,
        fields=tuple(field_offer(process, draft, facts, name, required=name in form.ask) for name in form.takes),
        allowed=allowed,
        why_not=Text() if allowed else Text(f"Cases are started by: {names.en}.", f"由以下角色发起：{names.zh}。"),
    )


def case_offer(process: Compiled, case: Case, person: Person, world: World) -> CaseOffer:
    """A case as this person may see and steer it now."""
    facts = CaseFacts(process, case, world)
    category = category_of(process, case)
    filled = [name for name in process.fields if case.values.get(name) not in (None, "", [])]
    end = process.steps.get(case.ended or "")
    return CaseOffer(
        places=tuple(_places(process, case, world)),
        milestones=tuple(_milestones(process, case)),
        fields=tuple(_shown(process, case, facts, person, name) for name in filled),
        acts=tuple(_case_acts(process, case, person)),
        events=tuple(_events(process, case, person, facts)),
        targets=tuple((step.name, step.label) for step in process.roots()),
        ladder=_rungs(process, case, world, ""),
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
    return _closed_door(button, no)


def _events(process: Compiled, case: Case, person: Person, facts: CaseFacts) -> Iterator[EventOffer]:
    """What somebody may tell the case on the telephone: the events it listens for now."""
    if not case.is_open:
        return
    heard: dict[str, Any] = dict(process.anytime)
    for leaf in case.leaves:
        for place in process.around(leaf) if leaf in process.steps else ():
            heard |= process.steps[place].events
    for name, handler in heard.items():
        definition = process.events.get(name)
        label = definition.label if definition and definition.label else Text(name, name)
        fields = tuple(_data_field(key, kind) for key, kind in (definition.data if definition else {}).items())
        active = handler.when is None or holds(handler.when.expression, facts)
        may = has_role(person, (*process.permissions.see, "owner", "starter"), case)
        why = Text() if active and may else Text("Not possible now.", "当前不可用。")
        yield EventOffer(name, label, fields, active and may, why)


def _data_field(name: str, kind: str) -> FieldOffer:
    label = Text(name.replace("_", " ").capitalize(), _DATA.get(name, name))
    return FieldOffer(name, kind, label, Text(), False, False, True, None, Text())


_DATA = {"place": "地点", "time": "时间", "reason": "原因", "tracking_no": "快递单号"}


def _rungs(process: Compiled, case: Case, world: World, step: str | None) -> tuple[Rung, ...]:
    """The rows of a ladder in order: those that rang and those to come."""
    if step is None or (step and step not in process.steps) or not case.is_open:
        return ()
    rows = process.steps[step].ladder if step else process.ladder
    armed = {timer.row: timer for timer in case.timers if timer.step == step and timer.row >= 0}
    running = bool(rows) and (not step or step in case.entered)
    ladder = Flow(process, Draft(case), world).ladder_of(step) if running else None
    found: list[Rung] = []
    for n, row in enumerate(rows):
        timer = armed.get(n)
        at = timer.fire_at if timer is not None else ladder.first_moment(n) if ladder else None
        found.append(Rung(at, _what(process, row), timer is None))
    return tuple(found)


def _what(process: Compiled, row: LadderRow) -> Text:
    parts: list[Text] = []
    if row.remind:
        names = _named(process, row.remind)
        parts.append(Text(f"reminder to {names.en}", f"提醒{names.zh}"))
    if row.task:
        names = _named(process, (row.task,))
        parts.append(Text(f"escalation to {names.en}", f"升级至{names.zh}"))
    if row.mail:
        names = _named(process, row.mail)
        parts.append(Text(f"mail to {names.en}", f"邮件通知{names.zh}"))
    if row.draft_mail:
        parts.append(Text("a mail is drafted", "生成邮件草稿"))
    if row.moves:
        parts.append(Text("the case goes on", "流程自动继续"))
    if row.do:
        parts.append(Text("done automatically", "自动执行"))
    return Text(", ".join(part.en for part in parts), "，".join(part.zh for part in parts))


_PERSONS = {
    "assignee": Text("the assignee", "办理人"),
    "owner": Text("the owner", "负责人"),
    "starter": Text("who started it", "发起人"),
}


def _named(process: Compiled, names: Sequence[str]) -> Text:
    labels = [_PERSONS.get(name) or process.site.roles.get(name, Text(name, name)) for name in names]
    return Text(", ".join(label.say("en") for label in labels), "、".join(label.say("zh-Hans") for label in labels))
