"""Laws of counting time, tried on many calendars, zones and instants."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.definition.calendars import (
    Calendar,
    after,
    before,
    calendar_from,
    is_open,
    next_opening,
    open_minutes,
    open_time,
    previous_closing,
)
from engine.definition.durations import Duration

ZONES = ["Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Shanghai"]
HOURS = [
    ["09:00-12:00", "13:30-18:00"],
    ["00:00-24:00"],
    ["01:45-02:15", "02:20-05:00", "23:00-24:00"],
    ["08:00-17:00"],
]
calendars = st.builds(
    lambda days, hours, zone, holidays: calendar_from({"days": days, "hours": hours, "holidays": holidays}, zone),
    st.sampled_from(["mon-fri", "mon-sat", "mon-sun", "wed"]),
    st.sampled_from(HOURS),
    st.sampled_from(ZONES),
    st.sampled_from([None, "china"]),
)
instants = st.integers(0, 4 * 366 * 24 * 60).map(lambda n: datetime(2017, 1, 1, tzinfo=UTC) + n * timedelta(seconds=59))
working = st.builds(Duration, st.integers(1, 40), st.sampled_from(["minute", "hour", "day"]), st.just(True))
durations = st.one_of(
    working, st.builds(Duration, st.integers(1, 40), st.sampled_from(["minute", "hour", "day", "week"]))
)
law = settings(max_examples=150, derandomize=True, deadline=None)


@law
@given(calendars, instants, durations)
def test_after_is_later_and_before_is_earlier(calendar: Calendar, start: datetime, duration: Duration) -> None:
    assert before(start, duration, calendar) < start < after(start, duration, calendar)


@law
@given(calendars, instants, working)
def test_working_days_end_while_open_and_working_hours_while_open_or_closing(
    calendar: Calendar, start: datetime, duration: Duration
) -> None:
    end = after(start, duration, calendar)
    if duration.unit == "day":
        assert is_open(calendar, end)
    assert previous_closing(calendar, end) == end
    begin = before(start, duration, calendar)
    assert previous_closing(calendar, begin) == begin


@law
@given(calendars, instants, st.integers(0, 10_000), durations)
def test_who_starts_later_is_not_due_earlier(
    calendar: Calendar, start: datetime, minutes: int, duration: Duration
) -> None:
    later = start + timedelta(minutes=minutes)
    zone = ZoneInfo(calendar.zone)
    # Between two equal clock times the local clock itself runs backwards.
    assume(not any(instant.astimezone(zone).fold for instant in (start, later)) or duration.unit in ("minute", "hour"))
    assert after(start, duration, calendar) <= after(later, duration, calendar)
    assert before(start, duration, calendar) <= before(later, duration, calendar)


@law
@given(calendars, instants, st.integers(1, 5000))
def test_working_minutes_use_up_exactly_that_open_time_and_lead_back(
    calendar: Calendar, start: datetime, minutes: int
) -> None:
    duration = Duration(minutes, "minute", working=True)
    end = after(start, duration, calendar)
    assert open_time(calendar, start, end) == timedelta(minutes=minutes)
    assert before(end, duration, calendar) == next_opening(calendar, start)


@law
@given(st.sampled_from(HOURS), instants, st.integers(1, 40))
def test_working_days_lead_back_to_the_opening_they_count_from(hours: list[str], start: datetime, days: int) -> None:
    calendar = calendar_from({"days": "mon-fri", "hours": hours, "holidays": "china"}, "Asia/Shanghai")
    duration = Duration(days, "day", working=True)
    assert before(after(start, duration, calendar), duration, calendar) == next_opening(calendar, start)


@law
@given(calendars, instants, instants, instants)
def test_open_time_adds_up(calendar: Calendar, a: datetime, b: datetime, c: datetime) -> None:
    assert open_time(calendar, a, b) + open_time(calendar, b, c) == open_time(calendar, a, c)


@law
@given(calendars, instants)
def test_no_open_time_passes_before_the_next_opening(calendar: Calendar, start: datetime) -> None:
    opening = next_opening(calendar, start)
    assert is_open(calendar, opening)
    assert open_time(calendar, start, opening) == timedelta()


@settings(max_examples=25, derandomize=True, deadline=None)
@given(calendars, instants, st.integers(1, 60 * 24 * 12))
def test_open_time_is_what_a_clerk_counts_minute_by_minute(calendar: Calendar, start: datetime, minutes: int) -> None:
    start = start.replace(second=0)
    counted = sum(is_open(calendar, start + timedelta(minutes=n)) for n in range(minutes))
    assert open_minutes(calendar, start, start + timedelta(minutes=minutes)) == counted
