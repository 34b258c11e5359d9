"""A new case: which processes this person may start, the start form, and open cases of the same unit before a second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for

from engine.offers import StartOffer
from engine.refusals import Refusal
from engine.screen_rows import CaseRow
from web import current, drawn
from web.after_press import started
from web.earlier import earlier_case
from web.moments import new_key
from web.open_about import OpenAbout, open_about
from web.refusals import refused
from web.rules import rule
from web.taking_over import TakenOver, taken_over

screen = Blueprint("start", __name__)


@screen.get("/start")
@rule("start")
def choose() -> Any:
    offers = list(current.house().desk.startable(current.me().id))
    about = {name: request.args.get(name, "")[:200] for name in ("type", "id", "case")}
    return render_template("start/choose.html", offers=offers, about=about)


@screen.get("/start/<process>")
@rule("start")
def ask(process: str) -> Any:
    offer = _offer(process)
    taken = _taken(offer)
    typed = taken.values if taken else _about(offer)
    about = open_about(offer, drawn.meant(offer.fields, typed or {}), taken.case if taken else "")
    return _page(offer, typed=typed, taken=taken, about=about)


@screen.post("/start/<process>")
@rule("start")
def open_case(process: str) -> Any:
    offer, me = _offer(process), current.me().id
    typed: dict[str, Any] = {}
    values: dict[str, Any] = {}
    try:
        typed = drawn.typed(offer.fields)
        if drawn.wants_more_rows():
            return _page(offer, typed=typed)
        values = drawn.meant(offer.fields, typed)
        taken = _taken(offer)
        origin = taken.case if taken else ""  # who presses there knows of it
        about = open_about(offer, values, origin)
        known = {row.id for row in about.same} | {origin}
        perhaps = [row for row in current.house().desk.perhaps_the_same(process, me, values) if row.id not in known]
        if (about.same or perhaps) and request.form.get("sure") != "1":
            return _page(_offer(process, values), typed=typed, about=about, perhaps=perhaps, stopped=True), 409
        key = request.form.get("key", "")[:64]
        done = current.house().desk.start_case(process, values, me, beside=origin, key=key)
    except Refusal as refusal:
        return refused(
            refusal, lambda no: _page(_offer(process, values), typed=typed, refusal=no), back=url_for("start.choose")
        )
    return started(done, about.others_told)


def _taken(offer: StartOffer) -> TakenOver | None:
    """What is known from the case on whose page somebody pressed, if it was on one."""
    return taken_over(offer, request.args["case"][:64]) if request.args.get("case") else None


def _offer(process: str, values: Mapping[str, Any] | None = None) -> StartOffer:
    """The start form; a process this person may not start does not exist for them."""
    offers = {offer.process: offer for offer in current.house().desk.startable(current.me().id)}
    if process not in offers:
        abort(404)
    return current.house().desk.start_offer(process, current.me().id, values)


def _about(offer: StartOffer) -> dict[str, Any] | None:
    """The record from whose page somebody came, in the first field that takes it."""
    type, id = request.args.get("type", ""), request.args.get("id", "")[:200]
    field = next((f for f in offer.fields if f.type == "record" and f.of == type), None)
    if field is None or not id:
        return None
    record = current.read(lambda screens: screens.record(type, id))
    return {field.name: record.key} if record is not None else None


def _page(
    offer: StartOffer,
    *,
    typed: Mapping[str, Any] | None = None,
    refusal: Refusal | None = None,
    about: OpenAbout | None = None,
    perhaps: Sequence[CaseRow] = (),
    stopped: bool = False,
    taken: TakenOver | None = None,
) -> str:
    return render_template(
        "start/start.html",
        offer=offer,
        inputs=drawn.inputs(offer.fields, typed=typed, refusal=refusal),
        refusal=refusal,
        about=about or OpenAbout(),
        perhaps=perhaps,
        stopped=stopped,
        taken=taken,
        earlier=earlier_case(offer.earlier),
        key=request.form.get("key", "")[:64] or new_key(),
    )
