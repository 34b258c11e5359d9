"""What the reference shows as complete can be copied: every whole process and every digest in it passes all checks."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import indent

import pytest

from engine.checks.report import Report, check_in_house, check_library, check_site
from engine.definition.compiled import Compiled
from engine.definition.model import LibraryFile, ProcessFile, SiteFile
from engine.definition.parts import all_parts, keys_of
from engine.definition.reading import read_process
from engine.scenarios import play_all
from tests.engine.loaded import SHIPPED, house

REFERENCE = Path(__file__).parents[3] / "docs" / "language.md"
TEXT = REFERENCE.read_text("utf-8")
BLOCKS: list[str] = re.findall(r"^```yaml\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
WHOLE = {named[1]: block for block in BLOCKS if (named := re.search(r"^process: (\w+)$", block, re.MULTILINE))}
SITE, LIBRARY = (next(block for block in BLOCKS if block.startswith(word)) for word in ("site:", "library:"))
DIGESTS = [block for block in BLOCKS if block.startswith("digests:")]
EXCERPTS = [block for block in BLOCKS if block not in (*WHOLE.values(), SITE, LIBRARY, *DIGESTS)]
BEGINNING = "process: excerpt\nversion: 1\nlabel: Excerpt\nstart: {}\n"
PLACES = {
    "parts": (2, BEGINNING + "steps: {done: {label: Done, end: success}}\nfields:\n"),
    "lines": (2, BEGINNING + "steps:\n"),
    "next": (4, BEGINNING + "steps:\n  measures:\n    label: Measures\n    do: [{note: Chosen}]\n"),
    "parcel.delivered": (6, BEGINNING + "steps:\n  waits:\n    label: Waits\n    waiting_for: carrier\n    events:\n"),
}
"""How deep an excerpt stands in a process, and behind what; by its first key."""


def checked(name: str, others: dict[str, Compiled]) -> Report:
    return check_in_house(WHOLE[name], f"{name}.yaml", house(SHIPPED), others)


def alone() -> dict[str, Compiled]:
    return {name: found.process for name in WHOLE if (found := checked(name, {})).process is not None}


def test_the_reference_shows_whole_processes() -> None:
    assert set(WHOLE) >= {"remote_help", "exchange", "exchange_of_many"}


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_process_of_the_reference_passes_all_checks(name: str) -> None:
    report = checked(name, alone())
    assert [problem.message.en for problem in report.problems if problem.level == "error"] == []
    assert report.process is not None
    results = play_all(report.process).results
    assert [line.failure.en for told in results for line in told.lines if line.failure is not None] == []


@pytest.mark.parametrize("digests", DIGESTS)
def test_a_digest_of_the_reference_fits_into_the_site_file(digests: str) -> None:
    site = (SHIPPED / "_site.yaml").read_text("utf-8").partition("\ndigests:")[0]
    report = check_site(f"{site}\n{digests}", processes=alone())
    assert [problem.message.en for problem in report.problems if problem.level == "error"] == []


def test_the_site_of_the_reference_passes_all_checks() -> None:
    assert [problem.line() for problem in check_site(SITE).problems] == []


def test_what_processes_share_in_the_reference_passes_all_checks() -> None:
    assert [problem.line() for problem in check_library(LIBRARY, SITE).problems] == []


def test_every_key_of_the_language_stands_in_the_reference() -> None:
    code = "\n".join(
        [*BLOCKS, *re.findall(r"`([^`]+)`", re.sub(r"^```.*?^```", "", TEXT, flags=re.DOTALL | re.MULTILINE))]
    )
    missing = {
        f"{part.__name__}.{key}"
        for file in (ProcessFile, LibraryFile, SiteFile)
        for part in all_parts(file)
        for key in keys_of(part)
        if not re.search(rf"\b{key}\b", code)
    }

    assert missing == set()


@pytest.mark.parametrize("block", EXCERPTS)
def test_an_excerpt_of_the_reference_can_be_read_at_its_place(block: str) -> None:
    depth, before = PLACES[block.partition(":")[0]]
    reading = read_process(before + indent(block, " " * depth), "excerpt.yaml")

    assert [problem.line() for problem in reading.problems] == []
