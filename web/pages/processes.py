"""Processes: what runs here, in which version, with which promises, and the file behind it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template

from engine.definition.compiled import Compiled
from engine.kept import PublishedVersion
from web import current, site
from web.findings import rule_finding
from web.illustrating import other_picture, picture_of_process
from web.process_table import step_lines
from web.rules import rule
from web.verdicts import verdicts_of

screen = Blueprint("processes", __name__)


@screen.get("/processes")
@rule("see_processes")
def all() -> Any:
    versions = {v.process: v for v in current.read(lambda screens: screens.versions())}
    rows = [(compiled, versions.get(compiled.id)) for compiled in current.catalogue().processes.values()]
    return render_template("processes/processes.html", rows=rows)


@screen.get("/processes/<process>")
@rule("see_processes")
def show(process: str) -> Any:
    newest = current.catalogue().processes
    if process not in newest:
        abort(404)
    return _page(newest[process])


@screen.get("/processes/<process>/versions/<int(max=999999999):number>")
@rule("see_processes")
def version(process: str, number: int) -> Any:
    compiled = site.compiled(current.house(), process, number)
    if compiled is None:
        abort(404)
    return _page(compiled)


def published_version(process: str, number: int | None = None) -> PublishedVersion | None:
    """A version as it was published, with its file."""
    return current.read(lambda screens: screens.version(process, number))


def _page(compiled: Compiled) -> str:
    published = published_version(compiled.id, compiled.version)
    versions = current.read(lambda s: s.versions(compiled.id))
    return render_template(
        "processes/process.html",
        process_id=compiled.id,
        compiled=compiled,
        published=published,
        versions=versions,
        steps=step_lines(compiled, current.language()),
        rules=[rule_finding(verdict) for verdict in verdicts_of(compiled)],
        scenarios=compiled.file.scenarios,
        picture=picture_of_process(compiled),
        other_picture=other_picture(compiled),
        lines=published.text.splitlines() if published else [],
    )
