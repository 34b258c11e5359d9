"""A record entered or corrected by hand: a new customer on the telephone, a unit nobody has imported yet.

What is typed is read exactly as a cell of an imported list is. A warranty end, what a swap has written, and what an open case
holds do not change here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from engine.definition.compiled import Site
from engine.definition.texts import Text
from engine.doubtful import mixed_scripts, reason_for
from engine.held_by_a_case import held
from engine.importing.attributes import attribute_value
from engine.importing.cells import WrongCell, key_of
from engine.importing.targets import Target, target_of
from engine.record_words import none_of
from engine.records import Record, label_of
from engine.refusals import FormRefusal, Refusal
from engine.replaced import UNIT, over_since, why_not
from engine.store import UnitOfWork

MOVED_ONLY = frozenset({"warranty_until", "replaces", "replaced_by"})
"""What is written once when a unit is entered, and changes afterwards through a recorded move only."""

NO_ADDRESS = frozenset({"new", "change", ".", ".."})
"""What the address of a record cannot be: these lead elsewhere."""
_NO_ADDRESS_TOLD = Text(
    "This cannot stand in an address: leave out / and \\, and do not call it new or change.",
    "该编号无法用于网址：请勿包含 / 和 \\，也不要使用 new 或 change。",
)

ONLY_IN_A_CASE = Text(
    "This does not change by hand: a number stays, and warranty and replacement change in a case.",
    "此项不能手工更改：编号保持不变，质保与换机只能在工单中变更。",
)


def add_record(
    uow: UnitOfWork, site: Site, type: str, typed: Mapping[str, str], *, by: str, reason: str, because: str = ""
) -> Record:
    """A new record. Raises FormRefusal with one sentence for each attribute that cannot be taken, and Doubtful where one
    is hardly meant and `because` does not say why it is right."""
    target = target_of(type, site)
    values = _read(uow, target, typed)
    key = str(values.get(target.key) or "")
    if not key:
        raise FormRefusal({target.key: Text("This is needed: others find it by this.", "必填：以后凭此查找。")})
    if "name" in target.attributes and not values.get("name"):
        raise FormRefusal(
            {"name": Text("Write the name: lists and letters say it.", "请填写名称，列表和邮件中均以此称呼。")}
        )
    if key.lower() in NO_ADDRESS or set(key) & set("/\\"):
        raise FormRefusal({target.key: _NO_ADDRESS_TOLD})
    if there := uow.records_called(type, [key, key.upper(), key.lower()]):
        name = next(iter(there.values())).key
        raise FormRefusal({target.key: Text(f"'{name}' is there already.", f"“{name}”已存在。")})
    if no := why_not(type, None, values):
        raise FormRefusal({no[0]: _sentence(no[1])})
    if late := _told_by_cases(target, values):
        raise FormRefusal(late)
    today = uow.now.astimezone(ZoneInfo(target.zone)).date()
    told = reason_for(uow, type, target.key, key, values, today, because=because, reason=reason)
    record = Record(type, key, key, label_of(type, values) or key, values)
    uow.save_record(record, by=by, source=told)
    return record


def record_called(uow: UnitOfWork, type: str, id: str) -> Record:
    """A record that is there. Raises Refusal("unknown")."""
    found = uow.records_called(type, [id]).get(id)
    if found is None:
        raise Refusal("unknown", Text("There is no such record.", "没有该档案。"))
    return found


def change_record(
    uow: UnitOfWork, site: Site, old: Record, typed: Mapping[str, str], *, by: str, reason: str
) -> Record:
    """A record with other values; an attribute left empty is emptied, one that is not named stays. Says why in its history."""
    type = old.type
    target = target_of(type, site)
    if not reason.strip():
        raise FormRefusal({"reason": Text("Say why it is changed.", "请说明更改原因。")})
    if fixed_ones := [n for n in typed if n in MOVED_ONLY | {target.key} and typed[n].strip() != _stored(old, n)]:
        raise FormRefusal(dict.fromkeys(fixed_ones, ONLY_IN_A_CASE))
    typed = {name: text for name, text in typed.items() if name != target.key and text.strip() != _stored(old, name)}
    values = _read(uow, target, typed)
    kept = {name: value for name, value in old.attributes.items() if name not in typed}
    fixed = {name: old.attributes[name] for name in MOVED_ONLY & old.attributes.keys()}
    attributes = {**kept, **{n: v for n, v in values.items() if n not in MOVED_ONLY}, **fixed}
    mistyped = type == UNIT and not uow.cases_numbered(over_since(uow.record_history(type, old.id)))
    wanted = {name: attributes.get(name) for name in typed}
    no = why_not(type, old.attributes, attributes, mistyped=mistyped) or held(uow, target, [(old, wanted)]).get(old.id)
    if no is not None:
        raise FormRefusal({no[0]: _sentence(no[1])})
    record = Record(type, old.id, old.key, label_of(type, attributes) or old.key, attributes)
    uow.save_record(record, by=by, source=reason.strip())
    return record


def _told_by_cases(target: Target, values: Mapping[str, Any]) -> dict[str, Text]:
    """What a new record does not begin with, however it was entered: that a unit is lost is told by what happened to it."""
    begins = {name: described for name, described in target.described.items() if described.begins}
    wrong = {
        name: _sentence(none_of(str(values[name]), described.begins, described))
        for name, described in begins.items()
        if values.get(name) and values[name] not in described.begins
    }
    return {
        name: Text(f"{told.en} What happens to it later, its cases say.", f"{told.zh}之后的变化由工单写入。")
        for name, told in wrong.items()
    }


def _stored(record: Record, name: str) -> str:
    value = record.attributes.get(name)
    return "" if value is None else str(value)


def _read(uow: UnitOfWork, target: Target, typed: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    wrong: dict[str, Text] = {}
    for name, text in typed.items():
        kind = target.attributes.get(name)
        if kind is None:
            wrong[name] = Text(f"'{name}' is not kept of a {target.type}.", f"{target.type} 没有“{name}”这一项。")
            continue
        if not text.strip():
            continue
        try:
            values[name] = _value(uow, target, name, kind, text.strip())
        except WrongCell as found:
            wrong[name] = _sentence(found.text)
    if wrong:
        raise FormRefusal(wrong)
    return values


def _sentence(told: Text) -> Text:
    return Text(f"{told.en[0].upper()}{told.en[1:]}.", f"{told.zh}。")


def _value(uow: UnitOfWork, target: Target, name: str, kind: str, text: str) -> Any:
    if name == target.key:
        return _as_printed(key_of(text))
    if kind in target.record_types:
        found = uow.find_record(kind, text)
        if found is None:
            raise WrongCell(Text(f"there is no '{text}' here; enter it first", f"没有“{text}”，请先登记"))
        return found["id"]
    if kind == "user":
        people = uow.people()
        person = people.get(text) or next((p for p in people.values() if text in (p.name, p.email)), None)
        if person is None:
            raise WrongCell(Text(f"nobody here is called '{text}'", f"没有名为“{text}”的人员"))
        return person.id
    return attribute_value(target, name, text, uow.now)


def _as_printed(key: str) -> str:
    """A number as a nameplate shows it: wide letters are the narrow ones, and what nobody sees tells no two units apart."""
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cn") for letter in key):
        raise WrongCell(Text("it holds characters nobody can see; type it anew", "含有不可见字符，请重新输入"))
    plain = unicodedata.normalize("NFKC", key)
    if (wrong := mixed_scripts(plain)) is not None:
        raise WrongCell(wrong)
    return plain
