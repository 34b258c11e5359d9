"""Units that take each other's place, and warranties that end on another day: the two ways a warranty end may change.

Of the two units of a swap exactly one lives on. What is written is compared again, under lock, with what was seen here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.definition.compiled import Compiled
from engine.definition.texts import Text
from engine.draft import Draft
from engine.effects import ChangeWarrantyEnd, WriteRecord
from engine.record_words import unfit
from engine.refusals import Refusal
from engine.replaced import OVER, UNIT
from engine.rows import type_of_record

if TYPE_CHECKING:
    from engine.flow import Flow

ON_ITS_WAY = "outbound"
LEAST_DAYS, NEW_TERM_DAYS = 90, 365


def swap_unit(flow: Flow, field: str, given: Mapping[str, Any]) -> None:
    """The unit of a field is replaced by another: both change, and what is left of the warranty goes over."""
    old = _unit(flow, flow.draft.records.get(field))
    new = _unit(flow, given.get("new"))
    _refuse_if_not_possible(old, new)
    until = _end_for(old, str(given.get("warranty") or "rest"), flow.facts().today)
    reason = _reason(flow, given.get("reason"))
    for_old = {"status": "replaced", "replaced_by": called(new)}
    for_new: dict[str, Any] = {"status": "active", "replaces": called(old)}
    for_new |= {name: old[name] for name in ("customer", "order", "salesperson") if old.get(name)}
    if new.get("custody") != ON_ITS_WAY:
        for_new["custody"] = "customer"
    _write(flow, old, _declared(flow.process, for_old), reason)
    _write(flow, new, _declared(flow.process, for_new), reason)
    _move_warranty(flow, new, until, "swap_inherit", reason)
    flow.note("swapped", {"old": called(old), "new": called(new), "warranty_until": until})


def change_warranty(flow: Flow, field: str, given: Mapping[str, Any]) -> None:
    """The warranty of a unit ends on another day; source and reason are kept with the change."""
    unit, until = _unit(flow, flow.draft.records.get(field)), given.get("until")
    if isinstance(until, dt.datetime):
        until = until.date()
    end = until.isoformat() if isinstance(until, dt.date) else str(until or "")
    if not end:
        raise _no(
            f"It is not said until when the warranty of {called(unit)} lasts.", f"未说明 {called(unit)} 的质保到期日。"
        )
    _move_warranty(flow, unit, end, str(given.get("source")), _reason(flow, given.get("reason")))


def called(unit: Mapping[str, Any]) -> str:
    """What people know a unit by."""
    return str(unit.get("number") or unit.get("key") or unit["id"])


def write_attribute(
    flow: Flow,
    type: str,
    record: Mapping[str, Any],
    attribute: str,
    value: Any,
    *,
    seen: Mapping[str, Any] | None = None,
) -> None:
    """One attribute of a record changes: ordered, and already true for whatever this decision still asks."""
    stored = value.get("id") if isinstance(value, Mapping) else value
    if no := unfit(flow.process.site.records.get(type), attribute, stored):
        label = str(record.get("number") or record.get("key") or record["id"])
        raise Refusal(
            "wrong_value",
            Text(f"{label}, {attribute}: {no.en}.", f"{label} 的 {attribute}：{no.zh}。"),
            concerns=attribute,
        )
    order = WriteRecord(type, str(record["id"]), attribute, stored, flow.draft.number, flow.by, seen or {})
    flow.effects.append(order)
    _now_known(flow.process, flow.draft, type, str(record["id"]), attribute, value)


def _write(flow: Flow, unit: Mapping[str, Any], attributes: Mapping[str, Any], reason: str) -> None:
    """Everything that changes on one unit, as long as it is still what was seen."""
    seen: Mapping[str, Any] = {name: _plain(unit.get(name)) for name in ("status", "customer", "replaced_by")}
    for attribute, value in attributes.items():
        if _plain(unit.get(attribute)) != _plain(value):
            write_attribute(flow, UNIT, unit, attribute, value, seen=seen)
            seen = {}
    told = {name: _plain(value) for name, value in attributes.items()}
    flow.note("recorded", {"record": called(unit), "reason": reason, **told})


def _move_warranty(flow: Flow, unit: Mapping[str, Any], until: str | None, source: str, reason: str) -> None:
    if unit.get("warranty_until") == until:
        return
    flow.effects.append(ChangeWarrantyEnd(str(unit["id"]), until, source, reason, flow.by))
    _now_known(flow.process, flow.draft, UNIT, str(unit["id"]), "warranty_until", until)
    flow.note("recorded", {"record": called(unit), "warranty_until": until})


def _now_known(process: Compiled, draft: Draft, type: str, id: str, attribute: str, value: Any) -> None:
    """Every field that names this record sees the change."""
    for name, snapshot in list(draft.records.items()):
        if str(snapshot.get("id")) == id and type_of_record(process.fields, name) == type:
            draft.records[name] = {**snapshot, attribute: value}


def _declared(process: Compiled, attributes: Mapping[str, Any]) -> dict[str, Any]:
    """What a site keeps of its units; the checks ask for what a swap cannot do without."""
    record = process.site.records.get(UNIT)
    known = record.attributes if record else {}
    return {name: value for name, value in attributes.items() if name in known}


def _unit(flow: Flow, snapshot: Any) -> Mapping[str, Any]:
    if not isinstance(snapshot, Mapping):
        raise _no("It is not said which unit is meant.", "未说明是哪台设备。")
    return snapshot


def _refuse_if_not_possible(old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    name, owner = called(new), _plain(new.get("customer"))
    if old["id"] == new["id"]:
        raise _no(f"{name} cannot be replaced by itself; choose another unit.", f"{name} 不能替换自身，请另选一台。")
    if old.get("status") == "replaced" or old.get("replaced_by"):
        by = str(_plain(old.get("replaced_by")) or "-")
        raise _no(
            f"{called(old)} was replaced already, by {by}; exactly one unit lives on.",
            f"{called(old)} 已被 {by} 替换，只能保留一台有效设备。",
        )
    if new.get("status") in OVER:
        raise _no(
            f"{name} cannot take its place: it is {new['status']}; choose another unit.",
            f"{name} {OVER[new['status']]}，不能作为替换机，请另选一台。",
        )
    if owner and owner != _plain(old.get("customer")):
        raise _no(
            f"{name} cannot take its place: it belongs to another customer; choose another unit.",
            f"{name} 属于其他客户，不能作为替换机，请另选一台。",
        )
    if owner and new.get("status") == "active":
        raise _no(
            f"{name} cannot take its place: the customer uses it already; choose another unit.",
            f"{name} 已在客户处使用，不能作为替换机，请另选一台。",
        )


def _end_for(old: Mapping[str, Any], rule: str, today: dt.date) -> str:
    """The last day of the new unit's warranty: `rest` as the old one's, at least 90 days, or a new term."""
    end = str(old.get("warranty_until") or "")
    match rule:
        case "new_term":
            return (today + dt.timedelta(days=NEW_TERM_DAYS)).isoformat()
        case "rest_or_90_days":
            return max(end, (today + dt.timedelta(days=LEAST_DAYS)).isoformat())
        case _ if not end:
            raise _no(
                f"{called(old)} has no warranty end of which something could be left; choose a new term.",
                f"{called(old)} 没有质保到期日，无从沿用剩余质保，请选择重新计算。",
            )
        case _:
            return end


def _plain(value: Any) -> Any:
    """A referred record by its id; nothing and an empty text are the same."""
    return (value.get("id") if isinstance(value, Mapping) else value) or None


def _reason(flow: Flow, given: Any) -> str:
    said = str(given or "").strip()
    return f"{flow.draft.number}: {said}" if said else flow.draft.number


def _no(en: str, zh: str) -> Refusal:
    return Refusal("not_allowed", Text(en, zh))
