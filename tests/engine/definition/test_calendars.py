"""Working days, working hours and calendar days: the worked examples, counting back, single days, and no endless search."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.definition.calendars import (
    Calendar,
    NotACalendar,
    after,
    before,
    closing_time,
    is_open,
    next_opening,
    open_minutes,
    open_time,
    previous_closing,
    working_day,
)
from engine.definition.durations import Duration, parse_duration
from tests.engine.definition.office_hours import ALWAYS, OFFICE, at, local


def ends(start: str, duration: str, calendar: Calendar = OFFICE) -> str:
    return local(after(at(start), parse_duration(duration), calendar))


def begins(end: str, duration: str, calendar: Calendar = OFFICE) -> str:
    return local(before(at(end), parse_duration(duration), calendar))


# The worked examples; those with pauses (5, 6, 10) stand in test_moments.


def test_example_1_four_working_hours_from_friday_17_00_end_on_monday_12_00() -> None:
    assert ends("Fri 2026-03-13 17:00", "4 working hours") == "Mon 2026-03-16 12:00"


def test_example_2_four_working_hours_from_lunch_end_at_17_30() -> None:
    assert ends("Mon 2026-03-16 12:30", "4 working hours") == "Mon 2026-03-16 17:30"


def test_example_3_four_working_hours_from_saturday_end_on_monday_14_30() -> None:
    assert ends("Sat 2026-03-14 10:00", "4 working hours") == "Mon 2026-03-16 14:30"


def test_example_4_two_working_days_from_friday_end_on_tuesday_at_the_same_time() -> None:
    assert ends("Fri 2026-03-13 16:00", "2 working days") == "Tue 2026-03-17 16:00"
    assert ends("Fri 2026-03-13 16:00", "15 working hours") == "Tue 2026-03-17 16:00"


def test_example_7_two_working_days_pass_over_the_holiday_week() -> None:
    assert ends("Wed 2026-09-30 16:00", "2 working days") == "Fri 2026-10-09 16:00"


def test_example_8_a_make_up_saturday_counts_as_a_working_day() -> None:
    assert ends("Fri 2026-10-09 16:00", "1 working day") == "Sat 2026-10-10 16:00"
    assert ends("Fri 2026-10-09 16:00", "2 working days") == "Mon 2026-10-12 16:00"


def test_example_9_three_calendar_days_end_on_sunday_and_staff_is_told_on_monday() -> None:
    assert ends("Thu 2026-03-12 10:00", "3 days") == "Sun 2026-03-15 10:00"
    assert local(next_opening(OFFICE, at("Sun 2026-03-15 10:00"))) == "Mon 2026-03-16 09:00"


# The four that decide what a working day is.


def test_one_working_day_from_the_opening_on_monday_ends_at_the_opening_on_tuesday() -> None:
    assert ends("Mon 2026-03-16 09:00", "1 working day") == "Tue 2026-03-17 09:00"


def test_one_working_day_from_lunch_on_monday_ends_after_lunch_on_tuesday() -> None:
    assert ends("Mon 2026-03-16 12:30", "1 working day") == "Tue 2026-03-17 13:30"


def test_one_working_day_from_saturday_ends_at_the_opening_on_tuesday() -> None:
    assert ends("Sat 2026-03-14 10:00", "1 working day") == "Tue 2026-03-17 09:00"


def test_one_working_day_from_closing_time_on_monday_ends_at_the_opening_on_wednesday() -> None:
    assert ends("Mon 2026-03-16 18:00", "1 working day") == "Wed 2026-03-18 09:00"


# Counting back.


def test_working_hours_count_back_over_the_weekend_and_lunch() -> None:
    assert begins("Mon 2026-03-16 12:00", "4 working hours") == "Fri 2026-03-13 17:00"
    assert begins("Mon 2026-03-16 14:00", "4 working hours") == "Fri 2026-03-13 17:30"


def test_a_working_day_before_closing_time_is_closing_time_of_the_day_before() -> None:
    assert begins("Tue 2026-03-17 18:00", "1 working day") == "Mon 2026-03-16 18:00"


def test_a_working_day_before_a_sunday_counts_from_closing_time_on_friday() -> None:
    assert begins("Sun 2026-03-15 10:00", "1 working day") == "Thu 2026-03-12 18:00"


def test_a_working_day_before_tuesdays_opening_is_mondays_opening() -> None:
    assert begins("Tue 2026-03-17 09:00", "1 working day") == "Mon 2026-03-16 09:00"


def test_elapsed_hours_and_calendar_days_count_through_nights() -> None:
    assert ends("Fri 2026-03-13 17:00", "PT72H") == "Mon 2026-03-16 17:00"
    assert ends("Fri 2026-03-13 17:00", "1 week") == "Fri 2026-03-20 17:00"
    assert begins("Fri 2026-03-20 17:00", "1 week") == "Fri 2026-03-13 17:00"


# Single days.


def test_a_date_without_a_time_ends_at_closing_time() -> None:
    assert local(closing_time(OFFICE, date(2026, 3, 16))) == "Mon 2026-03-16 18:00"
    assert local(closing_time(OFFICE, date(2026, 3, 15))) == "Sun 2026-03-15 18:00"
    assert local(closing_time(OFFICE, date(2026, 10, 1))) == "Thu 2026-10-01 18:00"
    assert local(closing_time(ALWAYS, date(2026, 10, 1))) == "Fri 2026-10-02 00:00"


def test_working_day_names_the_open_day_so_many_open_days_later() -> None:
    assert working_day(OFFICE, date(2026, 3, 12), 3) == date(2026, 3, 17)
    assert working_day(OFFICE, date(2026, 10, 9), 1) == date(2026, 10, 10)
    assert working_day(OFFICE, date(2026, 3, 12), 0) == date(2026, 3, 12)
    assert working_day(OFFICE, date(2026, 3, 16), -1) == date(2026, 3, 13)
    assert working_day(OFFICE, date(2025, 12, 31), 1) == date(2026, 1, 4)


def test_working_day_agrees_with_working_days_from_a_closed_day() -> None:
    assert working_day(OFFICE, date(2026, 3, 14), 1) == date(2026, 3, 17)
    assert ends("Sat 2026-03-14 10:00", "1 working day").startswith("Tue 2026-03-17")
    assert working_day(OFFICE, date(2026, 3, 14), 0) == date(2026, 3, 16)


def test_fractions_of_a_minute_are_kept() -> None:
    start = at("Mon 2026-03-16 11:59") + timedelta(seconds=30)
    assert open_minutes(OFFICE, start, at("Mon 2026-03-16 13:30")) == 0.5
    assert open_time(OFFICE, at("Mon 2026-03-16 13:30"), start) == timedelta(seconds=-30)


def test_closing_time_is_closed_and_opening_time_is_open() -> None:
    assert is_open(OFFICE, at("Mon 2026-03-16 09:00"))
    assert not is_open(OFFICE, at("Mon 2026-03-16 12:00"))
    assert not is_open(OFFICE, at("Mon 2026-03-16 18:00"))
    assert local(previous_closing(OFFICE, at("Mon 2026-03-16 12:30"))) == "Mon 2026-03-16 12:00"


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        next_opening(OFFICE, datetime(2026, 3, 16, 9))


# Never looping.


def test_a_calendar_without_any_open_hour_is_refused_at_once() -> None:
    with pytest.raises(NotACalendar) as refusal:
        Calendar("Asia/Shanghai", ((), (), (), (), (), (), ()))
    assert refusal.value.key == "P415.never"


def test_a_calendar_closed_for_years_ends_in_a_sentence_and_not_in_a_loop() -> None:
    first = date(2024, 1, 1)
    shut = frozenset(first + timedelta(days=n) for n in range(365 * 8))
    calendar = Calendar("Asia/Shanghai", OFFICE.week, closed=shut)
    start = at("Mon 2027-03-15 10:00")
    for count in (
        lambda: next_opening(calendar, start),
        lambda: previous_closing(calendar, start),
        lambda: after(start, Duration(4, "hour", working=True), calendar),
        lambda: before(start, Duration(4, "hour", working=True), calendar),
        lambda: after(start, Duration(1, "day", working=True), calendar),
        lambda: working_day(calendar, date(2027, 3, 15), 1),
    ):
        with pytest.raises(NotACalendar) as refusal:
            count()
        assert refusal.value.key == "P415.never"


@pytest.mark.parametrize("year", [1, 9, 9901, 9999])
def test_a_year_that_is_a_slip_of_the_hand_is_refused_in_a_sentence(year: int) -> None:
    start = datetime(year, 6, 1, tzinfo=UTC)
    for duration in ("1 hour", "2 days", "1 working hour", "1 working day"):
        for count in (after, before):
            with pytest.raises(NotACalendar) as refusal:
                count(start, parse_duration(duration), OFFICE)
            assert refusal.value.key == "P415.year"
    with pytest.raises(NotACalendar):
        closing_time(OFFICE, date(year, 12, 31))


def test_far_years_are_counted_without_holidays() -> None:
    assert ends("Fri 3026-10-06 16:00", "1 working day") == "Mon 3026-10-09 16:00"
