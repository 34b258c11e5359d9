"""A ladder in words: which rows rang, which are to come, and what each does."""

from __future__ import annotations

from collections.abc import Sequence

from engine.case import Case
from engine.definition.compiled import URGENT, Compiled, Guard, LadderRow
from engine.definition.texts import Text
from engine.draft import Draft
from engine.flow import Flow
from engine.offers import Rung
from engine.people import World


def rungs(process: Compiled, case: Case, world: World, step: str | None) -> tuple[Rung, ...]:
    """The rows of a ladder in the order of their moments: those that are over and those to come."""
    if step is None or (step and step not in process.steps) or not case.is_open:
        return ()
    rows = process.steps[step].ladder if step else process.ladder
    armed = {timer.row: timer for timer in case.timers if timer.step == step and timer.row >= 0}
    running = bool(rows) and (not step or step in case.entered)
    ladder = Flow(process, Draft(case), world).time.ladder_of(step) if running else None
    found: list[Rung] = []
    for n, row in ((n, row) for n, row in enumerate(rows) if process.may_ring(row)):
        timer = armed.get(n)
        at = timer.fire_at if timer is not None else ladder.first_moment(n) if ladder else None
        found.append(Rung(at, _what(process, row), timer is None))
    return tuple(sorted(found, key=lambda rung: (rung.at is None, rung.at)))


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
    what = Text(", ".join(part.en for part in parts), "，".join(part.zh for part in parts))
    return _if(process, row.when, what) if row.when else what


def _if(process: Compiled, guard: Guard, what: Text) -> Text:
    """What happens only under a condition, which is asked when the row's time has come. A condition is written for who
    writes processes: who works on the task reads that there is one."""
    if guard.expression == URGENT and "urgent" not in process.fields:
        return Text(f"if urgent: {what.en}", f"紧急时：{what.zh}")
    return Text(f"if it applies then: {what.en}", f"届时视情况：{what.zh}")


_PERSONS = {
    "assignee": Text("the assignee", "办理人"),
    "owner": Text("the owner", "负责人"),
    "starter": Text("who started it", "发起人"),
}


def _named(process: Compiled, names: Sequence[str]) -> Text:
    labels = [_PERSONS.get(name) or process.site.roles.get(name, Text(name, name)) for name in names]
    return Text(", ".join(label.say("en") for label in labels), "、".join(label.say("zh-Hans") for label in labels))
