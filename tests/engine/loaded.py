"""Processes read from files as an installation reads them: the examples of the reference, and those that are shipped."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from engine.checks.report import House, Report, check_in_house, read_house
from engine.definition.compiled import Compiled

EXAMPLES = Path(__file__).parent / "examples"
SHIPPED = Path(__file__).parent.parent.parent / "processes"


def names_in(folder: Path) -> list[str]:
    """The processes of a folder, by the names of their files."""
    return sorted(path.stem for path in folder.glob("[a-z]*.yaml"))


@cache
def house(folder: Path) -> House:
    """The site and the library of a folder."""
    return read_house((folder / "_site.yaml").read_text("utf-8"), (folder / "_shared.yaml").read_text("utf-8"))


@cache
def compiled(folder: Path) -> dict[str, Compiled]:
    """Every process of a folder, by its id."""
    reports = (_report(folder, name, {}) for name in names_in(folder))
    return {report.process.id: report.process for report in reports if report.process}


@cache
def report(folder: Path, name: str) -> Report:
    """The report on a process, beside the other processes of its folder."""
    return _report(folder, name, compiled(folder))


def process(folder: Path, name: str) -> Compiled:
    """The process of a file."""
    found = report(folder, name).process
    assert found is not None
    return found


def _report(folder: Path, name: str, others: dict[str, Compiled]) -> Report:
    text = (folder / f"{name}.yaml").read_text("utf-8")
    return check_in_house(text, f"{name}.yaml", house(folder), others)
