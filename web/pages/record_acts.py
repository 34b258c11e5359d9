"""A record entered or corrected by hand, attribute by attribute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for

from engine.definition.model.site import AttributeDef
from engine.definition.texts import Text
from engine.doubtful import BECAUSE, Doubtful
from engine.offers import FieldOffer
from engine.records import KEY_OF, Record
from engine.refusals import FormRefusal, Refusal
from engine.registering import MOVED_ONLY
from web import current, drawn, said
from web.beside import attribute_label
from web.forms import PREFIX
from web.refusals import refused
from web.rules import rule
from web.words import say

screen = Blueprint("record_acts", __name__)
LONG = frozenset({"address", "ship_to", "notes"})
LANGUAGES = {"zh-Hans": Text("Chinese", "中文"), "en": Text("English", "英文")}
"""What is offered for the language of a customer: letters are written in these."""
ROLE_OF = {"salesperson": "sales,sales_manager"}
"""Whose people an attribute names."""


@screen.get("/records/<type>/new")
@rule("add_records")
def new(type: str) -> Any:
    _known(type)
    guessed = {"language": current.language()} if "language" in current.catalogue().record_types[type] else {}
    return _page(type, typed=guessed | _what_was_looked_for(type, request.args.get("key", "")[:100]))


@screen.post("/records/<type>/new")
@rule("add_records")
def add(type: str) -> Any:
    _known(type)
    try:
        because = request.form.get(PREFIX + BECAUSE, "")[:500]
        record = current.house().desk.add_record(type, _sent(type), current.me().id, because=because)
    except Refusal as refusal:
        return refused(refusal, lambda no: _page(type, refusal=no), back=url_for("records.search", type=type))
    return said.then(url_for("records.show", type=type, record_id=record.id), "said.record_added", number=record.key)


@screen.get("/records/<type>/<path:record_id>/change")
@rule("change_records")
def correct(type: str, record_id: str) -> Any:
    return _page(type, record=_record(type, record_id))


@screen.post("/records/<type>/<path:record_id>/change")
@rule("change_records")
def change(type: str, record_id: str) -> Any:
    record = _record(type, record_id)
    sent = {name: text for name, text in _sent(type).items() if name not in MOVED_ONLY and name != _key(type)}
    reason = request.form.get("f.reason", "")[:500]
    try:
        current.house().desk.change_record(type, record.id, sent, current.me().id, reason)
    except Refusal as refusal:
        back = url_for("records.show", type=type, record_id=record.id)
        return refused(refusal, lambda no: _page(type, record=record, refusal=no), back=back)
    return said.then(url_for("records.show", type=type, record_id=record.id), "said.record_changed", number=record.key)


def _what_was_looked_for(type: str, text: str) -> dict[str, str]:
    """A customer is looked for by name as often as by code: the name is not asked for twice."""
    named = "name" in current.catalogue().record_types[type] and not text.isascii()
    return {_key(type): text} | ({"name": text} if named else {})


def _page(
    type: str, *, record: Record | None = None, typed: Mapping[str, Any] | None = None, refusal: Refusal | None = None
) -> str:
    offers = _offers(type, record)
    if isinstance(refusal, Doubtful) or PREFIX + BECAUSE in request.form:
        offers.insert(1, _why_all_the_same())
    if refusal is not None:
        typed = drawn.typed(offers)
    fields = refusal.fields if isinstance(refusal, FormRefusal) else {}
    unknown = {name: text for name, text in fields.items() if name not in {offer.name for offer in offers}}
    return render_template(
        "records/form.html",
        type=type,
        record=record,
        inputs=drawn.inputs(offers, typed=typed, refusal=refusal),
        near=refusal.near if isinstance(refusal, Doubtful) else (),
        refusal=Refusal("form", next(iter(unknown.values()))) if unknown else refusal,
    )


def _offers(type: str, record: Record | None) -> list[FieldOffer]:
    """One field for each attribute; of a stored record those that may change, and why."""
    kinds = current.catalogue().record_types[type]
    wanted = [n for n in kinds if record is None or (n not in MOVED_ONLY and n != _key(type))]
    wanted = [n for n in wanted if n == "warranty_until" or n not in MOVED_ONLY]
    offers = [_offer(type, n, kinds[n], record, n == _key(type)) for n in wanted]
    if record is not None:
        offers.append(_named("reason", "text", Text("Reason for the change", "更改原因"), None, required=True))
    return offers


def _why_all_the_same() -> FieldOffer:
    """Asked only when something was hardly meant; the answer is in the history of the record."""
    label, help = (Text(*(say(f"record.{key}", x) for x in ("en", "zh-Hans"))) for key in (BECAUSE, f"{BECAUSE}_help"))
    return replace(_named(BECAUSE, "text", label, None, required=True), help=help)


def _offer(type: str, name: str, kind: str, record: Record | None, required: bool) -> FieldOffer:
    words, value = attribute_label(name), record.attributes.get(name) if record is not None else None
    is_record = kind in current.catalogue().record_types
    plain = "record" if is_record else "long_text" if name in LONG else kind
    if isinstance(value, list | dict):
        value = None
    offer = _named(name, plain, Text(words, words), value, required=required or name == "name", of=kind * is_record)
    offer = replace(
        offer, role=ROLE_OF.get(name, "") if kind == "user" else "", not_after=_described(type, name).max or ""
    )
    if known := _choices(type, name, record):
        there = {} if value in (None, "", *known) else {str(value): Text(str(value), str(value))}
        return replace(offer, type="choice", choices=tuple({**known, **there}.items()))
    return (
        replace(offer, help=Text(*(say("record.key_help", language) for language in ("en", "zh-Hans"))))
        if required
        else offer
    )


def _choices(type: str, name: str, record: Record | None) -> Mapping[str, Text]:
    """The words offered; of a new record those it begins with. What stands there already is offered besides."""
    known = current.catalogue().words_of(type, name) or (LANGUAGES if name == "language" else {})
    begins = _described(type, name).begins if record is None else ()
    return {id: known[id] for id in begins or known if id in known}


def _described(type: str, name: str) -> AttributeDef:
    site = current.catalogue().site
    return site.records[type].described[name] if site is not None else AttributeDef(type="text")


def _named(name: str, type: str, label: Text, value: Any, *, required: bool, of: str = "") -> FieldOffer:
    return FieldOffer(name, type, label, Text(), required, False, True, value, Text(), of=of)


def _sent(type: str) -> dict[str, str]:
    """What stands in the boxes, as text: the desk reads it as it reads a list."""
    names = current.catalogue().record_types[type]
    sent = {name: request.form.get(PREFIX + name) for name in names}
    return {name: text[:2000] for name, text in sent.items() if text is not None}


def _record(type: str, record_id: str) -> Record:
    _known(type)
    record = current.read(lambda screens: screens.record(type, record_id))
    if record is None:
        abort(404)
    return record


def _key(type: str) -> str:
    site = current.house().definitions.known_site()
    said_by_site = site.records[type].key if site is not None and type in site.records else None
    return said_by_site or KEY_OF.get(type) or next(iter(current.catalogue().record_types[type]))


def _known(type: str) -> None:
    if type not in current.catalogue().record_types:
        abort(404)
