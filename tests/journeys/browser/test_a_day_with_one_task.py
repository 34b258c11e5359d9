"""What people do with a task besides finishing it, and with a case besides working on it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.a_return import AUTHORISED, RECEIVED
from tests.journeys.browser.served import Seat, Served


def _menu(page: Page, name: str) -> None:
    page.locator(".page-acts summary").filter(has_text=name).click()


def test_claimed_given_back_paused_resumed_handed_on_and_commented(served: Served) -> None:
    case = served.desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="no power").case
    task = served.desk.work(case, "authorising").id
    agent = served.seat("service_agent_2")
    page = agent.open(f"/tasks/{task}")
    agent.press("Claim")
    agent.is_told("yours")
    agent.press("Give back")
    agent.is_told("back with its role")
    agent.press("Claim")
    _menu(page, "Reassign")
    page.get_by_label("To", exact=True).select_option(label="service_agent_3")
    page.get_by_label("Reason").fill("She knows the customer")
    agent.press("Reassign")
    agent.is_told("handed on")
    assert served.desk.work(case, "authorising").assignee == "service_agent_3"
    _commented(served, case, task)


def _commented(served: Served, case: str, task: str) -> None:
    third = served.seat("service_agent_3")
    page = third.open(f"/tasks/{task}")
    page.get_by_text("Comment or attach").click()
    page.get_by_label("Comment", exact=True).fill("The customer rang: 请尽快处理")
    page.locator("#comment_files").set_input_files(
        {"name": "note.txt", "mimeType": "text/plain", "buffer": "noted 记录".encode()}
    )
    third.press("Add")
    third.is_told("Added")
    page = third.open(f"/cases/{case}")
    expect(page.locator(".quote").first).to_have_text("The customer rang: 请尽快处理")
    expect(page.get_by_role("link", name="note.txt").first).to_be_visible()


def test_a_paused_task_says_until_when_and_goes_on(served: Served) -> None:
    case = served.desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="no power").case
    served.desk.press(case, "authorising", "authorised", "service_agent", **AUTHORISED)
    assert served.desk.house.desk.receive_event("s", "goods.scanned", {"sn": "SN-1"}, "gate").state == "taken"
    served.desk.press(case, "receiving", "registered", "warehouse", **RECEIVED)
    quality = served.seat("quality_engineer")
    quality.take_from_inbox("Judgement on arrival")
    page, address = quality.page, quality.page.url
    _menu(page, "Pause")
    page.get_by_label("Until (day)").fill("2026-03-10")
    page.get_by_label("Reason", exact=True).fill("The customer looks for the invoice")
    quality.press("Pause")
    quality.is_told("paused")
    quality.open(address.removeprefix(served.address))
    expect(page.locator(".note-soon")).to_contain_text("10 Mar")
    assert served.desk.work(case, "reinspection").paused
    quality.press("Resume")
    quality.is_told("goes on")
    assert not served.desk.work(case, "reinspection").paused


def test_a_case_is_cancelled_with_a_reason_and_comes_back(served: Served) -> None:
    case = served.desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="no power").case
    supervisor = served.seat("service_supervisor")
    page = supervisor.open(f"/cases/{case}")
    page.on("dialog", lambda dialog: dialog.accept())
    _act(supervisor, "Cancel the case", "Typed twice")
    supervisor.is_told("cancelled")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cancelled")
    assert served.desk.case(case).ended == "cancelled"
    _act(supervisor, "Reopen", "It was not typed twice")
    supervisor.is_told("open again")
    assert (served.desk.case(case).is_open, served.desk.case(case).round) == (True, 2)
    expect(page.locator(".quote").first).to_have_text("It was not typed twice")


def _act(seat: Seat, name: str, reason: str) -> None:
    _menu(seat.page, "More")
    seat.page.locator(".menu-form summary").filter(has_text=name).click()
    opened = seat.page.locator(".menu-form details[open]")
    opened.get_by_label("Reason").fill(reason)
    opened.get_by_role("button", name=name, exact=True).click()
