"""Everybody enters on their own page when they are away and who stands in; an administrator does it for anybody."""

from __future__ import annotations

from collections.abc import Callable

from tests.journeys.a_desk import ADesk
from tests.web.office import Visitor

Visit = Callable[[str], Visitor]


def absence_of(office: ADesk, person: str) -> object:
    return office.house.store.read(lambda screens: screens.people())[person].absence


def test_on_my_page_i_say_that_i_am_away_and_that_i_am_back(office: ADesk, visit: Visit) -> None:
    ann = visit("ann")
    assert "With a role in common" in ann.page("/me")
    answer = ann.send("/me", "/me/absence", until="2026-03-05T09:00", deputy="mei")
    assert answer.status_code == 303
    kept = office.house.store.read(lambda screens: screens.people())["ann"].absence
    assert kept is not None and kept.deputy == "mei" and kept.until.isoformat() == "2026-03-05T01:00:00+00:00"
    page = ann.page("/me")
    assert "Away until" in page and "Mei 美 stands in." in page and "I am back" in page
    assert "You are entered as away until" in ann.page("/inbox")
    assert ann.send("/me", "/me/absence/end").status_code == 303
    assert absence_of(office, "ann") is None
    assert "You are entered as away" not in ann.page("/inbox")


def test_what_is_wrong_stands_at_its_field_with_what_was_typed(office: ADesk, visit: Visit) -> None:
    mei = visit("mei")
    answer = mei.send("/me", "/me/absence", until="2020-01-01T09:00", deputy="ann")
    assert answer.status_code == 422
    assert "返岗时间早于离岗开始" in answer.text and 'value="2020-01-01T09:00"' in answer.text
    assert 'value="ann" selected' in answer.text
    assert "不是日期和时间" in mei.send("/me", "/me/absence", until="morgen").text
    assert absence_of(office, "mei") is None


def test_an_administrator_does_it_for_somebody_who_is_ill(office: ADesk, visit: Visit) -> None:
    ada, ben = visit("ada"), visit("ben")
    assert ada.send("/people/ben", "/people/ben/absence", until="2026-03-05T09:00", deputy="bea").status_code == 303
    assert "Away until" in ada.page("/people") and "Bea Bench stands in." in ada.page("/people/ben")
    assert ben.send("/me", "/people/ben/absence/end").status_code == 403
    assert ada.send("/people/ben", "/people/ben/absence/end").status_code == 303
    assert absence_of(office, "ben") is None
    assert ada.send("/people/ben", "/people/nobody/absence", until="2026-03-05T09:00").status_code == 404


def test_whoever_is_away_is_marked_where_tasks_are_handed_out(office: ADesk, visit: Visit) -> None:
    case = office.start("note", "ann", unit="U-1").case
    visit("mei").send("/me", "/me/absence", until="2026-03-05T09:00")
    assert "Mei 美 (away until" in visit("ann").page(f"/cases/{case}")
