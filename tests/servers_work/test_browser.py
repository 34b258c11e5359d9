"""The browser of the tests shows pages, runs their scripts and draws Chinese."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WORDS = "<!doctype html><html lang='zh'><title>t</title><main><h1 id='a'>{}</h1></main></html>"


def test_it_runs_a_page(page: Page) -> None:
    page.set_content("<button onclick=\"this.textContent = '已签收'\">Sign</button>")
    page.get_by_role("button").click()
    assert page.get_by_role("button").inner_text() == "已签收"


def test_it_has_type_for_chinese(page: Page) -> None:
    """Two characters without a font are drawn as the same box."""
    pictures = []
    for words in ("复", "判"):
        page.set_content(WORDS.format(words))
        pictures.append(page.locator("#a").screenshot())
    assert pictures[0] != pictures[1]


def test_a_page_is_checked_for_accessibility(page: Page) -> None:
    page.set_content("<!doctype html><html lang='en'><title>t</title><main><h1>t</h1><img src='data:,'></main></html>")
    assert [found["id"] for found in Axe().run(page).response["violations"]] == ["image-alt"]
