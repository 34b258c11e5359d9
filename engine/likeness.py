"""When two cases are about the same: the texts a case is found by, and what later cases may ask of the earlier one.

A process says with `alike` which fields must agree. It knows no store: the earlier case is looked up by `engine.casework`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from engine import events as happened
from engine.case import Case
from engine.definition.calendars import before
from engine.definition.compiled import Compiled
from engine.definition.expressions import as_compared, told_apart_by
from engine.definition.model.vocabulary import Value
from engine.draft import Draft
from engine.entered import WrongValue, cleaned
from engine.facts import row_columns
from engine.forms import defaults, follow_records, put_value
from engine.people import Snapshot, World
from engine.rows import rows_of

LIKE_TYPES = frozenset(
    {"text", "choice", "record", "number", "money", "date", "datetime", "yes_no", "email", "phone", "user", "case"}
)
"""Types of fields that can agree; long texts, files and lists never do."""

LONGEST_KEY = 200


def alike_keys(process: Compiled, values: Mapping[str, Any]) -> tuple[str, ...]:
    """What an earlier case is looked for by: a text for each list of `alike` whose fields all have values, also as it was kept
    before hyphens made no difference. Cases with a text in common are alike."""
    return _asked(process, process.alike, values)


def perhaps_keys(process: Compiled, values: Mapping[str, Any]) -> tuple[str, ...]:
    """The same of `perhaps`: an open case with a text in common may be about the same, which nobody claims."""
    return _asked(process, _perhaps(process), values)


def kept_under(process: Compiled, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Every text by which a later case finds this one."""
    return tuple(dict.fromkeys(_keys(process, (*process.alike, *_perhaps(process)), values, told_apart_by)))


def _perhaps(process: Compiled) -> tuple[tuple[str, ...], ...]:
    return process.file.alike.perhaps if process.file.alike else ()


def _asked(process: Compiled, lists: Iterable[tuple[str, ...]], values: Mapping[str, Any]) -> tuple[str, ...]:
    asked = (key for form in (told_apart_by, as_compared) for key in _keys(process, lists, values, form))
    return tuple(dict.fromkeys(asked))


def _keys(
    process: Compiled, lists: Iterable[tuple[str, ...]], values: Mapping[str, Any], form: Callable[[str], str]
) -> Iterator[str]:
    found = (_key(process, names, values, row, form) for names in lists for row in _rows(process, names, values))
    yield from filter(None, found)


def table_of(names: Iterable[str]) -> str:
    """The table whose columns a list of `alike` names (`parcels.tracking_no`); "" where it names fields only."""
    return next((name.partition(".")[0] for name in names if "." in name), "")


def _rows(process: Compiled, names: tuple[str, ...], values: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    table = table_of(names)
    return rows_of(process.fields[table], values.get(table)) if table in process.fields else ({},)


def _key(
    process: Compiled,
    names: tuple[str, ...],
    values: Mapping[str, Any],
    row: Mapping[str, Any],
    form: Callable[[str], str],
) -> str:
    said = []
    for field, dot, column in (name.partition(".") for name in names):
        definition: Value | None = row_columns(process, field).get(column) if dot else process.fields.get(field)
        value = row.get(column) if dot else values.get(field)
        said.append(_normal(definition, value, form) if definition is not None else "")
    if not said or not all(said):
        return ""
    key = json.dumps([list(names), said], ensure_ascii=False, separators=(",", ":"))
    return key if len(key) <= LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()


def _normal(field: Value, value: Any, form: Callable[[str], str]) -> str:
    """A value so that what people take for the same reads the same, a text in this form; "" for none."""
    if value is None or value == "":
        return ""
    match field.type:
        case "number" | "money":
            return f"{Decimal(str(value)).normalize():f}"
        case "text":
            return form(str(value)).casefold()
        case "email" | "phone":
            return as_compared(str(value)).casefold()
        case _:
            return str(value)


def alike_since(process: Compiled, opened_at: dt.datetime) -> dt.datetime:
    """How far back a case that was opened then looks for an earlier one."""
    assert process.alike_within is not None, "a process with `alike` says within which time"
    return before(opened_at, process.alike_within, process.calendar_of[""])


def told_of(earlier: Case, count: int) -> Snapshot:
    """What a case knows of the earlier one, an open one before all others: the names after `earlier.`, and whatever was entered there."""
    return {
        "id": earlier.id,
        "number": earlier.number,
        "open": earlier.is_open,
        "ended": earlier.ended,
        "count": count,
        "values": dict(earlier.values),
        "records": dict(earlier.records),
    }


def values_with(process: Compiled, case: Case | None, event: happened.Event, world: World) -> Mapping[str, Any]:
    """The values of a case with those the event brings, so that what is entered right now counts already."""
    brought = _brought(process, case, event)
    if case is not None and not brought:
        return case.values
    draft = Draft(case or Case("", "", process.id, process.version, world.now))
    for name, value in brought.items():
        _put(process, draft, name, value, world)
    if case is None:
        defaults(process, draft, world)
    follow_records(process, draft, {}, world)
    return draft.values


def _put(process: Compiled, draft: Draft, name: str, value: Any, world: World) -> None:
    if name not in process.fields:
        return
    try:
        put_value(process, draft, name, cleaned(process.fields[name], value, process, world), world)
    except WrongValue:
        return  # the form says so in its own words


def _brought(process: Compiled, case: Case | None, event: happened.Event) -> Mapping[str, Any]:
    match event:
        case happened.CaseStarted() | happened.TaskCompleted():
            return event.values
        case happened.CallAnswered() if case is not None:
            return _saved(process, case, event)
        case _:
            return {}


def _saved(process: Compiled, case: Case, event: happened.CallAnswered) -> Mapping[str, Any]:
    """What the answer of an outside system is going to be kept as."""
    call = next((call for call in case.calls if call.key == event.key), None)
    step = process.steps.get(call.step) if call is not None else None
    if call is None or step is None or call.action >= len(step.do):
        return {}
    return {field: event.values.get(given) for field, given in step.do[call.action].save}
