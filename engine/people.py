"""Who works here and what the records say: the facts that are handed to every decision along with the time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

RecordKey = tuple[str, str]
"""A record type and the id of one record of it: ("serial_number", "SN-1001")."""

Snapshot = Mapping[str, Any]
"""What a record says now: its `id`, its attributes as JSON values, and referred records as nested snapshots."""


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff. `language` is "en" or "zh-Hans"; an inactive person gets no work and no mail."""

    id: str
    name: str
    roles: frozenset[str] = frozenset()
    email: str = ""
    active: bool = True
    language: str = "en"


@dataclass(frozen=True, slots=True)
class World:
    """What is true around a case at one moment. `now` is a UTC instant, the same for a whole transaction.

    `people` are all members of staff by id; `records` holds those that the case or the event refers to; `earlier` is the
    newest earlier case about the same, where the process asks for it.
    """

    now: dt.datetime
    people: Mapping[str, Person] = field(default_factory=lambda: MappingProxyType({}))
    records: Mapping[RecordKey, Snapshot] = field(default_factory=lambda: MappingProxyType({}))
    earlier: Snapshot | None = None

    def with_role(self, role: str) -> tuple[Person, ...]:
        """The active people of a role, by name."""
        return tuple(
            sorted((p for p in self.people.values() if p.active and role in p.roles), key=lambda p: (p.name, p.id))
        )
