"""A case moves to a newer version of its process: same-named steps stay, mapped ones move, rules are asked on arrival."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from engine import events as happened
from engine.case import Fact, parent_step
from engine.definition.configurations import enter
from engine.definition.texts import Text
from engine.entered import WrongValue, cleaned
from engine.forms import put_value
from engine.promises import ORDERED
from engine.refusals import Refusal
from engine.rules import keep_promises
from engine.tasks import keep_four_eyes

if TYPE_CHECKING:
    from engine.flow import Flow

T = TypeVar("T")


def migrate(flow: Flow, event: happened.Migrated) -> str:
    """The flow's process is the new version already; the draft still stands where the old one left it.

    Timers are set anew from the time of entry, open tasks keep their holder. Raises Refusal when a step of the case is
    neither in the new version nor mapped, or when a rule forbids the arrival.
    """
    draft, process, wanted = flow.draft, flow.process, flow.process.migrate
    if wanted is None or wanted.from_ != draft.version:
        raise Refusal(
            "not_allowed",
            Text(
                f"Version {process.version} does not say how to move cases of version {draft.version}.",
                f"版本 {process.version} 未说明如何迁移版本 {draft.version} 的工单。",
            ),
        )
    renamed = {leaf: wanted.steps.get(leaf, leaf) for leaf in draft.leaves}
    lost = [leaf for leaf, new in renamed.items() if new not in process.steps]
    if lost:
        raise Refusal(
            "not_allowed",
            Text(
                f"The step '{lost[0]}' is not in version {process.version} and nothing is said about where it goes.",
                f"步骤“{lost[0]}”在版本 {process.version} 中不存在，且未指定去向。",
            ),
            concerns=lost[0],
        )
    flow.by = event.by
    flow.details |= {"from_version": draft.version, "to_version": process.version}
    draft.version = process.version
    _remember(flow, wanted.steps)
    for name, value in wanted.set.items():
        _set(flow, name, value)
    moved = [new for old, new in renamed.items() if old != new]
    draft.marks = keep_promises(process, _marks(flow), None, moved, flow.holds, flow.reason)
    leaves = [leaf for new in renamed.values() for leaf in (enter(process, new)[0])]
    draft.leaves = tuple(name for name in process.steps if name in leaves)
    draft.tasks = [
        replace(
            task,
            step=wanted.steps.get(task.step, task.step),
            label=_label(flow, wanted.steps.get(task.step, task.step)) or task.label,
        )
        if task.kind == "work"
        else task
        for task in draft.tasks
    ]
    draft.tasks = [task for task in draft.tasks if task.kind != "work" or process.steps[task.step].task is not None]
    keep_four_eyes(flow)
    draft.timers = [timer for timer in draft.timers if timer.row < 0]
    flow.time.set_case_due()
    begun_anew = [leaf for leaf in draft.leaves if leaf in process.steps and not _goes_on(flow, leaf)]
    for leaf in draft.leaves:
        if leaf in draft.entered and leaf not in begun_anew:
            flow.time.set_task_due(leaf)
    draft.children = {key: child for key, child in draft.children.items() if parent_step(key) not in begun_anew}
    flow.begin_at(begun_anew)
    return "migrated"


def _goes_on(flow: Flow, leaf: str) -> bool:
    """Whether what the new version waits for here was begun by the old one; a step of another kind begins anew."""
    draft = flow.draft
    match flow.process.steps[leaf].kind:
        case "task":
            return draft.work_of(leaf) is not None
        case "run":
            alike = [("#" in key) for key in draft.children if parent_step(key) == leaf]
            return bool(alike) and all(several == bool(flow.process.steps[leaf].for_each) for several in alike)
        case "do":
            return any(call.step == leaf for call in draft.calls)
        case "end":
            return True
        case _:
            return leaf in draft.entered


def _label(flow: Flow, step: str) -> Text | None:
    found = flow.process.steps.get(step)
    return found.label if found else None


def _remember(flow: Flow, steps: dict[str, str]) -> None:
    """What happened in a step that has a new name happened in the step of that name."""
    draft = flow.draft
    for old, new in sorted(
        steps.items(), key=lambda pair: pair[0] in draft.leaves
    ):  # where it stands says the last word
        if old == new:
            continue
        _rename(draft.visits, old, new)
        _rename(draft.entered, old, new)
        _rename(draft.last_by, old, new)
        _rename(draft.stood, old, new)
        if old in draft.spent:
            both = (*draft.spent.get(new, ()), *draft.spent.pop(old))
            draft.spent[new] = tuple(sorted(both, key=lambda stretch: stretch.since))
        draft.children = {_key_in(new, key) if parent_step(key) == old else key: c for key, c in draft.children.items()}
        if old in draft.done_by:
            draft.done_by[new] = tuple(dict.fromkeys((*draft.done_by.get(new, ()), *draft.done_by.pop(old))))
        for moment in [m for m in draft.facts if m == old or m.startswith(f"{old}.")]:
            _add(draft.facts, new + moment[len(old) :], draft.facts.pop(moment))


def _key_in(step: str, key: str) -> str:
    return f"{step}{key[len(parent_step(key)) :]}"


def _add(facts: dict[str, Fact], moment: str, more: Fact) -> None:
    """Two steps that became one: both happened there."""
    one = facts.get(moment, Fact())
    firsts, lasts = ([at for at in ats if at is not None] for ats in ((one.first_at, more.first_at), (one.at, more.at)))
    facts[moment] = Fact(
        max(one.begun, more.begun),
        max(one.finished, more.finished),
        one.count + more.count,
        min(firsts, default=None),
        max(lasts, default=None),
    )


def _rename(kept: dict[str, T], old: str, new: str) -> None:
    if old in kept:
        kept[new] = kept.pop(old)


def _marks(flow: Flow) -> tuple[str, ...]:
    """Marks of rules that the old version had stay; for a new rule they follow from what the case remembers."""
    facts, marks = flow.draft.facts, list(flow.draft.marks)
    for rule in flow.process.rules:
        if rule.form not in ORDERED or rule.text in marks:
            continue
        happened_at = max((facts[b].finished for b in rule.b if b in facts), default=0)
        excused = rule.c if rule.form != "always_after" else rule.a | rule.c
        cleared = max((max(facts[c].begun, facts[c].finished) for c in excused if c in facts), default=0)
        if happened_at > cleared:
            marks.append(rule.text)
    return tuple(marks)


def _set(flow: Flow, name: str, value: object) -> None:
    field = flow.process.fields.get(name)
    if field is None or flow.draft.values.get(name) is not None:
        return
    try:
        put_value(flow.process, flow.draft, name, cleaned(field, value, flow.process, flow.world), flow.world)
    except WrongValue as wrong:
        raise Refusal("wrong_value", wrong.text, concerns=name) from wrong
