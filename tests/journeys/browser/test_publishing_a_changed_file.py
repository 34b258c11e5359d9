"""An administrator uploads a changed process with a mistake, is shown the line, mends it, and publishes."""

from __future__ import annotations

from playwright.sync_api import expect

import processes
from tests.journeys.browser.served import Seat, Served


def test_a_mistake_is_shown_at_its_line_and_nothing_is_published_before_it_is_mended(served: Served) -> None:
    admin = served.seat("admin")
    shipped = processes.paths()["factory_return.yaml"].read_text("utf-8")
    changed = shipped.replace("label: Outgoing test |", "label: Last test |", 1)
    broken = changed.replace("next: receiving}", "next: recieving}", 1) if "next: receiving}" in changed else changed
    assert broken != changed
    line = next(n for n, text in enumerate(broken.splitlines(), 1) if "recieving" in text)

    page = admin.open("/processes/factory_return")
    page.get_by_role("link", name="Change the file").click()
    _upload(admin, broken)
    admin.press("Publish")
    expect(page.get_by_text("May not be published yet")).to_be_visible()
    at_line = page.locator(f"#L{line}")
    expect(at_line).to_contain_text("recieving")
    expect(at_line.locator(".code-note").first).to_be_visible()
    page.get_by_role("link", name=f"line {line}").first.click()
    expect(at_line).to_be_in_viewport()
    expect(page.get_by_label("Reason for publishing")).to_have_value("A clearer name")

    text = page.locator("#text")
    text.fill(text.input_value().replace("recieving", "receiving"))
    admin.press("Publish")
    admin.is_told("version 2")
    expect(page.locator("main")).to_contain_text("Last test")
    expect(page.locator("main")).to_contain_text("A clearer name")


def _upload(admin: Seat, text: str) -> None:
    admin.page.locator("#file").set_input_files(
        {"name": "factory_return.yaml", "mimeType": "text/yaml", "buffer": text.encode()}
    )
    admin.page.get_by_label("Reason for publishing").fill("A clearer name")
