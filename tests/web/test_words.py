"""Every text of the pages stands in both languages, and a page is wholly in one."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import web
from tests.journeys.a_desk import ADesk
from tests.web.office import Visitor
from web.words import CATALOGUE

Visit = Callable[[str], Visitor]
ROOM = Path(web.__file__).parent
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("key", sorted(CATALOGUE))
def test_a_text_stands_in_both_languages_with_the_same_places(key: str) -> None:
    text = CATALOGUE[key]
    assert text.en.strip()
    assert text.zh.strip()
    assert set(re.findall(r"{(\w+)}", text.en)) == set(re.findall(r"{(\w+)}", text.zh))
    assert not CHINESE.search(text.en)


def keys_in(pattern: str) -> set[str]:
    templates = [*ROOM.glob("templates/**/*.html"), *ROOM.glob("*.py"), *ROOM.glob("pages/*.py")]
    return {key for file in templates for key in re.findall(pattern, file.read_text("utf-8"))}


def test_every_key_a_page_asks_for_is_there() -> None:
    asked = keys_in(r"""say\(\s*['"]([a-z_0-9.]+[a-z_0-9])['"]\s*[,)]""")
    assert len(asked) > 150
    assert asked - set(CATALOGUE) == set()


def test_templates_hold_no_words_of_their_own() -> None:
    """A word outside of `say` would stay English for everybody."""
    allowed = {"English", "Message-ID", "中文", "Enter"}
    found = {}
    for file in ROOM.glob("templates/**/*.html"):
        text = re.sub(
            r"{#.*?#}|{%.*?%}|{{.*?}}|<svg.*?</svg>|<!doctype[^>]*>", " ", file.read_text("utf-8"), flags=re.DOTALL
        )
        words = {w for w in re.findall(r">([^<>\"=]*)<", text) for w in re.findall(r"[A-Za-z\u4e00-\u9fff-]{3,}", w)}
        if words - allowed:
            found[file.name] = words - allowed
    assert found == {}


@pytest.mark.parametrize(
    "address", ["/inbox", "/cases", "/start", "/drafts", "/records/customer", "/processes", "/help", "/me"]
)
def test_a_page_speaks_the_language_of_its_reader(visit: Visit, address: str) -> None:
    chinese = visit("mei").page(address)
    assert '<html lang="zh-Hans">' in chinese
    assert "待办" in chinese
    assert '<html lang="en">' in visit("ann").page(address)


def test_the_language_is_changed_with_one_press_and_stays(office: ADesk, visit: Visit) -> None:
    ann = visit("ann")
    ann.send("/help", "/language", language="zh-Hans", back="/cases")
    assert '<html lang="zh-Hans">' in ann.page("/inbox")
    assert office.house.store.read(lambda s: s.people())["ann"].language == "zh-Hans"


def test_before_signing_in_the_browser_says_which_language(visit: Visit) -> None:
    passer = visit("")
    for wanted, shown in (("zh-TW,en;q=0.5", "zh-Hans"), ("zh", "zh-Hans"), ("en-GB", "en"), ("fr", "en")):
        page = passer.client.get("/sign-in", headers={"Accept-Language": wanted}).get_data(as_text=True)
        assert f'<html lang="{shown}">' in page


def test_what_aftercare_writes_into_records_is_said_in_words(office: ADesk, visit: Visit) -> None:
    office.add("serial_number", "U-3", custody="factory", status="replaced")
    page = visit("mei").page("/records/serial_number/U-3")
    assert "在厂" in page
    assert "已换出" in page
