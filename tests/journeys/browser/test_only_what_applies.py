"""A form shows what applies: what depends on things that are not on the page is known to it all the same."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.browser.served import Served


def test_a_first_plain_complaint_asks_nothing_about_earlier_rounds_or_late_dates(served: Served) -> None:
    case = served.desk.start(
        "complaint", "sales", customer="C-1", complaint_type="price", complaint_text="too dear",
        channel="phone", wish="discount", not_order_related=True, solve_by="2026-03-03T09:00:00+00:00",
        occurred_at="2026-03-01T09:00:00+00:00",
    ).case  # fmt: skip
    page = served.seat("complaint_officer").open(f"/tasks/{served.desk.work(case, 'assessment').id}")

    expect(page.locator("#f-handler")).to_be_visible()
    for needless in ("why_same_handler", "why_not_raised", "standard_used", "later_approved"):
        expect(page.locator(f"[data-field={needless}]").filter(visible=True)).to_have_count(0)

    page.locator("[data-field=repeated]").get_by_text("Yes", exact=True).click()
    expect(page.locator("[data-field=standard_used]")).to_be_visible()
