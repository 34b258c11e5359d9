"""Drafts against what is stored: what is new, what changes, what stays, and which rows name something nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.definition.texts import Text
from engine.importing.drafting import Draft
from engine.importing.sheet import Refused
from engine.importing.targets import Target
from engine.people import Person
from engine.records import Record, label_of
from engine.replaced import why_not


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored of all that the drafts name: records of the type itself by key, referred ones by type and name."""

    records: Mapping[str, Record] = field(default_factory=dict)
    referred: Mapping[tuple[str, str], str] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    held: Mapping[str, tuple[str, Text]] = field(default_factory=dict)
    """By key what an open case alone changes, and why the list may not."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The records to save, how many rows are new, changed and unchanged, and the refused ones."""

    records: tuple[Record, ...]
    new: int
    changed: int
    unchanged: int
    refused: tuple[Refused, ...]


def settle(drafts: Iterable[Draft], target: Target, known: Known) -> Settled:
    """An empty cell leaves what is stored as it is; what the list does not name stays too."""
    sound: list[tuple[Draft, dict[str, Any]]] = []
    refused: list[Refused] = []
    for draft in drafts:
        values, why = _resolved(draft, known)
        if why is not None:
            refused.append(why)
        else:
            sound.append((draft, values))
    build = _lines if target.is_lines else _records
    built = build(sound, target, known)
    return replace(built, refused=(*refused, *built.refused))


def _resolved(draft: Draft, known: Known) -> tuple[dict[str, Any], Refused | None]:
    values = dict(draft.values)
    for attribute, (type, name) in draft.references.items():
        id = known.referred.get((type, name))
        if id is None:
            en = f"there is no {type} '{name}'; import it first"
            return {}, Refused(draft.line, attribute, name, Text(en, f"没有 {type}“{name}”，请先导入"))
        values[attribute] = id
    for attribute, name in draft.people.items():
        person = _person(name, known.people)
        if person is None:
            why = Text(f"nobody here is called '{name}'", f"没有名为“{name}”的人员")
            return {}, Refused(draft.line, attribute, name, why)
        values[attribute] = person
    return values, None


def _person(name: str, people: Mapping[str, Person]) -> str | None:
    """By id, mail address or name, if only one is called so."""
    if name in people:
        return name
    wanted = name.casefold()
    found = [p.id for p in people.values() if wanted in (p.email.casefold(), p.name.casefold())]
    return found[0] if len(found) == 1 else None


def _records(sound: list[tuple[Draft, dict[str, Any]]], target: Target, known: Known) -> Settled:
    to_save: list[Record] = []
    refused: list[Refused] = []
    new = 0
    for draft, values in sound:
        old = known.records.get(draft.key)
        record = _record(target, draft.key, values, old)
        if record == old:
            continue
        if no := why_not(target.type, old.attributes if old else None, record.attributes) or known.held.get(draft.key):
            attribute, why = no
            refused.append(Refused(draft.line, attribute, str(values.get(attribute) or ""), why))
            continue
        to_save.append(record)
        new += old is None
    unchanged = len(sound) - len(to_save) - len(refused)
    return Settled(tuple(to_save), new, len(to_save) - new, unchanged, tuple(refused))


def _record(target: Target, key: str, values: Mapping[str, Any], old: Record | None) -> Record:
    attributes = {**(old.attributes if old else {}), **values}
    return Record(target.type, old.id if old else key, key, label_of(target.type, attributes) or key, attributes)


def _lines(sound: list[tuple[Draft, dict[str, Any]]], target: Target, known: Known) -> Settled:
    """Numbered lines take the place of the same number; unnumbered ones are all the lines an order has."""
    by_order: dict[str, list[dict[str, Any]]] = {}
    for draft, values in sound:
        by_order.setdefault(draft.key, []).append({n: v for n, v in values.items() if n != target.key})
    to_save: list[Record] = []
    new = changed = unchanged = 0
    for key, lines in by_order.items():
        order = known.records[key]
        stored = [dict(line) for line in order.attributes.get("lines") or []]
        merged = _merged(stored, lines)
        fresh = [line for line in lines if line not in stored]
        added = max(0, len(merged) - len(stored))
        new, changed, unchanged = (
            new + added,
            changed + len(fresh) - min(added, len(fresh)),
            unchanged + len(lines) - len(fresh),
        )
        if merged != stored:
            to_save.append(replace(order, attributes={**order.attributes, "lines": merged}))
    return Settled(tuple(to_save), new, changed, unchanged, ())


def _merged(stored: list[dict[str, Any]], lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if any("line" not in line for line in [*stored, *lines]):
        return lines
    by_number = {line["line"]: line for line in stored} | {line["line"]: line for line in lines}
    return [by_number[number] for number in sorted(by_number)]
