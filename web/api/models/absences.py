"""Who is away, from when until when, and who stands in."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from engine.people import Absence
from web.api.models.plain import Asked, Moment, Told


class AbsenceTold(Told):
    """From when until when somebody is away, and who stands in."""

    since: dt.datetime
    until: dt.datetime
    deputy: Annotated[str | None, Field(description="Who stands in; null: everything goes back to its role.")]

    @classmethod
    def of(cls, absence: Absence) -> AbsenceTold:
        """An absence as it is kept."""
        return cls(since=absence.since, until=absence.until, deputy=absence.deputy)


class AbsenceNow(Told):
    """The absence that is entered for somebody."""

    absence: Annotated[AbsenceTold | None, Field(description="Null: none, or it is over.")]


class EnterAbsence(Asked):
    """Somebody is away: their tasks go to the deputy, or back to their roles."""

    until: Annotated[Moment, Field(description="When the person is back at work; at most a year later.")]
    since: Annotated[Moment | None, Field(description="When it begins; null or past: now.")] = None
    deputy: Annotated[str | None, Field(max_length=64, description="A person; null: nobody stands in.")] = None
