"""Holidays and make-up working days of a country, and days of the site's own."""

from datetime import date

from engine.definition.calendars import (
    after,
    calendar_from,
    next_opening,
    year_without_make_up_days,
)
from engine.definition.durations import parse_duration
from engine.definition.problems import Place, problem
from tests.engine.definition.office_hours import ALWAYS, OFFICE, at, local


def test_spring_festival_2026_counts_its_make_up_saturday() -> None:
    office = calendar_from({"days": "mon-fri", "hours": "09:00-17:30", "holidays": "china"}, "Asia/Shanghai")
    start = at("Fri 2026-02-13 17:00")
    assert local(after(start, parse_duration("8 working hours"), office)) == "Sat 2026-02-14 16:30"
    assert local(next_opening(office, at("Sat 2026-02-14 18:00"))) == "Tue 2026-02-24 09:00"


def test_a_factory_that_works_on_saturdays_rests_on_the_saturday_inside_a_holiday() -> None:
    factory = calendar_from({"days": "mon-sat", "hours": "08:00-17:00", "holidays": "china"}, "Asia/Shanghai")
    assert not factory.hours_on(date(2026, 2, 21))  # Spring Festival, announced as 15 to 23 February
    assert factory.hours_on(date(2026, 2, 28))  # its make-up Saturday
    assert factory.hours_on(date(2026, 3, 7))
    assert factory.hours_on(date(2026, 9, 20)) == ((480, 1020),)  # a make-up Sunday


def test_a_german_saturday_beside_good_friday_stays_open() -> None:
    shop = calendar_from({"days": "mon-sat", "hours": "09:00-18:00", "holidays": "germany"}, "Europe/Berlin")
    assert not shop.hours_on(date(2026, 4, 3))
    assert shop.hours_on(date(2026, 4, 4))


def test_own_closed_and_open_days_win_over_the_country() -> None:
    office = calendar_from(
        {"days": "mon-fri", "hours": "09:00-17:30", "holidays": "china", "closed": ["2026-10-10"], "open": [date(2026, 10, 1)]},
        "Asia/Shanghai",
    )  # fmt: skip
    assert not office.hours_on(date(2026, 10, 10))
    assert office.hours_on(date(2026, 10, 1)) == ((540, 1050),)


def test_a_year_whose_make_up_days_are_not_announced_is_found() -> None:
    assert year_without_make_up_days(OFFICE, 2030)
    assert not year_without_make_up_days(OFFICE, 2026)
    assert not year_without_make_up_days(ALWAYS, 2030)
    by_hand = calendar_from(
        {"days": "mon-fri", "hours": "09:00-17:30", "holidays": "china", "open": ["2030-10-12"]}, "Asia/Shanghai"
    )
    assert not year_without_make_up_days(by_hand, 2030)
    germany = calendar_from({"days": "mon-fri", "hours": "09:00-17:30", "holidays": "germany"}, "Europe/Berlin")
    assert not year_without_make_up_days(germany, 2030)


def test_the_warning_of_an_unannounced_year_names_calendar_country_and_year() -> None:
    warning = problem("P415.make_up_days", Place("_site.yaml", 25, 3), calendar="office", country="China", year=2030)
    assert warning.line().startswith(
        "_site.yaml:25:3: warning P415: calendar 'office': the make-up working days of 2030 in China are not announced yet"
    )
    assert "open: [2030-10-10]" in warning.line("zh-Hans")
