"""What a process does by itself: set, add_row, draft_mail, withdraw_mail, mail, call, start, emit, note. Each is one function from action to effect."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.case import CALL_AGAIN, Call, Timer
from engine.definition.calendars import after
from engine.definition.compiled import Action, Step, Value
from engine.definition.expressions import Expression, evaluate
from engine.definition.expressions.tree import Path
from engine.definition.model import FieldDef
from engine.definition.model.vocabulary import FILE_TYPES
from engine.definition.texts import Text
from engine.drafting import draft_mail, withdraw_mail
from engine.effects import CallAdapter, EmitEvent, StartCase
from engine.entered import WrongValue, cleaned
from engine.facts import RowFacts, row_columns
from engine.forms import put_value
from engine.notices import mail_to_staff
from engine.row_actions import add_row, cannot_be_set, set_cell, set_rows
from engine.rows import type_of_record
from engine.typed_values import plain
from engine.units import called, change_warranty, swap_unit, write_attribute

if TYPE_CHECKING:
    from engine.flow import Flow


def act(flow: Flow, action: Action, step: str) -> None:
    """Do one action in the name of a step ("" for the case). A `call` waits: see `run_actions`."""
    match action.word:
        case "set":
            _set(flow, action)
        case "add_row":
            columns = row_columns(flow.process, action.target)
            cells = {name: _for_field(flow, columns[name].as_field(), value) for name, value in action.values}
            add_row(flow, action.target, cells)
        case "set_rows":
            _set_rows(flow, action)
        case "swap_unit":
            swap_unit(flow, action.target, _worked_out(flow, action.values))
        case "change_warranty":
            change_warranty(flow, action.target, _worked_out(flow, action.values))
        case "draft_mail":
            draft_mail(flow, action.target, step)
        case "withdraw_mail":
            withdraw_mail(flow, action.target)
        case "mail":
            for role in action.roles:
                mail_to_staff(flow, role, action.target, step, f"{action.word}:{action.spot.path}")
        case "start":
            _start(flow, action, step)
        case "emit":
            _emit(flow, action)
        case "note":
            flow.note("noted", {"en": action.note.en, "zh-Hans": action.note.zh})
        case "call":
            raise AssertionError("a call stands in a 'do' step, which waits for its answer")


def run_actions(flow: Flow, step: Step, first: int) -> None:
    """The actions of an automatic step from position `first` on, up to the first call that has to be waited for."""
    for n in range(first, len(step.do)):
        action = step.do[n]
        if action.word == "call":
            _call(flow, step, n)
            return
        act(flow, action, step.name)
    if step.calls and first > 0:
        flow.take(f"auto:{step.name}")


def _call(flow: Flow, step: Step, n: int) -> None:
    action, visit = step.do[n], flow.draft.visits[step.name]
    key = f"{flow.draft.id}:{step.name}:{visit}:{n}"
    attempt = next((call.attempt for call in flow.draft.calls if call.key == key), 0) + 1
    flow.draft.calls = [call for call in flow.draft.calls if call.key != key]
    flow.draft.calls.append(Call(key, step.name, visit, n, attempt, given_up=False))
    flow.effects.append(CallAdapter(key, action.target, handed_over(flow, action.values)))
    flow.note("called", action.target)


def answered(flow: Flow, call: Call, values: dict[str, Any]) -> None:
    """The outside system did what was asked: keep what it gave and go on."""
    step = flow.process.steps[call.step]
    action = step.do[call.action]
    flow.draft.calls = [other for other in flow.draft.calls if other.key != call.key]
    changes: dict[str, list[Any]] = {}
    for field, given in action.save:
        old = flow.draft.values.get(field)
        put_value(flow.process, flow.draft, field, _cleaned(flow, field, values.get(given)), flow.world)
        changes[field] = [old, flow.draft.values.get(field)]
    flow.changed(changes)
    run_actions(flow, step, call.action + 1)


def failed(flow: Flow, call: Call, reason: str) -> None:
    """The outside system did not: try again later, else go where the process says, else somebody must look."""
    step = flow.process.steps[call.step]
    action = step.do[call.action]
    flow.details["reason"] = reason
    if call.attempt < action.tries and action.retry_every is not None:
        at = after(flow.now, action.retry_every, flow.process.calendar_of[step.name])
        timer = Timer(f"{call.key}:again:{call.attempt}", step.name, call.visit, CALL_AGAIN, call.action, at)
        flow.draft.timers.append(timer)
    elif action.if_it_fails is not None:
        flow.draft.calls = [other for other in flow.draft.calls if other.key != call.key]
        flow.take(f"failed:{step.name}#{call.action}")
    else:
        label = step.label
        flow.draft.calls = [replace(c, given_up=True) if c.key == call.key else c for c in flow.draft.calls]
        flow.incident(
            f"{call.key}:{call.attempt}",
            Text(
                f"'{label.say('en')}' could not be done by {action.target}: {reason}",
                f"{action.target} 未能完成“{label.say('zh-Hans')}”：{reason}",
            ),
        )


def call_again(flow: Flow, timer: Timer) -> None:
    """The time to try a failed call once more has come."""
    _call(flow, flow.process.steps[timer.step], timer.turn)


def _set(flow: Flow, action: Action) -> None:
    changes: dict[str, list[Any]] = {}
    for name, value in action.values:
        field, dot, attribute = name.partition(".")
        if field == "row" and flow.row is not None:
            column = row_columns(flow.process, flow.row.table)[attribute]
            set_cell(flow, attribute, _for_field(flow, column.as_field(), value))
            continue
        if dot:
            _set_record(flow, field, attribute, value)
            continue
        definition = flow.process.fields[field]
        clean = _cleaned(flow, field, _for_field(flow, definition, value))
        old = flow.draft.values.get(field)
        if clean != old:
            changes[field] = [old, clean]
            known = _as_it_is_now(flow, definition, clean)
            put_value(flow.process, flow.draft, field, clean, flow.world)
            if known is not None:
                flow.draft.records[field] = known
    flow.changed(changes)


def _as_it_is_now(flow: Flow, definition: FieldDef, id: Any) -> Any:
    """A record that another field names already, with what this very press has written into it."""
    if definition.type != "record" or id is None:
        return None
    fields, records = flow.process.fields, flow.draft.records
    same = (name for name, seen in records.items() if str(seen.get("id")) == str(id))
    return next((records[name] for name in same if type_of_record(fields, name) == definition.of), None)


def _set_rows(flow: Flow, action: Action) -> None:
    table, _, row = action.target.partition(".")
    columns = row_columns(flow.process, table)

    def cells(of: RowFacts) -> dict[str, Any]:
        return {name: _for_field(flow, columns[name].as_field(), value, of) for name, value in action.values}

    set_rows(flow, table, row, action.where, cells)


def _for_field(flow: Flow, field: FieldDef, value: Value, row: RowFacts | None = None) -> Any:
    """A value as written, or what its formula gives as the JSON value of such a field; of a row, with its cells first."""
    found = worked_out_value(flow, value, row)
    return plain(field, found) if value.formula else found


def _set_record(flow: Flow, field: str, attribute: str, value: Value) -> None:
    definition, snapshot = flow.process.fields[field], flow.draft.records.get(field)
    if snapshot is None:
        return
    record = flow.process.site.records.get(definition.of or "")
    kind = record.attributes.get(attribute, "text") if record else "text"
    found = worked_out_value(flow, value)
    written = plain(kind, found) if value.formula else found
    if kind == "yes_no" and isinstance(written, str):  # an answer, not the word
        written = written.lower() in ("yes", "true")
    if snapshot.get(attribute) != written:
        write_attribute(flow, definition.of or "", snapshot, attribute, written)
        told = written.get("name") or called(written) if isinstance(written, Mapping) else written
        flow.note("recorded", {"record": str(snapshot.get("key") or snapshot["id"]), attribute: told})


def _cleaned(flow: Flow, name: str, value: Any) -> Any:
    field = flow.process.fields[name]
    try:
        return cleaned(field, value, flow.process, flow.world)
    except WrongValue as wrong:
        raise cannot_be_set(field, name, wrong) from wrong


def _worked_out(flow: Flow, values: Sequence[tuple[str, Value]]) -> dict[str, Any]:
    return {name: worked_out_value(flow, value) for name, value in values}


def worked_out_value(flow: Flow, value: Value, row: RowFacts | None = None) -> Any:
    """A value as written, or what its formula gives now; files are handed on with their names, not only by their ids."""
    if value.formula is None:
        return value.plain
    files = _files_named(flow, value.formula)
    return evaluate(value.formula, row or flow.facts()) if files is None else files


def _files_named(flow: Flow, formula: Expression) -> list[Any] | None:
    match formula:
        case Path(names=(name,)) if (field := flow.process.fields.get(name)) and field.type in FILE_TYPES:
            return list(flow.draft.values.get(name) or ()) or None
        case _:
            return None


def handed_over(flow: Flow, values: Sequence[tuple[str, Value]]) -> dict[str, Any]:
    """Values for another process or system, as JSON values; records by their id."""
    found: dict[str, Any] = {}
    for name, value in values:
        result = worked_out_value(flow, value)
        found[name] = _handed(result)
    return {name: value for name, value in found.items() if value is not None}


def _handed(value: Any) -> Any:
    match value:
        case Mapping():
            return value.get("id")
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat()
        case dt.date():
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() and value.as_tuple().exponent == 0 else f"{value:f}"
        case tuple():
            return list(value)
        case _:
            return value


def _start(flow: Flow, action: Action, step: str) -> None:
    flow.effects.append(
        StartCase(
            process=action.target,
            values=handed_over(flow, action.values),
            step=step,
            visit=flow.draft.visits.get(step, 0),
            waits=False,
            by=flow.by,
            owner=flow.draft.owner,
        )
    )
    flow.note("started", action.target)


def _emit(flow: Flow, action: Action) -> None:
    n = sum(1 for effect in flow.effects if isinstance(effect, EmitEvent))
    id = f"{flow.draft.id}:{flow.draft.base.revision + 1}:{action.target}:{n}"
    flow.effects.append(EmitEvent(id, action.target, handed_over(flow, action.values), flow.by or flow.draft.owner))
    flow.note("emitted", action.target)
