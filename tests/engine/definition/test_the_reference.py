"""What the reference shows as complete can be copied: every whole process and every digest in it passes all checks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.checks.report import Report, check_in_house, check_site
from engine.definition.compiled import Compiled
from engine.scenarios import play_all
from tests.engine.loaded import SHIPPED, house

REFERENCE = Path(__file__).parents[3] / "docs" / "language.md"
BLOCKS: list[str] = re.findall(r"^```yaml\n(.*?)^```", REFERENCE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
WHOLE = {named[1]: block for block in BLOCKS if (named := re.search(r"^process: (\w+)$", block, re.MULTILINE))}
DIGESTS = [block for block in BLOCKS if block.startswith("digests:")]


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
