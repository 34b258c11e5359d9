"""What is true around a case at a stimulus: the people, the records it names, the earlier case about the same. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from engine import events as happened
from engine.called_alike import as_people_write_it
from engine.case import Case
from engine.cases_named import known_cases
from engine.definition.compiled import Compiled
from engine.definitions import Definitions
from engine.likeness import alike_keys, alike_since, told_of, values_with
from engine.people import RecordKey, Snapshot, World
from engine.rows import records_named, type_of_record
from engine.store import UnitOfWork


def world_around(
    uow: UnitOfWork, definitions: Definitions, process: Compiled, case: Case | None, event: happened.Event
) -> World:
    """The world, with the earlier case about the same where the process asks for one. Looked up anew at every
    stimulus: what became of that case meanwhile counts."""
    people = uow.people()
    cases = known_cases(uow, definitions, process, case, event, people)
    world = World(uow.now, people, _records(uow, process, case, event), cases=cases)
    if not process.alike:
        return world
    keys = alike_keys(process, values_with(process, case, event, world))
    if not keys:
        return world
    opened_at = case.opened_at if case is not None else uow.now
    number = case.number if case is not None else getattr(event, "number", "")
    since = alike_since(process, opened_at)
    found = uow.earlier_alike(process.id, keys, since=since, until=opened_at, number=number)
    return replace(world, earlier=told_of(*found) if found is not None else None)


def with_fresh_records(uow: UnitOfWork, process: Compiled, case: Case | None) -> Case | None:
    """The records of a case as they are now, when one of them changed since the case was last saved."""
    if case is None or not case.records or not uow.records_changed(case.id):
        return case
    place = {name: (type_of_record(process.fields, name), str(old.get("id"))) for name, old in case.records.items()}
    found = _find(uow, place.values())
    return replace(case, records={name: found.get(place[name], old) for name, old in case.records.items()})


def _records(uow: UnitOfWork, process: Compiled, case: Case | None, event: happened.Event) -> dict[RecordKey, Snapshot]:
    """The records that the case knows and those that the event names; a record may be named by its key."""
    known: dict[RecordKey, Snapshot] = {}
    for name, snapshot in (case.records if case else {}).items():
        type = type_of_record(process.fields, name)
        if type:
            known[type, str(snapshot.get("id"))] = snapshot
    told = [*records_named(process.fields, _entered(event)), *_carried(process, event)]
    named = ((type, str(value.get("id") if isinstance(value, Mapping) else value).strip()) for type, value in told)
    asked = list(dict.fromkeys(place for place in named if place not in known and all(place)))
    all_found = _find(uow, asked)
    if isinstance(event, happened.CaseStarted | happened.TaskCompleted):
        called = as_people_write_it((place for place in asked if place not in all_found), uow.keys_of_length)
        meant = _find(uow, called.values())
        all_found |= {typed: meant[place] for typed, place in called.items() if place in meant}
    for (type, wanted), found in all_found.items():
        known[type, str(found["id"])] = known[type, wanted] = found
    return known


def _find(uow: UnitOfWork, wanted: Iterable[RecordKey]) -> dict[RecordKey, Snapshot]:
    """Records by type and what they are called, all of a type at once: a table may name one in every row."""
    texts: dict[str, dict[str, None]] = {}
    for type, text in wanted:
        if type and text:
            texts.setdefault(type, {})[text] = None
    found = {type: uow.find_records(type, list(named)) for type, named in texts.items()}
    return {(type, text): one for type, known in found.items() for text, one in known.items()}


def _carried(process: Compiled, event: happened.Event) -> Iterable[tuple[str, Any]]:
    """The records that an event carries under names that are no fields of the case: `data: {new: serial_number}`."""
    declared = process.events.get(event.name) if isinstance(event, happened.EventArrived) else None
    data = declared.data.items() if declared is not None else ()
    values = _entered(event)
    return [(kind, values[key]) for key, kind in data if kind in process.site.records and values.get(key)]


def _entered(event: happened.Event) -> Mapping[str, Any]:
    values = getattr(event, "values", None)
    return values if isinstance(values, Mapping) else {}
