"""Processes read from files as an installation reads them: the examples of the reference, and those that are shipped."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from engine.checks.report import House, Report, check_in_house, read_house
from engine.definition.compiled import Compiled
from engine.definition.compiling.process import compile_process
from engine.definition.reading import read_process

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
    return {found.id: found for found in (process(folder, name) for name in names_in(folder))}


@cache
def report(folder: Path, name: str) -> Report:
    """The report on a process, beside the other processes of its folder."""
    return check_in_house(_text(folder, name), f"{name}.yaml", house(folder), compiled(folder))


@cache
def process(folder: Path, name: str) -> Compiled:
    """The process of a file, read but not checked."""
    site, library = house(folder).site, house(folder).library
    model = read_process(_text(folder, name), f"{name}.yaml").model
    assert site is not None and model is not None
    return compile_process(model, site, library)[0]


def _text(folder: Path, name: str) -> str:
    return (folder / f"{name}.yaml").read_text("utf-8")
