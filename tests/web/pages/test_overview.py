"""A list of cases of one process shows what the process says it shows, and hides from each what is not for them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.journeys.a_desk import ADesk
from tests.web.office import PROCESS, Visitor

Visit = Callable[[str], Visitor]
LISTED = PROCESS.replace(
    "subject: unit\n", "subject: unit\nlist: [unit.product, colour, helper, seen_on, price]\n"
).replace("price: {type: money,", "price: {type: money, visible_to: bench,")


@pytest.fixture
def desk(office: ADesk) -> ADesk:
    office.house.publishing.publish_all([("note.yaml", LISTED)], None, "list")
    return office


def table_of(page: str) -> list[list[str]]:
    """Head and cells of the list, in words."""
    rows = re.findall(r"<tr.*?</tr>", page[page.index("listing-cases") : page.index("</table>")], re.DOTALL)
    cells = [re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL) for row in rows]
    plain = re.compile(r'<span class="cell-label">.*?</span>|<[^>]+>')
    return [[" ".join(plain.sub(" ", cell).split()) for cell in row] for row in cells]


def test_the_list_of_one_process_has_the_columns_it_names(desk: ADesk, visit: Visit) -> None:
    case = desk.start("note", "ann", unit="U-1").case
    desk.press(case, "look", "good", "ben", words="x", colour="blue", helper="bea", seen_on="2026-03-01", price="5")
    desk.pass_time(minutes=5)
    desk.start("note", "ann", unit="U-2")
    head, second, first = table_of(visit("ann").page("/cases?process=note"))
    assert head[2:7] == ["Unit: product", "Colour", "Helper", "Seen on", "Price"]
    assert first[2:7] == ["Pump", "Blue", "Bea Bench", "1 Mar 2026", "–"]
    assert second[2:7] == ["Pump", "–", "–", "–", "–"]
    assert table_of(visit("mei").page("/cases?process=note"))[2][3:6] == ["蓝", "Bea Bench", "2026年3月1日"]


def test_without_a_process_or_a_list_cases_are_lines_as_ever(desk: ADesk, visit: Visit) -> None:
    desk.start("note", "ann", unit="U-1")
    assert "listing-cases" not in visit("ann").page("/cases")
    assert "listing-cases" not in visit("ann").page("/cases?process=note&text=nothing")


def test_a_process_without_a_list_has_lines_too(office: ADesk, visit: Visit) -> None:
    office.start("note", "ann", unit="U-1")
    assert "listing-cases" not in visit("ann").page("/cases?process=note")


def test_a_case_of_an_older_version_shows_what_it_knows(desk: ADesk, visit: Visit) -> None:
    desk.start("note", "ann", unit="U-1", words="rattles")
    later = (
        LISTED.replace("list: [unit.product,", "list: [words, new_one,")
        .replace("milestones:\n", "  new_one: {type: text, label: New | 新}\nmilestones:\n", 1)
        .replace("why_red]", "why_red, new_one]")
    )
    desk.house.publishing.publish_all([("note.yaml", later)], None, "later")
    assert table_of(visit("ann").page("/cases?process=note"))[1][2:4] == ["rattles", "–"]


def test_a_field_that_became_something_else_shows_what_an_older_case_holds(desk: ADesk, visit: Visit) -> None:
    case = desk.start("note", "ann", unit="U-1").case
    desk.press(case, "look", "good", "ben", words="x", colour="blue", seen_on="2026-03-01", price="5", broken=True)
    later = LISTED.replace("list: [unit.product,", "list: [broken,").replace(
        "broken: {type: yes_no,", "broken: {type: choice, choices: {at_once: At once | 立即, later: Later | 稍后},"
    )
    assert later.count("at_once") == 1
    desk.house.publishing.publish_all([("note.yaml", later)], None, "later")
    assert table_of(visit("ann").page("/cases?process=note"))[1][2:4] == ["Yes", "Blue"]
