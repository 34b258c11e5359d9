"""A field for one person: its value, its words and its bounds, as pages and programs are told of it; a table with its columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.case import Case
from engine.confidential import is_hidden
from engine.definition.compiled import Compiled
from engine.definition.model import Column
from engine.definition.texts import Text
from engine.draft import Draft
from engine.facts import CaseFacts
from engine.forms import is_required, is_shown
from engine.goes_out import goes_out
from engine.kept_cells import numbered
from engine.never_named import never_named
from engine.offering_earlier import shown_of_earlier, speaks_of_earlier
from engine.offers import FieldOffer
from engine.people import Person
from engine.rows import MOST_OF_ALL, MOST_ROWS, ROW
from engine.writing import cells_in_words, words_of


def field_offer(
    process: Compiled,
    case: Case | Draft,
    facts: CaseFacts,
    name: str,
    *,
    required: bool = False,
    columns: Sequence[str] = (),
    beside: Sequence[str] = (),
) -> FieldOffer:
    """A field to be filled in, with what is stored or offered as its value; of a table perhaps only some `columns`. `beside`:
    all fields of the form."""
    field = process.fields[name]
    required = required or is_required(field, facts)
    return FieldOffer(
        name=name,
        type=field.type,
        label=field.label,
        help=field.help or Text(),
        required=required,
        read_only=False,
        visible=is_shown(field, facts),
        display=_words(process, (name,), facts),
        choices=tuple((field.choices or {}).items()),
        of=field.of or "",
        role=field.role or "",
        not_these=never_named(process, case, facts, name, beside) if field.type == "user" else (),
        not_before=field.not_before,
        not_after=field.not_after,
        pattern=field.pattern or "",
        accept=field.accept or (),
        required_if=field.required_if or "",
        show_if=field.show_if or "",
        goes_out=goes_out(process, name, facts),
        **(
            _of_table(process, facts, name, required, columns, numbers=bool(columns))
            if field.type == "table"
            else {"value": case.values.get(name), "min": field.least, "max": field.most}
        ),
    )


def _of_table(
    process: Compiled,
    facts: CaseFacts,
    name: str,
    required: bool = False,
    only: Sequence[str] = (),
    numbers: bool = False,
) -> dict[str, Any]:
    """What only a table has to offer: its columns, or some of them, its fixed rows, its bounds, and its cells in words.
    With `numbers` each row says which one it is, so that what is not offered stays with it."""
    field = process.fields[name]
    declared = field.columns or {}
    names = [id for id in declared if not only or id in only]
    rows, words = [dict(row.cells) for row in facts.rows(name)], cells_in_words(process, name, facts)
    if only:
        rows = (
            numbered(rows, names) if numbers else [{id: row[id] for id in (ROW, *names) if id in row} for row in rows]
        )
        at = [n for n, id in enumerate(declared) if id in names]
        words = tuple(tuple(row[n] for n in at) for row in words)
    bounds: dict[str, Any] = {"min": None, "max": None}
    if not field.rows:
        least = field.least if field.least is not None else 1
        most = min(field.most if field.most is not None else MOST_ROWS, MOST_OF_ALL)
        bounds = {"min": least if required else 0, "max": most}
    return bounds | {
        "numbered": numbers and not field.rows,
        "value": rows,
        "columns": tuple(_column_offer(id, declared[id]) for id in names),
        "rows": tuple((field.rows or {}).items()),
        "cells": words,
    }


def _column_offer(name: str, column: Column) -> FieldOffer:
    default = column.default
    is_formula = isinstance(default, str) and default.startswith("=")
    return FieldOffer(
        name=name,
        type=column.type,
        label=column.label,
        help=column.help or Text(),
        required=not column.optional and column.required_if is None,
        read_only=False,
        visible=True,
        value=None if is_formula else default,
        display=Text(),
        choices=tuple((column.choices or {}).items()),
        of=column.of or "",
        role=column.role or "",
        min=column.least,
        max=column.most,
        not_before=column.not_before,
        not_after=column.not_after,
        pattern=column.pattern or "",
        required_if=column.required_if or "",
    )


def field_label(process: Compiled, name: str) -> Text:
    """What a field is called, or what a record of it says: Serial number: Model."""
    first, dot, rest = name.partition(".")
    field = process.fields.get(first)
    label = field.label if field else Text(name, name)
    if not dot:
        return label
    en, zh = (_attribute(rest.rpartition(".")[2], language) for language in ("en", "zh-Hans"))
    return Text(f"{label.say('en')}: {en}", f"{label.say('zh-Hans')}：{zh}")


def shown_field(
    process: Compiled, case: Case, facts: CaseFacts, person: Person, name: str, columns: Sequence[str] = ()
) -> FieldOffer:
    """Something to read: a field or what a record says (`sn.warranty_until`); of a table perhaps only some `columns`."""
    if speaks_of_earlier(process, name):
        return shown_of_earlier(process, facts, person, name)
    path, label = tuple(name.split(".")), field_label(process, name)
    field = process.fields.get(path[0])
    kind: str = field.type if field else "text"
    of = field.of or "" if field else ""
    if len(path) > 1:
        kind, of = _kind_of(process, of, path[1:])
    hidden = is_hidden(process, case, path[0], person)
    value: Any = None if hidden else case.values.get(name) if len(path) == 1 else _json(facts.value(path))
    as_table = _of_table(process, facts, name, only=columns) if kind == "table" and not hidden else {"value": value}
    return FieldOffer(
        name=name,
        type=kind,
        label=label,
        help=Text(),
        required=False,
        read_only=True,
        visible=not hidden,
        **as_table,
        display=Text() if hidden else _words(process, path, facts),
        choices=tuple((field.choices or {}).items()) if field and len(path) == 1 else (),
        of=of,
    )


def _json(value: Any) -> Any:
    return value.get("id") if isinstance(value, dict) else str(value) if value is not None else None


def _kind_of(process: Compiled, of: str, rest: tuple[str, ...]) -> tuple[str, str]:
    kind = of
    for attribute in rest:
        record = process.site.records.get(kind)
        kind = record.attributes.get(attribute, "text") if record else "text"
    return ("record", kind) if kind in process.site.records else (kind, "")


_ATTRIBUTES = {
    "warranty_until": Text("warranty until", "质保到期日"),
    "location": Text("location", "所在位置"),
    "product": Text("product", "产品"),
    "model": Text("model", "型号"),
    "customer": Text("customer", "客户"),
    "email": Text("mail", "邮箱"),
    "phone": Text("phone", "电话"),
    "contact": Text("contact", "联系人"),
    "job_title": Text("job title", "职务"),
    "contact_2": Text("second contact", "第二联系人"),
    "job_title_2": Text("job title of the second contact", "第二联系人职务"),
    "email_2": Text("mail of the second contact", "第二联系人邮箱"),
    "phone_2": Text("phone of the second contact", "第二联系人电话"),
    "amount": Text("amount", "金额"),
    "number": Text("number", "编号"),
    "name": Text("name", "名称"),
    "salesperson": Text("salesperson", "业务员"),
    "promised_on": Text("promised on", "承诺日期"),
    "code": Text("code", "代码"),
    "tier": Text("tier", "客户等级"),
    "address": Text("address", "地址"),
    "language": Text("language", "语言"),
    "do_not_call": Text("do not call", "勿电话联系"),
    "quantity": Text("quantity", "数量"),
    "status": Text("status", "状态"),
    "ordered_on": Text("ordered on", "下单日期"),
    "ship_to": Text("ship to", "收货地址"),
    "batch": Text("batch", "生产批次"),
    "produced_on": Text("produced on", "生产日期"),
    "order": Text("order", "订单"),
    "supplier": Text("supplier", "供应商"),
    "purchased_on": Text("purchased on", "购买日期"),
    "custody": Text("custody", "保管方"),
    "replaces": Text("replaces", "换下的设备"),
    "replaced_by": Text("replaced by", "换上的设备"),
}
"""What the attributes of the shipped records are called; one that a site adds is called by its own name."""


def _attribute(name: str, language: str) -> str:
    return _ATTRIBUTES.get(name, Text(name.replace("_", " "))).say(language)


def _words(process: Compiled, path: tuple[str, ...], facts: CaseFacts) -> Text:
    return Text(*(words_of(process, path, facts, language) for language in ("en", "zh-Hans")))
