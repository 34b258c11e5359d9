"""What the values of an event are compared with: fields of a case, what its records are known by, or cells of a table.
A number that people typed with hyphens is also the one without; of a record only its own number is.

Answers the same for listing what a case listens for and for finding the rows that one event concerns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.case import Case
from engine.definition.compiled import Compiled, matched_paths
from engine.definition.expressions import as_compared, told_apart_by
from engine.definition.model.vocabulary import Value
from engine.draft import Draft
from engine.facts import BoundRow
from engine.rows import cell_record, rows_of


def matched_values(process: Compiled, case: Case | Draft, event: str) -> Iterator[tuple[str, str]]:
    """Each name of the event's values with a text it is compared with; of a table one for every row that has any."""
    compared = _compared(process, case, event)
    yield from dict.fromkeys((key, form) for key, field, text in compared for form in _forms(field, text))


def is_about(process: Compiled, case: Case | Draft, event: str, values: Mapping[str, Any]) -> bool:
    """Whether an event with these values means this case: it agrees with one of the values that are compared."""
    told = {key: str(value) for key, value in values.items() if value not in (None, "")}
    return any(_agree(field, told.get(key, ""), text) for key, field, text in _compared(process, case, event))


def rows_listening(process: Compiled, case: Case | Draft, event: str) -> Iterator[tuple[str, str, BoundRow]]:
    """The rows of its table that an event may concern, each with a name of the event's values and the text it must be."""
    table = process.row_events[event]
    rows = rows_of(process.fields[table], case.values.get(table))
    for key, path in matched_paths(process.events[event]).items():
        for n, row in enumerate(rows):
            if text := _of_row(case, table, row, path.split(".")[1:]):
                yield key, text, BoundRow(table, n)


def rows_concerned(process: Compiled, case: Case | Draft, event: str, values: Mapping[str, Any]) -> list[BoundRow]:
    """The rows of its table that an event concerns, in their order: those that agree with one of its values."""
    columns = _columns(process, event)
    told = {key: str(value) for key, value in values.items() if value not in (None, "")}
    agree = {
        row
        for key, text, row in rows_listening(process, case, event)
        if key in told and _agree(columns[key], told[key], text)
    }
    return sorted(agree, key=lambda row: row.index)


def _compared(process: Compiled, case: Case | Draft, event: str) -> Iterator[tuple[str, Value | None, str]]:
    """Each name of the event's values with what it is compared with: a field or a column, and the text in it."""
    if event in process.row_events:
        columns = _columns(process, event)
        yield from ((key, columns[key], text) for key, text, _ in rows_listening(process, case, event))
        return
    definition = process.events.get(event)
    for key, path in matched_paths(definition).items() if definition else ():
        first, *rest = path.split(".")
        yield key, process.fields.get(first), _of_case(process, case, first, rest)


def _columns(process: Compiled, event: str) -> Mapping[str, Value]:
    """By the name of an event's value, the column of its table that is compared."""
    columns = process.fields[process.row_events[event]].columns or {}
    return {key: columns[path.split(".")[1]] for key, path in matched_paths(process.events[event]).items()}


def _forms(field: Value | None, text: str) -> tuple[str, ...]:
    """A value as it is compared; a text that is no record's number also without its hyphens, which comes last."""
    forms = (as_compared(text), told_apart_by(text) if field is not None and field.type == "text" else "")
    return tuple(dict.fromkeys(form for form in forms if form))


def _agree(field: Value | None, told: str, text: str) -> bool:
    return bool(told and text) and _forms(field, told)[-1:] == _forms(field, text)[-1:]


def _of_row(case: Case | Draft, table: str, row: Mapping[str, Any], path: list[str]) -> str:
    """A cell; of a record in it what people know it by."""
    value = row.get(path[0])
    if value is None:
        return ""
    snapshot = case.records.get(cell_record(table, path[0], value))
    return str(value) if snapshot is None else _known_by(snapshot, path[1:])


def _of_case(process: Compiled, case: Case | Draft, first: str, rest: list[str]) -> str:
    field = process.fields.get(first)
    if field is None:
        return ""
    if field.type != "record":
        value = case.values.get(first)
        return "" if value is None else str(value)
    return _known_by(case.records.get(first, {}), rest)


def _known_by(found: Any, path: list[str]) -> str:
    """A part of a record; of a record itself what people know it by."""
    for attribute in path:
        found = found.get(attribute) if isinstance(found, Mapping) else None
    if isinstance(found, Mapping):
        found = found.get("key") or found.get("number") or found.get("code") or found.get("id")
    return "" if found is None else str(found)
