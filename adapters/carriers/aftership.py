"""AfterShip's webhook: its signature and its tracking updates. Must not know who listens."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from adapters.carriers.parcels import RANKS, CarrierEvent, Checkpoint, MalformedDelivery, events
from adapters.carriers.wire import a_list, a_number_of_a_parcel, a_text, an_instant, an_object, read_object
from adapters.secret import Secret
from adapters.signing import header

WHO = "AfterShip"
# Returns and Warranty sign in the same way under another name.
HEADERS = ("aftership-hmac-sha256", "as-signature-hmac-sha256")

KINDS: Mapping[str, str] = {
    "InTransit_002": "picked_up",
    "AttemptFail_001": "other",
    "AttemptFail_002": "unclaimed",
    "AttemptFail_003": "unclaimed",
    "Exception_002": "wrong_address",
    "Exception_003": "refused",
    "Exception_004": "customs",
    "Exception_005": "delayed",
    "Exception_006": "held",
    "Exception_007": "wrong_address",
    "Exception_008": "unclaimed",
    "Exception_010": "returning",
    "Exception_011": "returned",
    "Exception_012": "damaged",
    "Exception_013": "lost",
    "Exception_016": "held",
    "Exception_017": "held",
    "Exception_018": "held",
}


def verify(raw: bytes, headers: Mapping[str, str], secret: Secret | None) -> bool:
    """True when AfterShip, with our secret, sent exactly these bytes. False without a secret."""
    if not secret:
        return False
    digest = hmac.new(secret.reveal().encode("utf-8"), raw, hashlib.sha256).digest()
    expected = base64.b64encode(digest)
    matches = [hmac.compare_digest(expected, header(headers, name).encode("utf-8")) for name in HEADERS]
    return any(matches)


def read(raw: bytes) -> list[CarrierEvent]:
    """The events of one delivery, oldest first; none for news about anything but tracking."""
    return events(checkpoints(raw))


def checkpoints(raw: bytes) -> list[Checkpoint]:
    """All checkpoints of one delivery as they stand in it; raises `MalformedDelivery`."""
    body = read_object(raw, WHO)
    if a_text(body.get("event")) not in ("tracking_update", ""):
        return []
    tracking = an_object(body.get("msg"), WHO, "msg")
    number, carrier = a_number_of_a_parcel(tracking.get("tracking_number"), WHO), a_text(tracking.get("slug"))
    sent_at = an_instant(body.get("ts"), dt.UTC)
    told = (an_object(item, WHO, "checkpoint") for item in a_list(tracking.get("checkpoints"), WHO, "checkpoints"))
    return [checkpoint_of(item, number, carrier, sent_at) for item in told]


def checkpoint_of(item: Mapping[str, Any], number: str, carrier: str, sent_at: dt.datetime | None) -> Checkpoint:
    subtag = a_text(item.get("subtag"))
    tag = a_text(item.get("tag")) or subtag.partition("_")[0]
    if not tag:
        raise MalformedDelivery(f"{WHO}: a checkpoint of {number} has no tag.")
    # Some carriers give no time: then when AfterShip learned of it, else when it told us.
    times = (an_instant(item.get("checkpoint_time"), dt.UTC), an_instant(item.get("created_at"), dt.UTC), sent_at)
    occurred_at = next((moment for moment in times if moment), None)
    if occurred_at is None:
        raise MalformedDelivery(f"{WHO}: a checkpoint of {number} has no time.")
    return Checkpoint(
        carrier=a_text(item.get("slug")) or carrier,
        number=number,
        tag=tag if tag in RANKS else "InTransit",  # a tag invented since: the parcel was seen, the message says how
        code=subtag or tag,
        occurred_at=occurred_at,
        place=place_of(item),
        message=a_text(item.get("message")),
        kind=KINDS.get(subtag, "other" if tag == "Exception" else ""),
    )


def place_of(item: Mapping[str, Any]) -> str:
    parts = (a_text(item.get(name)) for name in ("city", "state", "country_name"))
    return a_text(item.get("location")) or ", ".join(part for part in parts if part)
