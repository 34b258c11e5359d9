"""Between a form on a page and JSON values: what a field shows, and what was typed. The engine decides what is right.

A value that cannot be read (a number with letters) is handed on as typed, so that the refusal names it and nothing is lost.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from werkzeug.datastructures import FileStorage, MultiDict

from engine.facts import in_our_time
from engine.offers import FieldOffer
from engine.people import Person
from engine.ports import Files
from engine.records import Record
from engine.screens import Screens

PREFIX = "f."
KEPT = ".kept"


class Sent(Protocol):
    """The form of a request."""

    @property
    def form(self) -> MultiDict[str, str]: ...
    @property
    def files(self) -> MultiDict[str, FileStorage]: ...


@dataclass(frozen=True, slots=True)
class Input:
    """A field as a page draws it. `text` is what stands in the box; `options` are value and label of what may be chosen."""

    name: str
    type: str
    label: str
    help: str
    required: bool
    value: Any
    text: str
    error: str
    options: tuple[tuple[str, str], ...]
    offer: FieldOffer

    @property
    def input_name(self) -> str:
        """The name in the form: set apart from the page's own hidden fields."""
        return PREFIX + self.name

    @property
    def id(self) -> str:
        """The address of the field on its page."""
        return f"f-{self.name}"


def inputs_of(
    fields: Iterable[FieldOffer],
    *,
    language: str,
    zone: ZoneInfo,
    people: Mapping[str, Person],
    keys: Mapping[str, str],
    typed: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
) -> list[Input]:
    """The fields to draw, with what was typed (after a refusal) before what is stored. `keys`: what records are known by."""
    drawn = []
    for field in fields:
        if field.read_only or not (field.visible or field.show_if):
            continue
        value = typed[field.name] if typed is not None and field.name in typed else field.value
        drawn.append(
            Input(
                name=field.name,
                type=field.type,
                label=field.label.say(language),
                help=field.help.say(language),
                required=field.required,
                value=value,
                text=_in_the_box(field, value, zone, keys),
                error=(errors or {}).get(field.name, ""),
                options=_options(field, language, people),
                offer=field,
            )
        )
    return drawn


def read_form(fields: Sequence[FieldOffer], sent: Sent, *, zone: ZoneInfo, files: Files, by: str) -> dict[str, Any]:
    """What was typed into these fields, as JSON values; other names in the form are ignored."""
    return {f.name: _value(f, sent, zone, files, by) for f in fields if not f.read_only and _was_there(f, sent)}


def with_records(fields: Sequence[FieldOffer], values: Mapping[str, Any], screens: Screens) -> dict[str, Any]:
    """The same values with records by their id, where somebody typed the number or name they are known by."""
    resolved = dict(values)
    for field in fields:
        text = values.get(field.name)
        if field.type == "record" and isinstance(text, str) and text:
            found = screens.find_record(field.of, text)
            resolved[field.name] = found.id if found else text
    return resolved


def record_keys(fields: Iterable[FieldOffer], screens: Screens) -> dict[str, str]:
    """What the records that stand in these fields are known by."""
    wanted = [(f.of, f.value) for f in fields if f.type == "record" and isinstance(f.value, str) and f.value]
    found: list[Record | None] = [screens.record(type, id) for type, id in wanted]
    return {record.id: record.key for record in found if record is not None}


def _was_there(field: FieldOffer, sent: Sent) -> bool:
    name = PREFIX + field.name
    return name in sent.form or name in sent.files or f"{name}{KEPT}" in sent.form


def _value(field: FieldOffer, sent: Sent, zone: ZoneInfo, files: Files, by: str) -> Any:
    name = PREFIX + field.name
    if field.type == "files":
        return _files(name, sent, files, by)
    if field.type == "choices":
        return [v for v in sent.form.getlist(name) if v]
    text = sent.form.get(name, "").replace("\r\n", "\n").strip()
    if not text:
        return None
    match field.type:
        case "yes_no":
            return {"yes": True, "no": False}.get(text, text)
        case "number":
            return _number(text)
        case "money":
            return _money(text)
        case "datetime":
            return _instant(text, zone)
        case _:
            return text


def _number(text: str) -> int | float | str:
    plain = text.replace(",", "").replace("，", "").replace(" ", "")
    if re.fullmatch(r"[-+]?\d{1,15}", plain):
        return int(plain)
    if re.fullmatch(r"[-+]?\d{0,15}\.\d{1,10}", plain):
        return float(plain)
    return text


def _money(text: str) -> str:
    plain = re.sub(r"^[¥￥$€]\s*|\s*(元|CNY|RMB)$", "", text).replace(",", "").replace("，", "").replace(" ", "")
    return plain if re.fullmatch(r"[-+]?\d{1,15}(\.\d{1,4})?", plain) else text


def _instant(text: str, zone: ZoneInfo) -> str:
    try:
        moment = in_our_time(dt.datetime.fromisoformat(text))
    except ValueError:
        return text
    local = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return local.astimezone(dt.UTC).isoformat()


def _files(name: str, sent: Sent, files: Files, by: str) -> list[dict[str, Any]]:
    kept = (files.get(id) for id in sent.form.getlist(f"{name}{KEPT}") if id)
    described = [dict(found[0]) for found in kept if found is not None]
    for upload in sent.files.getlist(name):
        if upload.filename:
            described.append(dict(files.put(upload.filename, upload.read(), by=by)))
    return described


def _in_the_box(field: FieldOffer, value: Any, zone: ZoneInfo, keys: Mapping[str, str]) -> str:
    if value is None or isinstance(value, list | dict):
        return ""
    match field.type:
        case "record":
            return keys.get(str(value), str(value))
        case "datetime":
            try:
                return in_our_time(dt.datetime.fromisoformat(str(value))).astimezone(zone).strftime("%Y-%m-%dT%H:%M")
            except ValueError:
                return str(value)
        case _:
            return str(value)


def _options(field: FieldOffer, language: str, people: Mapping[str, Person]) -> tuple[tuple[str, str], ...]:
    if field.type == "user":
        able = (p for p in people.values() if p.active and (not field.role or field.role in p.roles))
        return tuple(sorted(((p.id, p.name) for p in able), key=lambda option: option[1]))
    return tuple((id, label.say(language)) for id, label in field.choices)
