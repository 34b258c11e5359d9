"""A day's beginning by keys alone: the list, its first task, claiming, and the way past the navigation."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.a_return import AUTHORISED
from tests.journeys.browser.served import Served

IN_ROW = "document.activeElement.closest('[data-row]')?.innerText ?? ''"
VISIBLE_FOCUS = """() => {
  const style = getComputedStyle(document.activeElement), row = document.activeElement.closest('.row');
  return [style, row && getComputedStyle(row)].some((s) => s && s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2);
}"""


def test_the_keys_lead_through_the_inbox(served: Served) -> None:
    for unit in ("SN-1", "SN-2"):
        served.desk.start("factory_return", "service_agent", sn=unit, complaint_text="no power")
        served.desk.pass_time(minutes=1)
    agent = served.seat("service_agent_2")
    page = agent.open("/inbox?whose=all")
    page.keyboard.press("j")
    first = page.evaluate(IN_ROW)
    page.keyboard.press("j")
    second = page.evaluate(IN_ROW)
    assert {"SN-1" in first, "SN-1" in second} == {True, False}
    page.keyboard.press("k")
    assert page.evaluate(IN_ROW) == first
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Authorise the return")).to_be_visible()
    _go(page, "g", "i")
    expect(page.get_by_role("heading", level=1, name="Inbox")).to_be_visible()
    _go(page, "n")
    expect(page.get_by_role("heading", level=1, name="New case")).to_be_visible()
    _go(page, "/")
    expect(page.locator("#finder")).to_be_focused()
    page.keyboard.type("SN-2")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("SN-2")
    _go(page, "?")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_c_claims_the_marked_task(served: Served) -> None:
    case = served.desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="no power").case
    served.desk.press(case, "authorising", "authorised", "service_agent", **AUTHORISED)
    assert served.desk.house.desk.receive_event("s", "goods.scanned", {"sn": "SN-1"}, "gate").state == "taken"
    warehouse = served.seat("warehouse_3")
    _go(warehouse.page, "j")
    warehouse.page.keyboard.press("c")
    warehouse.is_told("yours")
    assert served.desk.work(case, "receiving").assignee == "warehouse_3"


def test_the_first_tab_leads_past_the_navigation_and_every_stop_can_be_seen(served: Served) -> None:
    served.desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="no power")
    page = served.seat("service_agent").open("/inbox")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to content")).to_be_in_viewport()
    seen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        seen.append(page.evaluate(VISIBLE_FOCUS))
    assert len(seen) > 15
    assert all(seen)
    page.reload()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def _go(page: Page, *keys: str) -> None:
    """Keys work once the script is there."""
    page.wait_for_load_state()
    for key in keys:
        page.keyboard.press(key)
