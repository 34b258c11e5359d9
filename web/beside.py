"""What stands beside a task or case: the record it is about with its warranty in words, what else is open about it, and
beside a task the last that happened."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.case import Case
from engine.definition.compiled import Compiled
from engine.replaced import OVER
from engine.screen_rows import CaseRow
from engine.screens import Screens
from web import current, saying, site
from web.earlier import EarlierCase, earlier_case
from web.family import told_to_me
from web.timeline import Entry, news, timeline
from web.words import CATALOGUE, say

LAST = 6
OTHERS = 6
"""So many other open cases are named; all of them stand on the page of the record."""
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
OTHER_UNIT = frozenset({("serial_number", "replaces"), ("serial_number", "replaced_by")})
"""Attributes that hold the number of another unit, which a swap has written."""
TRANSLATED = frozenset({"custody", "status", "location", "tier", "language"})


@dataclass(frozen=True, slots=True)
class Card:
    """A record in short: what it is, and what one must know of it."""

    type: str
    id: str
    label: str
    warranty: str
    tone: str
    facts: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """The column beside the work. `others`: the type of record that another open case shares with this one, and that case."""

    cards: tuple[Card, ...]
    earlier: EarlierCase | None = None
    others: tuple[tuple[str, CaseRow], ...] = ()


def beside(case: Case) -> Beside:
    """What is known around a case."""
    process = process_of(case)
    subjects, units = _subjects(case, process), _units(case, process)
    viewer = current.viewer()

    def look(screens: Screens) -> tuple[list[tuple[str, Mapping[str, Any]]], list[tuple[str, CaseRow]]]:
        found = [(type, screens.record_snapshot(type, id)) for type, id in subjects]
        known = [(type, snapshot) for type, snapshot in found if snapshot is not None]
        return known, [*screens.open_beside(viewer, case.id, [*units, *subjects], OTHERS)]

    snapshots, others = current.read(look)
    return Beside(
        cards=tuple(card_of(type, snapshot) for type, snapshot in snapshots),
        earlier=earlier_case(case.earlier if process is not None and process.alike else None),
        others=tuple(others),
    )


@dataclass(frozen=True, slots=True)
class Recent:
    """The last that happened to a case, newest first, and of a later round why it was opened again."""

    last: tuple[Entry, ...]
    reopened: Entry | None = None


def recent(case: Case) -> Recent:
    """What a person who takes up a case must know of its past."""
    process = process_of(case)
    family, history = told_to_me(case, process, current.read(lambda screens: screens.history(case.id)))
    teller, reopened = current.teller(process, family.numbers), [row for row in history if row.kind == "reopened"][-1:]
    last = timeline(news(history)[-LAST:], process, teller)
    return Recent(tuple(last), next(iter(timeline(reopened, process, teller)), None))


def process_of(case: Case) -> Compiled | None:
    """The version this case runs on."""
    return site.compiled(current.house(), case.process, case.version)


def card_of(type: str, snapshot: Mapping[str, Any]) -> Card:
    """A record's card; dates in words, referred records by their key."""
    words, tone = warranty_of(snapshot) if "warranty_until" in snapshot else ("", "")
    label = str(snapshot.get("number") or snapshot.get("name") or snapshot.get("code") or snapshot.get("id"))
    return Card(type, str(snapshot["id"]), label, words, tone, tuple(facts_of(type, snapshot)))


def facts_of(type: str, attributes: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Label, value and address of each attribute that says something."""
    kinds = current.catalogue().record_types.get(type, {})
    found = []
    heading = attributes.get("number") or attributes.get("name")
    for name in [*kinds, *(n for n in attributes if n not in kinds)]:
        value = attributes.get(name)
        if name in ("id", "key", "label", "warranty_until", "lines") or value in (None, "", [], {}) or value == heading:
            continue
        kind = kinds.get(name, "")
        target = "serial_number" if (type, name) in OTHER_UNIT else kind
        found.append((attribute_label(name), _said(type, name, kind, value), _address(target, value)))
    return found


def value_words(type: str, name: str, value: Any) -> str:
    """One value of an attribute, now or earlier, as the card says it; a dash where there was none."""
    kind = current.catalogue().record_types.get(type, {}).get(name, "")
    return "–" if value in (None, "", [], {}) else _said(type, name, kind, value)


def attribute_says(name: str, value: Any) -> str:
    """What a fact of a record says beside a task, in the very words of the record's card."""
    return _said("", name, "", value)


def attribute_label(name: str) -> str:
    """What an attribute of a record is called."""
    try:
        return say(f"attribute.{name}", current.language())
    except KeyError:
        return name.replace("_", " ").capitalize()


def warranty_of(unit: Mapping[str, Any]) -> tuple[str, str]:
    """The same of a unit; one that was replaced, scrapped or lost wears that instead: nobody claims anything for it."""
    status = str(unit.get("status") or "")
    return (
        (value_words("serial_number", "status", status), "")
        if status in OVER
        else warranty(unit.get("warranty_until"), today())
    )


def warranty(until: Any, today: dt.date) -> tuple[str, str]:
    """A warranty end in words with days left, and its tone."""
    language = current.language()
    try:
        end = dt.date.fromisoformat(str(until)[:10])
    except ValueError:
        return say("warranty.unknown", language), ""
    left, day = (end - today).days, saying.day(end, language)
    if left < 0:
        return say("warranty.over", language, day=day, n=saying.number(-left, language)), "late"
    key = "warranty.last_day" if left == 0 else "warranty.left"
    return say(key, language, day=day, n=saying.number(left, language)), "soon" if left <= 30 else "good"


def today() -> dt.date:
    """Today at the site."""
    return current.now().astimezone(current.zone()).date()


def _said(type: str, name: str, kind: str, value: Any) -> str:
    """What an attribute says: by the labels of the site, or the few words that Aftercare itself writes."""
    if kind == "choice" and (label := current.catalogue().words_of(type, name).get(str(value))):
        return current.say_text(label)
    if name in TRANSLATED and f"value.{value}" in CATALOGUE:
        return say(f"value.{value}", current.language())
    return _in_words(kind, value)


def _in_words(kind: str, value: Any) -> str:
    if isinstance(value, Mapping) and "product" in value and "id" not in value:
        return f"{value['product']} × {value['quantity']}" if value.get("quantity") else str(value["product"])
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("number") or value.get("code") or value.get("id") or "")
    if isinstance(value, list | tuple):
        return say("list.comma", current.language()).join(_in_words("", v) for v in value)
    if isinstance(value, bool):
        return say("yes" if value else "no", current.language())
    match kind:
        case "date":
            return saying.day(value, current.language())
        case "money":
            return current.money(value)
        case "user":
            found = current.people().get(str(value))
            return found.name if found else str(value)
        case _:
            return saying.day(value, current.language()) if DATE.fullmatch(str(value)) else str(value)


def _address(kind: str, value: Any) -> str:
    """Type and id of a referred record, for a link; "" otherwise."""
    if not kind or kind not in current.catalogue().record_types:
        return ""
    id = value.get("id") if isinstance(value, Mapping) else value
    return f"{kind}/{id}" if id else ""


def _units(case: Case, process: Compiled | None) -> list[tuple[str, str]]:
    """The units a case names, whatever it is about: another case of the same unit is nearer than one of the same customer."""
    fields = process.fields.items() if process is not None else ()
    named = (case.values.get(name) for name, field in fields if field.type == "record" and field.of == "serial_number")
    return [("serial_number", id) for id in dict.fromkeys(named) if isinstance(id, str) and id]


def _subjects(case: Case, process: Compiled | None) -> list[tuple[str, str]]:
    """The record the case is about first, then the customer; others stay in the fields."""
    if process is None:
        return []
    wanted = [process.file.subject] if process.file.subject else []
    wanted += [name for name, field in process.fields.items() if field.of == "customer"]
    found: list[tuple[str, str]] = []
    for name in wanted:
        field, id = process.fields.get(name), case.values.get(name)
        if field is not None and field.of and isinstance(id, str) and id and (field.of, id) not in found:
            found.append((field.of, id))
    return found[:2]
