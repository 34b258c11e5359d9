"""Customers, orders, serial numbers and the site's own records: the card, the cases on it, its life line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for

from engine.called_alike import the_one_meant
from engine.definition.model.acting import WARRANTY_SOURCES
from engine.screen_rows import Found
from engine.screens import Page
from web import current
from web.beside import OTHER_UNIT, card_of, value_words
from web.listed import lines_of, listing, orders_of, sum_words
from web.open_about import open_cases_told
from web.rules import case_of, rule
from web.words import say

screen = Blueprint("records", __name__)


@screen.get("/records/<type>")
@rule("see_records")
def search(type: str) -> Any:
    _known(type)
    text, after = request.args.get("text", "")[:200], request.args.get("after", "")[:500]
    rows = current.read(lambda screens: screens.records(type, text, Page(after)))
    if text and len(rows.rows) == 1 and rows.rows[0].key == text:
        return redirect(url_for("records.show", type=type, record_id=rows.rows[0].id))
    return render_template(
        "records/records.html",
        type=type,
        text=text,
        rows=rows,
        listing=listing(type, rows.rows),
        types=list(current.catalogue().record_types),
    )


@screen.get("/records/<type>/<path:record_id>")
@rule("see_records")
def show(type: str, record_id: str) -> Any:
    _known(type)
    viewer = current.viewer()
    record, snapshot = current.read(lambda s: (s.record(type, record_id), s.record_snapshot(type, record_id)))
    if record is None or snapshot is None:
        abort(404)
    after = request.args.get("after", "")[:500]
    cases, related, history, warranty = current.read(
        lambda s: (
            s.cases_of(viewer, type, record.id, Page(after)),
            s.related(type, record.id),
            s.record_history(type, record.id),
            s.warranty_changes(record.id) if type == "serial_number" else (),
        )
    )
    orders, bought = orders_of(related) if type == "customer" else ([], "")
    return render_template(
        "records/record.html",
        record=record,
        card=card_of(type, snapshot),
        cases=cases,
        related=[r for r in related if r not in orders],
        lines=lines_of(record) if type == "order" else None,
        orders=listing("order", orders, without="customer") if orders else None,
        orders_sum=sum_words(len(orders), bought),
        history=_together(history),
        other_unit=OTHER_UNIT,
        said_value=value_words,
        sources={s: say(f"warranty.source.{s}", current.language()) for s in (*WARRANTY_SOURCES, "import")},
        warranty_changes=list(reversed(warranty)),
        may_start=[o for o in current.house().desk.startable(viewer.id) if any(f.of == type for f in o.fields)],
    )


@screen.get("/look-up/<type>")
@rule("see_records")
def look_up(type: str) -> Any:
    """Type-ahead for a field that names a record."""
    _known(type)
    text = request.args.get("q", "").strip()[:100]
    found = current.read(lambda screens: screens.look_up(type, text)) if text else ()
    but = case_of(request.args.get("task", "")[:100])
    meant = the_one_meant(text, found)  # the whole number was typed: what is open about it belongs to it

    def more(one: Found) -> str:
        return " · ".join(filter(None, (one.more, open_cases_told(type, one.id, but) if one.id == meant else "")))

    response = jsonify([{"key": f.key, "label": f.label, "more": more(f), "meant": f.id == meant} for f in found])
    response.headers["Cache-Control"] = "private, max-age=10"
    return response


def _together(history: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Changes made at one moment by one person for one reason belong together; newest first."""
    groups = groupby(reversed(history), key=lambda h: (h.get("at"), h.get("by"), h.get("reason")))
    return [list(changes) for _, changes in groups]


def _known(type: str) -> None:
    if type not in current.catalogue().record_types:
        abort(404)
