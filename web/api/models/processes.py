"""Processes, their versions and the files they are written in, with what is found in a file before it is published."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import Field

from web.api.models.plain import Asked, Told


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


class Version(Told):
    """A published version; it never changes."""

    process: str
    number: int
    published_at: dt.datetime
    published_by: str | None
    reason: str
    checksum: str


class VersionLine(Version):
    """A published version; it never changes."""

    open_cases: Annotated[int, Field(description="How many open cases run on it.")]


class VersionList(Told):
    """The versions of a process, newest first."""

    versions: list[VersionLine]


class VersionTold(Version):
    """A version with its file."""

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
