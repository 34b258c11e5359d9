"""A deadline `in total` counts all visits of a step together: what happens in between stops the count, and nothing restarts it."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.case import Task
from engine.definition.calendars import after, open_time
from engine.definition.compiled import Due
from engine.definition.durations import parse_duration
from tests.engine.stage import HEAD, Stage, process

SHANGHAI = ZoneInfo("Asia/Shanghai")
MINUTE = dt.timedelta(minutes=1)
BODY = """
permissions: {reopen: {role: boss, within: 300 days, next: repairing}}
start: {role: [clerk, boss]}
steps:
  repairing:
    label: Repair | 维修
    task: {role: fixer, may_pause: true}
    due: DUE
    timers:
      - {at: 75 % of due, remind: assignee}
      - {at: 2 working hours before due, remind: boss}
      - {at: due, task: boss}
      - {at: 4 working hours after due, task: tester}
    outcomes: {parts: waiting, again: repairing, mended: closed}
  waiting:
    label: Wait for parts | 等待零件
    task: {role: clerk}
    due: 300 days
    next: repairing
  closed: {end: success, label: Closed | 已结案}
"""
_HEAD = HEAD.replace("start: {role: [clerk, boss]}\n", "")
FOR_PARTS, BACK = "fixer completes repairing.parts", "clerk completes waiting"


def stage(due: str, **given_: str) -> Stage:
    """Monday 2026-03-02, 09:00 in Shanghai; the office is open 09:00-17:00 from Monday to Friday."""
    return Stage(BODY.replace("DUE", due), _HEAD, **given_).lines("clerk starts")


def due(played: Stage) -> str:
    task: Task = played.work("repairing")
    assert task.due_at is not None
    return f"{task.due_at.astimezone(SHANGHAI):%a %d %H:%M}"


def rings(played: Stage) -> list[str]:
    """When each row of the ladder will ring, in the order of the rows."""
    assert played.case is not None
    mine = sorted((t for t in played.case.timers if t.step == "repairing"), key=lambda t: t.row)
    return [f"{t.fire_at.astimezone(SHANGHAI):%a %d %H:%M}" if t.fire_at else "-" for t in mine]


def test_waiting_for_parts_stops_the_count_and_never_restarts_it() -> None:
    played = stage("3 working days in total")
    assert due(played) == "Thu 05 09:00"
    played.lines("1 working day passes", FOR_PARTS, "5 working days pass", BACK)
    assert due(played) == "Wed 11 17:00"  # two of the three days are left on Tuesday morning
    played.lines("1 working hour passes", FOR_PARTS, BACK)
    assert due(played) == "Wed 11 17:00"


def test_without_in_total_every_visit_has_the_whole_time() -> None:
    played = stage("3 working days").lines("1 working day passes", FOR_PARTS, "5 working days pass", BACK)
    assert due(played) == "Fri 13 09:00"
    assert played.case is not None and not played.case.spent


def test_days_of_the_calendar_count_as_they_pass() -> None:
    played = stage("4 days in total").lines("36 hours pass", FOR_PARTS, "10 days pass", BACK)
    assert due(played) == "Mon 16 09:00"  # 60 of 96 hours from Friday evening on


def test_chinese_authors_write_it_before_the_duration() -> None:
    written = process(BODY.replace("DUE", "共 3个工作日"), _HEAD).steps["repairing"].due[0].then
    assert written == Due(duration=parse_duration("3个工作日"), text="共 3个工作日", in_total=True)


def test_a_pause_of_the_task_is_taken_off_what_was_used() -> None:
    played = stage("16 working hours in total").lines(
        "fixer claims repairing", "4 hours pass", "fixer pauses repairing"
    )
    played.lines("3 working days pass", "fixer resumes repairing", "1 working hour passes", FOR_PARTS, BACK)
    task = played.work("repairing")
    left = open_time(played.process.calendar_of["repairing"], played.now, task.due_at)
    assert left == dt.timedelta(hours=11)


def test_who_leaves_while_it_is_paused_has_used_nothing_since() -> None:
    body = BODY.replace("due: DUE", "due: 16 working hours in total\n    events: {arrived: waiting}")
    heard = Stage(body + "events: {arrived: {label: Arrived | 到货}}\n", _HEAD)
    heard.lines("clerk starts", "fixer claims repairing", "4 hours pass", "fixer pauses repairing", "2 days pass")
    heard.lines("arrived arrives", BACK)
    left = open_time(heard.process.calendar_of["repairing"], heard.now, heard.work("repairing").due_at)
    assert left == dt.timedelta(hours=12)


def test_when_nothing_is_left_it_is_due_at_once_and_its_ladder_begins_there() -> None:
    played = stage("1 working day in total").lines("2 working days pass", FOR_PARTS, "1 working day passes")
    played.play(BACK, {})
    assert due(played) == "Thu 05 09:00"
    assert [row["row"] for row in played.seen.rung] == [0, 1, 2]  # the warnings and the due itself, at the entry
    assert rings(played) == ["Thu 05 13:00"]


def test_the_ladder_counts_over_all_visits_too() -> None:
    played = stage("16 working hours in total")
    assert rings(played) == ["Tue 03 13:00", "Tue 03 15:00", "Tue 03 17:00", "Wed 04 13:00"]
    played.lines("8 working hours pass", FOR_PARTS, "7 days pass", BACK)  # Monday 17:00, a week later again
    assert rings(played) == ["Tue 10 13:00", "Tue 10 15:00", "Tue 10 17:00", "Wed 11 13:00"]


def test_a_warning_of_an_earlier_visit_is_told_again_at_the_next_entry() -> None:
    played = stage("16 working hours in total").lines("13 working hours pass", FOR_PARTS, "1 day passes")
    played.play(BACK, {})
    assert [row["row"] for row in played.seen.rung] == [0]
    assert rings(played) == ["Wed 04 15:00", "Wed 04 17:00", "Thu 05 13:00"]


def test_more_time_given_by_hand_is_given_to_the_visits_after_it_too() -> None:
    more = ("boss completes escalation.extend", {"due_at": "2026-03-20 10:00", "reason": "parts"})
    played = stage("3 working days in total").lines("4 working days pass", more)
    assert due(played) == "Fri 20 10:00"
    played.lines(FOR_PARTS, "1 working day passes", BACK)
    assert due(played) == "Fri 20 10:00", "nothing is left of the three days, but there was a promise"
    played.lines(FOR_PARTS, "20 working days pass", BACK)
    assert due(played) == "Mon 06 09:00", "it is past by now: due at once"
    played.lines("fixer completes repairing.mended", "boss reopens", FOR_PARTS, BACK)
    assert due(played) == "Thu 09 09:00", "a new round has its own three days"


def test_a_new_round_begins_the_count_anew() -> None:
    played = stage("3 working days in total").lines("2 working days pass", "fixer completes repairing.mended")
    played.lines("1 day passes", "boss reopens")
    assert due(played) == "Tue 10 09:00"


@pytest.mark.parametrize(
    "written", ["3 working days in total", "20 working hours in total", "5 days in total", "50 hours in total"]
)
@settings(max_examples=60, derandomize=True, deadline=None)
@example([(0, 0), (1, 0), (0, 1)], 0)
@example([(480, 960), (480, 960), (480, 60)], 0)
@given(
    visits=st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 6_000)), min_size=1, max_size=5),
    begins=st.integers(0, 7 * 24 * 60),
)
def test_however_work_is_split_and_whatever_lies_between_the_time_used_until_the_due_is_the_same(
    written: str, visits: list[tuple[int, int]], begins: int
) -> None:
    start = dt.datetime(2026, 3, 2, 9, tzinfo=SHANGHAI) + begins * MINUTE
    played = stage(written, start_at=f"{start:%Y-%m-%d %H:%M}")
    calendar, duration = played.process.calendar_of["repairing"], parse_duration(written.removesuffix(" in total"))

    def length(since: dt.datetime, until: dt.datetime) -> dt.timedelta:
        return open_time(calendar, since, until) if duration.working else until - since

    whole = length(played.now, after(played.now, duration, calendar))
    used = dt.timedelta()
    for work, gap in visits:
        entered = played.now
        if work:
            played.play(f"{work} minutes pass", {})
        used += length(entered, played.now)
        played.play(FOR_PARTS, {})
        if gap:
            played.play(f"{gap} minutes pass", {})
        played.play(BACK, {})
        until = played.work("repairing").due_at
        assert until is not None
        assert until >= played.now
        assert length(played.now, until) == max(whole - used, dt.timedelta())
