"""Every page for everybody: both languages, desk and telephone, with names and numbers longer than anybody would like."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it has no types

from tests.journeys.a_desk import ADesk
from tests.journeys.a_return import AUTHORISED, RECEIVED
from tests.journeys.browser.served import Seat, Served

LONG = "SN" + "0123456789" * 6
WORD = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
WIDTHS = (1280, 390)
CHECKED = {(1280, "en"), (390, "zh")}
"""Where accessibility is checked: each width and each language once, for it takes a second a page."""


@dataclass(frozen=True, slots=True)
class Cases:
    """What there is to look at."""

    waiting: str
    judging: str
    complaint: str
    ended: str


@pytest.fixture
def cases(desk: ADesk) -> Cases:
    """Cases in every state, a draft, a paused task, late tasks with reminders and escalations, and odd texts."""
    desk.add("customer", "C-8", name=WORD, email="long@customer.example", contact="C" * 80, salesperson="sales")
    desk.add("serial_number", LONG, customer="C-8", product=WORD, warranty_until="2026-01-01")
    waiting = desk.start("factory_return", "service_agent", sn=LONG, complaint_text=f"{WORD}\n<b>{LONG}</b>").case
    desk.press(waiting, "authorising", "authorised", "service_agent", **AUTHORISED)
    judging = desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="no power").case
    desk.press(judging, "authorising", "authorised", "service_agent", **AUTHORISED)
    desk.house.desk.receive_event("scan", "goods.scanned", {"sn": "SN-1"}, "gate")
    desk.house.desk.receive_event("lost", "goods.scanned", {"sn": "nobody knows " + LONG}, "gate")
    desk.press(judging, "receiving", "registered", "warehouse", **RECEIVED)
    desk.house.desk.comment(judging, "service_agent", f"{WORD}{WORD} 请尽快处理", ())
    known = {
        "customer": "C-8",
        "complaint_type": "service",
        "complaint_text": WORD,
        "channel": "phone",
        "wish": "repair",
    }
    known |= {"not_order_related": True, "solve_by": "2026-03-04T09:00:00+00:00"}
    known |= {"occurred_at": "2026-03-01T09:00:00+00:00"}
    complaint = desk.start("complaint", "sales", **known).case
    accepted = {"severity": "minor", "repeated": False, "department": "quality", "handler": "quality_engineer"}
    desk.press(complaint, "assessment", "accepted", "complaint_officer", **accepted)
    ended = desk.start("factory_return", "service_agent", sn="SN-2", complaint_text="typed twice").case
    desk.house.desk.cancel_case(ended, "service_supervisor", WORD)
    desk.pass_time(days=4)
    return Cases(waiting, judging, complaint, ended)


def _addresses(desk: ADesk, cases: Cases) -> dict[str, list[str]]:
    mails = desk.house.store.read(lambda screens: screens.mails()).rows
    tasks = [task for case in (cases.waiting, cases.judging, cases.complaint) for task in desk.case(case).tasks]
    kinds = {task.kind: f"/tasks/{task.id}" for task in tasks}
    ended = desk.case(cases.ended).id
    return {
        "": ["/sign-in", "/sign-in?next=/inbox&kept=1"],
        "service_agent": [
            "/inbox", "/inbox?whose=all", "/inbox?overdue=1&role=service_agent", "/cases", "/cases?text=nothing-like-it",
            *(f"/cases/{case}" for case in (cases.waiting, cases.judging, ended)),
            *kinds.values(), f"/tasks/{ended}.1", "/start", "/start/factory_return", "/drafts", "/unmatched",
            f"/records/serial_number/{LONG}", "/records/serial_number", "/records/customer", "/records/order",
            "/cases?process=factory_return", "/cases?state=overdue", "/figures", f"/start/factory_return?case={cases.judging}",
            "/search?q=SN", "/search?q=nothing", "/processes", "/processes/factory_return", "/help", "/me", "/nowhere", "/people",
        ],
        "sales": ["/start/complaint", f"/cases/{cases.complaint}", "/records/customer/C-8"],
        "quality_engineer": [f"/tasks/{desk.work(cases.judging, 'reinspection').id}"],
        "admin": [
            "/figures", "/figures?since=2026-01-01&until=2026-03-31", "/figures/complaint/time_to_acknowledge",
            "/figures/factory_return/on_time", "/inbox", "/people", "/people/service_agent", "/mails", f"/mails/{mails[0].id}", "/incidents", "/audit",
            "/process-file?process=factory_return",
        ],
    }  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_can_be_read_by_everybody(served: Served, cases: Cases, language: str) -> None:
    """A page is asked for once, and looked at in a window and as on a telephone: no page asks how wide it is."""
    faults = []
    for name, addresses in _addresses(served.desk, cases).items():
        seat = served.seat(name, language)
        for address in addresses:
            seat.open(address)
            for width in WIDTHS:
                seat.becomes(width)
                faults += [f"{address} at {width}: {fault}" for fault in faults_of(seat, width, language)]
        seat.page.context.close()
    assert faults == []


def test_paper_holds_the_text_in_its_whole_width_and_no_buttons(served: Served, cases: Cases) -> None:
    seat = served.seat("service_agent")
    seat.page.emulate_media(media="print")
    for address in ("/inbox", f"/cases/{cases.judging}", "/processes/factory_return"):
        page = seat.open(address)
        box = page.locator("main").bounding_box()
        assert box is not None
        assert box["width"] > 1200, address
        assert page.get_by_role("navigation", name="Pages").is_hidden()
        assert page.get_by_role("button").filter(visible=True).count() == 0, address


def faults_of(seat: Seat, width: int, language: str) -> list[str]:
    """Whether the page is wider than the window, and what a checker of accessibility calls serious."""
    wide = seat.page.evaluate("document.documentElement.scrollWidth")
    found = [f"{wide} px wide"] if wide > width else []
    return found + (hindrances(seat) if (width, language) in CHECKED else [])


def hindrances(seat: Seat) -> list[str]:
    """What keeps somebody from using the page."""
    return [
        f"{fault['id']} {fault['nodes'][0]['html'][:160]}"
        for fault in Axe().run(seat.page).response["violations"]
        if fault["impact"] in ("serious", "critical")
    ]
