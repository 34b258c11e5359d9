"""Whatever somebody writes into a label, a field or a file name stays text on every page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import web
from tests.journeys.a_desk import ADesk, open_desk
from tests.web.office import PROCESS, Visitor, furnish, office_app, typed
from web.drawing import Drawing

EVIL = "<script>alert(1)</script>"
ROOM = Path(web.__file__).parent


class Elements(HTMLParser):
    """Collects what a browser would see as elements and handlers."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.handlers: list[str] = []
        self.inline_styles: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and not (given.get("src") or "").startswith("/static/"):
            self.scripts.append(str(given))
        if tag == "style" or "style" in given:
            self.inline_styles.append(tag)
        self.handlers += [name for name in given if name.startswith("on")]


@pytest.fixture
def evil_office(tmp_path: Path) -> ADesk:
    desk = open_desk(tmp_path)
    labels = {
        "Repair note | 维修单": f'"{EVIL} | {EVIL}"',
        "Look at it | 检查": f'"{EVIL} \'x | {EVIL}"',
        "Nothing wrong | 正常": f'"{EVIL} | {EVIL}"',
        "In short | 简述": f'"{EVIL} | {EVIL}"',
        "Opened | 已登记": f'"{EVIL} | {EVIL}"',
        "Open it and look. | 打开检查。": f'"{EVIL} | {EVIL}"',
    }
    process = PROCESS
    for plain, evil in labels.items():
        assert plain in process
        process = process.replace(plain, evil)
    furnish(desk, process)
    return desk


def test_hostile_labels_and_words_stay_text_on_every_page(evil_office: ADesk) -> None:
    app = office_app(evil_office)
    ann, ben, ada = (Visitor(app) for _ in range(3))
    for visitor, name in ((ann, "ann"), (ben, "ben"), (ada, "ada")):
        visitor.sign_in(name)
    evil_office.add("serial_number", EVIL, product=EVIL, customer="C-1")
    case = evil_office.start("note", "ann", unit=EVIL, words=EVIL).case
    ann.send("/help", f"/cases/{case}/comment", text=EVIL)
    task = f"/tasks/{evil_office.work(case, 'look').id}"
    pages = [
        ann.page("/inbox?whose=all"), ann.page("/cases"), ann.page(f"/cases/{case}"), ann.page("/start"), ann.page("/start/note"),
        ann.page("/records/serial_number"), ann.page("/processes"), ann.page("/processes/note"), ann.page("/search?q=%3Cscript"),
        ben.page(task), ada.page("/process-file?process=note"), ada.page("/people"),
        ben.press(task, EVIL, **typed(words=EVIL, story=EVIL, count=EVIL)).get_data(as_text=True),
        ann.client.get("/search?q=" + EVIL).get_data(as_text=True),
        ann.client.get("/" + EVIL).get_data(as_text=True),
    ]  # fmt: skip
    evil_office.house.close()
    for page in pages:
        seen = Elements()
        seen.feed(page)
        assert (seen.scripts, seen.handlers, seen.inline_styles) == ([], [], [])
    assert sum("&lt;script&gt;alert(1)" in page for page in pages) >= 8


def test_no_template_lets_markup_through() -> None:
    for file in [*ROOM.glob("templates/**/*.html"), *ROOM.glob("*.py"), *ROOM.glob("pages/*.py")]:
        text = file.read_text("utf-8")
        assert not re.search(r"\|\s*safe\b|Markup\(|autoescape false", text), file.name


def test_templates_hold_no_script_style_or_handler_of_their_own() -> None:
    for file in ROOM.glob("templates/**/*.html"):
        text = file.read_text("utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?! src=\"{{ asset)|https?://", text), file.name


@pytest.mark.parametrize(
    "inside",
    ["<script>x</script>", "<rect onclick='x'/>", "<a href='javascript:x'/>", "<a href='https://evil.example'/>",
     "<rect style='x'/>", "<foreignObject/>", "<image href='/x'/>", "<!-- x -->"],
)  # fmt: skip
def test_a_drawing_holds_nothing_that_runs(inside: str) -> None:
    with pytest.raises(ValueError, match="drawing"):
        Drawing(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>')
