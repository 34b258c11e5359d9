"""Kuaidi100's (快递100) push: its signature, its states and the answer it wants. Must not know who listens."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from adapters.carriers.parcels import CarrierEvent, Checkpoint, MalformedDelivery, events
from adapters.carriers.wire import a_list, a_number_of_a_parcel, a_text, an_instant, an_object, read_object
from adapters.secret import Secret

WHO = "Kuaidi100"
CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one of Kuaidi100's states says in the common vocabulary."""

    tag: str
    kind: str = ""


ON_THE_WAY = Meaning("InTransit")
STATES: Mapping[str, Meaning] = {
    "101": Meaning("InfoReceived"),
    "102": Meaning("InfoReceived"),
    "1": Meaning("InTransit", "picked_up"),
    "103": Meaning("InTransit", "picked_up"),
    "0": ON_THE_WAY,
    "1001": ON_THE_WAY,
    "1002": ON_THE_WAY,
    "1003": ON_THE_WAY,
    "7": ON_THE_WAY,
    "8": ON_THE_WAY,
    "10": ON_THE_WAY,
    "11": ON_THE_WAY,
    "12": ON_THE_WAY,
    "5": Meaning("OutForDelivery"),
    "501": Meaning("AvailableForPickup"),
    "204": Meaning("AttemptFail", "other"),
    "206": Meaning("AttemptFail", "unclaimed"),
    "207": Meaning("AttemptFail", "wrong_address"),
    "3": Meaning("Delivered"),
    "301": Meaning("Delivered"),
    "302": Meaning("Delivered"),
    "303": Meaning("Delivered"),
    "304": Meaning("Delivered"),
    "2": Meaning("Exception", "other"),
    "201": Meaning("Exception", "unclaimed"),
    "202": Meaning("Exception", "delayed"),
    "203": Meaning("Exception", "refused"),
    "205": Meaning("Exception", "unclaimed"),
    "208": Meaning("Exception", "delayed"),
    "209": Meaning("Exception", "damaged"),
    "210": Meaning("Exception", "cancelled"),
    "401": Meaning("Exception", "cancelled"),
    "4": Meaning("Exception", "returned"),
    "6": Meaning("Exception", "returning"),
    "13": Meaning("Exception", "customs"),
    "14": Meaning("Exception", "refused"),
}
# Subscriptions without codes say it in words.
WORDS: Mapping[str, str] = {
    "揽收": "1",
    "在途": "0",
    "派件": "5",
    "签收": "3",
    "疑难": "2",
    "退签": "4",
    "退回": "6",
    "转投": "7",
    "转单": "7",
    "清关": "8",
    "拒签": "14",
}


def verify(raw: bytes, headers: Mapping[str, str], secret: Secret | None) -> bool:
    """True when the form's `sign` is MD5(param + salt). False without a salt: an unsigned push proves nothing."""
    form = form_of(raw)
    if not secret or form is None:
        return False
    sealed = (form["param"] + secret.reveal()).encode("utf-8")
    # Their scheme, not our choice of a hash.
    expected = hashlib.md5(sealed, usedforsecurity=False).hexdigest().upper()
    return hmac.compare_digest(expected.encode("ascii"), form["sign"].upper().encode("utf-8"))


def read(raw: bytes) -> list[CarrierEvent]:
    """The events of one push, oldest first."""
    return events(checkpoints(raw))


def checkpoints(raw: bytes) -> list[Checkpoint]:
    """All checkpoints of one push; none when they gave up watching (status abort). Raises `MalformedDelivery`."""
    form = form_of(raw)
    if form is None:
        raise MalformedDelivery(f"{WHO} sent a form without sign and param.")
    param = read_object(form["param"], WHO)
    result = param.get("lastResult")
    if result is None and a_text(param.get("status")) == "abort":
        return []
    parcel = an_object(result, WHO, "lastResult")
    number, carrier = a_number_of_a_parcel(parcel.get("nu"), WHO), a_text(parcel.get("com"))
    told = [an_object(item, WHO, "data") for item in a_list(parcel.get("data"), WHO, "data")]
    # Without codes beside the lines, the state of the whole is the state of its newest line, which stands first.
    states = [state_of(item) for item in told]
    if told and not states[0]:
        states[0] = a_text(parcel.get("state"))
    return [checkpoint_of(item, state, number, carrier) for item, state in zip(told, states, strict=True)]


def answer(taken: bool, message: str = "") -> dict[str, Any]:
    """What Kuaidi100 wants to hear within 20 seconds; it sends again after a false one."""
    if taken:
        return {"result": True, "returnCode": "200", "message": message or "成功"}
    return {"result": False, "returnCode": "500", "message": message or "失败"}


def form_of(raw: bytes) -> dict[str, str] | None:
    """`sign` and `param` as they were before they travelled as a form; None when one is missing."""
    try:
        fields = parse_qs(raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=10)
    except ValueError:
        return None
    if len(fields.get("sign", ())) != 1 or len(fields.get("param", ())) != 1:
        return None
    return {"sign": fields["sign"][0], "param": fields["param"][0]}


def state_of(item: Mapping[str, Any]) -> str:
    code = a_text(item.get("statusCode"))
    return code or WORDS.get(a_text(item.get("status")), "")


def checkpoint_of(item: Mapping[str, Any], state: str, number: str, carrier: str) -> Checkpoint:
    meaning = STATES.get(state, ON_THE_WAY)
    occurred_at = an_instant(item.get("ftime"), CHINA) or an_instant(item.get("time"), CHINA)
    if occurred_at is None:
        raise MalformedDelivery(f"{WHO}: a line of {number} has no time.")
    return Checkpoint(
        carrier=carrier,
        number=number,
        tag=meaning.tag,
        code=state or "0",
        occurred_at=occurred_at,
        place=a_text(item.get("areaName")) or a_text(item.get("location")),
        message=a_text(item.get("context")),
        kind=meaning.kind,
    )
