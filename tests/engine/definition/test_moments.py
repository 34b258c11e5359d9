"""When a timer rings: moments as they are written, pauses, shares, and the worked examples that have pauses."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.definition.calendars import after, calendar_from, is_open
from engine.definition.durations import Duration, NotUnderstood, parse_duration
from engine.definition.moments import Moment, NotAMoment, parse_moment, when_is
from engine.definition.pauses import Pause, with_pauses
from tests.engine.definition.office_hours import OFFICE, at, local

# Example 5: two working days from Monday 10:00, paused from Monday 15:00 to Wednesday 11:00.
ENTRY = at("Mon 2026-03-16 10:00")
DUE = after(ENTRY, parse_duration("2 working days"), OFFICE)
CASE_5: list[Pause] = [(at("Mon 2026-03-16 15:00"), at("Wed 2026-03-18 11:00"))]
CASE_6: list[Pause] = [
    *CASE_5,
    (at("Wed 2026-03-18 16:00"), at("Wed 2026-03-18 20:00")),
    (at("Thu 2026-03-19 08:00"), at("Thu 2026-03-19 10:00")),
]


def rings(
    moment: str,
    pauses: list[Pause] | None = None,
    *,
    due: datetime | None = DUE,
    value: date | datetime | None = None,
    working: bool = True,
    promise: bool = False,
) -> str:
    return local(
        when_is(
            parse_moment(moment),
            entry=ENTRY,
            due=due,
            anchor_value=value,
            pauses=pauses or [],
            due_working=working,
            calendar=OFFICE,
            promise=promise,
        )
    )


# The worked examples with pauses.


def test_example_5_a_pause_leaves_as_many_open_minutes_as_there_were() -> None:
    assert local(with_pauses(ENTRY, DUE, CASE_5, True, OFFICE)) == "Thu 2026-03-19 16:30"
    assert rings("due", CASE_5) == "Thu 2026-03-19 16:30"


def test_example_5_the_warning_at_75_percent_is_on_thursday_11_15() -> None:
    assert rings("75 % of due", CASE_5) == "Thu 2026-03-19 11:15"


def test_example_5_the_second_level_is_one_working_day_after_the_moved_due() -> None:
    assert rings("1 working day after due", CASE_5) == "Fri 2026-03-20 16:30"


def test_example_6_further_pauses_add_to_the_first_and_replace_nothing() -> None:
    assert rings("due", CASE_6) == "Fri 2026-03-20 10:30"
    assert rings("due", CASE_6[::-1]) == "Fri 2026-03-20 10:30"


def test_example_10_a_pause_is_never_added_to_the_result_as_wall_clock_time() -> None:
    moved = with_pauses(ENTRY, DUE, CASE_5, True, OFFICE)
    naive = DUE + (CASE_5[0][1] - CASE_5[0][0])  # type: ignore[operator]  # this pause has an end
    assert local(naive) == "Fri 2026-03-20 06:00"
    assert moved is not None
    assert moved != naive
    assert is_open(OFFICE, moved)


# Moments without pauses.


@pytest.mark.parametrize(
    ("moment", "instant"),
    [
        ("entry", "Mon 2026-03-16 10:00"),
        ("due", "Wed 2026-03-18 10:00"),
        ("4 working hours before due", "Tue 2026-03-17 15:00"),
        ("1 working day before due", "Tue 2026-03-17 10:00"),
        ("7 days after entry", "Mon 2026-03-23 10:00"),
        ("1 working day after due", "Thu 2026-03-19 10:00"),
        ("75 % of due", "Tue 2026-03-17 15:15"),
        ("30 minutes before entry", "Mon 2026-03-16 09:30"),
        ("1个工作日 after due", "Thu 2026-03-19 10:00"),
    ],
)
def test_a_moment_is_counted_from_entry_or_due(moment: str, instant: str) -> None:
    assert rings(moment) == instant


def test_a_moment_is_counted_from_a_date_at_its_closing_time() -> None:
    assert rings("1 working day after promised_on", value=date(2026, 3, 18)) == "Fri 2026-03-20 09:00"
    assert rings("1 working day before promised_on", value=date(2026, 3, 18)) == "Tue 2026-03-17 18:00"
    assert rings("promised_on", value=date(2026, 3, 18)) == "Wed 2026-03-18 18:00"


def test_a_moment_is_counted_from_a_date_with_a_time() -> None:
    assert rings("2 days before visit_at", value=at("Fri 2026-03-20 14:00")) == "Wed 2026-03-18 14:00"


def test_without_a_value_to_count_from_a_timer_does_not_ring() -> None:
    assert rings("1 working day after promised_on") == "stands still"
    assert rings("4 working hours before due", due=None) == "stands still"


def test_a_promise_for_the_end_of_time_never_rings() -> None:
    assert rings("1 working day after promised_on", value=date(9999, 12, 31)) == "stands still"
    assert rings("due", due=datetime(9999, 12, 31, 23, tzinfo=UTC), promise=True) == "stands still"


# Moments and pauses.


def test_a_reminder_before_due_moves_along_with_the_due() -> None:
    assert rings("4 working hours before due", CASE_5) == "Thu 2026-03-19 11:00"
    assert rings("1 working day before due", CASE_5) == "Wed 2026-03-18 16:30"


def test_a_reminder_that_rang_before_the_pause_stays_where_it_was() -> None:
    pause: list[Pause] = [(at("Tue 2026-03-17 16:00"), at("Thu 2026-03-19 16:00"))]
    assert rings("4 working hours before due", pause) == "Tue 2026-03-17 15:00"
    assert rings("due", pause) == "Fri 2026-03-20 10:00"


def test_a_level_after_due_stands_still_in_a_pause_that_began_after_the_due() -> None:
    pause: list[Pause] = [(at("Wed 2026-03-18 14:00"), at("Fri 2026-03-20 14:00"))]
    assert rings("due", pause) == "Wed 2026-03-18 10:00"
    assert rings("1 working day after due", pause) == "Mon 2026-03-23 10:00"


def test_a_promise_does_not_move_and_only_its_ladder_waits() -> None:
    promise = at("Tue 2026-03-17 18:00")
    assert rings("due", CASE_5, due=promise, promise=True) == "Wed 2026-03-18 11:00"
    assert rings("1 working day before due", CASE_5, due=promise, promise=True) == "Wed 2026-03-18 11:00"
    later = at("Fri 2026-03-20 18:00")
    assert rings("due", CASE_5, due=later, promise=True) == "Fri 2026-03-20 18:00"
    assert rings("1 working day before due", CASE_5, due=later, promise=True) == "Thu 2026-03-19 18:00"


def test_a_level_after_a_promise_has_its_whole_day_after_the_pause() -> None:
    promise = at("Tue 2026-03-17 18:00")
    assert rings("1 working day after due", CASE_5, due=promise, promise=True) == "Thu 2026-03-19 11:00"
    assert rings("1 working day after promised_on", CASE_5, value=date(2026, 3, 17)) == "Thu 2026-03-19 11:00"


def test_a_row_whose_moment_is_the_entry_rings_at_once_even_in_a_pause() -> None:
    assert rings("entry", [(at("Mon 2026-03-16 09:30"), None)]) == "Mon 2026-03-16 10:00"


def test_an_elapsed_timer_after_entry_moves_by_the_real_length_of_the_pause() -> None:
    assert rings("7 days after entry", CASE_5) == "Wed 2026-03-25 06:00"


# Reading.


def test_moments_are_read_as_they_are_written() -> None:
    assert parse_moment(" due ") == Moment("due")
    assert parse_moment("4 working hours before due") == Moment("due", Duration(4, "hour", working=True), before=True)
    assert parse_moment("7 days after entry") == Moment("entry", Duration(7, "day"))
    assert parse_moment("1 working day after order.promised_on") == Moment(
        "order.promised_on", Duration(1, "day", working=True)
    )
    assert parse_moment("75% of due") == parse_moment("75 % of due") == Moment("due", percent=Decimal(75))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "P412.moment"),
        ("2 days", "P412.moment"),
        ("before due", "P412.moment"),
        ("2 days due", "P412.moment"),
        ("soon before due", "P412.duration"),
        ("0 days after entry", "P412.zero"),
        ("1 month after entry", "P412.month"),
        ("1 working week before due", "P412.working_week"),
        ("2 days after 2026-03-16", "P412.anchor"),
        ("2 days after promised_on.", "P412.anchor"),
        ("75 % of entry", "P412.anchor"),
        ("0 % of due", "P412.share"),
        ("120 % of due", "P412.share"),
        ("-5 % of due", "P412.share"),
        ("75 of due", "P412.moment"),
    ],
)
def test_what_is_no_moment_is_refused_by_its_own_sentence(text: str, key: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        parse_moment(text)
    assert refusal.value.key == key


def test_a_refused_moment_says_what_to_write() -> None:
    with pytest.raises(NotAMoment, match="'2 days' is not a moment"):
        parse_moment("2 days")


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
@given(
    pause_lists,
    st.sampled_from(
        ["due", "1 working day before due", "4 working hours before due", "2 days after due", "60 % of due"]
    ),
    st.booleans(),
)
def test_no_timer_rings_inside_a_pause(pauses: list[Pause], written: str, promise: bool) -> None:
    rung = when_is(
        parse_moment(written), entry=ENTRY, due=DUE, anchor_value=None, pauses=pauses, due_working=True, calendar=OFFICE,
        promise=promise,
    )  # fmt: skip
    assert rung is not None
    assert not any(since < rung < until for since, until in pauses if until is not None and since >= ENTRY)


def test_a_ladder_over_a_clock_change_keeps_its_clock_times() -> None:
    berlin = calendar_from({"days": "mon-fri", "hours": "09:00-17:00"}, "Europe/Berlin")
    entry = datetime(2026, 3, 27, 9, 0, tzinfo=UTC)  # Friday 10:00; the clocks change on Sunday
    rung = when_is(
        parse_moment("1 working day after entry"), entry=entry, due=None, anchor_value=None, pauses=[], due_working=True,
        calendar=berlin,
    )  # fmt: skip
    assert rung == datetime(2026, 3, 30, 8, 0, tzinfo=UTC)
