"""The escalation of a case that is late closes when the promise is kept, and comes back when the case is late again."""

from __future__ import annotations

from dataclasses import replace

from engine.effects import WriteHistory
from tests.engine.stage import Stage, process

PROMISE = """
pause_while: [customer, follow_up]
due: 2 days
timers:
  - {at: 3 days after entry, task: tester}
  - {at: due, task: boss, label: Not answered in time | 未按期答复}
permissions: {cancel: boss, reopen: {role: boss, next: looking}}
start: {role: clerk}
steps:
  looking:
    label: Look into it | 调查
    task: {role: clerk}
    due: 9 days
    outcomes: {ask: {next: asking}, done: {next: follow_up}}
  asking:
    label: Ask | 询问
    waiting_for: customer
    events: {answer: looking}
  follow_up:
    label: Follow up | 回访
    task: {role: clerk}
    due: 9 days
    outcomes: {fine: {next: done_well}, wrong: {next: looking}}
  done_well: {end: success, label: Done | 完成}
  cancelled: {end: cancelled, label: Off | 取消}
events: {answer: {label: Answer | 答复}}
"""
HEAD = "process: trial\nversion: 1\nlabel: Trial | 试验\ncalendar: always\n"


def late(days: int = 4) -> Stage:
    return Stage(PROMISE, HEAD).lines("clerk starts", f"{days} days pass")


def escalated_to(stage: Stage) -> list[str]:
    assert stage.case is not None
    return sorted(role for task in stage.case.tasks if task.kind == "escalation" for role in task.roles)


def closed_by_themselves(stage: Stage) -> list[str]:
    rows = [effect.details for effect in stage.effects if isinstance(effect, WriteHistory)]
    return [each["en"] for row in rows for each in row.get("put_away", ())]


def test_when_the_promise_is_kept_nobody_is_asked_about_it_any_more_and_the_history_says_so() -> None:
    stage = late()
    assert escalated_to(stage) == ["boss", "tester"]

    stage.lines("clerk completes looking.done")
    assert escalated_to(stage) == ["tester"], "what does not count from the promise stays"
    assert closed_by_themselves(stage) == ["Not answered in time"]


def test_a_question_to_the_customer_keeps_no_promise() -> None:
    stage = late().lines("clerk completes looking.ask")
    assert escalated_to(stage) == ["boss", "tester"]


def test_a_case_that_goes_on_late_is_put_before_the_same_people_again() -> None:
    stage = late().lines("clerk completes looking.done", "5 days pass", "clerk completes follow_up.wrong")
    assert escalated_to(stage) == ["boss", "tester"]


def test_what_somebody_has_noted_does_not_come_back() -> None:
    stage = late().lines(("boss completes escalation.noted", {"comment": "Seen"}))
    assert escalated_to(stage) == ["tester"]
    stage.lines("clerk completes looking.done", "1 day passes", "clerk completes follow_up.wrong")
    assert escalated_to(stage) == ["tester"]


def test_a_case_with_more_time_goes_on_in_peace() -> None:
    """Kept within its time there is nothing to close; and nothing comes back before it is late."""
    stage = late(1).lines("clerk completes looking.done", "1 day passes", "clerk completes follow_up.wrong")
    assert "boss" not in escalated_to(stage)


def test_an_escalation_that_an_earlier_release_has_raised_is_known_by_the_number_of_its_row() -> None:
    stage = late()
    assert stage.case is not None
    numbered = [replace(t, about=":1") if t.roles == ("boss",) else t for t in stage.case.tasks]
    stage.case = replace(stage.case, tasks=tuple(numbered))
    stage.lines("clerk completes looking.done")
    assert escalated_to(stage) == ["tester"]

    stage.case = replace(stage.case, put_away=(":1",))
    stage.lines("5 days pass", "clerk completes follow_up.wrong")
    assert escalated_to(stage) == ["boss", "tester"]


def test_each_level_comes_back_when_its_own_moment_has_passed_however_many_rows_a_newer_version_has() -> None:
    levels = PROMISE.replace("permissions", "  - {at: 1 day after due, task: fixer}\npermissions", 1)
    stage = Stage(levels, HEAD).lines("clerk starts", "4 days pass")
    assert escalated_to(stage) == ["boss", "fixer", "tester"]
    stage.lines("clerk completes looking.done", "1 day passes")
    newer = levels.replace("timers:", "timers:\n  - {at: 1 hour before due, task: clerk}", 1)
    newer = newer.replace("due: 2 days", "due: 5 days")
    stage.process = process(newer, HEAD)
    assert escalated_to(stage.lines("clerk completes follow_up.wrong")) == ["tester"]
    assert escalated_to(stage.lines("1 day passes", "1 minute passes")) == ["boss", "tester"]
    assert escalated_to(stage.lines("1 day passes")) == ["boss", "fixer", "tester"]


def test_a_case_with_a_later_date_is_put_before_them_when_that_has_passed() -> None:
    text = PROMISE.replace("due: 2 days", "due: [{when: again_by is set, then: again_by}, {otherwise: 2 days}]")
    text = text.replace("start: {", "fields: {again_by: {type: datetime, label: By | 期限}}\nstart: {")
    text = text.replace("wrong: {next", "wrong: {do: [{set: {again_by: = now + 2}}], next")
    stage = Stage(text, HEAD).lines("clerk starts", "4 days pass", "clerk completes looking.done", "1 day passes")
    assert escalated_to(stage.lines("clerk completes follow_up.wrong")) == ["tester"]
    case = stage.lines("2 days pass", "1 minute passes").case  # nothing happens in it, but that the date passes
    assert case is not None and len(case.timers) == len(stage.process.ladder)
    assert [task.label.en for task in case.tasks].count("Not answered in time") == 1
