"""Oneself, events from outside, files, and why something was refused."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from web.api.models.absences import AbsenceTold
from web.api.models.plain import Asked, Told, Values
from web.api.models.processes import Finding

EVENT_ID = r"^[A-Za-z0-9._:/-]+$"
EVENT_NAME = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,3}$"


class Me(Told):
    """Whose token this is."""

    id: str
    name: str
    language: str
    roles: list[str]
    acts: Annotated[list[str], Field(description="What your roles allow around the cases.")]
    absence: Annotated[AbsenceTold | None, Field(description="The absence that is entered for you, until it is over.")]


class SendEvent(Asked):
    """Something happened outside."""

    id: Annotated[
        str, Field(min_length=1, max_length=100, pattern=EVENT_ID, description="Yours; sent twice it counts once.")
    ]
    name: Annotated[str, Field(max_length=80, pattern=EVENT_NAME, description="Which event, like parcel.delivered.")]
    values: Values


class EventTaken(Told):
    """What became of an event."""

    state: Annotated[
        Literal["taken", "kept", "several", "repeated", "late"],
        Field(
            description="taken: by `cases`. kept: nobody waits for it yet; it is tried again for seven days. several: a clerk chooses. repeated: known already. late: something newer was known."
        ),
    ]
    cases: list[str]


class FileTold(Told):
    """An uploaded file; hand in its id in a field of type `files`."""

    id: str
    name: str
    type: Annotated[str, Field(description="Told from the content, whatever its name says.")]
    size: int


class Problem(Told):
    """Why nothing was done (RFC 9457)."""

    type: str
    title: str
    status: int
    code: Annotated[str, Field(description="For programs: stays the same in every language.")]
    detail: Annotated[str, Field(description="For people, in the language of Accept-Language (en, zh).")]
    fields: Annotated[dict[str, str], Field(default_factory=dict, description="One sentence for each field.")]
    concerns: Annotated[str, Field(description="The field or thing it is about.")] = ""
    findings: Annotated[
        list[Finding], Field(default_factory=list, description="What is wrong with a file that was not published.")
    ]
