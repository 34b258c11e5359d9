"""No two cases may ever get one number: the pattern counts, says nothing else, and belongs to one process."""

from __future__ import annotations

import pytest

from engine.checks.report import check_in_house
from tests.engine.loaded import SHIPPED, compiled, house

TEXT = (SHIPPED / "purchase_follow_up.yaml").read_text("utf-8")
GOOD = "number: PF-{year}-{seq}"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("PF-{year}", "every case would get the same number"),
        ("PF-{yr}-{seq}", "'{yr}' has no meaning"),
        ("RMA-{year}-{seq}", "the numbers of those of process 'factory_return'"),
    ],
)
def test_a_pattern_that_would_double_numbers_is_refused(written: str, words: str) -> None:
    text = TEXT.replace(GOOD, f"number: {written}")
    found = [
        p
        for p in check_in_house(text, "purchase_follow_up.yaml", house(SHIPPED), compiled(SHIPPED)).problems
        if p.code == "P449"
    ]
    assert [(p.place.line, p.place.column) for p in found] == [(6, 9)]
    assert words in found[0].line("en")


@pytest.mark.parametrize("written", ["PF-{year}-{seq}", "C{seq}"])
def test_a_pattern_that_counts_is_good(written: str) -> None:
    text = TEXT.replace(GOOD, f"number: {written}")
    assert check_in_house(text, "purchase_follow_up.yaml", house(SHIPPED), compiled(SHIPPED)).problems == ()


def test_an_end_of_a_fragment_that_nobody_hears_is_told_once() -> None:
    text, heard = (SHIPPED / "complaint.yaml").read_text("utf-8"), "      refused: thanks\n"
    assert text.count(heard) == 1
    found = check_in_house(text.replace(heard, ""), "complaint.yaml", house(SHIPPED), compiled(SHIPPED)).problems
    assert [p.code for p in found if p.level == "error"] == ["P309"]
