"""An administrator uploads a changed process with a mistake, is shown the line, mends it, and publishes."""

from __future__ import annotations

from playwright.sync_api import expect

import processes
from tests.journeys.browser.served import Seat, Served


def test_a_mistake_is_shown_at_its_line_and_nothing_is_published_before_it_is_mended(served: Served) -> None:
    admin = served.seat("admin")
    shipped = processes.paths()["return_order.yaml"].read_text("utf-8")
    changed = shipped.replace("label: Confirm the list to the customer |", "label: Confirm the order |", 1)
    broken = changed.replace("otherwise: report", "otherwise: reprot", 1)
    assert len({shipped, changed, broken}) == 3
    line = next(n for n, text in enumerate(broken.splitlines(), 1) if "reprot" in text)

    page = admin.open("/processes/return_order")
    page.get_by_role("link", name="Change the file").click()
    _upload(admin, broken)
    admin.press("Publish")
    expect(page.get_by_text("May not be published yet")).to_be_visible()
    at_line = page.locator(f"#L{line}")
    expect(at_line).to_contain_text("reprot")
    expect(at_line.locator(".code-note").first).to_be_visible()
    page.get_by_role("link", name=f"line {line}").first.click()
    expect(at_line).to_be_in_viewport()
    expect(page.get_by_label("Reason for publishing")).to_have_value("A clearer name")

    text = page.locator("#text")
    text.fill(text.input_value().replace("reprot", "report"))
    admin.press("Publish")
    admin.is_told("version 2")
    expect(page.locator("main")).to_contain_text("Confirm the order")
    expect(page.locator("main")).to_contain_text("A clearer name")


def _upload(admin: Seat, text: str) -> None:
    admin.page.locator("#file").set_input_files(
        {"name": "return_order.yaml", "mimeType": "text/yaml", "buffer": text.encode()}
    )
    admin.page.get_by_label("Reason for publishing").fill("A clearer name")
