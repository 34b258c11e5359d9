"""Pauses: working timers keep their open minutes, calendar timers move by the real length."""

from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.definition.calendars import after, is_open, open_time
from engine.definition.durations import Duration, parse_duration
from engine.definition.pauses import Pause, share_of, with_pauses
from tests.engine.definition.office_hours import OFFICE, at, local

# Example 5: two working days from Monday 10:00, paused from Monday 15:00 to Wednesday 11:00.
ENTRY = at("Mon 2026-03-16 10:00")
DUE = after(ENTRY, parse_duration("2 working days"), OFFICE)
CASE_5: list[Pause] = [(at("Mon 2026-03-16 15:00"), at("Wed 2026-03-18 11:00"))]


def test_a_calendar_timer_moves_by_the_real_length_of_the_pause() -> None:
    due = after(ENTRY, parse_duration("3 days"), OFFICE)
    assert local(with_pauses(ENTRY, due, CASE_5, False, OFFICE)) == "Sat 2026-03-21 06:00"


def test_while_a_pause_lasts_the_due_stands_still() -> None:
    assert with_pauses(ENTRY, DUE, [(at("Mon 2026-03-16 15:00"), None)], True, OFFICE) is None


def test_a_pause_that_begins_once_the_due_has_come_changes_nothing() -> None:
    assert with_pauses(ENTRY, DUE, [(DUE, None)], True, OFFICE) == DUE
    assert with_pauses(ENTRY, DUE, [(at("Wed 2026-03-18 15:00"), at("Fri 2026-03-20 15:00"))], True, OFFICE) == DUE


def test_a_pause_before_the_start_counts_from_the_start() -> None:
    before_it = [(at("Fri 2026-03-13 10:00"), at("Fri 2026-03-13 15:00"))]
    assert with_pauses(ENTRY, DUE, before_it, True, OFFICE) == DUE
    around_it = [(at("Fri 2026-03-13 10:00"), at("Mon 2026-03-16 11:00"))]
    assert local(with_pauses(ENTRY, DUE, around_it, True, OFFICE)) == "Wed 2026-03-18 11:00"


def test_a_pause_overnight_moves_no_working_timer() -> None:
    overnight = [(at("Mon 2026-03-16 18:00"), at("Tue 2026-03-17 09:00"))]
    assert with_pauses(ENTRY, DUE, overnight, True, OFFICE) == DUE
    after_lunch = after(at("Mon 2026-03-16 13:30"), parse_duration("1 working day"), OFFICE)
    assert with_pauses(ENTRY, after_lunch, overnight, True, OFFICE) == after_lunch


def test_with_no_open_minute_left_a_pause_that_ends_on_saturday_is_due_at_the_next_opening() -> None:
    due = at("Tue 2026-03-17 09:00")
    pause = [(at("Mon 2026-03-16 18:00"), at("Sat 2026-03-21 10:00"))]
    assert local(with_pauses(ENTRY, due, pause, True, OFFICE)) == "Mon 2026-03-23 09:00"


def test_overlapping_pauses_count_once() -> None:
    twice = [(at("Mon 2026-03-16 15:00"), at("Tue 2026-03-17 18:00")), (at("Mon 2026-03-16 16:00"), CASE_5[0][1])]
    assert with_pauses(ENTRY, DUE, twice, True, OFFICE) == with_pauses(ENTRY, DUE, CASE_5, True, OFFICE)


def test_a_share_of_elapsed_time_is_a_share_of_the_clock() -> None:
    assert local(share_of(ENTRY, ENTRY + timedelta(hours=10), 75, False, OFFICE)) == "Mon 2026-03-16 17:30"
    assert local(share_of(ENTRY, DUE, Decimal(100), True, OFFICE)) == "Wed 2026-03-18 10:00"


# Laws.

minutes = st.integers(0, 14 * 24 * 60).map(lambda n: timedelta(minutes=n))
pause_lists = st.lists(
    st.tuples(minutes, st.integers(1, 4000)).map(
        lambda p: (ENTRY - timedelta(days=1) + p[0], ENTRY - timedelta(days=1) + p[0] + timedelta(minutes=p[1]))
    ),
    max_size=4,
)
law = settings(max_examples=150, derandomize=True, deadline=None)


@law
@given(pause_lists, st.integers(1, 3000))
def test_working_hours_without_the_pauses_are_exactly_what_was_allowed(pauses: list[Pause], allowed: int) -> None:
    nominal = after(ENTRY, Duration(allowed, "minute", working=True), OFFICE)
    due = with_pauses(ENTRY, nominal, pauses, True, OFFICE)
    assert due is not None
    stood = sum((_standing(pauses, minute) for minute in _open_minutes_until(due)), 0)
    assert open_time(OFFICE, ENTRY, due) == timedelta(minutes=allowed + stood)


@law
@given(pause_lists, st.sampled_from(["2 working days", "4 working hours", "3 days", "PT20H"]))
def test_pauses_never_bring_a_due_forward_nor_leave_it_inside_a_pause(pauses: list[Pause], allowed: str) -> None:
    duration = parse_duration(allowed)
    nominal = after(ENTRY, duration, OFFICE)
    due = with_pauses(ENTRY, nominal, pauses, duration.working, OFFICE)
    assert due is not None
    assert due >= nominal
    assert not any(since < due < until for since, until in pauses if until is not None)


@law
@given(pause_lists, st.permutations(range(4)))
def test_the_order_in_which_pauses_are_told_does_not_matter(pauses: list[Pause], order: list[int]) -> None:
    shuffled = [pauses[n] for n in order if n < len(pauses)]
    assert with_pauses(ENTRY, DUE, shuffled, True, OFFICE) == with_pauses(ENTRY, DUE, pauses, True, OFFICE)


@law
@given(pause_lists, st.integers(1, 99), st.integers(1, 99))
def test_a_larger_share_rings_no_earlier_and_none_after_the_due(pauses: list[Pause], a: int, b: int) -> None:
    def at_share(percent: int) -> datetime:
        share = with_pauses(ENTRY, share_of(ENTRY, DUE, percent, True, OFFICE), pauses, True, OFFICE)
        assert share is not None
        return share

    due = with_pauses(ENTRY, DUE, pauses, True, OFFICE)
    assert due is not None
    assert at_share(min(a, b)) <= at_share(max(a, b)) <= due


def _open_minutes_until(end: datetime) -> list[datetime]:
    count = int((end - ENTRY) / timedelta(minutes=1))
    return [minute for minute in (ENTRY + timedelta(minutes=n) for n in range(count)) if is_open(OFFICE, minute)]


def _standing(pauses: list[Pause], minute: datetime) -> int:
    return int(any(since <= minute < until for since, until in pauses if until is not None))
