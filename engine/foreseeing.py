"""What a case that is about to be started will find: an earlier one about the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from engine.definition.compiled import Compiled
from engine.events import CaseStarted
from engine.likeness import alike_keys, alike_since, perhaps_keys, told_of, values_with
from engine.people import RecordKey, Snapshot, World
from engine.rows import records_named
from engine.screen_rows import CaseRow
from engine.screens import Screens, Viewer

AT_MOST = 20


def with_earlier(process: Compiled, values: Mapping[str, Any], world: World, screens: Screens) -> World:
    """The world with the earlier case that these values lead to, if there is one."""
    world = replace(world, records=_records(process, values, screens))
    keys = alike_keys(process, values_with(process, None, CaseStarted("", "", values), world))
    if not keys:
        return world
    since = alike_since(process, world.now)
    found = screens.earlier_alike(process.id, keys, since=since, until=world.now)
    return world if found is None else replace(world, earlier=told_of(*found))


def perhaps_the_same(
    process: Compiled, values: Mapping[str, Any], world: World, screens: Screens, viewer: Viewer
) -> Sequence[CaseRow]:
    """The open cases that may be about the same as one with these values, as far as this person may see them."""
    world = replace(world, records=_records(process, values, screens))
    keys = perhaps_keys(process, values_with(process, None, CaseStarted("", "", values), world))
    return screens.open_alike(viewer, process.id, keys, AT_MOST) if keys else ()


def _records(process: Compiled, values: Mapping[str, Any], screens: Screens) -> dict[RecordKey, Snapshot]:
    """The records that were entered, by id and by what was typed."""
    known: dict[RecordKey, Snapshot] = {}
    for type, value in records_named(process.fields, values):
        wanted = str(value.get("id") if isinstance(value, Mapping) else value).strip()
        record = screens.find_record(type, wanted)
        snapshot = screens.record_snapshot(type, record.id) if record is not None else None
        if record is not None and snapshot is not None:
            known[type, record.id] = known[type, wanted] = snapshot
    return known
