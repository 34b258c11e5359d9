"""From a complaint somebody opens a return of the same unit and writes down only what is new; from a figure they come back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from engine.screens import Page, Viewer
from tests.journeys.a_desk import ADesk
from tests.journeys.browser.served import TELEPHONE, Served
from tests.journeys.test_one_complaint_through_three_cases import FOUND, RECORDED


@pytest.fixture
def complaint(desk: ADesk) -> str:
    """A complaint about SN-1, answered in time and not yet followed up."""
    case = desk.start(
        "complaint", "sales", customer="C-1", sn="SN-1", complaint_type="quality", complaint_text="it leaks", **RECORDED
    ).case
    accepted = {"severity": "minor", "repeated": False, "department": "quality", "handler": "quality_engineer"}
    desk.press(case, "assessment", "accepted", "complaint_officer", **accepted)
    desk.press(case, "investigation", "found", "quality_engineer", **{**FOUND, "remedy": "explain"})
    desk.press(case, "answer", "sent", "sales")
    return case


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("zh", 390)])
def test_a_return_is_opened_from_a_complaint_and_only_the_problem_is_typed(
    served: Served, complaint: str, language: str, width: int
) -> None:
    chinese, number = language == "zh", served.desk.case(complaint).number
    seat = served.seat("service_agent", language, width)
    page = seat.open(f"/cases/{complaint}")
    page.locator("summary", has_text="新建相关工单" if chinese else "New related case").click()
    page.locator('.menu[open] a[href^="/start/factory_return"]').click()
    expect(page.locator('[name="f.sn"]')).to_have_value("SN-1")
    expect(page.locator('[name="f.customer"]')).to_have_value("C-1")
    expect(page.locator('[name="f.service_record"]')).to_have_value(number)
    expect(page.locator(".note", has_text=number)).to_be_visible()
    page.locator('[name="f.complaint_text"]').fill("leaks at the shaft")
    seat.press("建立工单" if chinese else "Open the case")
    box = page.locator('[name="sure"]')
    if box.count():  # a case of the same unit is open: the complaint itself
        box.check()
        seat.press("建立工单" if chinese else "Open the case")
    expect(page.locator(".said")).to_contain_text("RMA-")
    looks = Viewer("anybody", frozenset(), everything=True)
    (row,) = served.desk.house.store.read(
        lambda s: s.cases(looks, process="factory_return", state="open", text="", page=Page())
    ).rows
    assert served.desk.case(row.id).values["service_record"] == number
    assert width > TELEPHONE or page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_figure_leads_to_its_cases_and_a_case_back_to_the_list(served: Served, complaint: str) -> None:
    seat = served.seat("service_supervisor")
    page = seat.open("/figures")
    row = page.locator("section.figures tr", has_text="Time to answer")
    row.locator(".figure-value").first.click()
    expect(page.get_by_role("heading", level=1, name="Time to answer")).to_be_visible()
    number = served.desk.case(complaint).number
    page.get_by_role("link", name=number).click()
    expect(page.get_by_role("heading", level=1, name=number)).to_be_visible()
    with page.expect_download() as coming:
        seat.open("/figures").get_by_role("link", name="Download as CSV").click()
    assert coming.value.suggested_filename.startswith("figures-")
