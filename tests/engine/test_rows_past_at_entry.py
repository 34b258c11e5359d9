"""A step that begins after its date has passed: of the rows that are over by then only the highest asks somebody. And who has
the work already is reminded of it, not asked by a second card."""

from __future__ import annotations

from collections import Counter

from engine.effects import Remind, SendMail, WriteHistory
from tests.engine.stage import Stage

PROMISED = """
fields: {by: {type: datetime, label: By | 期限}, told: {type: text, label: Told | 告知}}
start: {role: clerk, form: {optional: [by]}}
steps:
  visiting:
    label: Visit | 上门
    task: {role: fixer}
    due: by
    timers:
      - {at: 1 hour before due, remind: assignee}
      - {at: due, remind: assignee, task: boss, mail: boss}
      - {at: 1 hour after due, do: [{set: {told: late}}], remind: assignee, mail: boss}
      - {at: 2 hours after due, task: tester, mail: [boss, tester]}
      - {at: 2 days after due, task: clerk}
    outcomes: {again: {next: waiting}, done: done_well}
  waiting:
    label: Wait | 等待
    waiting_for: customer
    timers: [{at: 1 day after entry, next: visiting}]
  done_well: {end: success, label: Done | 完成}
"""
HEAD = "process: trial\nversion: 1\nlabel: Trial | 试验\ncalendar: always\n"


def come_back_late() -> Stage:
    """In the first visit nothing rang; the second one begins half a day after the promise."""
    stage = Stage(PROMISED, HEAD)
    stage.lines(("clerk starts", {"by": "2026-03-02T21:00:00+08:00"}), "fixer completes visiting.again")
    stage.effects.clear()
    return stage.lines("1 day passes", "1 minute passes")


def escalated_to(stage: Stage) -> list[str]:
    assert stage.case is not None
    return sorted(role for task in stage.case.tasks if task.kind == "escalation" for role in task.roles)


def test_only_the_highest_asks_with_one_card_and_one_mail_to_a_person() -> None:
    stage = come_back_late()
    assert stage.at == ("visiting",) and escalated_to(stage) == ["tester"]
    mails = Counter(effect.to.partition("@")[0] for effect in stage.effects if isinstance(effect, SendMail))
    assert mails == {"boss": 1, "tester": 1}
    kinds = [effect.kind for effect in stage.effects if isinstance(effect, WriteHistory)]
    assert kinds == ["rang", "passed_over", "passed_over", "rang", "rang"]


def test_what_a_row_does_besides_is_done_and_what_comes_later_comes_in_its_time() -> None:
    stage = come_back_late()
    assert stage.case is not None and stage.case.values["told"] == "late"
    assert escalated_to(stage.lines("2 days pass")) == ["clerk", "tester"]


def test_who_has_the_work_already_is_reminded_and_the_next_level_is_asked() -> None:
    stage = Stage(PROMISED.replace("role: fixer", "role: boss"), HEAD)
    stage.lines(
        ("clerk starts", {"by": "2026-03-02T21:00:00+08:00"}),
        "boss claims visiting",
        "12 hours pass",
        "1 minute passes",
    )
    assert escalated_to(stage) == []
    assert {who for effect in stage.effects if isinstance(effect, Remind) for who in effect.people} == {"boss"}
    assert escalated_to(stage.lines("2 hours pass")) == ["tester"]


def test_a_role_of_several_that_may_take_it_is_asked_while_somebody_else_has_it() -> None:
    stage = Stage(PROMISED.replace("role: fixer", "role: [fixer, boss]"), HEAD)
    started = ("clerk starts", {"by": "2026-03-02T21:00:00+08:00"})
    assert escalated_to(stage.lines(started, "fixer claims visiting", "12 hours pass", "1 minute passes")) == ["boss"]
