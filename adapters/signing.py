"""Our own signature for web messages: HMAC-SHA256 over id.timestamp.body, the same for what comes in and what goes out.

It knows neither what is signed nor where keys come from; the time is handed in.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence

from adapters.secret import Secret

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
TOLERANCE = dt.timedelta(minutes=5)
GOOD_ID = re.compile(r"[A-Za-z0-9._:/%-]{1,200}")


def signed(id: str, at: dt.datetime, body: bytes, key: Secret) -> dict[str, str]:
    """The three headers that let the other side trust `body`."""
    moment = str(int(at.timestamp()))
    return {ID: id, TIMESTAMP: moment, SIGNATURE: "v1," + base64.b64encode(seal(id, moment, body, key)).decode("ascii")}


def is_genuine(body: bytes, headers: Mapping[str, str], keys: Sequence[Secret], now: dt.datetime) -> bool:
    """True when one of `keys` signed exactly this body within five minutes of `now`. False without a key."""
    id, moment, signatures = (header(headers, name) for name in (ID, TIMESTAMP, SIGNATURE))
    if not GOOD_ID.fullmatch(id) or not re.fullmatch(r"[0-9]{1,11}", moment):
        return False
    if abs(now.timestamp() - int(moment)) > TOLERANCE.total_seconds():
        return False
    given = [raw for part in signatures.split(" ")[:10] if (raw := decoded(part))]
    # Every key meets every signature, so that the time spent tells nothing.
    matches = [hmac.compare_digest(seal(id, moment, body, key), raw) for key in keys if key for raw in given]
    return any(matches)


def header(headers: Mapping[str, str], name: str) -> str:
    """A header by its name in any spelling, "" when it is missing."""
    return next((str(value) for key, value in headers.items() if key.lower() == name), "")


def seal(id: str, moment: str, body: bytes, key: Secret) -> bytes:
    message = f"{id}.{moment}.".encode("ascii") + body
    return hmac.new(key.reveal().encode("utf-8"), message, hashlib.sha256).digest()


def decoded(part: str) -> bytes:
    version, _, text = part.partition(",")
    try:
        return base64.b64decode(text, validate=True) if version == "v1" else b""
    except (binascii.Error, ValueError):
        return b""
