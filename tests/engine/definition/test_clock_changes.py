"""What summer time, left-out days and half-hour changes do to counting time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from engine.definition.calendars import (
    after,
    calendar_from,
    closing_time,
    open_minutes,
    working_day,
)
from engine.definition.durations import Duration
from tests.engine.definition.office_hours import at, local

BERLIN = ZoneInfo("Europe/Berlin")


def test_calendar_days_keep_the_clock_time_over_a_clock_change() -> None:
    shop = calendar_from({"days": "mon-sun", "hours": "00:00-24:00"}, "Europe/Berlin")
    start = at("Sat 2026-03-28 10:00", BERLIN)
    assert local(after(start, Duration(1, "day"), shop), BERLIN) == "Sun 2026-03-29 10:00"
    assert after(start, Duration(1, "day"), shop) - start == timedelta(hours=23)
    assert after(start, Duration(24, "hour"), shop) - start == timedelta(hours=24)


def test_a_clock_time_that_does_not_exist_moves_forward_and_one_that_comes_twice_means_the_first() -> None:
    shop = calendar_from({"days": "mon-sun", "hours": "00:00-24:00"}, "Europe/Berlin")
    skipped = after(at("Sat 2026-03-28 02:30", BERLIN), Duration(1, "day"), shop)
    assert local(skipped, BERLIN) == "Sun 2026-03-29 03:00"
    twice = after(at("Sat 2026-10-24 02:30", BERLIN), Duration(1, "day"), shop)
    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_day_of_a_clock_change_has_23_or_25_or_23_and_a_half_open_hours() -> None:
    for zone, day, hours in (
        ("Europe/Berlin", date(2026, 3, 29), 23.0),
        ("Europe/Berlin", date(2026, 10, 25), 25.0),
        ("America/Sao_Paulo", date(2018, 11, 4), 23.0),  # midnight itself did not exist
        ("America/Sao_Paulo", date(2018, 2, 17), 25.0),
        ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
        ("Asia/Shanghai", date(2026, 10, 4), 24.0),
    ):
        calendar = calendar_from({"days": "mon-sun", "hours": "00:00-24:00"}, zone)
        start, end = (closing_time(calendar, day - timedelta(days=1)), closing_time(calendar, day))
        assert open_minutes(calendar, start, end) == hours * 60, (zone, day)


def test_a_day_that_the_clock_left_out_is_no_working_day() -> None:
    office = calendar_from({"days": "mon-fri", "hours": "09:00-17:00"}, "Pacific/Apia")
    assert working_day(office, date(2011, 12, 29), 1) == date(2012, 1, 2)  # Friday 30 December 2011 never came
