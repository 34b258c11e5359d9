"""When a member of staff is written to. Must not know what about."""

from __future__ import annotations

import datetime as dt

from engine.definition.calendars import next_opening
from engine.definition.opening_hours import Calendar

TOGETHER = dt.timedelta(minutes=1)
"""What is told to the same person within this time leaves as one letter."""


def leaves_at(calendar: Calendar, now: dt.datetime) -> dt.datetime:
    """A mail that can wait leaves while people are at work, and a moment later for others that go along."""
    return max(next_opening(calendar, now), now) + TOGETHER
