"""What the script adds to the pages, in a real browser: keys, type-ahead, kept drafts, and nothing on the console."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from tests.journeys.a_desk import ADesk
from tests.web.office import PASSWORD, office_app


@dataclass
class Window:
    """A browser window on the office; what its console says is kept."""

    page: Page
    address: str
    console: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def sign_in(self, name: str) -> Page:
        self.open("/sign-in")
        self.page.get_by_label("Name", exact=True).fill(name)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("heading", name="Inbox")).to_be_visible()
        self.page.wait_for_load_state()  # keys work once the script is there
        return self.page


@pytest.fixture
def window(office: ADesk, page: Page) -> Iterator[Window]:
    server = make_server("localhost", 0, office_app(office), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    opened = Window(page, f"http://localhost:{server.server_port}")
    page.on("console", lambda message: opened.console.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: opened.console.append(str(error)))
    yield opened
    server.shutdown()
    thread.join()
    assert opened.console == []


@pytest.fixture
def task(office: ADesk) -> str:
    case = office.start("note", "ann", unit="U-1").case
    return f"/tasks/{office.work(case, 'look').id}"


def test_a_field_shows_up_when_it_applies(window: Window, task: str) -> None:
    window.sign_in("ben")
    page = window.open(task)
    why = page.locator('[name="f.why_red"]')
    expect(why).to_be_hidden()
    page.get_by_label("Red", exact=True).check()
    expect(why).to_be_visible()
    page.get_by_label("Blue").check()
    expect(why).to_be_hidden()


def test_what_was_typed_survives_leaving_the_page_and_goes_when_it_is_done(window: Window, task: str) -> None:
    window.sign_in("ben")
    page = window.open(task)
    page.locator('[name="f.words"]').fill("Half a thought")
    page.get_by_label("Yes").check()
    expect(page.locator("[data-back]")).to_be_hidden()
    window.open("/inbox")
    window.open(task)
    expect(page.get_by_text("What was typed here before and not sent is back.")).to_be_visible()
    expect(page.locator('[name="f.words"]')).to_have_value("Half a thought")
    expect(page.get_by_label("Yes")).to_be_checked()
    page.get_by_role("button", name="Nothing wrong").click()
    expect(page.locator(".said")).to_contain_text("done")
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.includes('draft'))") == []


def test_what_was_typed_into_another_form_of_the_kind_can_be_emptied_and_is_gone_after_a_cancel(window: Window) -> None:
    window.sign_in("ann")
    page = window.open("/start/note")
    page.locator('[name="f.unit"]').fill("U-1")
    window.open("/start/note")
    expect(page.locator('[name="f.unit"]')).to_have_value("U-1")
    page.get_by_role("button", name="Empty the form").click()
    expect(page.locator("[data-back]")).to_be_hidden()
    expect(page.locator('[name="f.unit"]')).to_have_value("")

    page.locator('[name="f.unit"]').fill("U-1")
    page.get_by_role("link", name="Cancel").click()
    window.open("/start/note")
    expect(page.locator('[name="f.unit"]')).to_have_value("")


def test_a_unit_is_found_while_typing_with_the_keyboard_alone(window: Window) -> None:
    window.sign_in("ann")
    page = window.open("/start/note")
    unit = page.get_by_role("combobox")
    unit.press_sequentially("U-")
    expect(page.get_by_role("option")).to_have_count(2)
    unit.press("ArrowDown")
    unit.press("ArrowDown")
    unit.press("Enter")
    expect(unit).to_have_value("U-2")
    page.get_by_role("button", name="Open the case").click()
    expect(page.locator(".said")).to_contain_text("is open")


def test_the_inbox_is_worked_by_keys(office: ADesk, window: Window, task: str) -> None:
    office.pass_time(minutes=1)
    office.start("note", "ann", unit="U-2")
    page = window.sign_in("ben")
    page.keyboard.press("j")
    page.keyboard.press("j")
    focused = "document.activeElement.closest('[data-row]').innerText"
    assert "U-2" in page.evaluate(focused)
    page.keyboard.press("k")
    assert "U-1" in page.evaluate(focused)
    page.keyboard.press("c")
    expect(page.locator(".said")).to_contain_text("yours")
    page.wait_for_load_state()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Look at it")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("/")
    page.keyboard.type("gin?")
    expect(page.locator("#finder")).to_have_value("gin?")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("i")
    expect(page.get_by_role("heading", name="Inbox")).to_be_visible()


def test_a_list_that_refreshes_leaves_the_person_where_they_are(office: ADesk, window: Window, task: str) -> None:
    page = window.sign_in("ben")
    page.keyboard.press("j")
    office.start("note", "ann", unit="U-2")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[data-row]")).to_have_count(2)
    assert "U-1" in page.evaluate("document.activeElement.closest('[data-row]').innerText")


def test_what_cannot_be_undone_asks_once(office: ADesk, window: Window, task: str) -> None:
    case = task.removeprefix("/tasks/").partition(".")[0]
    window.sign_in("ann")
    page = window.open(f"/cases/{case}")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_text("More", exact=True).click()
    page.get_by_text("Cancel the case", exact=True).first.click()
    page.get_by_label("Reason").first.fill("Sold")
    page.get_by_role("button", name="Cancel the case").click()
    expect(page.get_by_role("heading", name="NOTE-")).to_be_visible()
    assert len(asked) == 1
    assert office.case(case).is_open


@pytest.mark.parametrize("who", ["ann", "ben", "mei", "ada"])
def test_no_page_scrolls_sideways_on_a_telephone(window: Window, task: str, who: str) -> None:
    page = window.page
    page.set_viewport_size({"width": 390, "height": 844})
    window.open("/sign-in")
    page.locator("#name").fill(who)
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/inbox")
    case = task.removeprefix("/tasks/").partition(".")[0]
    addresses = {
        "ann": [
            "/inbox?whose=all",
            f"/cases/{case}",
            "/cases",
            "/start/note",
            "/records/serial_number/U-1",
            "/processes/note",
        ],
        "ben": ["/inbox", task, "/drafts", "/help", "/me"],
        "mei": ["/inbox?whose=all", f"/cases/{case}", "/start/note", "/processes/note", "/help"],
        "ada": ["/people", "/people/ann", "/process-file?process=note", "/mails", "/incidents", "/unmatched", "/audit"],
    }
    for address in addresses[who]:
        window.open(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
        shut = page.locator("[data-part]:not([open])").count()
        assert shut == page.locator("[data-part]").count(), "the parts of a long page are folded"
    if who == "ann":
        window.open("/processes/note#step-look")
        expect(page.locator("#step-look")).to_be_visible()


@pytest.fixture
def without_script(window: Window) -> Callable[[], Page]:
    """A second window whose browser runs no script."""

    def open_one() -> Page:
        browser = window.page.context.browser
        assert browser is not None
        plain = browser.new_context(java_script_enabled=False, locale="en-US")
        plain.set_default_timeout(30_000)
        return plain.new_page()

    return open_one


def test_everything_works_without_script(
    office: ADesk, window: Window, task: str, without_script: Callable[[], Page]
) -> None:
    page = without_script()
    page.goto(window.address + task)
    page.get_by_label("Name", exact=True).fill("ben")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Look at it")).to_be_visible()
    page.locator('[name="f.words"]').fill("Seal")
    page.get_by_label("Red", exact=True).check()
    page.get_by_role("button", name="Broken").click()
    expect(page.locator("#f-why_red-error")).to_be_visible()
    page.locator('[name="f.why_red"]').fill("Rust")
    page.get_by_role("button", name="Broken").click()
    expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
    page.context.close()
