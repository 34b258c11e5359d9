"""What the site says about events of records, checked word for word."""

from __future__ import annotations

import pytest

from engine.checks.report import Report, check_site
from tests.engine.checks.a_loan import SITE

GOOD = "record_events:\n  unit.came_back: {record: serial_number, attribute: location, becomes: [store, 仓库]}\n"


def report(written: str) -> Report:
    return check_site(SITE + written)


def test_an_event_of_a_record_that_is_there_has_no_problem() -> None:
    assert report(GOOD).problems == ()


@pytest.mark.parametrize(
    ("good", "wrong", "key"),
    [
        ("record: serial_number", "record: ¦serial_numbr", "P403"),
        ("attribute: location", "attribute: ¦place", "P473"),
        ("attribute: location", "attribute: ¦warranty_until", "P473"),
        ("{record: serial_number, attribute: location, becomes: [store, 仓库]}", "{record: serial_number, attribute: location, becomes: ¦[]}", "P473"),
    ],
)  # fmt: skip
def test_a_mistake_in_it_is_told_at_its_place(good: str, wrong: str, key: str) -> None:
    assert good in GOOD
    marked = SITE + GOOD.replace(good, wrong, 1)
    (problem,) = report(GOOD.replace(good, wrong.replace("¦", ""), 1)).problems
    assert (problem.code, problem.place.line) == (key, marked[: marked.index("¦")].count("\n") + 1)
    assert problem.place.column == len(marked[: marked.index("¦")].rpartition("\n")[2]) + 1
    assert problem.message.zh != problem.message.en
