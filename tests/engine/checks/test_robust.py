"""However a file is spoilt, it is told in sentences, at a place that exists; nothing is ever raised at its author."""

from __future__ import annotations

import random
import re

import pytest

from engine.checks.report import check_in_house, check_library, check_site
from tests.engine.checks.a_loan import LIBRARY, LOAN, SITE, checked
from tests.engine.loaded import EXAMPLES, compiled, house, names_in

WORDS = ["repair", "join", "start", "$role", "= today", "no", "3 days", "customer", "event.place", "x | y", "{a: b}", "[]", "until", "5"]  # fmt: skip


def spoilt(text: str, chance: random.Random) -> str:
    """The text with one to three pieces lost, doubled, moved or exchanged."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(lines))
        match chance.randint(0, 5):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[chance.randrange(len(lines))])
            case 2:
                lines[at] = "  " + lines[at]
            case 3:
                lines[at] = re.sub(r"\b[a-z_]+\b(?=[,}\n]|$)", chance.choice(WORDS), lines[at], count=1)
            case 4:
                lines[at] = re.sub(r"\b[a-z_]+\b", lambda found: found.group()[:-1] + "x", lines[at], count=1)
            case _:
                lines[at] = re.sub(r": .*", ": " + chance.choice(WORDS), lines[at], count=1)
    return "\n".join(lines)


@pytest.mark.parametrize("name", names_in(EXAMPLES))
def test_a_spoilt_process_is_told_in_sentences_at_places_that_exist(name: str) -> None:
    text = (EXAMPLES / f"{name}.yaml").read_text("utf-8")
    chance = random.Random(name)
    codes = set()
    for _ in range(60):
        wrong = spoilt(text, chance)
        found = check_in_house(wrong, f"{name}.yaml", house(EXAMPLES), compiled(EXAMPLES))
        lines = wrong.split("\n")
        for problem in found.problems:
            codes.add(problem.code)
            if problem.place.file == f"{name}.yaml":
                assert 1 <= problem.place.line <= len(lines) + 1
                assert problem.place.column <= len(lines[min(problem.place.line, len(lines)) - 1]) + 2, problem.line()
            assert problem.message.en and problem.message.zh
        assert found.ok == all(problem.level == "warning" for problem in found.problems)

    assert len(codes) > 8


def test_a_spoilt_library_or_site_is_told_in_sentences() -> None:
    chance = random.Random(7)
    for _ in range(80):
        library, site = spoilt(LIBRARY, chance), spoilt(SITE, chance)
        found = [
            *check_library(library, SITE).problems,
            *check_site(site).problems,
            *checked({"loan.yaml": LOAN, "_site.yaml": site, "_shared.yaml": library}).problems,
        ]
        assert all(problem.message.en and problem.message.zh for problem in found)
