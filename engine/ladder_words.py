"""A ladder in words: which rows rang, which are to come as things stand, and what each does."""

from __future__ import annotations

from dataclasses import replace

from engine.case import Case, Timer
from engine.clocks import rung_key
from engine.definition.compiled import URGENT, Compiled, Guard, LadderRow
from engine.definition.texts import Text
from engine.draft import Draft
from engine.flow import Flow
from engine.offers import Rung
from engine.people import World
from engine.who import roles_in_words

_GOES_ON = Text("the case goes on by itself", "系统自动转入下一步")


def rungs(process: Compiled, case: Case, world: World, step: str | None) -> tuple[Rung, ...]:
    """The rows of a ladder in the order of their moments: those that rang, and those that will as things stand. A row whose
    `if` did not hold, or would not when its time comes, is none of them; nor one that counts from what is not known."""
    if step is None or (step and step not in process.steps) or not case.is_open:
        return ()
    rows = process.steps[step].ladder if step else process.ladder
    if not rows or (step and step not in case.entered):
        return ()
    visit = case.visits.get(step, 0) if step else case.round
    ladder = Flow(process, Draft(case), world).time.ladder_of(step)
    armed = {timer.row: timer for timer in case.timers if timer.step == step and timer.row >= 0}
    found: list[Rung] = []
    for n, row in enumerate(rows):
        timer, key = armed.get(n), rung_key(step, visit, n)
        if timer is not None and _will_ring(process, case, world, row, timer):
            what = _what(process, row, f"timer:{step}#{n}")
            found.append(Rung(timer.fire_at, _if(process, row.when, what) if row.when else what, False))
        elif timer is None and case.rung.get(key) and key not in case.passed_over:
            found.append(Rung(ladder.first_moment(n), _what(process, row, f"timer:{step}#{n}"), True))
    return tuple(sorted(found, key=lambda rung: (rung.at is None, rung.at)))


def _will_ring(process: Compiled, case: Case, world: World, row: LadderRow, timer: Timer) -> bool:
    """Whether the `if` of a row holds at its moment, if nothing happens before."""
    then = max(timer.fire_at or world.now, world.now)
    return row.when is None or Flow(process, Draft(case), replace(world, now=then)).holds(row.when)


def _what(process: Compiled, row: LadderRow, trigger: str) -> Text:
    parts: list[Text] = []
    if row.remind:
        names = roles_in_words(process, row.remind)
        parts.append(Text(f"reminder to {names.en}", f"提醒{names.zh}"))
    if row.task:
        names = roles_in_words(process, (row.task,))
        parts.append(Text(f"escalation to {names.en}", f"升级至{names.zh}"))
    if row.mail:
        names = roles_in_words(process, row.mail)
        parts.append(Text(f"mail to {names.en}", f"邮件通知{names.zh}"))
    if row.draft_mail:
        parts.append(Text("a mail is drafted", "生成邮件草稿"))
    if row.moves:
        parts.append(_where_to(process, trigger))
    if row.do and not parts:
        parts.append(Text("done automatically", "自动执行"))
    return Text(", ".join(part.en for part in parts), "，".join(part.zh for part in parts))


def _where_to(process: Compiled, trigger: str) -> Text:
    """Where a row moves the case by itself; one that weighs first names each of its ways."""
    targets = dict.fromkeys(move.target for move in process.moves if move.trigger == trigger and move.target)
    labels = [process.steps[name].label for name in targets if name in process.steps and process.steps[name].label]
    en, zh = " or ".join(label.say("en") for label in labels), "或".join(label.say("zh-Hans") for label in labels)
    return Text(f"the case goes on by itself: {en}", f"系统自动转入：{zh}") if labels else _GOES_ON


def _if(process: Compiled, guard: Guard, what: Text) -> Text:
    """What happens only under a condition, which is asked when the row's time has come. A condition is written for who
    writes processes: who works on the task reads that there is one."""
    if guard.expression == URGENT and "urgent" not in process.fields:
        return Text(f"if urgent: {what.en}", f"紧急时：{what.zh}")
    return Text(f"if it applies then: {what.en}", f"届时视情况：{what.zh}")
