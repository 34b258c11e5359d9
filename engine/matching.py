"""What the values of an event are compared with: fields of a case, what its records are known by, or cells of a table.

Answers the same for listing what a case listens for and for finding the rows that one event concerns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.case import Case
from engine.definition.compiled import Compiled, matched_paths
from engine.draft import Draft
from engine.facts import BoundRow
from engine.rows import cell_record, rows_of


def matched_values(process: Compiled, case: Case | Draft, event: str) -> Iterator[tuple[str, str]]:
    """Each name of the event's values with a text it is compared with; of a table one for every row that has any."""
    definition = process.events.get(event)
    table = process.row_events.get(event)
    for key, path in matched_paths(definition).items() if definition else ():
        first, *rest = path.split(".")
        if first == table:
            texts = [_of_row(case, table, row, rest) for row in rows_of(process.fields[table], case.values.get(table))]
        else:
            texts = [_of_case(process, case, first, rest)]
        yield from ((key, text) for text in dict.fromkeys(texts) if text)


def rows_concerned(process: Compiled, case: Case | Draft, event: str, values: Mapping[str, Any]) -> list[BoundRow]:
    """The rows of its table that an event concerns, in their order: those that agree with one of its values."""
    table = process.row_events[event]
    paths = [(key, path.split(".")[1:]) for key, path in matched_paths(process.events[event]).items()]
    told = [(str(values[key]), column) for key, column in paths if values.get(key) not in (None, "")]
    return [
        BoundRow(table, n)
        for n, row in enumerate(rows_of(process.fields[table], case.values.get(table)))
        if any(_of_row(case, table, row, column) == text for text, column in told)
    ]


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
