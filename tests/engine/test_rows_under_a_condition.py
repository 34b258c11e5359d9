"""A row of a ladder with an `if` rings only where that holds at its moment; what it left out is never made up for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from engine import events as happened
from engine.case import Case
from engine.checks.prover import prove_all
from engine.decide import decide
from engine.effects import SendMail, WriteHistory
from engine.ladder_words import rungs
from tests.engine.stage import Stage

VISIT = """
urgent_when: danger is yes
fields:
  danger: {type: yes_no, label: Danger | 危险}
  tier: {type: text, label: Tier | 等级}
start: {role: [clerk, boss], form: {optional: [danger, tier]}}
steps:
  looking:
    label: Look into it | 调查
    task: {role: clerk, form: {optional: [danger, tier]}, may_pause: true}
    due: 10 hours
    timers:
      - {at: 50 % of due, if: urgent, remind: assignee}
      - {at: 60 % of due, if: tier == 'vip', task: boss}
      - {at: due, remind: assignee, task: tester}
      - {at: 1 hour after due, if: urgent, every: 1 hour, at_most: 4, remind: owner}
    outcomes: {again: {next: waiting}, done: done_well}
  waiting:
    label: Wait | 等待
    waiting_for: customer
    timers:
      - {at: 1 day after entry, if: tier == 'vip', next: looking}
      - {at: 3 days after entry, next: looking}
  done_well: {end: success, label: Done | 完成}
  cancelled: {end: cancelled, label: Off | 取消}
"""
HEAD = "process: trial\nversion: 1\nlabel: Trial | 试验\ncalendar: always\n"


def visit(body: str = VISIT, **entered: Any) -> Stage:
    return Stage(body, HEAD).lines(("clerk starts", entered))


def rung(stage: Stage) -> list[tuple[int, int]]:
    """What came due in the last line: row and turn."""
    return [(row["row"], row["turn"]) for row in stage.seen.rung]


def meanwhile(stage: Stage, **values: Any) -> Case:
    """The case as it is once somebody entered that, the task still being open."""
    assert stage.case is not None
    return replace(stage.case, values={**stage.case.values, **values})


def history(stage: Stage) -> list[str]:
    return [effect.kind for effect in stage.effects if isinstance(effect, WriteHistory)]


def test_an_urgent_case_is_asked_after_at_half_its_time_and_every_hour_once_it_is_late() -> None:
    stage = visit(danger=True).lines("6 hours pass")
    assert stage.seen.reminded.count("assignee") == 1

    stage.lines("7 hours pass")
    assert stage.seen.reminded.count("assignee") == 1
    assert stage.seen.reminded.count("owner") == 3


@pytest.mark.parametrize("entered", [{}, {"danger": False}])
def test_another_case_is_reminded_at_its_due_alone(entered: Mapping[str, Any]) -> None:
    stage = visit(**entered).lines("20 hours pass")

    assert stage.seen.reminded.count("assignee") == 1
    assert "owner" not in stage.seen.reminded
    assert stage.seen.tasks_for == ["tester"]


def test_what_was_left_out_is_kept_in_the_history_and_asked_of_nobody() -> None:
    stage = visit().lines("6 hours pass")

    assert rung(stage) == [(0, 0), (1, 0)]
    assert [row.get("passed_over") for row in stage.seen.rung] == [True, True]
    assert history(stage)[-2:] == ["passed_over", "passed_over"]
    assert stage.seen.reminded == [] and stage.seen.tasks_for == []


def test_a_case_that_becomes_urgent_later_is_asked_after_from_the_next_row_on() -> None:
    stage = visit().lines("6 hours pass", "clerk claims looking")
    stage.case = meanwhile(stage, danger=True)

    stage.lines("1 hour passes")
    assert rung(stage) == []
    stage.lines("5 hours pass")
    assert rung(stage) == [(2, 0), (3, 0), (3, 1)]
    assert stage.seen.reminded.count("owner") == 2


def test_every_turn_of_a_repeated_row_asks_anew() -> None:
    stage = visit(danger=True).lines("11 hours pass")
    assert stage.seen.reminded.count("owner") == 1

    stage.case = meanwhile(stage, danger=False)
    stage.lines("1 hour passes")
    assert "owner" not in stage.seen.reminded

    stage.case = meanwhile(stage, danger=True)
    stage.lines("5 hours pass")
    assert rung(stage) == [(3, 2), (3, 3)]
    assert stage.seen.reminded.count("owner") == 2


def test_after_an_outage_the_condition_is_asked_when_the_row_is_told_and_never_again() -> None:
    stage = visit()
    later = stage.now + dt.timedelta(hours=9)
    assert stage.case is not None
    missed = [timer.id for timer in stage.case.timers if timer.fire_at and timer.fire_at <= later]
    for timer in missed:
        stage.case = decide(stage.process, stage.case, happened.TimerRang(timer), stage.world_at(later)).case

    stage.case = meanwhile(stage, danger=True, tier="vip")
    again = [decide(stage.process, stage.case, happened.TimerRang(timer), stage.world_at(later)) for timer in missed]
    assert [decision.changed for decision in again] == [False, False]
    stage.now = later
    stage.lines("30 minutes pass")
    assert rung(stage) == []


def test_a_new_visit_asks_for_itself() -> None:
    stage = visit().lines("6 hours pass", ("clerk completes looking.again", {"danger": True}))
    stage.lines("4 days pass")

    assert stage.at == ("looking",)
    assert (0, 0) in rung(stage)
    assert "assignee" in stage.seen.reminded


def test_the_way_a_row_leads_is_taken_only_where_it_holds() -> None:
    vip = visit(tier="vip").lines("clerk completes looking.again", "25 hours pass")
    assert vip.at == ("looking",)

    other = visit().lines("clerk completes looking.again", "25 hours pass")
    assert other.at == ("waiting",)
    assert other.lines("2 days pass").at == ("looking",)


def test_one_mail_is_enough_after_an_outage_but_a_row_that_does_not_ring_writes_none() -> None:
    body = VISIT.replace("{at: due, remind: assignee, task: tester}", "{at: due, task: tester}").replace(
        "{at: 60 % of due, if: tier == 'vip', task: boss}", "{at: 60 % of due, if: tier == 'vip', remind: assignee}"
    )
    assert [mails_after_an_outage(body, danger=True, tier=tier) for tier in ("vip", "other")] == [1, 1]


def mails_after_an_outage(body: str, **entered: Any) -> int:
    stage = visit(body, **entered).lines("clerk claims looking")
    later = stage.now + dt.timedelta(hours=9)
    assert stage.case is not None
    found: list[SendMail] = []
    due = [(timer.fire_at, timer.id) for timer in stage.case.timers if timer.fire_at and timer.fire_at <= later]
    for _, timer in sorted(due):
        decision = decide(stage.process, stage.case, happened.TimerRang(timer), stage.world_at(later))
        stage.case = decision.case
        found += [effect for effect in decision.effects if isinstance(effect, SendMail)]
    return len(found)


LATE = """
fields:
  visit_at: {type: datetime, label: Visit | 上门时间}
  late_for: {type: datetime, label: Late for | 已晚到}
ladders:
  promised:
    - {at: due, remind: assignee}
    - {at: 30 minutes after visit_at, if: late_for is not set or late_for != visit_at, task: boss, do: [{set: {late_for: = visit_at}}]}
start: {role: clerk, form: {ask: [visit_at]}}
steps:
  at_home: {label: At home | 未出发, task: {role: clerk}, due: visit_at, timers: promised, next: on_the_way}
  on_the_way:
    label: On the way | 途中
    task: {role: clerk, form: {optional: [visit_at]}}
    due: visit_at
    timers: promised
    outcomes: {put_off: at_home, there: done_well}
  done_well: {end: success, label: Done | 完成}
  cancelled: {end: cancelled, label: Off | 取消}
"""


@pytest.mark.parametrize("minutes", [20, 40])
def test_what_two_steps_promise_together_is_told_once_wherever_the_case_is_then(minutes: int) -> None:
    stage = visit(LATE, visit_at="2026-03-02T12:00").lines(f"{180 + minutes} minutes pass")
    told_at_home = stage.seen.tasks_for.count("boss")
    assert told_at_home == (1 if minutes > 30 else 0)

    stage.lines("clerk completes at_home", "30 minutes pass")
    assert stage.seen.tasks_for.count("boss") == 1 - told_at_home


def test_what_was_told_for_one_date_is_told_anew_for_the_next() -> None:
    stage = visit(LATE, visit_at="2026-03-02T12:00").lines("4 hours pass", "clerk completes at_home")
    stage.lines(("clerk completes on_the_way.put_off", {"visit_at": "2026-03-03T12:00"}), "1 day passes")
    assert stage.seen.tasks_for.count("boss") == 1


def test_a_process_that_knows_no_urgency_arms_nothing_for_it_and_speaks_of_nothing() -> None:
    stage = visit(VISIT.replace("urgent_when: danger is yes\n", ""))
    assert stage.case is not None

    assert {timer.row for timer in stage.case.timers} == {1, 2}
    shown = rungs(stage.process, stage.case, stage.world_at(stage.now), "looking")
    assert [rung.what.en for rung in shown] == ["reminder to the assignee, escalation to Tester"]


def ladder(stage: Stage, step: str = "looking") -> list[tuple[str, bool]]:
    """The rows of a step as its page shows them, and whether each is over."""
    assert stage.case is not None
    shown = rungs(stage.process, stage.case, stage.world_at(stage.now), step)
    return [(rung.what.en, rung.passed) for rung in shown]


def test_a_calm_case_shows_no_row_for_urgent_ones_neither_as_coming_nor_as_over() -> None:
    stage = visit(tier="other")
    assert ladder(stage) == [("reminder to the assignee, escalation to Tester", False)]
    assert ladder(stage.lines("11 hours pass")) == [("reminder to the assignee, escalation to Tester", True)]


def test_what_rang_for_an_urgent_case_is_shown_as_over_also_when_it_is_calm_again() -> None:
    stage = visit(danger=True).lines("6 hours pass")
    stage.case = meanwhile(stage, danger=False)
    assert ladder(stage)[0] == ("reminder to the assignee", True)


def test_a_row_that_will_ring_once_the_case_is_late_is_shown_before_it_is() -> None:
    stage = Stage("due: 1 day\n" + RULED.removesuffix("rules:\n")).lines("clerk starts", "clerk completes first")
    assert ladder(stage, "second") == [("reminder to the assignee", False), ("if it applies then: the case goes on by itself: Fourth", False)]  # fmt: skip


def test_the_ladder_says_on_what_a_row_hangs_in_the_order_of_time() -> None:
    stage = visit(danger=True, tier="vip")
    assert stage.case is not None

    shown = rungs(stage.process, stage.case, stage.world_at(stage.now), "looking")
    assert shown[0].what.en == "if urgent: reminder to the assignee"
    assert [rung.what.zh for rung in shown][:2] == ["紧急时：提醒办理人", "届时视情况：升级至主管"]
    assert [rung.at for rung in shown] == sorted(rung.at for rung in shown if rung.at)


def test_a_field_called_urgent_is_what_urgent_means_there() -> None:
    own = VISIT.replace("urgent_when: danger is yes\n", "").replace(
        "tier: {", "urgent: {type: yes_no, label: Urgent | 紧急}\n  tier: {"
    )
    own = own.replace("optional: [danger, tier]", "optional: [danger, tier, urgent]")

    assert visit(own, urgent=True).lines("6 hours pass").seen.reminded.count("assignee") == 1
    assert visit(own, danger=True).lines("6 hours pass").seen.reminded == []


RULED = """
steps:
  first: {label: First | 一, task: {role: clerk}, due: 1 day, next: second}
  second:
    label: Second | 二
    task: {role: clerk}
    due: 1 day
    timers:
      - {at: due, remind: assignee}
      - {at: 2 days after entry, if: overdue, next: fourth}
    next: third
  third: {label: Third | 三, task: {role: clerk}, due: 1 day, next: fourth}
  fourth: {end: success, label: Fourth | 四}
  cancelled: {end: cancelled, label: Off | 取消}
rules:
"""


@pytest.mark.parametrize("rule", ["never: fourth before third", "always: third after first"])
def test_what_a_row_with_a_condition_may_do_is_possible_to_the_prover(rule: str) -> None:
    verdicts = prove_all(Stage(f"{RULED}  - {rule}\n").process)

    assert [verdict.verdict for verdict in verdicts] == ["violated"]
    assert verdicts[0].path[:3] == ("start", "first", "second (timer 2)")


@pytest.mark.parametrize("rule", ["never: fourth before second", "always: third after first"])
def test_no_promise_rests_on_a_row_with_a_condition(rule: str) -> None:
    """It leads to the third step, but another way leads past it, and the second is not finished by it."""
    body = RULED.replace("next: fourth}\n    next: third", "next: third}\n    next: fourth")
    verdicts = prove_all(Stage(f"{body}  - {rule}\n").process)

    assert [verdict.verdict for verdict in verdicts] == ["violated"]
