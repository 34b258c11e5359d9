"""Times, money and numbers as people say them in both languages."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from web import saying

NOW = dt.datetime(2026, 3, 4, 2, 0, tzinfo=dt.UTC)  # Wednesday 10:00 in Shanghai
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("hours", "english", "chinese"),
    [
        (-50, "2 d overdue", "已超时 2 天"),
        (-2, "2 h overdue", "已超时 2 小时"),
        (-0.25, "15 min overdue", "已超时 15 分钟"),
        (7, "today 17:00", "今天 17:00"),
        (13.98, "today 23:58", "今天 23:58"),
        (14, "tomorrow 00:00", "明天 00:00"),
        (48, "Fri 10:00", "周五 10:00"),
        (24 * 9, "13 Mar 10:00", "3月13日 10:00"),
        (24 * 365, "4 Mar 2027", "2027年3月4日"),
    ],
)
def test_a_due_time_is_said_as_people_say_it(hours: float, english: str, chinese: str) -> None:
    moment = NOW + dt.timedelta(hours=hours)
    assert saying.due(moment, NOW, ZONE, "en") == english
    assert saying.due(moment, NOW, ZONE, "zh-Hans") == chinese


def test_what_has_no_due_says_so() -> None:
    assert saying.due(None, NOW, ZONE, "en") == "no due time"


def test_the_exact_moment_has_its_weekday_and_zone() -> None:
    assert saying.exact(NOW, ZONE, "en").startswith("Wed 4 Mar 2026, 10:00:00")
    assert saying.exact(NOW, ZONE, "zh-Hans").startswith("2026年3月4日 周三 10:00:00")


def test_money_dates_and_sizes() -> None:
    assert saying.amount("1250.5", "en") == "1,250.50"
    assert saying.amount("a lot", "en") == "a lot"
    assert saying.day("2026-03-02", "en") == "2 Mar 2026"
    assert saying.day("2026-03-02", "zh-Hans") == "2026年3月2日"
    assert saying.size(1536, "en") == "1.5 kB"


def test_what_just_happened_and_what_lies_back() -> None:
    assert saying.ago(NOW - dt.timedelta(seconds=20), NOW, ZONE, "en") == "just now"
    assert saying.ago(NOW - dt.timedelta(hours=3), NOW, ZONE, "zh-Hans") == "3 小时前"
    assert saying.ago(NOW - dt.timedelta(hours=30), NOW, ZONE, "en") == "yesterday 04:00"
