"""What happens to a case as a whole: start, cancel, reopen, move by hand, another owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine import events as happened
from engine import kpis
from engine.after_the_end import not_reopened
from engine.calls_out import wait_for_the_answer
from engine.case import Fact, Task
from engine.concerned import keep_from_whom_it_is_about, not_about_them
from engine.definition.calendars import after
from engine.definition.durations import Duration
from engine.definition.texts import Text
from engine.entered import WrongValue, cleaned
from engine.forms import defaults, fill_form, follow_records, put_value
from engine.leaving import next_owner
from engine.notices import people_of, tell
from engine.refusals import FormRefusal, Refusal
from engine.same_again import tell_of_the_twin
from engine.told_together import told_together
from engine.who import has_role, roles_in_words

if TYPE_CHECKING:
    from engine.flow import Flow


NOBODY_MAY = Text(
    "Nobody may do this in this process; whoever needs it asks an administrator to allow it in the process file.",
    "该流程不允许任何人执行此操作；如确有需要，请管理员修改流程文件。",
)


def start(flow: Flow, event: happened.CaseStarted) -> str:
    """A case begins: who may, what was entered, whose it is; then the first step."""
    flow.by = event.by
    if not event.trusted:
        _check_role(flow, event.by, flow.process.file.start.role)
    draft = flow.draft
    draft.starter, draft.parent = event.by, event.parent
    draft.round_started_at = flow.now
    missing = _take_values(flow, event)
    defaults(flow.process, draft, flow.world)
    follow_records(flow.process, draft, {}, flow.world)
    draft.owner = _owner(flow, event)
    keep_from_whom_it_is_about(flow)
    draft.facts["start"] = Fact(1, 1, 1, flow.now, flow.now)
    draft.seq = 2
    if event.by:
        draft.done_by["start"] = (event.by,)
    if flow.process.file.start.milestone:
        draft.milestone = flow.process.file.start.milestone
    flow.time.set_case_due()
    kpis.measure(flow, ["start"])
    flow.take("start")
    tell_of_the_twin(flow, event)
    if missing:
        _ask_for_the_rest(flow, missing)
    flow.details["values"] = dict(draft.values)
    if event.beside:
        flow.details["beside"] = event.beside
    return "started"


def _take_values(flow: Flow, event: happened.CaseStarted) -> tuple[str, ...]:
    """What a person enters must be complete. What another case or an event hands over may be any field, and may lack
    some: then a person is asked for the rest. Nobody outside is believed to send what suits a field."""
    form = flow.process.start_form
    defaults(flow.process, flow.draft, flow.world)
    if not event.trusted:
        try:
            fill_form(flow.process, flow.draft, form, event.values, flow.world)
        except FormRefusal as refusal:
            raise told_together(flow, None, "", form, refusal) from None
        return ()
    wrong = _hand_over(flow, {n: v for n, v in event.values.items() if n not in form.takes}, event.parent is not None)
    given = {name: value for name, value in event.values.items() if name in form.takes}
    try:
        fill_form(flow.process, flow.draft, form, given, flow.world, by_hand=False)
    except FormRefusal as refusal:
        refused = {key.partition(".")[0] for key in refusal.fields}  # a cell is refused as table.row.column
        good = {name: value for name, value in given.items() if name not in refused}
        fill_form(flow.process, flow.draft, form, good, flow.world, complete=False, by_hand=False)
        return (*refusal.codes, *wrong)
    return wrong


def _hand_over(flow: Flow, values: Mapping[str, Any], by_a_case: bool) -> tuple[str, ...]:
    """Fields that no start form asks for; tells those whose value does not suit them. Only our own cases are believed, but
    for a `yes` that a process wrote, which is a word until the field says that it is a flag."""
    wrong: list[str] = []
    for name in (name for name in values if name in flow.process.fields):
        try:
            field, value = flow.process.fields[name], values[name]
            believed = by_a_case and not (field.type == "yes_no" and isinstance(value, str))
            suits = value if believed else cleaned(field, value, flow.process, flow.world)
        except WrongValue:
            wrong.append(name)
        else:
            put_value(flow.process, flow.draft, name, suits, flow.world)
    return tuple(wrong)


def _owner(flow: Flow, event: happened.CaseStarted) -> str | None:
    """As the process says: a path such as `customer.salesperson` and who stands there, or `starter` and the owner of the
    case that opened this one, if cases like this are theirs to see. Else whoever started it; where none of them
    works here, the first who answers for such cases."""
    wanted, opener = flow.process.file.owner, event.owner
    if wanted == "starter":
        candidates = (opener if _sees_such_cases(flow, opener) else None, event.by, opener)
    else:
        candidates = (flow.facts().value(tuple(wanted.split("."))), opener, event.by)
    for person_id in candidates:
        person = flow.world.people.get(str(person_id))
        if person is not None and person.active:
            return person.id
    return next_owner(flow.process, flow.world.people)


def _sees_such_cases(flow: Flow, person_id: str | None) -> bool:
    return has_role(flow.world.people.get(person_id or ""), flow.process.permissions.see, None)


def _ask_for_the_rest(flow: Flow, missing: tuple[str, ...]) -> None:
    """An event or another case brought too little: somebody completes the record, so that nothing is forgotten."""
    roles = flow.process.file.start.role
    flow.draft.tasks.append(
        Task(
            id=flow.draft.new_id(),
            kind="record",
            step="",
            visit=0,
            label=Text("Complete the record", "补全工单信息"),
            roles=roles,
            opened_at=flow.now,
            assignee=None if roles else flow.draft.owner,
            due_at=after(flow.now, Duration(4, "hour", working=True), flow.process.calendar_of[""]),
            about=", ".join(missing),
        )
    )
    flow.details["missing"] = list(missing)


def stop(flow: Flow, event: happened.CaseCancelled) -> str:
    """The case is called off, by somebody who may."""
    flow.by = event.by
    _must_be_open(flow)
    _check_role(flow, event.by, flow.process.permissions.cancel)
    wait_for_the_answer(flow)
    flow.details["reason"] = event.reason
    at_work = [task for task in flow.draft.tasks if task.kind == "work" and task.assignee]
    if not flow.take("cancel"):
        raise Refusal("not_allowed", Text("This process cannot be cancelled.", "该流程不能取消。"))
    _call_off(flow, at_work, event.by)
    return "cancelled"


def _call_off(flow: Flow, at_work: Sequence[Task], by: str | None) -> None:
    """Who was about to do something, and who stands in, is told that nothing is left to do, before setting out for it."""
    for task in at_work:
        en, zh = task.label.say("en"), task.label.say("zh-Hans")
        text = Text(f"Cancelled, nothing is left to do: {en}", f"工单已取消，无须再办理：{zh}")
        if people := [person for person in people_of(flow, "assignee", task) if person.id != by]:
            tell(flow, people, text, f"cancelled:{task.id}")


def reopen(flow: Flow, event: happened.CaseReopened) -> str:
    """A new round: rules, milestones and counts begin anew; what was done and by whom stays known."""
    flow.by = event.by
    draft, allowed = flow.draft, flow.process.permissions.reopen
    if draft.ended is None or draft.ended_at is None:
        raise Refusal("not_allowed", Text("This case is still open.", "该工单尚未结束。"))
    if allowed is not None:
        _check_role(flow, event.by, allowed.role)
    if refusal := not_reopened(flow.process, draft.ended_at, flow.now):
        raise refusal
    flow.details["reason"] = event.reason
    owner = flow.world.people.get(draft.owner or "")
    if owner is None or not owner.active:  # who left meanwhile answers for nothing any more
        flow.details["owner"] = [draft.owner, event.by]
        draft.owner = event.by
    draft.round += 1
    draft.ended = draft.ended_at = None
    draft.round_started_at = flow.now
    draft.facts = {"start": Fact(1, 1, 1, flow.now, flow.now)}
    draft.seq = max(draft.seq, 2)
    draft.last_by, draft.rung, draft.pauses, draft.marks, draft.spent = {}, {}, [], (), {}
    draft.passed_over, draft.put_away = (), ()
    draft.milestone = None
    draft.due_at = None
    flow.time.set_case_due()
    flow.take("reopen")
    return "reopened"


def move_by_hand(flow: Flow, event: happened.CaseMoved) -> str:
    """The case is put into another step; the rules are asked as for every other move. Into a cancelled end only by
    somebody who may cancel."""
    flow.by = event.by
    _must_be_open(flow)
    _check_role(flow, event.by, flow.process.permissions.move)
    step = flow.process.steps.get(event.to)
    if step is None or step.inside:
        raise Refusal(
            "unknown",
            Text(f"'{event.to}' is not a step to move to.", f"“{event.to}”不是可移动到的步骤。")
            if event.to
            else Text("Choose the step to move to.", "请选择要移动到的步骤。"),
            concerns="to",
        )
    if step.kind == "do":
        raise Refusal(
            "not_allowed",
            Text(
                f"“{step.label.say('en')}” happens by itself and is no step to move to; choose the task that leads to it.",
                f"“{step.label.say('zh-Hans')}”由系统自动执行，不能手动移入；请移到引出它的任务。",
            ),
            concerns="to",
        )
    if step not in flow.process.reachable_by_hand():
        raise Refusal(
            "not_allowed",
            Text(
                f"“{step.label.say('en')}” only follows from what is done before it, so no case is moved there by hand; "
                "choose a step that leads to it.",
                f"“{step.label.say('zh-Hans')}”须由前面的步骤引出，不能手动移入；请选择引出它的步骤。",
            ),
            concerns="to",
        )
    if step.end == "cancelled":
        _check_role(flow, event.by, flow.process.permissions.cancel)
    if not event.reason.strip():
        raise FormRefusal({"reason": Text("Say why the case is moved by hand.", "请填写手动移动的原因。")})
    wait_for_the_answer(flow)
    flow.details |= {"reason": event.reason, "moved_to": event.to}
    if not flow.take(f"move:{step.name}"):
        raise Refusal("not_allowed", Text("The case cannot be moved from here.", "无法从当前步骤移动工单。"))
    return "moved"


def change_owner(flow: Flow, event: happened.OwnerChanged) -> str:
    """Another person answers for the case."""
    flow.by = event.by
    permissions = flow.process.permissions
    person = flow.world.people.get(event.owner)
    if person is None or not person.active:
        raise Refusal("unknown", Text("Choose a person who works here.", "请选择在职人员。"), concerns="owner")
    before = flow.world.people.get(flow.draft.owner or "")
    if event.by is not None or (before is not None and before.active):  # whose owner has left gets another by itself
        _check_role(flow, event.by, ("owner", "admin", *permissions.cancel, *permissions.move))
    not_about_them(flow, person)
    flow.details["owner"] = [flow.draft.owner, event.owner]
    flow.details["reason"] = event.reason
    flow.draft.owner = event.owner
    return "owner_changed"


def _must_be_open(flow: Flow) -> None:
    if flow.draft.ended is not None:
        raise Refusal("closed", Text("This case has ended.", "该工单已结束。"))


def _check_role(flow: Flow, by: str | None, wanted: tuple[str, ...]) -> None:
    if by is not None and has_role(flow.world.people.get(by), wanted, flow.draft):
        return
    names = roles_in_words(flow.process, wanted)
    if not wanted:
        raise Refusal("role", NOBODY_MAY)
    raise Refusal("role", Text(f"Only these may do this: {names.en}.", f"只有以下角色可以操作：{names.zh}。"))
