"""How durations are written, spoken and refused."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.definition.durations import Duration, NotADuration, parse_duration, say
from engine.definition.problems import Place


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("30 minutes", Duration(30, "minute")),
        ("1 hour", Duration(1, "hour")),
        ("1.5 hours", Duration(Decimal("1.5"), "hour")),
        ("2 days", Duration(2, "day")),
        ("1 week", Duration(1, "week")),
        ("4 working hours", Duration(4, "hour", working=True)),
        ("90 working minutes", Duration(90, "minute", working=True)),
        ("3 working days", Duration(3, "day", working=True)),
        ("  1   Working   Day ", Duration(1, "day", working=True)),
        ("PT4H", Duration(4, "hour")),
        ("PT90M", Duration(90, "minute")),
        ("P3D", Duration(3, "day")),
        ("P1W", Duration(1, "week")),
        ("3个工作日", Duration(3, "day", working=True)),
        ("4个工作小时", Duration(4, "hour", working=True)),
        ("4 个工作小时", Duration(4, "hour", working=True)),
        ("2天", Duration(2, "day")),
        ("30分钟", Duration(30, "minute")),
        ("4小时", Duration(4, "hour")),
        ("1周", Duration(1, "week")),
        ("1个星期", Duration(1, "week")),
    ],
)
def test_a_duration_is_read_in_english_chinese_and_iso(text: str, duration: Duration) -> None:
    assert parse_duration(text) == duration


def test_an_iso_duration_that_mixes_days_and_hours_is_elapsed_time() -> None:
    assert parse_duration("P2DT4H") == Duration(52, "hour")
    assert parse_duration("PT1H30M") == Duration(90, "minute")


def test_an_iso_duration_of_days_alone_is_calendar_days_and_of_72_hours_is_not() -> None:
    assert parse_duration("P3D").unit == "day"
    assert parse_duration("PT72H") == Duration(72, "hour")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "P412.duration"),
        ("soon", "P412.duration"),
        ("3", "P412.duration"),
        ("days", "P412.duration"),
        ("3 working", "P412.duration"),
        ("3 wroking days", "P412.duration"),
        ("3d", "P412.duration"),
        ("two days", "P412.duration"),
        ("2 days 3 hours", "P412.duration"),
        ("2日", "P412.duration"),
        ("PT", "P412.duration"),
        ("P", "P412.duration"),
        ("P3DT", "P412.duration"),
        ("PT30S", "P412.duration"),
        ("P1.2.3D", "P412.duration"),
        ("٣ days", "P412.duration"),
        ("1 month", "P412.month"),
        ("2 years", "P412.month"),
        ("P1M", "P412.month"),
        ("P1Y", "P412.month"),
        ("1个月", "P412.month"),
        ("1年", "P412.month"),
        ("0 days", "P412.zero"),
        ("PT0H", "P412.zero"),
        ("0天", "P412.zero"),
        ("-1 days", "P412.negative"),
        ("−2 working hours", "P412.negative"),
        ("-P3D", "P412.negative"),
        ("1.5 days", "P412.fraction"),
        ("0.5 working days", "P412.fraction"),
        ("P0.5D", "P412.fraction"),
        ("1 working week", "P412.working_week"),
        ("1个工作周", "P412.working_week"),
        ("11 years", "P412.month"),
        ("4000 days", "P412.long"),
        ("999999999 minutes", "P412.long"),
    ],
)
def test_what_is_no_duration_is_refused_by_its_own_sentence(text: str, key: str) -> None:
    with pytest.raises(NotADuration) as refusal:
        parse_duration(text)
    assert refusal.value.key == key


def test_a_refusal_names_the_place_and_the_cure_in_both_languages() -> None:
    with pytest.raises(NotADuration) as refusal:
        parse_duration("1 month")
    shown = refusal.value.problem(Place("complaint.yaml", 7, 10))
    assert shown.line() == (
        "complaint.yaml:7:10: error P412: '1 month': months and years have no fixed length\n"
        "    hint: write it in weeks or days, for example '30 days'"
    )
    assert "月和年的长度不固定" in shown.line("zh-Hans")


@pytest.mark.parametrize(
    ("duration", "english", "chinese"),
    [
        (Duration(1, "day", working=True), "1 working day", "1个工作日"),
        (Duration(4, "hour", working=True), "4 working hours", "4个工作小时"),
        (Duration(2, "day"), "2 days", "2天"),
        (Duration(Decimal("1.5"), "hour"), "1.5 hours", "1.5小时"),
        (Duration(1, "week"), "1 week", "1周"),
    ],
)
def test_a_duration_is_spoken_in_both_languages(duration: Duration, english: str, chinese: str) -> None:
    assert say(duration, "en") == english
    assert say(duration, "zh-Hans") == chinese


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    amount=st.integers(1, 500),
    half=st.booleans(),
    unit=st.sampled_from(["minute", "hour", "day", "week"]),
    working=st.booleans(),
    language=st.sampled_from(["en", "zh-Hans"]),
)
def test_what_is_spoken_reads_back_the_same(amount: int, half: bool, unit, working: bool, language: str) -> None:
    fraction = half and unit in ("minute", "hour")
    duration = Duration(amount + Decimal("0.5") if fraction else amount, unit, working and unit != "week")
    assert parse_duration(say(duration, language)) == duration


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.text(alphabet="0123456789.-+PTDHMWYpt 个工作日天小时周分钟月workingdayshours", max_size=24))
def test_any_text_is_a_duration_longer_than_zero_or_is_refused(text: str) -> None:
    try:
        understood = parse_duration(text).amount > 0
    except NotADuration as refusal:
        understood = refusal.key.startswith("P412.")
    assert understood
