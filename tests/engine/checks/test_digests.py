"""A digest that could not be sent as it was meant is refused at its place; a process that is still to come is only told."""

from __future__ import annotations

import pytest

from engine.checks.report import Report, check_site
from tests.engine.checks.a_loan import FILES as LOAN
from tests.engine.checks.a_loan import SITE, checked

GOOD = """\
mail_hours: {supervisor: office, everybody: office}
digests:
  late_loans:
    label: Late loans | 逾期借出
    to: [supervisor, everybody]
    at: 09:00
    days: mon, thu
    calendar: office
    list:
      - {process: loan, in: [lent, asking], used: 60 %}
      - {overdue: true}
      - {mine: [overdue, today]}
"""


def report(digests: str) -> Report:
    loan = checked(LOAN).process
    assert loan is not None
    return check_site(SITE + digests, processes={"loan": loan})


def test_a_good_digest_has_no_problem() -> None:
    assert report(GOOD).problems == ()


@pytest.mark.parametrize(
    ("good", "wrong", "key"),
    [
        ("to: [supervisor,", "to: [¦supervizor,", "P407.unknown"),
        ("calendar: office", "calendar: ¦offices", "P406.unknown"),
        ("label: Late loans | 逾期借出", "label: ¦Late loans", "P410.chinese"),
        ("{supervisor: office", "{supervizor: ¦office", "P407.unknown"),
        ("everybody: office}", "everybody: ¦offices}", "P406.unknown"),
        ("at: 09:00", "at: ¦24:00", "P471.at"),
        ("at: 09:00", "at: ¦in the morning", "P471.at"),
        ("days: mon, thu", "days: ¦monday", "P415.days"),
        ("used: 60 %", "used: ¦most", "P471.used"),
        ("- {overdue: true}", "- ¦{}", "P471.nothing"),
        ("{mine: [overdue, today]}", "{overdue: true, mine: ¦[overdue, today]}", "P471.mine"),
        ("process: loan, in", "process: ¦loans, in", "P471.process"),
        ("{process: loan, in: [lent, asking], used: 60 %}", "{in: ¦[lent], used: 60 %}", "P471.steps"),
        ("in: [lent, asking]", "in: [lent, ¦askin]", "P471.step"),
    ],
)
def test_a_mistake_in_a_digest_is_told_at_its_place(good: str, wrong: str, key: str) -> None:
    assert good in GOOD
    marked = SITE + GOOD.replace(good, wrong, 1)
    line = marked[: marked.index("¦")].count("\n") + 1

    found = report(GOOD.replace(good, wrong.replace("¦", ""), 1))

    assert [(problem.code, problem.place.line) for problem in found.problems] == [(key.partition(".")[0], line)]
    column = len(marked[: marked.index("¦")].rpartition("\n")[2]) + 1
    assert found.problems[0].place.column == column
    assert found.ok is (key in ("P410.chinese", "P471.process"))
    assert found.problems[0].message.zh != found.problems[0].message.en
