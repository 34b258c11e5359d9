"""Events, processes, records, files and oneself as programs see them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field

from engine.people import Absence
from engine.screen_rows import Found
from web.api.models.plain import Asked, AskedInAddress, AskedPage, Moment, Next, Told, Values

EVENT_ID = r"^[A-Za-z0-9._:/-]+$"
EVENT_NAME = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,3}$"


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


class ProcessLine(Told):
    """A process by its newest version."""

    id: str
    label: str
    about: str
    version: int
    published_at: dt.datetime | None
    open_cases: int


class ProcessList(Told):
    """The processes of this house."""

    processes: list[ProcessLine]


class VersionLine(Told):
    """A published version; it never changes."""

    process: str
    number: int
    published_at: dt.datetime
    published_by: str | None
    reason: str
    checksum: str
    open_cases: Annotated[int, Field(description="How many open cases run on it.")]


class VersionList(Told):
    """The versions of a process, newest first."""

    versions: list[VersionLine]


class VersionTold(Told):
    """A version with its file."""

    process: str
    number: int
    published_at: dt.datetime
    published_by: str | None
    reason: str
    checksum: str
    text: Annotated[str, Field(description="The file as it was published.")]


class ProcessFileSent(Asked):
    """A process file."""

    file: Annotated[str, Field(min_length=1, max_length=200, description="Its name, as findings shall show it.")] = (
        "process.yaml"
    )
    text: Annotated[str, Field(max_length=400_000, description="What is in it.")]


class PublishFile(ProcessFileSent):
    """A process file to become the next version."""

    reason: Annotated[str, Field(min_length=1, max_length=500, description="Why, for those who look later.")]


class Finding(Told):
    """Something to mend, at its place."""

    file: str
    line: int
    column: int
    level: Annotated[str, Field(description="error or warning")]
    code: str
    message: str
    hint: str


class RuleTold(Told):
    """A rule of the file and whether it can be broken; `path` is the way that would."""

    rule: str
    verdict: str
    path: list[Any]


class ScenarioLine(Told):
    """One line of a scenario as it was played."""

    when: str
    at: dt.datetime
    leaves: list[str]
    milestone: str | None
    ended: str | None
    tasks: list[dict[str, Any]]
    refused: Annotated[list[str], Field(description="Codes or field names, when it was refused.")]
    failure: Annotated[str, Field(description="What was not as told; empty when all was.")]


class ScenarioTold(Told):
    """A scenario of the file, up to its first failure."""

    scenario: str
    passed: bool
    lines: list[ScenarioLine]


class Scenarios(Told):
    """All scenarios of a version, played with virtual time."""

    passed: bool
    coverage: Annotated[float, Field(description="The share of moves that some scenario used.")]
    unused: list[str]
    scenarios: list[ScenarioTold]


class CheckedFile(Told):
    """What is to be said about a file. Nothing was stored."""

    ok: Annotated[bool, Field(description="Whether it may be published; warnings do not stand against it.")]
    kind: Annotated[str, Field(description="process, library or site")]
    findings: list[Finding]
    rules: list[RuleTold]
    scenarios: list[ScenarioTold]
    coverage: float | None


class MoveTold(Told):
    """A move that can happen, and where it leads."""

    trigger: str
    kind: str
    source: str
    to: Annotated[list[str], Field(description="The configuration after it.")]
    enters: list[str]


class Configuration(Told):
    """The steps a case is in at once, and what can happen there."""

    steps: list[str]
    moves: list[MoveTold]


class Graph(Told):
    """Every configuration a case can reach, whatever its data."""

    process: str
    version: int
    configurations: list[Configuration]


class AskedRecords(AskedPage):
    """Which records."""

    text: Annotated[str, Field(max_length=200, description="Searched in key and label.")] = ""


class AskedLookUp(AskedInAddress):
    """A few letters of a record's key or label."""

    text: Annotated[str, Field(min_length=1, max_length=100)]
    limit: Annotated[int, Field(ge=1, le=50)] = 10


class RecordTold(Told):
    """A record."""

    type: str
    id: str
    key: Annotated[str, Field(description="What people know it by.")]
    label: str
    attributes: dict[str, Any]


Typed = Annotated[
    dict[str, Annotated[str, Field(max_length=2000)]],
    Field(
        max_length=100,
        description="Attribute to what is typed: dates as 2026-03-02, records by what they are known by.",
    ),
]


class AddRecord(Asked):
    """A record that nobody has imported."""

    attributes: Typed
    because: Annotated[
        str,
        Field(
            max_length=500,
            description="Why what was refused as unlikely is right: another unit than the one named, an unusual warranty.",
        ),
    ] = ""


class ChangeRecord(Asked):
    """A correction, and why."""

    attributes: Typed
    reason: Annotated[str, Field(min_length=1, max_length=500)]


class RecordPage(Told):
    """Records of a type by key."""

    records: list[RecordTold]
    next: Next


class FoundTold(Told):
    """A record that fits the letters."""

    type: str
    id: str
    key: str
    label: str
    more: str

    @classmethod
    def of_found(cls, found: Found) -> FoundTold:
        """As the type-ahead of the pages shows it."""
        return cls(type=found.kind, id=found.id, key=found.key, label=found.label, more=found.more)


class FoundList(Told):
    """Records that fit, or are near."""

    found: list[FoundTold]


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
