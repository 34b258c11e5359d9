"""What carriers and partners call: a signature instead of a token, each vendor's own way of being answered.

Nothing unsigned is believed; without a secret a hook is closed. The desk decides what an event means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request

from adapters.carriers import aftership, hook, kuaidi100
from adapters.carriers.parcels import CarrierEvent, MalformedDelivery
from engine.definition.texts import Text
from engine.incoming import Standing
from engine.refusals import Refusal
from web import current
from web.problems import problem
from web.refusals import status_of
from web.rules import rule

hooks = Blueprint("hooks", __name__)

LARGEST = 1024 * 1024
CARRIER = "carrier"
"""One source for all of them: the same scan told by two vendors counts once."""

CLOSED = Text(
    "This hook is closed: its secret is not set up. An administrator sets {name}.",
    "此回调未启用：尚未设置密钥。请管理员设置 {name}。",
)
FORGED = Text("The signature does not fit this message.", "签名与消息不符。")


@hooks.post("/hooks/aftership")
@rule("everyone")
def from_aftership() -> Any:
    """AfterShip's tracking updates; it sends again after anything but 2xx."""
    raw, secret = _body(), current.house().settings.aftership_secret
    if not secret:
        return _closed("AFTERCARE_AFTERSHIP_SECRET")
    if not aftership.verify(raw, dict(request.headers), secret):
        return _forged()
    return _parcels(lambda: aftership.read(raw))


@hooks.post("/hooks/kuaidi100")
@rule("everyone")
def from_kuaidi100() -> Any:
    """Kuaidi100's pushes; it reads our answer and sends again after a false one."""
    raw, salt = _body(), current.house().settings.kuaidi100_salt
    if not salt:
        return _closed("AFTERCARE_KUAIDI100_SALT")
    if not kuaidi100.verify(raw, dict(request.headers), salt):
        return jsonify(kuaidi100.answer(False, "sign")), 401
    try:
        _take(kuaidi100.read(raw))
    except MalformedDelivery as wrong:
        return jsonify(kuaidi100.answer(False, str(wrong))), 400
    return jsonify(kuaidi100.answer(True))


@hooks.post("/hooks/events/<sender>")
@rule("everyone")
def from_partner(sender: str) -> Any:
    """Any partner with a key tells of an event; `sender` keeps the ids of two partners apart."""
    raw, keys = _body(), current.house().settings.hook_keys
    if not keys:
        return _closed("AFTERCARE_HOOK_KEYS")
    if not sender.isascii() or not sender.isidentifier() or len(sender) > 40:
        abort(404)
    if not hook.verify(raw, dict(request.headers), keys, current.now()):
        return _forged()
    try:
        event = hook.read(raw, dict(request.headers))
        desk, source = current.house().desk, f"hook:{sender}"
        received = desk.receive_event(event.id, event.name, event.values, source, seal=event.seal)
    except MalformedDelivery as wrong:
        return problem(400, "malformed", str(wrong))
    except Refusal as refusal:
        return problem(status_of(refusal), refusal.code, current.say_text(refusal.text))
    return jsonify({"state": received.state})


def _parcels(read: Callable[[], Sequence[CarrierEvent]]) -> Any:
    try:
        states = _take(read())
    except MalformedDelivery as wrong:
        return problem(400, "malformed", str(wrong))
    return jsonify({"received": sum(states.values()), **states})


def _take(events: Sequence[CarrierEvent]) -> Counter[str]:
    """Each event in the order it happened. One that a case refuses is put before a clerk and does not hold up the others."""
    desk, states = current.house().desk, Counter[str]()
    for event in events:
        number = str(event.values["tracking_no"]).casefold()
        standing = Standing(f"parcel:{number}", event.occurred_at, event.rank)
        try:
            taken = desk.receive_event(event.id, event.name, event.values, CARRIER, standing=standing)
            states[taken.state] += 1
        except Refusal as refusal:
            desk.put_before_a_clerk(event.id, event.name, event.values, CARRIER, refusal)
            states["set_aside"] += 1
    return states


def _body() -> bytes:
    request.max_content_length = LARGEST
    return request.get_data(cache=True, parse_form_data=False)


def _closed(setting: str) -> Response:
    return problem(503, "not_set_up", current.say_text(CLOSED).format(name=setting))


def _forged() -> Response:
    return problem(401, "forged", current.say_text(FORGED))
