"""Who works here and what the records say: the facts that are handed to every decision along with the time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

RecordKey = tuple[str, str]
"""A record type and the id of one record of it: ("serial_number", "SN-1001")."""

CaseKey = tuple[str, str]
"""Of which processes a case may be, as its field says, and its number as it was entered."""

Snapshot = Mapping[str, Any]
"""What a record says now: its `id`, its attributes as JSON values, and referred records as nested snapshots."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away from one instant up to another (UTC); `deputy` is who stands in, if anybody was named."""

    since: dt.datetime
    until: dt.datetime
    deputy: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff. `language` is "en" or "zh-Hans"; an inactive person gets no work and no mail. Who is away still
    works here: what would wait for them goes to their deputy, see `engine.standing_in`."""

    id: str
    name: str
    roles: frozenset[str] = frozenset()
    email: str = ""
    active: bool = True
    language: str = "en"
    absence: Absence | None = None

    def away_at(self, now: dt.datetime) -> Absence | None:
        """The absence that this instant falls into."""
        absence = self.absence
        return absence if absence is not None and absence.since <= now < absence.until else None


@dataclass(frozen=True, slots=True)
class World:
    """What is true around a case at one moment. `now` is a UTC instant, the same for a whole transaction.

    `people` are all members of staff by id; `records` holds those that the case or the event refers to; `earlier` is the
    earlier case about the same, where the process asks for it; `cases` are the numbers of cases that were entered, None
    where there is no such case to be seen.
    """

    now: dt.datetime
    people: Mapping[str, Person] = field(default_factory=lambda: MappingProxyType({}))
    records: Mapping[RecordKey, Snapshot] = field(default_factory=lambda: MappingProxyType({}))
    earlier: Snapshot | None = None
    cases: Mapping[CaseKey, str | None] = field(default_factory=lambda: MappingProxyType({}))

    def with_role(self, role: str) -> tuple[Person, ...]:
        """The active people of a role, by name."""
        return tuple(
            sorted((p for p in self.people.values() if p.active and role in p.roles), key=lambda p: (p.name, p.id))
        )

    def stand_in_of(self, person: Person) -> Person | None:
        """Who is there instead of somebody who is away: the deputy; while the deputy is away too, theirs; never in a
        circle. None for somebody who is there."""
        asked = {person.id}
        absence = person.away_at(self.now)
        while absence is not None and absence.deputy is not None and absence.deputy not in asked:
            deputy = self.people.get(absence.deputy)
            if deputy is None or not deputy.active:
                return None
            asked.add(deputy.id)
            absence = deputy.away_at(self.now)
            if absence is None:
                return deputy
        return None


def roles_in(named: str | None) -> tuple[str, ...]:
    """The roles that a field names, as they are kept: parted by commas."""
    return tuple(role.strip() for role in (named or "").split(",") if role.strip())
