"""Values from a form or an API against what a step asks: typed, complete, within bounds, or one sentence per field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engine.definition.compiled import Compiled, CompiledForm
from engine.definition.expressions import evaluate, holds, parse, parse_value
from engine.definition.model import FieldDef
from engine.definition.texts import Text
from engine.draft import Draft
from engine.entered import WrongValue, cleaned
from engine.facts import CaseFacts, plain
from engine.people import World
from engine.refusals import FormRefusal


def fill_form(
    process: Compiled,
    draft: Draft,
    form: CompiledForm,
    values: Mapping[str, Any],
    world: World,
    *,
    complete: bool = True,
) -> dict[str, list[Any]]:
    """Store what a person entered; returns the changes {field: [old, new]}. Raises FormRefusal with every wrong field.

    With `complete` False a missing required value is no mistake (an event may bring only some).
    """
    wrong: dict[str, Text] = {}
    changes: dict[str, list[Any]] = {}
    known = dict(draft.records)
    for name in values:
        if name not in form.takes:
            wrong[name] = Text(f"'{name}' is not asked for here.", f"此处不需要填写“{name}”。")
    for name in form.takes:
        if name in values:
            _take(process, draft, name, values[name], world, wrong, changes)
    follow_records(process, draft, changes, world)
    facts = CaseFacts(process, draft, world)
    while hidden := [name for name in form.takes if name in changes and not is_shown(process.fields[name], facts)]:
        _take_back(draft, hidden + _filled_from(process, hidden, changes, values), changes, known)
    for name in form.takes:
        if name not in wrong:
            _demand(process, draft, form, name, facts, wrong, complete)
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


def put_value(process: Compiled, draft: Draft, name: str, value: Any, world: World) -> None:
    """Store one JSON value, with the snapshot of the record it names."""
    if value is None:
        draft.values.pop(name, None)
        draft.records.pop(name, None)
        return
    draft.values[name] = value
    field = process.fields[name]
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
        for kept, before in ((draft.values, old), (draft.records, known.get(name))):
            if before is None:
                kept.pop(name, None)
            else:
                kept[name] = before


def _filled_from(
    process: Compiled, hidden: list[str], changes: Mapping[str, Any], values: Mapping[str, Any]
) -> list[str]:
    """What nobody entered: it was followed from a record that is hidden after all."""
    followed = {name: field.from_.split(".")[0] for name, field in process.fields.items() if field.from_}
    return [name for name, record in followed.items() if record in hidden and name in changes and name not in values]


def _demand(
    process: Compiled,
    draft: Draft,
    form: CompiledForm,
    name: str,
    facts: CaseFacts,
    wrong: dict[str, Text],
    complete: bool,
) -> None:
    """A required field that is shown has a value."""
    field = process.fields[name]
    empty = draft.values.get(name) in (None, "", [])
    if complete and empty and is_shown(field, facts) and (name in form.ask or is_required(field, facts)):
        wrong[name] = Text(f"{field.label.say('en')} is needed.", f"请填写“{field.label.say('zh-Hans')}”。")


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
    if field.type == "yes_no" and isinstance(written, str):
        return {"yes": True, "no": False, "true": True, "false": False}.get(written)
    return plain(field, written) if not isinstance(written, str) else written
