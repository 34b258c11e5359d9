"""Between a form on a page and JSON values: what a field shows, and what was typed. The engine decides what is right.

A value that cannot be read (a number with letters) is handed on as typed, so that the refusal names it and nothing is lost.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from engine.called_alike import LONGEST, the_one_meant
from engine.definition.model.vocabulary import FILE_TYPES
from engine.offers import FieldOffer
from engine.people import Person
from engine.records import Record
from engine.screens import Screens
from web.inputs import KEPT, PREFIX, Input, Surroundings, input_of
from web.tables import record_cells, table_input, typed_rows, with_ids
from web.typed import meant

__all__ = ["KEPT", "PREFIX", "Input", "inputs_of", "names_records", "read_form", "record_keys", "with_records"]


class Sent(Protocol):
    """The form of a request."""

    @property
    def form(self) -> MultiDict[str, str]: ...


def inputs_of(
    fields: Iterable[FieldOffer],
    *,
    language: str,
    zone: ZoneInfo,
    people: Mapping[str, Person],
    keys: Mapping[str, str],
    typed: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    now: dt.datetime | None = None,
    place: str = "",
) -> list[Input]:
    """The fields to draw, with what was typed (after a refusal) before what is stored. `keys`: what records are known by."""
    around = Surroundings(language, zone, people, keys, errors or {}, now, place)
    fields = tuple(fields)
    told = {name.partition(".")[0] for name in errors or ()} | {name for name, value in (typed or {}).items() if value}
    drawn = []
    for field in fields:
        # What was refused, or typed before, is drawn again: only the press itself showed that it applies.
        if field.read_only or not (field.visible or field.name in told or _may_appear(field, fields)):
            continue
        value = typed[field.name] if typed is not None and field.name in typed else field.value
        draw = table_input if field.type == "table" else input_of
        drawn.append(draw(field, value, around))
    return drawn


def _may_appear(field: FieldOffer, fields: Sequence[FieldOffer]) -> bool:
    """Whether something entered on this very page can make the field apply; a page cannot know anything else."""
    entered = {other.name for other in fields if not other.read_only and other.name != field.name}
    return not entered.isdisjoint(re.findall(r"[A-Za-z_]\w*", field.show_if))


def read_form(fields: Sequence[FieldOffer], sent: Sent, *, zone: ZoneInfo) -> dict[str, Any]:
    """What was typed into these fields, as JSON values; other names in the form are ignored, files are handed in."""
    typed = (f for f in fields if f.type not in FILE_TYPES and not f.read_only)
    return {f.name: _value(f, sent, zone) for f in typed if _was_there(f, sent)}


def with_records(fields: Sequence[FieldOffer], values: Mapping[str, Any], screens: Screens) -> dict[str, Any]:
    """The same values with records by their id, where somebody typed the number or name they are known by."""
    resolved = dict(values)
    named = {(of, text) for field in fields for of, text in _named(field, values.get(field.name))}
    ids = {(of, text): id for of, text in named if (id := _id_of(of, text, screens))}
    for field in fields:
        value = values.get(field.name)
        if field.type == "record" and isinstance(value, str):
            resolved[field.name] = ids.get((field.of, value), value)
        elif field.type == "table" and field.name in values:
            resolved[field.name] = with_ids(field, value, ids)
    return resolved


def _id_of(type: str, text: str, screens: Screens) -> str:
    """Of the record that is called so, else of the only one whose number people write so; "" for none."""
    if record := screens.find_record(type, text):
        return record.id
    return the_one_meant(text, screens.look_up(type, text[:LONGEST]))


def record_keys(fields: Iterable[FieldOffer], screens: Screens) -> dict[str, str]:
    """What the records that stand in these fields are known by."""
    wanted = dict.fromkeys(place for field in fields for place in _named(field, field.value))
    found: list[Record | None] = [screens.record(type, id) for type, id in wanted]
    return {record.id: record.key for record in found if record is not None}


def names_records(fields: Iterable[FieldOffer]) -> bool:
    """Whether any of these fields, or a cell of them, names a record."""
    return any(f.type == "record" or any(c.type == "record" for c in f.columns) for f in fields)


def _named(field: FieldOffer, value: Any) -> Iterable[tuple[str, str]]:
    if field.type == "table":
        return record_cells(field, value)
    return ((field.of, value),) if field.type == "record" and isinstance(value, str) and value else ()


def _was_there(field: FieldOffer, sent: Sent) -> bool:
    name = PREFIX + field.name
    return name in sent.form or f"{name}{KEPT}" in sent.form


def _value(field: FieldOffer, sent: Sent, zone: ZoneInfo) -> Any:
    name = PREFIX + field.name
    if field.type == "choices":
        return [v for v in sent.form.getlist(name) if v]
    if field.type == "table":
        return typed_rows(field, sent.form, zone)
    return meant(field.type, sent.form.get(name, ""), zone)
