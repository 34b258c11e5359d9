"""What a list of cases shows beside their number, as their process says under `list`: read only, and only what may be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from engine.case import Case
from engine.definition.compiled import Compiled
from engine.facts import CaseFacts
from engine.offering_fields import shown_field
from engine.offers import FieldOffer
from engine.people import Person, World
from engine.untold import untold


def listed_values(
    names: Sequence[str], cases: Iterable[tuple[Compiled, Case]], person: Person, world: World
) -> Mapping[str, tuple[FieldOffer | None, ...]]:
    """For each case, with the version it runs on, one value for each name; None where it holds nothing, or nothing for this
    person. A case of an older version shows what that version knows."""
    found = {}
    for process, case in cases:
        facts = CaseFacts(process, case, world)
        found[case.id] = tuple(_value(process, case, facts, person, name) for name in names)
    return found


NOTHING: tuple[object, ...] = (None, "", [], ())


def _value(process: Compiled, case: Case, facts: CaseFacts, person: Person, name: str) -> FieldOffer | None:
    if "." not in name and (case.values.get(name) in NOTHING or untold(process, case, name)):
        return None
    found = shown_field(process, case, facts, person, name)
    return None if found.value in NOTHING else found
