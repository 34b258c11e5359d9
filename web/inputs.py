"""What a page draws for a field: the control, what stands in it, and, for a table, its rows of controls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from engine.offers import FieldOffer
from engine.people import Person, roles_in
from web.typed import in_the_box

PREFIX = "f."
KEPT = ".kept"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every input of a page needs to know. `keys`: what records are known by; `errors` by field or cell; `place`: what
    tells the ids of one form from those of another on the same page."""

    language: str
    zone: ZoneInfo
    people: Mapping[str, Person]
    keys: Mapping[str, str]
    errors: Mapping[str, str]
    now: dt.datetime | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """A field, or a cell of a table, as a page draws it. `text` is what stands in the box; `options` are value and label
    of what may be chosen; `earliest` and `latest` bound a day or moment; `labelled` and `described` are the ids of elements elsewhere that name and explain a cell;
    `goes_out` says so where the words go to the customer as they are typed; `place` as in its surroundings."""

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
    labelled: str = ""
    described: str = ""
    earliest: str = ""
    latest: str = ""
    goes_out: str = ""
    table: TableInput | None = None
    place: str = ""

    @property
    def input_name(self) -> str:
        """The name in the form: set apart from the page's own hidden fields."""
        return PREFIX + self.name

    @property
    def id(self) -> str:
        """The address of the field on its page."""
        return f"f-{self.place}{self.name}"


@dataclass(frozen=True, slots=True)
class RowInput:
    """One row of a table to fill in. `key` is its number from 1, or the id of a fixed row, which has a `label` too. `known`
    is which of the stored rows it is, where the form leaves out columns; 0 for a new one, "" where nobody asks."""

    key: str
    label: str
    cells: tuple[Input, ...]
    blank: bool
    answered: bool
    known: str = ""


@dataclass(frozen=True, slots=True)
class TableInput:
    """The rows of a table to fill in. `pattern` is the row that a script copies; None where rows are fixed."""

    columns: tuple[FieldOffer, ...]
    rows: tuple[RowInput, ...]
    pattern: RowInput | None
    fixed: bool
    least: int
    most: int


def input_of(field: FieldOffer, value: Any, around: Surroundings, *, name: str = "", **more: Any) -> Input:
    """One field with its value; a cell goes by a `name` of its own."""
    name = name or field.name
    text = in_the_box(field.type, value, around.zone, around.keys)
    earliest, latest = _edges(field, text, around)
    return Input(
        name=name,
        type=field.type,
        label=field.label.say(around.language),
        help=field.help.say(around.language),
        required=field.required,
        value=value,
        text=text,
        error=around.errors.get(name, ""),
        options=options_of(field, around),
        offer=field,
        earliest=earliest,
        latest=latest,
        goes_out=field.goes_out.say(around.language),
        place=around.place,
        **more,
    )


def _edges(field: FieldOffer, text: str, around: Surroundings) -> tuple[str, str]:
    """The first and the last day or moment a browser lets people pick. What stands in the box already may stay, and the
    latest moment of a page that was drawn a while ago is the end of its day."""
    if around.now is None or field.type not in ("date", "datetime"):
        return "", ""
    here, timed = around.now.astimezone(around.zone), field.type == "datetime"
    first = {"now": f"{here:%Y-%m-%dT%H:%M}", "today": f"{here:%Y-%m-%d}" + "T00:00" * timed}.get(field.not_before, "")
    last = f"{here:%Y-%m-%d}" + "T23:59" * timed if field.not_after else ""
    return "" if text and text < first else first, "" if text and text > last else last


def options_of(field: FieldOffer, around: Surroundings) -> tuple[tuple[str, str], ...]:
    """What may be chosen, as value and label; who stands there already may stay."""
    if field.type == "user":
        wanted = set(roles_in(field.role))
        here = (p for p in around.people.values() if p.active and p.id not in field.not_these)
        able = (p for p in here if not wanted or p.roles & wanted or p.id == field.value)
        return tuple(sorted(((p.id, p.name) for p in able), key=lambda option: option[1]))
    return tuple((id, label.say(around.language)) for id, label in field.choices)
