"""How a calendar is written in the site file, and how it is refused."""

from datetime import date

import pytest

from engine.definition.calendars import (
    NotACalendar,
    calendar_from,
)
from engine.definition.problems import Place
from tests.engine.definition.office_hours import ALWAYS


def test_the_three_calendars_of_the_example_site_are_read() -> None:
    office = calendar_from({"days": "mon-fri", "hours": "09:00-17:30", "holidays": "china"}, "Asia/Shanghai")
    assert office.week == (((540, 1050),),) * 5 + ((), ())
    assert office.holidays == "CN"
    assert calendar_from({"days": "mon-sat", "hours": "08:00-17:00"}, "Asia/Shanghai").week[5] == ((480, 1020),)
    assert ALWAYS.week[6] == ((0, 1440),)


def test_days_may_be_a_list_and_touching_hours_are_one_span() -> None:
    calendar = calendar_from({"days": "mon, wed", "hours": ["12:00-18:00", "9:00-12:00"]}, "Asia/Shanghai")
    assert calendar.week == (((540, 1080),), (), ((540, 1080),), (), (), (), ())
    weekend = calendar_from({"days": "sat-mon", "hours": ("09:00-12:00",)}, "Asia/Shanghai")
    assert [bool(hours) for hours in weekend.week] == [True, False, False, False, False, True, True]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"days": "mon-fry"}, "P415.days"),
        ({"days": "mon-wed-fri"}, "P415.days"),
        ({"days": ""}, "P415.missing"),
        ({"days": []}, "P415.missing"),
        ({"hours": None}, "P415.missing"),
        ({"hours": "9-17"}, "P415.hours"),
        ({"hours": "09:00-24:30"}, "P415.hours"),
        ({"hours": "24:00-24:00"}, "P415.hours"),
        ({"hours": "09:00-17:60"}, "P415.hours"),
        ({"hours": "22:00-06:00"}, "P415.backwards"),
        ({"hours": "09:00-09:00"}, "P415.backwards"),
        ({"hours": ["09:00-12:00", "11:00-18:00"]}, "P415.overlap"),
        ({"holidays": "chna"}, "P415.country"),
        ({"closed": ["2026-02-30"]}, "P415.date"),
        ({"open": "2026-10-10, 2026-10-11"}, "P415.date"),
        ({"closed": ["2026-10-10"], "open": ["2026-10-10"]}, "P415.both"),
        ({"holiday": "china"}, "P415.key"),
    ],
)
def test_a_calendar_that_cannot_be_read_is_refused_by_its_own_sentence(change: dict[str, object], key: str) -> None:
    with pytest.raises(NotACalendar) as refusal:
        calendar_from({"days": "mon-fri", "hours": "09:00-17:30"} | change, "Asia/Shanghai")
    assert refusal.value.key == key
    shown = refusal.value.problem(Place("_site.yaml", 25, 3))
    assert shown.line().startswith("_site.yaml:25:3: error P415: ")
    assert shown.message.zh
    assert shown.hint.zh


def test_a_misspelt_country_is_guessed_and_a_misspelt_zone_is_refused() -> None:
    with pytest.raises(NotACalendar) as refusal:
        calendar_from({"days": "mon-fri", "hours": "09:00-17:30", "holidays": "chna"}, "Asia/Shanghai")
    assert "'china'" in refusal.value.names["guess"]  # type: ignore[operator]  # a str here
    for zone in ("Asia/Shangai", "", "../etc", "Asia"):
        with pytest.raises(NotACalendar) as refusal:
            calendar_from({"days": "mon-fri", "hours": "09:00-17:30"}, zone)
        assert refusal.value.key == "P415.zone"


def test_something_that_is_no_block_is_refused() -> None:
    with pytest.raises(NotACalendar) as refusal:
        calendar_from("mon-fri", "Asia/Shanghai")
    assert refusal.value.key == "P415.shape"


def test_a_country_may_be_a_code_with_its_part() -> None:
    bavaria = calendar_from({"days": "mon-fri", "hours": "09:00-17:30", "holidays": "DE-BY"}, "Europe/Berlin")
    assert not bavaria.hours_on(date(2026, 1, 6))
    with pytest.raises(NotACalendar):
        calendar_from({"days": "mon-fri", "hours": "09:00-17:30", "holidays": "DE-XX"}, "Europe/Berlin")
