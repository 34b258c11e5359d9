"""The facts of a case stand under the stages they came from, in the order of the way."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.journeys.a_desk import ADesk
from tests.web.office import PROCESS, Visitor

Visit = Callable[[str], Visitor]
STAGED = PROCESS.replace(
    "start:\n",
    "stages:\n  checking: {label: At the bench | 检查中, steps: [look]}\n  again: {label: Second pair of eyes | 复核中, steps: [second]}\nstart:\n",
    1,
).replace("form: {show: [words]}}", "form: {show: [words], ask: [helper]}}")


def headings(page: str) -> dict[str, list[str]]:
    """Each heading of the card of facts with the labels under it."""
    card = page[page.index("facts-card") :]
    parts = re.findall(r"<h3>([^<]+)</h3>(.*?)</details>", card[: card.index("</section>")], re.DOTALL)
    return {label: re.findall(r"<dt>([^<]+)</dt>", body) for label, body in parts}


@pytest.fixture
def case(office: ADesk) -> str:
    office.house.publishing.publish_all([("note.yaml", STAGED)], None, "stages")
    return office.start("note", "ann", unit="U-1", words="rattles").case


def test_what_came_at_once_needs_no_heading(case: str, visit: Visit) -> None:
    page = visit("ann").page(f"/cases/{case}")
    assert headings(page) == {} and "rattles" in page


def test_each_fact_stands_under_the_stage_it_came_from(office: ADesk, case: str, visit: Visit) -> None:
    office.press(case, "look", "good", "ben", words="worn seal", story="It rattled.", count=3)
    office.press(case, "second", "done", "bea", helper="ben")
    assert headings(visit("ann").page(f"/cases/{case}")) == {
        "Registered": ["Unit", "In short"],
        "At the bench": ["Story", "How many"],
        "Second pair of eyes": ["Helper"],
    }
    assert list(headings(visit("mei").page(f"/cases/{case}"))) == ["已登记", "检查中", "复核中"]


def test_of_many_facts_those_in_the_middle_are_folded(office: ADesk, case: str, visit: Visit) -> None:
    fields = "".join(f"  extra_{n}: {{type: text, label: Extra {n} | 其他 {n}}}\n" for n in range(25))
    names = ", ".join(f"extra_{n}" for n in range(25))
    many = STAGED.replace("milestones:\n", f"{fields}milestones:\n", 1).replace("why_red]", f"why_red, {names}]")
    office.house.publishing.publish_all([("note.yaml", many)], None, "many")
    case = office.start("note", "ann", unit="U-2", words="x").case
    office.press(case, "look", "good", "ben", words="x", **{f"extra_{n}": "full" for n in range(25)})
    office.press(case, "second", "done", "bea", helper="ben")
    page = visit("ann").page(f"/cases/{case}")
    folds = re.findall(r'<details class="facts-part"( open)?>', page)
    assert folds == [" open", "", " open"] and page.count(">full</dd>") == 25
