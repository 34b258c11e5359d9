"""Processes over JSON: what runs here, the files behind it, checking and publishing."""

from __future__ import annotations

from engine.definition.compiled import NEW, Compiled
from engine.definition.configurations import TooManyConfigurations, explore
from engine.definition.texts import Text
from engine.kept import PublishedVersion
from engine.refusals import Refusal
from engine.scenarios import play_all
from engine.screen_rows import VersionRow
from web import current, site
from web.api.models.forms import StartForm
from web.api.models.processes import (
    CheckedFile,
    Configuration,
    Finding,
    Graph,
    MoveTold,
    ProcessFileSent,
    ProcessLine,
    ProcessList,
    PublishFile,
    RuleTold,
    Scenarios,
    VersionLine,
    VersionList,
    VersionTold,
)
from web.api.operations import operation, room
from web.api.scenarios import scenarios_told

processes = room("processes", "Processes", "The YAML files behind the cases.")
say = current.say_text


@processes.get("/processes")
@operation("see_processes", ProcessList, said="The processes.")
def list_processes() -> ProcessList:
    """List the processes that run here, each by its newest version."""
    versions = {row.process: row for row in current.read(lambda s: s.versions())}
    found = [_line(compiled, versions.get(compiled.id)) for compiled in current.catalogue().processes.values()]
    return ProcessList(processes=found)


@processes.get("/processes/<process>/start")
@operation("start", StartForm, refuses=(404,), said="The form.")
def read_start_form(process: str) -> StartForm:
    """Read the form that starts a case, and whether you may."""
    return StartForm.of_offer(current.house().desk.start_offer(process, current.me().id), say)


@processes.get("/processes/<process>/versions")
@operation("see_processes", VersionList, refuses=(404,), said="The versions.")
def list_versions(process: str) -> VersionList:
    """List the versions of a process, newest first."""
    rows = current.read(lambda s: s.versions(process))
    if not rows:
        raise _unknown()
    return VersionList(versions=[_version_line(row) for row in rows])


@processes.get("/processes/<process>/versions/<number>")
@operation("see_processes", VersionTold, refuses=(404,), said="The version.")
def read_version(process: str, number: str) -> VersionTold:
    """Read a version with the text of its file."""
    found = _version(process, number)
    return VersionTold(
        process=found.process,
        number=found.number,
        published_at=found.published_at,
        published_by=found.published_by,
        reason=found.reason,
        checksum=found.checksum,
        text=found.text,
    )


@processes.get("/processes/<process>/versions/<number>/graph")
@operation("see_processes", Graph, refuses=(404, 409), said="The graph.")
def read_graph(process: str, number: str) -> Graph:
    """Read every configuration a case can reach, and the moves between them."""
    compiled = _compiled(process, number)
    try:
        edges = explore(compiled).edges
    except TooManyConfigurations:
        raise Refusal("too_many_ways", Text("There are too many ways to list them.", "流转过多，无法列出。")) from None
    configurations = [
        Configuration(
            steps=[step for step in here if step != NEW],
            moves=[
                MoveTold(
                    trigger=edge.move.trigger,
                    kind=edge.move.kind,
                    source=edge.move.source,
                    to=list(edge.target),
                    enters=list(edge.entered),
                )
                for edge in leading
            ],
        )
        for here, leading in edges.items()
    ]
    return Graph(process=compiled.id, version=compiled.version, configurations=configurations)


@processes.get("/processes/<process>/versions/<number>/scenarios")
@operation("see_processes", Scenarios, refuses=(404,), said="The scenarios as played.")
def play_scenarios(process: str, number: str) -> Scenarios:
    """Play the scenarios of a version with virtual time. Nothing is stored or sent."""
    played = play_all(_compiled(process, number))
    return Scenarios(
        passed=played.passed,
        coverage=round(played.coverage, 4),
        unused=list(played.unused),
        scenarios=scenarios_told(played, say),
    )


@processes.post("/process-files/check")
@operation("check_files", CheckedFile, takes=ProcessFileSent, refuses=(403,), said="What was found.")
def check_file(body: ProcessFileSent) -> CheckedFile:
    """Check a file as publishing would: every mistake at its place, every rule proved, every scenario played."""
    review = current.house().publishing.check(body.text, body.file)
    return CheckedFile(
        ok=review.ok,
        kind=review.kind,
        findings=[Finding(**finding) for finding in review.problems_as_json(current.language())],
        rules=[RuleTold(**rule) for rule in review.rules_as_json()],
        scenarios=scenarios_told(review.played, say) if review.played else [],
        coverage=round(review.played.coverage, 4) if review.played else None,
    )


@processes.post("/process-files/publish")
@operation("publish", VersionLine, takes=PublishFile, refuses=(403, 409), said="The version that runs from now on.")
def publish_file(body: PublishFile) -> VersionLine:
    """Publish a file as the next version; a file that says the same as the newest one makes none."""
    done = current.house().publishing.publish(body.text, body.file, current.me().id, body.reason)
    site.forget_catalogue()
    row = next((r for r in current.read(lambda s: s.versions(done.process)) if r.number == done.number), None)
    return VersionLine(
        process=done.process,
        number=done.number,
        published_at=done.published_at,
        published_by=done.published_by,
        reason=done.reason,
        checksum=done.checksum,
        open_cases=row.open_cases if row else 0,
    )


def _line(compiled: Compiled, row: VersionRow | None) -> ProcessLine:
    return ProcessLine(
        id=compiled.id,
        label=say(compiled.label),
        about=say(compiled.file.about or Text()),
        version=compiled.version,
        published_at=row.published_at if row else None,
        open_cases=row.open_cases if row else 0,
    )


def _version_line(row: VersionRow) -> VersionLine:
    return VersionLine(
        process=row.process,
        number=row.number,
        published_at=row.published_at,
        published_by=row.published_by,
        reason=row.reason,
        checksum=row.checksum,
        open_cases=row.open_cases,
    )


def _version(process: str, number: str) -> PublishedVersion:
    if not (number.isascii() and number.isdecimal() and len(number) < 8):
        raise _unknown()
    found = current.read(lambda s: s.version(process, int(number)))
    if found is None:
        raise _unknown()
    return found


def _compiled(process: str, number: str) -> Compiled:
    version = _version(process, number)
    house = current.house()
    return house.store.read(lambda s: house.definitions.process(s, version.process, version.number))


def _unknown() -> Refusal:
    return Refusal("unknown", Text("There is no such process or version.", "没有该流程或版本。"))
