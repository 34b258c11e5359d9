"""Makes the offers: which form, which buttons and which acts a person has on a task or a case, and why not the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.as_seen import as_seen
from engine.case import Case, Task
from engine.confidential import is_hidden, may_read_mail
from engine.definition.compiled import Compiled, CompiledForm
from engine.definition.texts import Text
from engine.draft import Draft
from engine.drafts import why_it_stays
from engine.escalations import ways_out
from engine.facts import CaseFacts
from engine.forms import defaults, is_shown
from engine.known_outside import known_outside
from engine.ladder_words import rungs
from engine.letters import address_of
from engine.offering_fields import field_offer, shown_field
from engine.offers import (
    Button,
    FieldGroup,
    FieldOffer,
    StartOffer,
    TaskOffer,
)
from engine.people import Person, World
from engine.refusals import Refusal
from engine.standing_in import away_refusal
from engine.telling import ways_to_tell
from engine.untold import untold
from engine.urgent_words import urgent_words
from engine.waiving import waivable
from engine.who import has_role, may_do, may_reassign, roles_in_words

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
    form = form_of(process, task)
    facts = CaseFacts(process, case, world, assignee=person.id, step=task.step)
    return TaskOffer(
        task=task.id,
        kind=task.kind,
        title=task.label,
        help=step.help if step is not None and task.kind == "work" else Text(),
        urgent=urgent_words(process, facts),
        visit=task.visit,
        shown=tuple(
            shown_field(process, case, facts, person, name, form.to_show(name))
            for name in form.show
            if not untold(process, case, name) and not _is_beside_the_point(process, case, facts, name)
        ),
        asked=tuple(_asked(process, case, facts, person, name, form) for name in form.takes),
        outcomes=tuple(closed_door(button, refusal) for button in _outcomes(process, task, facts)),
        acts=tuple(_acts(process, case, task, person, refusal, world)),
        ladder=rungs(process, case, world, task.step if task.kind == "work" else None),
        mail=task.mail if refusal is None or _may_read(process, case, task, person) else None,
        may_edit_mail=task.mail is not None and refusal is None,
        ways_to_tell=ways_to_tell(process, task.mail) if task.mail is not None and refusal is None else {},
        on_record=address_of(process, task.mail.template, facts) if task.mail is not None and refusal is None else "",
        waivable=waivable(process, case, task, person),
        groups=_groups(form),
        stands_for=_stands_for(process, case, task),
        seen=as_seen(process, case, form, person),
    )


def _stands_for(process: Compiled, case: Case, task: Task) -> tuple[Text, ...]:
    if task.kind != "work" or not case.stands_still(task.step):
        return ()
    places = {place for leaf in case.leaves if leaf in process.steps for place in process.around(leaf)}
    return tuple(process.steps[name].label for name in process.pausing(process.steps[task.step]) if name in places)


def _asked(
    process: Compiled, case: Case, facts: CaseFacts, person: Person, name: str, form: CompiledForm
) -> FieldOffer:
    """A field to fill in; what stands there already is for those who may read it."""
    required = name in form.ask
    columns = form.to_enter(name)
    offer = field_offer(process, case, facts, name, required=required, columns=columns, beside=form.takes)
    offer = replace(offer, known=known_outside(process, case, facts, person, name, form.takes))
    if not is_hidden(process, case, name, person):
        return offer
    return replace(
        offer,
        value=[] if offer.columns else None,
        display=Text(),
        cells=(),
        required=required and case.values.get(name) in (None, "", []),
    )


def _may_read(process: Compiled, case: Case, task: Task, person: Person) -> bool:
    """A draft is for whoever confirms it, and for those who may read everything it is filled with."""
    return task.mail is not None and may_read_mail(process, case, task.mail.template, person)


def _is_beside_the_point(process: Compiled, case: Case, facts: CaseFacts, name: str) -> bool:
    """Whether a field is empty and nobody would be asked for it as things are: it lacks nothing."""
    field = process.fields.get(name)
    return field is not None and case.values.get(name) in (None, "", []) and not is_shown(field, facts)


def _groups(form: CompiledForm) -> tuple[FieldGroup, ...]:
    """The headings of a form, and after them the fields that stand under none."""
    if not form.groups:
        return ()
    grouped = {name for group in form.groups for name in group.fields}
    alone = tuple(name for name in form.takes if name not in grouped)
    headed = (FieldGroup(group.label, group.help, group.fields) for group in form.groups)
    return (*headed, *((FieldGroup(Text(), Text(), alone),) if alone else ()))


def form_of(process: Compiled, task: Task) -> CompiledForm:
    """What a task asks; nothing where it is a mail to confirm or something to know."""
    if task.kind == "record":
        return process.start_form
    step = process.steps.get(task.step)
    if task.kind == "work" and step is not None and step.task is not None:
        return step.task.form
    return CompiledForm()


def _outcomes(process: Compiled, task: Task, facts: CaseFacts) -> Sequence[Button]:
    if task.kind == "escalation":
        return [button for button in _ESCALATION if button.name in ways_out(task)]
    if task.kind == "draft":
        stays = why_it_stays(process, facts, task)
        return [b for b in _DRAFT if b.name == "sent"] if stays else _DRAFT
    step = process.steps.get(task.step)
    if task.kind == "record" or step is None or not step.outcomes:
        return (Button("done", Text("Done", "完成"), primary=True),)
    return tuple(
        Button(name, o.label, o.help, skip_form=o.skip_form, needs=_labels(process, o.ask, facts), primary=n == 0)
        for n, (name, o) in enumerate(step.outcomes.items())
    )


def closed_door(button: Button, refusal: Refusal | None) -> Button:
    if refusal is None:
        return button
    return replace(button, allowed=False, why_not=refusal.text)


def _labels(process: Compiled, names: Sequence[str], facts: CaseFacts) -> tuple[Text, ...]:
    """Of these fields those that are asked as things are: what only another answer brings up is named there."""
    fields = {name: process.fields[name] for name in names if name in process.fields}
    return tuple(field.label or Text(name, name) for name, field in fields.items() if is_shown(field, facts))


def _acts(
    process: Compiled, case: Case, task: Task, person: Person, refusal: Refusal | None, world: World
) -> Iterator[Button]:
    mine = task.assignee == person.id
    if task.assignee is None:
        away = away_refusal(person, process, world.now)
        yield closed_door(Button("claim", Text("Claim", "领取")), refusal or away)
    if mine and task.roles and task.only is None:
        yield Button("release", Text("Give back", "退回角色"))
    step = process.steps.get(task.step)
    if task.kind == "work" and step is not None and step.task is not None and step.task.may_pause:
        if task.paused:
            may = None if mine or refusal is None or refusal.code == "paused" else refusal
            yield closed_door(Button("resume", Text("Resume", "恢复")), may)
        else:
            yield closed_door(Button("pause", Text("Pause", "暂停")), refusal)
    if may_reassign(task, person, process, case):
        yield Button("reassign", Text("Reassign", "转交"))


def start_offer(process: Compiled, person: Person, world: World) -> StartOffer:
    """The start form with its defaults, and whether this person may use it."""
    wanted = process.file.start.role
    allowed = has_role(person, wanted, None)
    names = roles_in_words(process, wanted)
    draft = Draft(Case("", "", process.id, process.version, world.now, starter=person.id, earlier=world.earlier))
    defaults(process, draft, world)
    facts = CaseFacts(process, draft, world)
    form = process.start_form
    return StartOffer(
        process=process.id,
        label=process.label,
        about=process.about,
        fields=tuple(
            field_offer(process, draft, facts, name, required=name in form.ask, columns=form.to_enter(name))
            for name in form.takes
        ),
        groups=_groups(form),
        allowed=allowed,
        why_not=Text() if allowed else Text(f"Cases are started by: {names.en}.", f"由以下角色发起：{names.zh}。"),
        earlier=world.earlier,
    )
