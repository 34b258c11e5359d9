"""Who asks, in which language, and what this request stands on. Must not decide who may do what (`web.rules` does)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from flask import current_app, g, request

from adapters.wiring import House
from engine.definition.compiled import Compiled
from engine.definition.texts import LANGUAGES, Text
from engine.people import Person
from engine.ports import SignedIn
from engine.screens import Screens, Viewer
from engine.writing import with_currency
from web import saying, site
from web.followed import Teller

T = TypeVar("T")
LANGUAGE_COOKIE = "aftercare-language"


def house() -> House:
    """The product behind this request."""
    return cast(House, current_app.extensions["aftercare"])


def read(work: Callable[[Screens], T]) -> T:
    """Ask the read side."""
    return house().store.read(work)


def signed_in() -> SignedIn | None:
    """The session of this request, if there is one."""
    return cast("SignedIn | None", g.get("signed_in"))


def me() -> Person:
    """Who is signed in. Only for views whose rule asks for somebody."""
    signed = signed_in()
    assert signed is not None, "a view that asks who is there needs a rule that asks for somebody"
    return signed.person


def viewer() -> Viewer:
    """What this person may look at."""
    if "viewer" not in g:
        g.viewer = site.viewer_of(house(), me())
    return cast(Viewer, g.viewer)


def people() -> Mapping[str, Person]:
    """All members of staff, read once per request."""
    if "people" not in g:
        g.people = read(lambda screens: screens.people())
    return cast("Mapping[str, Person]", g.people)


def now() -> dt.datetime:
    """One instant for the whole page."""
    if "now" not in g:
        g.now = house().clock.now()
    return cast(dt.datetime, g.now)


def zone() -> ZoneInfo:
    """The site's time zone: every time on a page is in it."""
    return catalogue().zone


def catalogue() -> site.Catalogue:
    """What is published: the site and its processes."""
    return site.catalogue(house())


def language() -> str:
    """The person's choice, else the choice made on this computer, else what the browser asks for."""
    if "language" not in g:
        g.language = _language()
    return cast(str, g.language)


def currency() -> str:
    """What stands beside an amount of money; "" where the site names nothing."""
    site = catalogue().site
    return say_text(site.currency) if site is not None else ""


def due(moment: dt.datetime | None) -> str:
    """When something must be done, in words."""
    return saying.due(moment, now(), zone(), language())


def money(value: Any) -> str:
    """An amount with the currency of the site."""
    return with_currency(saying.amount(value, language()), currency())


def person_name(id: str | None) -> str:
    """A person's name; the id of somebody unknown; "" for nobody."""
    if not id:
        return ""
    found = people().get(id)
    return found.name if found else id


def role_label(id: str) -> str:
    """What a role is called."""
    return say_text(catalogue().roles.get(id, Text(id)))


def process_label(id: str) -> str:
    """What a process is called."""
    return say_text(catalogue().labels.get(id, Text(id)))


def teller(process: Compiled | None, numbers: Mapping[str, str] = MappingProxyType({})) -> Teller:
    """Who tells the timeline of a case of this process; `numbers` of the cases that belong to it, by their ids."""
    return Teller(process, language(), person_name, role_label, process_label, lambda id: numbers.get(id, ""))


def say_text(text: Text) -> str:
    """A text in the language of this request."""
    return text.say(language())


def is_for_programs() -> bool:
    """The JSON interface and what carriers and partners call."""
    return request.path.startswith(("/api/", "/hooks/"))


def _language() -> str:
    if is_for_programs():
        return _wanted_language()
    signed = signed_in()
    if signed is not None and signed.person.language in LANGUAGES:
        return signed.person.language
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    return _wanted_language()


def _wanted_language() -> str:
    for wanted, _ in request.accept_languages:
        if wanted.lower().startswith("zh"):
            return "zh-Hans"
        if wanted.lower().startswith("en"):
            return "en"
    return "en"
