"""`pause_while` of a step: its clock stands still while the case is also in another step, and its task can be done all the same."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.definition.calendars import open_time
from engine.offering import task_offer
from engine.people import Person
from tests.engine.stage import Stage

SHANGHAI = ZoneInfo("Asia/Shanghai")
BODY = """
permissions: {cancel: boss}
steps:
  preparing:
    label: Prepare | 准备
    parallel:
      parts:
        packing:
          label: Pack the parts | 备料
          task: {role: fixer}
          due: 1 day
          outcomes: {ready: join, ordered: ordered}
        ordered:
          label: Parts on order | 待备件
          task: {role: fixer}
          due: 30 days
          outcomes: {here: join, wrong: packing}
      date:
        agreeing:
          label: Agree on a date | 约定时间
          task: {role: clerk, may_pause: true}
          due: 6 working hours
          pause_while: ordered
          timers:
            - {at: 50 % of due, remind: clerk}
            - {at: 2 working hours after entry, remind: tester}
            - {at: due, task: boss}
          next: join
    join: all
    next: closed
  closed: {end: success, label: Closed | 已结案}
  cancelled: {end: cancelled, label: Cancelled | 已取消}
"""
ORDERED, WRONG, HERE = (f"fixer completes {word}" for word in ("packing.ordered", "ordered.wrong", "ordered.here"))


def stage() -> Stage:
    """Monday 2026-03-02, 09:00 in Shanghai; the office is open 09:00-17:00 from Monday to Friday."""
    return Stage(BODY).lines("clerk starts")


def due(played: Stage) -> str:
    at: dt.datetime | None = played.work("agreeing").due_at
    return f"{at.astimezone(SHANGHAI):%a %d %H:%M}" if at else "-"


def rings(played: Stage) -> list[str]:
    assert played.case is not None
    mine = sorted((t for t in played.case.timers if t.step == "agreeing"), key=lambda t: t.row)
    return [f"{t.fire_at.astimezone(SHANGHAI):%a %d %H:%M}" if t.fire_at else "-" for t in mine]


def test_while_parts_are_on_order_the_date_has_no_due_and_nothing_rings() -> None:
    played = stage()
    assert (due(played), rings(played)) == ("Mon 02 15:00", ["Mon 02 12:00", "Mon 02 11:00", "Mon 02 15:00"])
    played.lines("1 hour passes", ORDERED)
    assert (due(played), rings(played)) == ("-", ["-", "-", "-"])
    played.lines("20 days pass")
    assert played.seen.rung == []


def test_when_the_parts_are_here_what_was_left_of_the_time_is_left() -> None:
    played = stage().lines("1 hour passes", ORDERED, "1 day passes", HERE)
    assert (due(played), rings(played)) == ("Tue 03 15:00", ["Tue 03 12:00", "Tue 03 11:00", "Tue 03 15:00"])


def test_every_wait_counts_and_a_wait_of_no_length_changes_nothing() -> None:
    played = stage().lines("1 hour passes", ORDERED, WRONG)
    assert due(played) == "Mon 02 15:00"
    played.lines(ORDERED, "1 hour passes", WRONG, "1 hour passes", ORDERED, "1 hour passes", HERE)
    assert due(played) == "Mon 02 17:00"


def test_the_date_may_be_agreed_all_the_same() -> None:
    played = stage().lines(ORDERED, "5 days pass", "clerk completes agreeing", HERE)
    assert played.ended == "closed"


def test_a_pause_by_hand_and_a_wait_beside_are_not_counted_twice() -> None:
    played = stage().lines("clerk claims agreeing", "1 hour passes", ORDERED, "clerk pauses agreeing", "1 hour passes")
    played.lines(HERE)
    assert played.work("agreeing").paused
    played.lines("1 hour passes", "clerk resumes agreeing")
    assert due(played) == "Mon 02 17:00"


def test_the_task_says_what_it_waits_for() -> None:
    played = stage().lines(ORDERED)
    assert played.case is not None
    clerk, world = Person("clerk", "Clerk", frozenset({"clerk"})), played.world_at(played.now)
    offered = task_offer(played.process, played.case, played.work("agreeing"), clerk, world)
    assert [label.zh for label in offered.stands_for] == ["待备件"]
    played.lines(HERE)
    offered = task_offer(played.process, played.case, played.work("agreeing"), clerk, world)
    assert offered.stands_for == ()


def test_nothing_of_it_is_left_when_the_step_is() -> None:
    played = stage().lines(ORDERED, "1 day passes", "boss cancels")
    assert played.case is not None
    assert dict(played.case.stood) == {}


@settings(max_examples=80, derandomize=True, deadline=None)
@given(turns=st.lists(st.tuples(st.integers(0, 3_000), st.integers(0, 90)), max_size=6), begins=st.integers(0, 9_000))
def test_the_time_a_clerk_has_is_the_same_however_often_parts_are_waited_for(
    turns: list[tuple[int, int]], begins: int
) -> None:
    start = dt.datetime(2026, 3, 2, 9, tzinfo=SHANGHAI) + dt.timedelta(minutes=begins)
    played = Stage(BODY, start_at=f"{start:%Y-%m-%d %H:%M}").lines("clerk starts")
    calendar, used = played.process.calendar_of["agreeing"], dt.timedelta()
    for waited, worked in turns:
        played.lines(ORDERED, *([f"{waited} minutes pass"] if waited else []), WRONG)
        before = played.now
        if worked:
            played.lines(f"{worked} minutes pass")
        used += open_time(calendar, before, played.now)
        until = played.work("agreeing").due_at
        left = dt.timedelta(hours=6) - used
        assert (open_time(calendar, played.now, until) if until > played.now else dt.timedelta()) == max(
            left, dt.timedelta()
        )
