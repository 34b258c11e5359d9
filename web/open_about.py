"""Open cases about the unit or order that a new case would be about: those it would double, and those to be known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.offers import FieldOffer, StartOffer
from engine.screen_rows import CaseRow
from engine.screens import Page, Screens
from web import current
from web.words import say

WHAT_A_CASE_IS_ABOUT = ("serial_number", "order")
"""The more exact one first: two units of one order are two things."""
AT_MOST = 20
TOLD = 3


@dataclass(frozen=True, slots=True)
class OpenAbout:
    """`same` are cases of the same process about `what`; `others` are about it too, or about the order it belongs to."""

    what: str = ""
    same: Sequence[CaseRow] = ()
    others: Sequence[CaseRow] = ()

    @property
    def others_told(self) -> str:
        """The first of the others, for one sentence."""
        told = [f"{row.number} {current.process_label(row.process)}" for row in self.others[:TOLD]]
        return say("list.comma", current.language()).join([*told, *(["…"] if len(self.others) > TOLD else [])])


def open_about(offer: StartOffer, values: Mapping[str, Any], but: str = "") -> OpenAbout:
    """What is open about it, as far as this person may see it; `but` is a case they come from."""
    places, viewer = _places(offer.fields, values), current.viewer()
    if not places:
        return OpenAbout()

    def look(screens: Screens) -> OpenAbout:
        record = screens.record(*places[0])
        found = [_open(screens.cases_of(viewer, *place, Page(size=AT_MOST)).rows) for place in places]
        same = [row for row in found[0] if row.process == offer.process and row.id != but]
        others = {row.id: row for rows in found for row in rows if row not in same and row.id != but}
        return OpenAbout(record.key if record is not None else "", same, list(others.values()))

    return current.read(look)


def open_cases_told(type: str, id: str, but: str = "") -> str:
    """Which cases are open about a unit or order, as far as this person may see them, for the words beside its number; `but`
    is the case they are in. "" for none."""
    if type not in WHAT_A_CASE_IS_ABOUT:
        return ""
    viewer = current.viewer()
    rows = _open(current.read(lambda screens: screens.cases_of(viewer, type, id, Page(size=AT_MOST))).rows)
    told = [f"{row.number} {current.process_label(row.process)}" for row in rows if row.id != but]
    if not told:
        return ""
    comma = say("list.comma", current.language())
    return say("form.open_cases", current.language(), what=comma.join(told[:TOLD] + ["…"] * (len(told) > TOLD)))


def _open(rows: Sequence[CaseRow]) -> list[CaseRow]:
    return [row for row in rows if row.ended is None]


def _places(fields: Sequence[FieldOffer], values: Mapping[str, Any]) -> list[tuple[str, str]]:
    named = [
        (f.of, values.get(f.name))
        for type in WHAT_A_CASE_IS_ABOUT
        for f in fields
        if f.type == "record" and f.of == type
    ]
    return [(type, id) for type, id in named if isinstance(id, str) and id]
