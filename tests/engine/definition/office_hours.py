"""The calendar of the worked examples, and instants written as the examples write them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from engine.definition.calendars import Calendar, calendar_from

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE: Calendar = calendar_from(
    {"days": "mon-fri", "hours": ["09:00-12:00", "13:30-18:00"], "holidays": "china"}, "Asia/Shanghai"
)
ALWAYS: Calendar = calendar_from({"days": "mon-sun", "hours": "00:00-24:00"}, "Asia/Shanghai")


def at(written: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    """`Fri 2026-03-13 17:00` in local time, as a UTC instant; the weekday must be the right one."""
    local = datetime.strptime(written, "%a %Y-%m-%d %H:%M").replace(tzinfo=zone)
    assert local.strftime("%a") == written[:3], f"{written} is a {local:%a}"
    return local.astimezone(UTC)


def local(instant: datetime | None, zone: ZoneInfo = SHANGHAI) -> str:
    """An instant as `Fri 2026-03-13 17:00`."""
    return instant.astimezone(zone).strftime("%a %Y-%m-%d %H:%M") if instant else "stands still"
