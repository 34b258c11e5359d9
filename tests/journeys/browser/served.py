"""A house that is served as people meet it: pages on a free port, timers and mails beside them, and persons at browsers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from tests.journeys.a_desk import PASSWORD, ADesk
from web.app import create_app
from workers.ticker import tick

# A browser notes every page that says no; that one is told "no" is no fault of the page.
TOLD_NO = tuple(f"the server responded with a status of {status}" for status in (403, 404, 409, 422))
TELEPHONE = 600
"""Narrower windows are touched with a finger."""
LOCALE = {"en": "en-US", "zh": "zh-CN"}


@dataclass
class Seat:
    """One person at one browser window. Whatever goes wrong in it is noted: console, policy, requests to other hosts."""

    page: Page
    address: str
    wrong: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """From now on everything is noted."""
        self.page.on("console", lambda message: self.note(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", lambda request: self.note_request(request.url))

    def note(self, text: str) -> None:
        if not any(told in text for told in TOLD_NO):
            self.wrong.append(text)

    def note_request(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.wrong.append(f"asks {url}")

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def becomes(self, width: int) -> None:
        """The window is drawn this wide; a narrow one is touched with a finger from now on."""
        self.page.set_viewport_size({"width": width, "height": 844})
        session = self.page.context.new_cdp_session(self.page)
        session.send("Emulation.setTouchEmulationEnabled", {"enabled": width < TELEPHONE})

    def sign_in(self, name: str) -> None:
        self.open("/sign-in")
        self.page.locator("#name").fill(name)
        self.page.locator("#password").fill(PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/inbox")

    def press(self, name: str) -> None:
        """The button of this very name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def take_from_inbox(self, what: str) -> None:
        """Open the first task of this name, as everybody begins."""
        self.open("/inbox")
        self.page.get_by_role("link", name=what, exact=True).first.click()
        expect(self.page.get_by_role("heading", level=1, name=what)).to_be_visible()

    def is_told(self, words: str) -> None:
        """The short confirmation on top."""
        expect(self.page.locator(".said")).to_contain_text(words)


@dataclass
class Served:
    """The house behind its address, and everybody who came to it."""

    desk: ADesk
    address: str
    browser: Browser
    seats: list[Seat] = field(default_factory=list)

    def seat(self, name: str = "", language: str = "en", width: int = 1280) -> Seat:
        """Somebody sits down at a browser of their own, and signs in when there is a name."""
        context = self.browser.new_context(
            locale=LOCALE[language], viewport={"width": width, "height": 844}, has_touch=width < TELEPHONE
        )
        context.set_default_timeout(30_000)
        seat = Seat(context.new_page(), self.address)
        seat.watch()
        self.seats.append(seat)
        if name:
            seat.sign_in(name)
            if language == "zh" and seat.page.get_by_role("button", name="中文").count():
                seat.press("中文")
                expect(seat.page.get_by_role("heading", level=1, name="待办")).to_be_visible()
        return seat

    def leave(self) -> None:
        """Everybody closes their window; nothing went wrong in any of them."""
        for seat in self.seats:
            seat.page.context.close()
        assert [fault for seat in self.seats for fault in seat.wrong] == []


@contextmanager
def serving(desk: ADesk) -> Iterator[str]:
    """The pages of a desk on a free port with the ticker beside them, for as long as the block lasts."""
    server = make_server("localhost", 0, create_app(desk.house), threaded=True)
    stop = threading.Event()
    threads = (
        threading.Thread(target=server.serve_forever, name="pages"),
        threading.Thread(target=tick, args=(desk.house, stop), name="ticker"),
    )
    for thread in threads:
        thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        stop.set()
        server.shutdown()
        for thread in threads:
            thread.join()
        server.server_close()
