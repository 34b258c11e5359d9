"""When a member of staff is written to: in the hours in which they work. Must not know what about."""

from __future__ import annotations

import datetime as dt

from engine.definition.calendars import next_opening
from engine.definition.compiled import Site
from engine.definition.compiling.digests import EVERYBODY
from engine.definition.opening_hours import Calendar
from engine.people import Person

TOGETHER = dt.timedelta(minutes=1)
"""What is told to the same person within this time leaves as one letter."""


def leaves_at(site: Site, person: Person, of_the_process: Calendar, now: dt.datetime) -> dt.datetime:
    """A mail that can wait leaves while its reader is at work, and a moment later for others that go along."""
    hours = {site.mail_hours.get(role, site.mail_hours.get(EVERYBODY, "")) for role in person.roles}
    calendars = [site.calendar(name) if name else of_the_process for name in sorted(hours)] or [of_the_process]
    return max(now, min(next_opening(calendar, now) for calendar in calendars)) + TOGETHER
