"""What the site says about events of records, checked word for word."""

from __future__ import annotations

import pytest

from engine.checks.report import Report, check_site
from engine.definition.compiling import compile_site
from engine.definition.reading import read_site
from tests.engine.checks.a_loan import SITE

GOOD = "record_events:\n  unit.came_back: {record: serial_number, attribute: location, becomes: [store, 仓库]}\n"


BY_DATE = "record_events:\n  warranty.ending: {record: serial_number, attribute: warranty_until, at: 30 days before, within: 2 weeks, unless: {status: [replaced]}}\n"


def report(written: str) -> Report:
    return check_site(SITE + written)


def test_an_event_of_a_record_that_is_there_has_no_problem() -> None:
    assert report(GOOD).problems == ()
    assert report(BY_DATE).problems == ()


@pytest.mark.parametrize(
    ("good", "wrong", "key"),
    [
        ("attribute: warranty_until", "attribute: ¦warranty_untill", "P474"),
        ("attribute: warranty_until", "attribute: ¦status", "P474"),
        ("at: 30 days before", "at: ¦30 working days before", "P474"),
        ("at: 30 days before", "at: ¦30 days", "P474"),
        ("at: 30 days before", "at: ¦2 hours after", "P474"),
        ("at: 30 days before", "at: ¦0 days before", "P474"),
        ("within: 2 weeks", "within: ¦soon", "P474"),
        ("at: 30 days before, within: 2 weeks", "within: ¦2 weeks, becomes: '2026-03-02'", "P474"),
        ("within: 2 weeks", "becomes: shipped", "P474"),
        ("unless: {status: [replaced]}", "unless: {state: ¦[replaced]}", "P474"),
        ("unless: {status: [replaced]}", "where: {number: A1, warranty_until: ¦'2026-03-02'}", "P474"),
    ],
)
def test_a_mistake_in_an_event_by_date_is_told(good: str, wrong: str, key: str) -> None:
    assert good in BY_DATE
    problems = report(BY_DATE.replace(good, wrong.replace("¦", ""), 1)).problems
    assert key in [problem.code for problem in problems]
    assert all(
        problem.message.zh != problem.message.en and problem.place.line > SITE.count("\n") for problem in problems
    )
    if "¦" in wrong:
        marked = SITE + BY_DATE.replace(good, wrong, 1)
        column = len(marked[: marked.index("¦")].rpartition("\n")[2]) + 1
        assert (key, column) in [(problem.code, problem.place.column) for problem in problems]


@pytest.mark.parametrize(
    ("written", "days", "within"),
    [
        ("at: 30 days before", -30, 30),
        ("at: 30 days before, within: 5 days", -30, 5),
        ("at: 2 weeks before", -14, 14),
        ("at: on the day", 0, 7),
        ("at: 30 days after", 30, 7),
        ("at: 30 days after, within: 1 week", 30, 7),
        ("at: 30天 after", 30, 7),
    ],
)
def test_the_days_are_counted_out(written: str, days: int, within: int) -> None:
    site = read_site(SITE + BY_DATE.replace("at: 30 days before, within: 2 weeks", written), "_site.yaml").model
    assert site is not None
    compiled, flaws = compile_site(site)
    assert not flaws
    assert [(event.days, event.within) for event in compiled.dated_events] == [(days, within)]


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
