"""Our own webhook: any partner with a key may tell the desk of an event. Must not know which events there are.

Body `{"event": "parcel.scanned", "values": {...}}`; the three signature headers as `adapters.signing` makes them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.carriers.parcels import MalformedDelivery
from adapters.carriers.wire import an_object, read_object
from adapters.secret import Secret
from adapters.signing import ID, TIMESTAMP, header, is_genuine

WHO = "The sender"
LONGEST_NAME = 80
NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,3}")


@dataclass(frozen=True, slots=True)
class HookEvent:
    """An event for `desk.receive_event(id, name, values, source)`; the id is the sender's, so a replay counts once.
    `seal` is the same for the same signed message, whoever's name it is replayed under."""

    id: str
    name: str
    values: Mapping[str, Any]
    seal: str


def verify(raw: bytes, headers: Mapping[str, str], keys: Sequence[Secret], now: dt.datetime) -> bool:
    """True when one of our keys (two while they are changed) signed these bytes within five minutes of `now`."""
    return is_genuine(raw, headers, keys, now)


def read(raw: bytes, headers: Mapping[str, str]) -> HookEvent:
    """The event; raises `MalformedDelivery`. Ask `verify` first."""
    body = read_object(raw, WHO)
    name = body.get("event")
    if not isinstance(name, str) or len(name) > LONGEST_NAME or not NAME.fullmatch(name):
        raise MalformedDelivery(f'{WHO}: "event" must be the name of an event, like parcel.delivered.')
    values = an_object(body.get("values", {}), WHO, '"values"')
    message = f"{header(headers, ID)}.{header(headers, TIMESTAMP)}.".encode() + raw
    return HookEvent(f"hook:{header(headers, ID)}", name, values, hashlib.sha256(message).hexdigest())
