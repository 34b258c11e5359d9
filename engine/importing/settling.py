"""Drafts against what is stored: what is new, what changes, what stays, and which rows name something nobody knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.definition.texts import Text
from engine.doubtful import BECAUSE, warranty_doubt
from engine.importing.drafting import Draft
from engine.importing.sheet import Refused
from engine.importing.targets import Target
from engine.people import Person
from engine.records import Record, label_of
from engine.replaced import UNIT, why_not

A_YEAR = 366


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored of all that the drafts name: records of the type itself by key, referred ones by type and name."""

    records: Mapping[str, Record] = field(default_factory=dict)
    referred: Mapping[tuple[str, str], str] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    today: dt.date = dt.date.max
    """The day on which the list is taken."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A warranty that the list moves by more than a year."""

    line: int
    number: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Settled:
    """The records to save, how many rows are new, changed and unchanged, and what is refused. `moved` warranties are told."""

    records: tuple[Record, ...]
    new: int
    changed: int
    unchanged: int
    refused: tuple[Refused, ...]
    moved: tuple[Moved, ...] = ()


def settle(drafts: Iterable[Draft], target: Target, known: Known) -> Settled:
    """An empty cell leaves what is stored as it is; what the list does not name stays too."""
    sound: list[tuple[Draft, dict[str, Any]]] = []
    refused: list[Refused] = []
    for draft in drafts:
        values, why = _resolved(draft, known)
        if why:
            refused += why
        else:
            sound.append((draft, values))
    build = _lines if target.is_lines else _records
    built = build(sound, target, known)
    return replace(built, refused=(*refused, *built.refused))


def without(settled: Settled, held: Mapping[str, tuple[str, Text]], known: Known, drafts: Iterable[Draft]) -> Settled:
    """The same without the records that an open case holds: by their ids the attribute, and why it does not change."""
    lines = {draft.key: draft.line for draft in drafts}
    refused: list[Refused] = []
    kept: list[Record] = []
    for record in settled.records:
        if record.id in held and record.key in known.records:
            name, why = held[record.id]
            refused.append(Refused(lines[record.key], name, str(record.attributes.get(name) or ""), why))
        else:
            kept.append(record)
    gone = {refusal.line for refusal in refused}
    return replace(
        settled,
        records=tuple(kept),
        changed=settled.changed - len(refused),
        refused=(*settled.refused, *refused),
        moved=tuple(one for one in settled.moved if one.line not in gone),
    )


def _resolved(draft: Draft, known: Known) -> tuple[dict[str, Any], list[Refused]]:
    values, wrong = dict(draft.values), []
    for attribute, (type, name) in draft.references.items():
        id = known.referred.get((type, name))
        if id is None:
            en = f"there is no {type} '{name}'; import it first"
            wrong.append(Refused(draft.line, attribute, name, Text(en, f"没有 {type}“{name}”，请先导入")))
        values[attribute] = id
    for attribute, name in draft.people.items():
        person = _person(name, known.people)
        if person is None:
            why = Text(f"nobody here is called '{name}'", f"没有名为“{name}”的人员")
            wrong.append(Refused(draft.line, attribute, name, why))
        values[attribute] = person
    return values, wrong


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
    moved: list[Moved] = []
    new = same = 0
    for draft, values in sound:
        old = known.records.get(draft.key)
        record = _record(target, draft.key, values, old)
        if record == old:
            same += 1
            continue
        if why := [*_impossible(target, draft, old, record, known.today)]:
            refused += [Refused(draft.line, name, str(values.get(name) or ""), text) for name, text in why]
            continue
        to_save.append(record)
        new += old is None
        moved += _far(draft, old, record)
    return Settled(tuple(to_save), new, len(to_save) - new, same, tuple(refused), tuple(moved))


def _impossible(
    target: Target, draft: Draft, old: Record | None, record: Record, today: dt.date
) -> Iterator[tuple[str, Text]]:
    """What keeps a row from being taken: the attribute, and why."""
    before = old.attributes if old is not None else {}
    if no := why_not(target.type, old.attributes if old else None, record.attributes):
        yield no
    changes = [n for n in ("warranty_until", "purchased_on") if before.get(n) != record.attributes.get(n)]
    if target.type == UNIT and changes and not draft.because and (told := warranty_doubt(record.attributes, today)):
        en, zh = told.en.rstrip("."), told.zh.rstrip("。")
        yield (
            changes[0],
            Text(
                f"{en}; if it is right, say why in a column '{BECAUSE}'",
                f"{zh}；确属无误的，请在“{BECAUSE}”列中说明理由",
            ),
        )


def _far(draft: Draft, old: Record | None, record: Record) -> Iterator[Moved]:
    """A warranty end that moves by more than a year, for people to see before it is too late."""
    ends = [str(one.attributes.get("warranty_until") or "") for one in (old, record) if one is not None]
    if record.type != UNIT or len(ends) < 2 or not all(ends):
        return
    try:
        days = abs(dt.date.fromisoformat(ends[0]) - dt.date.fromisoformat(ends[1]))
    except ValueError:
        return
    if days.days > A_YEAR:
        yield Moved(draft.line, draft.key, *ends)


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
