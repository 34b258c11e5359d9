"""A parcel's checkpoints in one vocabulary (AfterShip's tags), and the events that processes listen for.

Whether an event is heard is the desk's business; the same checkpoint told twice, by whomever, has the same event id.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# The further a parcel has come; what happens beside its way (Exception, Expired) counts as being on the way.
RANKS: Mapping[str, int] = {
    "Pending": 0,
    "InfoReceived": 1,
    "InTransit": 2,
    "Exception": 2,
    "Expired": 2,
    "OutForDelivery": 3,
    "AttemptFail": 3,
    "AvailableForPickup": 4,
    "Delivered": 9,
}

# Kinds of trouble that we store; `picked_up` is the one kind of transit with an event of its own.
REASONS = (
    "delayed",
    "damaged",
    "lost",
    "refused",
    "wrong_address",
    "unclaimed",
    "customs",
    "held",
    "returning",
    "returned",
    "disputed",
    "cancelled",
    "other",
)


class MalformedDelivery(ValueError):
    """The sender's body is not what it promised; nothing of it was used."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a carrier says of a parcel at one moment (UTC). `tag` is canonical, `code` the carrier's own word for it;
    `kind` is `picked_up`, one of `REASONS`, or ""."""

    carrier: str
    number: str
    tag: str
    code: str
    occurred_at: dt.datetime
    place: str = ""
    message: str = ""
    kind: str = ""

    @property
    def standing(self) -> tuple[dt.datetime, int]:
        """A parcel stands where its checkpoint with the highest standing says; one below that is old news."""
        return self.occurred_at, RANKS[self.tag]


@dataclass(frozen=True, slots=True)
class CarrierEvent:
    """An event for `desk.receive_event(id, name, values, source)`. Compare `standing` to tell old news from new."""

    id: str
    name: str
    values: Mapping[str, Any]
    occurred_at: dt.datetime
    rank: int

    @property
    def standing(self) -> tuple[dt.datetime, int]:
        """Moment, then rank: the newest event says where the parcel is."""
        return self.occurred_at, self.rank


def events(checkpoints: Iterable[Checkpoint]) -> list[CarrierEvent]:
    """The events of one delivery, each once, oldest first, whatever order they came in."""
    named = ((checkpoint, name_of(checkpoint)) for checkpoint in sorted(checkpoints, key=lambda c: c.standing))
    once = {id_of(checkpoint): event_of(checkpoint, name) for checkpoint, name in named if name}
    return list(once.values())


def name_of(checkpoint: Checkpoint) -> str | None:
    """The event a process may listen for; None for what changes nothing on the way (announced, expired)."""
    match checkpoint.tag, checkpoint.kind:
        case "InTransit", "picked_up":
            return "parcel.picked_up"
        case (("InTransit" | "AvailableForPickup"), _):
            return "parcel.scanned"
        case "OutForDelivery", _:
            return "parcel.out_for_delivery"
        case "AttemptFail", _:
            return "parcel.attempt_failed"
        case "Exception", "delayed":
            return "parcel.delayed"
        case "Exception", "lost":
            return "parcel.lost"
        case "Exception", _:
            return "parcel.exception"
        case "Delivered", _:
            return "parcel.delivered"
        case _:
            return None


def event_of(checkpoint: Checkpoint, name: str) -> CarrierEvent:
    values = {
        "tracking_no": checkpoint.number,
        "carrier": checkpoint.carrier,
        "place": checkpoint.place,
        "time": checkpoint.occurred_at.isoformat(),
        "message": checkpoint.message,
        "reason": checkpoint.message or checkpoint.kind,
        "kind": checkpoint.kind,
    }
    return CarrierEvent(id_of(checkpoint), name, values, checkpoint.occurred_at, RANKS[checkpoint.tag])


def id_of(checkpoint: Checkpoint) -> str:
    """The same for a poller and a webhook: carrier, number, moment, code and text decide, nothing else."""
    text = " ".join(checkpoint.message.split()).casefold()
    parts = (
        checkpoint.carrier.casefold(),
        checkpoint.number.casefold(),
        checkpoint.occurred_at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        checkpoint.code.casefold(),
        hashlib.sha256(text.encode("utf-8")).hexdigest(),
    )
    return "parcel:" + hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:40]
