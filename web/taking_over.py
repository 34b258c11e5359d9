"""What a start form may take over from a case that somebody looks at: the same customer, unit and order, and its number.

Nothing is written: it stands in the form, and who starts the case may change or empty it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.cases_named import processes_in
from engine.offers import FieldOffer, StartOffer
from engine.screens import Screens
from web import current

CONTACT = frozenset({"phone", "email"})


@dataclass(frozen=True, slots=True)
class TakenOver:
    """From which case, and what of it, by the field it goes into."""

    case: str
    number: str
    values: Mapping[str, Any]


def taken_over(offer: StartOffer, case_id: str) -> TakenOver | None:
    """What this start form takes over; None when there is no such case, or none for whoever asks."""
    viewer = current.viewer()
    case = current.read(lambda s: s.case(case_id) if s.may_see(viewer, case_id) else None)
    if case is None:
        return None
    known = [f for f in current.house().desk.case_offer(case_id, viewer.id).fields if f.value not in (None, "", [])]
    numbers = _numbers(offer, case.process, case.number, known)
    return TakenOver(case.id, case.number, current.read(lambda s: _records(offer, known, s)) | numbers)


def _records(offer: StartOffer, known: Sequence[FieldOffer], screens: Screens) -> dict[str, Any]:
    """Records of the same type, rather under the same name; and how to reach people, under the same name only."""
    found: dict[str, Any] = {}
    for field in offer.fields:
        alike = [k for k in known if (k.type, k.of) == (field.type, field.of)]
        same = next((k for k in alike if k.name == field.name), None)
        if field.type in CONTACT and same is not None:
            found[field.name] = same.value
        elif field.type == "record" and (same is not None or len({str(k.value) for k in alike}) == 1):
            record = screens.record(field.of, str((same or alike[0]).value))
            if record is not None:
                found[field.name] = record.key
    return found


def _numbers(offer: StartOffer, process: str, number: str, known: Sequence[FieldOffer]) -> dict[str, Any]:
    """The first field that takes a case of this process names it; others what stands in the field of the same name. A case
    of one process names no other of its own kind: whether both are about the same is for people to say."""
    found: dict[str, Any] = {}
    for field in offer.fields:
        if field.type != "case":
            continue
        same = next((k for k in known if (k.name, k.type, k.of) == (field.name, field.type, field.of)), None)
        if process != offer.process and process in processes_in(field.of) and number not in found.values():
            found[field.name] = number
        elif same is not None and process != offer.process:
            found[field.name] = same.value
    return found
