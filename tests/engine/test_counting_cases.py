"""A figure that counts: how many cases came to a moment, told apart by what they or their records say."""

from __future__ import annotations

import datetime as dt

from engine import events as happened
from engine.decide import decide
from engine.effects import RecordKpi
from engine.figures import Period, months
from tests.engine.stage import Stage

COUNTED = """
fields:
  colour: {type: choice, choices: {red: Red | 红, blue: Blue | 蓝}, label: Colour | 颜色}
kpis:
  begun: {label: Begun | 新增数量, count: start, per: owner}
  looked: {label: Looked at | 检查数量, count: look.good or look.bad, per: colour}
steps:
  look:
    label: Look | 检查
    task: {role: clerk, form: {ask: [colour]}}
    due: 1 day
    outcomes:
      good: {label: Good | 好, next: over}
      bad: {label: Bad | 坏, next: mend}
  mend: {label: Mend | 修理, task: {role: clerk}, due: 1 day, next: look}
  over: {end: success, label: Over | 结束}
"""


def counted(stage: Stage) -> list[tuple[str, float, str]]:
    return [(e.kpi, e.value, e.per) for e in stage.effects if isinstance(e, RecordKpi)]


def test_a_case_counts_where_it_first_comes_to_a_moment_and_not_again() -> None:
    stage = Stage(COUNTED.replace("look.good or look.bad", "look"))
    stage.lines("clerk starts", ("clerk completes look.bad", {"colour": "red"}), "clerk completes mend")
    assert [kpi for kpi, _, _ in counted(stage)] == ["begun", "looked"]


def test_it_is_told_apart_by_what_stood_in_the_case_at_that_moment() -> None:
    stage = Stage(COUNTED)
    stage.lines("clerk starts", ("clerk completes look.good", {"colour": "blue"}))
    assert counted(stage) == [("begun", 1.0, "clerk"), ("looked", 1.0, "Blue")]


def test_any_of_several_moments_counts_but_only_the_first() -> None:
    stage = Stage(COUNTED)
    stage.lines("clerk starts", ("clerk completes look.bad", {"colour": "red"}), "clerk completes mend")
    stage.lines(("clerk completes look.good", {"colour": "blue"}))
    assert counted(stage)[1:] == [("looked", 1.0, "Red")]


def test_a_share_leaves_out_the_cases_it_is_not_about() -> None:
    about = "  blue: {label: Blue | 蓝色率, share: colour is blue, of: count(mend) > 0}\n"
    looked_at_once = Stage(COUNTED.replace("kpis:\n", "kpis:\n" + about))
    looked_at_once.lines("clerk starts", ("clerk completes look.good", {"colour": "blue"}))
    assert "blue" not in [kpi for kpi, _, _ in counted(looked_at_once)]
    mended = Stage(COUNTED.replace("kpis:\n", "kpis:\n" + about))
    mended.lines("clerk starts", ("clerk completes look.bad", {"colour": "red"}), "clerk completes mend")
    mended.lines(("clerk completes look.good", {"colour": "blue"}))
    assert ("blue", 1.0, "") in counted(mended)


def test_the_months_of_a_period_end_where_it_ends_and_are_twelve_at_most() -> None:
    day = dt.date
    assert months(Period(day(2026, 3, 9), day(2026, 3, 20))) == [Period(day(2026, 3, 9), day(2026, 3, 20))]
    assert months(Period(day(2025, 12, 9), day(2026, 1, 20))) == [
        Period(day(2025, 12, 9), day(2025, 12, 31)),
        Period(day(2026, 1, 1), day(2026, 1, 20)),
    ]
    long = months(Period(day(2020, 1, 1), day(2026, 1, 20)))
    assert len(long) == 12 and long[0].first == day(2025, 2, 1)


BRANCHES = """
kpis:
  worked_on: {label: Worked on | 开工数量, count: one or other}
steps:
  both:
    label: Both | 两边
    parallel:
      left: {one: {label: One | 甲, task: {role: clerk}, due: 1 day, next: join}}
      right: {other: {label: Other | 乙, task: {role: clerk}, due: 1 day, next: join}}
    join: all
    next: over
  over: {end: success, label: Over | 结束}
"""


def test_a_case_that_comes_to_two_of_its_moments_at_once_counts_once() -> None:
    stage = Stage(BRANCHES).lines("clerk starts", "clerk completes one", "clerk completes other")
    assert [kpi for kpi, _, _ in counted(stage)] == ["worked_on"]


LATE = """
owner: starter
due: 2 days
timers: [{at: due, remind: owner}]
fields:
  is_excused: {type: yes_no, default: no, label: Excused | 可免}
kpis:
  late: {label: Late | 逾期数量, count: overdue, per: owner}
  slow: {label: Slow | 超时检查, count: look.overdue, per: assignee}
steps:
  look:
    label: Look | 检查
    task: {role: clerk}
    due: 1 day
    timers: [{at: due, remind: assignee, if: not is_excused}, {at: 1 day after due, every: 1 day, at_most: 3, remind: assignee}]
    outcomes:
      again: {label: Again | 重来, next: look}
      good: {label: Good | 好, next: over}
  over: {end: success, label: Over | 结束}
"""


def test_a_case_counts_once_where_its_deadline_passes_for_whoever_answers_for_it_then() -> None:
    stage = Stage(LATE).lines("clerk starts", "5 days pass", "clerk_2 completes look.good")
    assert counted(stage).count(("late", 1.0, "clerk")) == 1
    assert [kpi for kpi, _, _ in counted(stage)].count("late") == 1


def test_a_case_that_was_late_stays_late_in_its_share_though_more_time_was_given_afterwards() -> None:
    share = "  late: {label: Late | 逾期数量, count: overdue, per: owner}\n  on_time: {label: On time | 及时率, share: not overdue}\n"
    body = LATE.replace("  late: {label: Late | 逾期数量, count: overdue, per: owner}\n", share)
    body = body.replace("timers: [{at: due, remind: owner}]", "timers: [{at: due, task: owner}]")
    stage = Stage(body).lines("clerk starts", "3 days pass")
    assert stage.case is not None
    late = next(task for task in stage.case.tasks if task.kind == "escalation" and task.step == "")
    given = {"due_at": stage.now + dt.timedelta(days=9), "reason": "parts are late"}
    extended = happened.TaskCompleted(late.id, "extend", "clerk", given)
    stage.case = decide(stage.process, stage.case, extended, stage.world_at(stage.now)).case
    stage.lines("clerk completes look.good")
    assert ("on_time", 0.0, "") in [(kpi, value, per or "") for kpi, value, per in counted(stage)]


def test_a_step_that_is_late_twice_counts_once_for_whoever_has_it_then() -> None:
    stage = Stage(LATE).lines("clerk starts", "clerk_2 claims look", "25 hours pass", "clerk_2 completes look.again")
    stage.lines("25 hours pass")
    assert [entry for entry in counted(stage) if entry[0] == "slow"] == [("slow", 1.0, "clerk_2")]


def test_a_deadline_whose_row_says_that_nobody_is_late_counts_nothing() -> None:
    excused = Stage(LATE.replace("is_excused: {type: yes_no, default: no", "is_excused: {type: yes_no, default: yes"))
    assert "slow" not in [kpi for kpi, _, _ in counted(excused.lines("clerk starts", "25 hours pass"))]


def test_what_is_done_in_time_is_no_omission() -> None:
    assert counted(Stage(LATE).lines("clerk starts", "clerk completes look.good")) == []
