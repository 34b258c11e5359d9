"""Values from a form or an API against what a step asks: typed, complete, within bounds, or one sentence per field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from engine.definition.compiled import Compiled, CompiledForm
from engine.definition.expressions import evaluate, holds, parse, parse_value
from engine.definition.model import FieldDef
from engine.definition.texts import Text
from engine.draft import Draft
from engine.entered import WrongValue, cleaned
from engine.facts import CaseFacts
from engine.people import World
from engine.refusals import FormRefusal
from engine.rows import cells_of, row_label, row_place
from engine.tables import entered_rows, least_rows, put_rows
from engine.timely import untimely, untimely_cells
from engine.typed_values import plain


def fill_form(
    process: Compiled,
    draft: Draft,
    form: CompiledForm,
    values: Mapping[str, Any],
    world: World,
    *,
    complete: bool = True,
    needs: Collection[str] = (),
    by_hand: bool = True,
) -> dict[str, list[Any]]:
    """Store what a person entered; returns the changes {field: [old, new]}. Raises FormRefusal with every wrong field.

    With `complete` False a missing required value is no mistake (an event may bring only some); what the pressed button
    `needs` is missed all the same. What a person did not enter (`by_hand` False) is not asked whether it is too early or
    too late.
    """
    wrong: dict[str, Text] = {}
    changes: dict[str, list[Any]] = {}
    places: dict[str, list[str]] = {}
    known = dict(draft.records)
    named = form.columns if by_hand else {}  # what a case or an event hands over is whole
    for name in values:
        if name not in form.takes:
            wrong[name] = Text(f"'{name}' is not asked for here.", f"此处不需要填写“{name}”。")
    for name in form.takes:
        if name in values and process.fields[name].type == "table":
            places[name] = _take_rows(process, draft, name, values[name], world, wrong, changes, named.get(name, ()))
        elif name in values:
            _take(process, draft, name, values[name], world, wrong, changes)
    follow_records(process, draft, changes, world)
    facts = CaseFacts(process, draft, world)
    while hidden := [name for name in form.takes if name in changes and not is_shown(process.fields[name], facts)]:
        _take_back(draft, hidden + _filled_from(process, hidden, changes, values), changes, known)
    if by_hand:
        _mind_the_time(process, changes, places, world, wrong)
    for name in form.takes if complete else needs:
        asked = name in form.ask or name in needs or is_required(process.fields[name], facts)
        if name in wrong or not is_shown(process.fields[name], facts):
            continue
        if process.fields[name].type == "table":
            _demand_rows(process.fields[name], name, facts, wrong, asked, places.get(name), named.get(name, ()))
        elif asked:
            _demand(process, draft, name, wrong)
    if wrong:
        raise FormRefusal(wrong)
    return changes


def _take(
    process: Compiled,
    draft: Draft,
    name: str,
    value: Any,
    world: World,
    wrong: dict[str, Text],
    changes: dict[str, list[Any]],
) -> None:
    field = process.fields[name]
    try:
        clean = cleaned(field, value, process, world)
    except WrongValue as bad:
        wrong[name] = bad.text
        return
    old = draft.values.get(name)
    if clean != old:
        changes[name] = [old, clean]
        put_value(process, draft, name, clean, world)


def _take_rows(
    process: Compiled,
    draft: Draft,
    name: str,
    value: Any,
    world: World,
    wrong: dict[str, Text],
    changes: dict[str, list[Any]],
    named: tuple[str, ...],
) -> list[str]:
    """The rows of a table; tells how each of those that are stored is named in a refusal. `named`: the columns to enter."""
    old, facts = draft.values.get(name), CaseFacts(process, draft, world)
    found = entered_rows(process.fields[name], value, process, world, old, facts, named)
    wrong |= {f"{name}.{place}" if place else name: text for place, text in found.wrong.items()}
    if found.value != old:
        changes[name] = [old, found.value]
        put_value(process, draft, name, found.value, world)
    return found.places


def _mind_the_time(
    process: Compiled,
    changes: Mapping[str, list[Any]],
    places: Mapping[str, list[str]],
    world: World,
    wrong: dict[str, Text],
) -> None:
    """Days and moments that were entered lie before or after now, as their fields demand."""
    zone = process.site.timezone
    for name, (old, new) in changes.items():
        field = process.fields[name]
        label = field.label
        if field.type != "table":
            said = untimely(field, new, old, world.now, zone)
            if said:
                wrong[name] = Text(
                    f"{label.say('en')}: {said.say('en')}", f"“{label.say('zh-Hans')}”{said.say('zh-Hans')}"
                )
            continue
        for position, column, said in untimely_cells(field, new or (), old, world.now, zone):
            place = (places.get(name) or [])[position]
            row, head = _row_said(field, position, place), (field.columns or {})[column].label
            wrong[f"{name}.{place}.{column}"] = Text(
                f"{row.say('en')}, {head.say('en')}: {said.say('en')}",
                f"{row.say('zh-Hans')}“{head.say('zh-Hans')}”{said.say('zh-Hans')}",
            )


def put_value(process: Compiled, draft: Draft, name: str, value: Any, world: World) -> None:
    """Store one JSON value, with the snapshot of the record it names."""
    if value is None:
        draft.values.pop(name, None)
        draft.records = {key: kept for key, kept in draft.records.items() if not _is_of(key, name)}
        return
    field = process.fields[name]
    if field.type == "table":
        put_rows(field, draft, name, value, world)
        return
    draft.values[name] = value
    if field.type == "record":
        snapshot = world.records.get((field.of or "", str(value)))
        if snapshot is not None:
            draft.records[name] = snapshot


def follow_records(process: Compiled, draft: Draft, changes: dict[str, list[Any]], world: World) -> None:
    """Fill fields declared `from: sn.customer` once their record is known and nobody filled them."""
    facts = CaseFacts(process, draft, world)
    for name, field in process.fields.items():
        if field.from_ is None or draft.values.get(name) is not None:
            continue
        path = tuple(field.from_.split("."))
        found = facts.value(path)
        if found is None:
            continue
        value = found.get("id") if isinstance(found, Mapping) else _plain_text(found)
        if value is not None:
            draft.values[name] = value
            if isinstance(found, Mapping):
                draft.records[name] = world.records.get((field.of or "", str(value)), found)
            changes[name] = [None, value]


def _plain_text(value: Any) -> Any:
    match value:
        case dt.datetime() | dt.date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case _:
            return value


def _take_back(
    draft: Draft, hidden: list[str], changes: dict[str, list[Any]], known: Mapping[str, Mapping[str, Any]]
) -> None:
    """A hidden field is not changed, and what it would have shown or hidden is asked anew by the caller."""
    for name in hidden:
        old, _ = changes.pop(name)
        if old is None:
            draft.values.pop(name, None)
        else:
            draft.values[name] = old
        others = {key: snapshot for key, snapshot in draft.records.items() if not _is_of(key, name)}
        draft.records = others | {key: snapshot for key, snapshot in known.items() if _is_of(key, name)}


def _is_of(key: str, name: str) -> bool:
    """Whether a snapshot is kept for this field, or for a cell of this table."""
    return key == name or key.startswith(f"{name}.")


def _filled_from(
    process: Compiled, hidden: list[str], changes: Mapping[str, Any], values: Mapping[str, Any]
) -> list[str]:
    """What nobody entered: it was followed from a record that is hidden after all."""
    followed = {name: field.from_.split(".")[0] for name, field in process.fields.items() if field.from_}
    return [name for name, record in followed.items() if record in hidden and name in changes and name not in values]


def _demand(process: Compiled, draft: Draft, name: str, wrong: dict[str, Text]) -> None:
    """A required field that is shown has a value."""
    if draft.values.get(name) in (None, "", []):
        label = process.fields[name].label
        wrong[name] = Text(f"{label.say('en')} is needed.", f"请填写“{label.say('zh-Hans')}”。")


def _demand_rows(
    field: FieldDef,
    name: str,
    facts: CaseFacts,
    wrong: dict[str, Text],
    asked: bool,
    places: list[str] | None,
    named: tuple[str, ...],
) -> None:
    """A table that is asked for has enough rows, every one complete in what is `named`; one that is offered, no row half
    filled."""
    if not asked and places is None:
        return
    rows = facts.rows(name)
    if asked and not field.rows and len(rows) < least_rows(field):
        least, label = least_rows(field), field.label
        en = f"{label.say('en')} needs at least {least} row{'s' if least > 1 else ''}."
        wrong[name] = Text(en, f"“{label.say('zh-Hans')}”至少需要 {least} 行。")
    for position, row in enumerate(rows):
        if not asked and not cells_of(row.cells):
            continue
        place = places[position] if places is not None else row_place(field, position)
        if f"{name}.{place}" in wrong:
            continue
        said = _row_said(field, position, place)
        for column in row.missing():
            if named and column not in named:
                continue
            label = (field.columns or {})[column].label
            text = Text(
                f"{said.say('en')}: {label.say('en')} is needed.",
                f"{said.say('zh-Hans')}：请填写“{label.say('zh-Hans')}”。",
            )
            wrong.setdefault(f"{name}.{place}.{column}", text)


def _row_said(field: FieldDef, position: int, place: str) -> Text:
    return row_label(field, position) if field.rows else Text(f"Row {place}", f"第 {place} 行")


def is_shown(field: FieldDef, facts: CaseFacts) -> bool:
    """Whether `show_if` holds (or there is none)."""
    return field.show_if is None or holds(parse(field.show_if), facts)


def is_required(field: FieldDef, facts: CaseFacts) -> bool:
    """Whether `required_if` holds."""
    return field.required_if is not None and holds(parse(field.required_if), facts)


def defaults(process: Compiled, draft: Draft, world: World) -> None:
    """Fields with a `default` that nobody filled."""
    for name, field in process.fields.items():
        if field.default is not None and draft.values.get(name) is None:
            value = worked_out(field, field.default, CaseFacts(process, draft, world))
            if value is not None:
                put_value(process, draft, name, value, world)


def worked_out(field: FieldDef, written: Any, facts: CaseFacts) -> Any:
    """A field's default as a JSON value; a formula by its leading `=`."""
    formula = parse_value(written) if isinstance(written, str) else None
    if formula is not None:
        return plain(field, evaluate(formula, facts))
    return as_kept(field, written)


def as_kept(field: FieldDef, written: Any) -> Any:
    """A value that a file writes out, as a case keeps it: `no` is False."""
    if field.type == "yes_no" and isinstance(written, str):
        return {"yes": True, "no": False, "true": True, "false": False}.get(written)
    return plain(field, written) if not isinstance(written, str) else written
