"""An earlier case about the same is told of, calmly, where a case is started and worked on, and only to who may see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from adapters.database import counting
from tests.journeys.a_desk import ADesk
from tests.web.office import PROCESS, Visitor, typed

ALIKE = (
    PROCESS.replace("subject: unit\n", "subject: unit\nalike: {by: [[unit, colour]], within: 180 days}\n")
    .replace("optional: [words]}", "optional: [words, colour, why_other]}")
    .replace(
        "milestones:\n",
        "  why_other: {type: text, label: Why otherwise | 偏离理由, required_if: earlier is set and earlier.price > 5}\n"
        "milestones:\n",
    )
    .replace(
        "show: [unit, unit.warranty_until, unit.customer.language]",
        "show: [unit, earlier.number, earlier.colour, earlier.count]",
    )
)


@pytest.fixture
def desk(office: ADesk) -> ADesk:
    """An office whose notes are alike by unit and colour."""
    office.house.publishing.publish_all([("note.yaml", ALIKE)], None, "alike")
    return office


def closed(desk: ADesk, **values: Any) -> str:
    case = desk.start("note", "ann", unit="U-1", colour="blue", **values).case
    desk.press(case, "look", "good", "ben", words="fine", price="20")
    desk.press(case, "second", "done", "bea")
    assert not desk.case(case).is_open
    return case


def test_the_newer_case_knows_the_earlier_one_from_its_first_press_on(desk: ADesk) -> None:
    first = desk.case(closed(desk))
    second = desk.case(desk.start("note", "ann", unit="U-1", colour="Blue", why_other="again").case)
    assert first.earlier is None
    assert second.earlier is not None
    assert (second.earlier["number"], second.earlier["open"], second.earlier["count"]) == (first.number, False, 1)
    third = desk.case(desk.start("note", "ann", unit="U-1", colour="blue").case)
    assert third.earlier is not None
    assert (third.earlier["number"], third.earlier["open"], third.earlier["count"]) == (second.number, True, 2)
    other = desk.case(desk.start("note", "ann", unit="U-2", colour="blue").case)
    assert other.earlier is None


def test_what_becomes_of_the_earlier_case_is_seen_at_the_next_press(desk: ADesk) -> None:
    first = desk.start("note", "ann", unit="U-1", colour="blue").case
    second = desk.start("note", "ann", unit="U-1", colour="blue").case
    desk.house.desk.cancel_case(first, "ann", "mistyped")
    desk.press(second, "look", "good", "ben", words="fine")
    assert desk.case(second).earlier is None


def test_the_start_page_says_so_when_it_asks_for_more(desk: ADesk, visit: Callable[[str], Visitor]) -> None:
    number = desk.case(closed(desk)).number
    ann = visit("ann")
    answer = ann.send("/start/note", "/start/note", **typed(unit="U-1", colour="blue"))
    page = answer.get_data(as_text=True)
    assert answer.status_code in (400, 422)
    assert "An earlier case is about the same:" in page
    assert f">{number}</a>" in page
    assert "Why otherwise is needed." in page
    answer = ann.send("/start/note", "/start/note", **typed(unit="U-1", colour="blue", why_other="another fault"))
    assert answer.status_code in (302, 303)


def test_the_pages_of_task_and_case_link_to_the_earlier_one(desk: ADesk, visit: Callable[[str], Visitor]) -> None:
    first = closed(desk)
    second = desk.start("note", "ann", unit="U-1", colour="blue", why_other="again").case
    page = visit("ann").page(f"/cases/{second}")
    assert f'href="/cases/{first}">{desk.case(first).number}</a>' in page
    page = visit("mei").page(f"/cases/{second}")
    assert "之前已有同样的工单：" in page
    page = visit("mei").page(f"/tasks/{desk.work(second, 'look').id}")
    assert "之前的工单：颜色</dt><dd>蓝" in page  # in words of the reader, not as it is kept


def test_who_may_not_see_the_earlier_case_is_not_told_of_it(desk: ADesk, visit: Callable[[str], Visitor]) -> None:
    first = closed(desk)
    second = desk.start("note", "ann", unit="U-1", colour="blue", why_other="again").case
    page = visit("ben").page(f"/tasks/{desk.work(second, 'look').id}")
    assert "An earlier case is about the same" not in page
    assert f"/cases/{first}" not in page
    assert "Earlier case: Colour" in page
    assert "Blue" in page


def test_looking_for_an_earlier_case_costs_one_statement_and_only_where_there_is_something_to_look_for(
    desk: ADesk,
) -> None:
    def cost(**values: Any) -> int:
        store: Any = desk.house.store
        desk.start("note", "ann", unit="U-2", **values)
        with counting(store) as counted:
            desk.start("note", "ann", unit="U-1", **values)
        return counted.statements

    without = cost()
    assert cost(colour="blue") - without == 2  # the look-up, and the row under which this case will be found


PERHAPS = ALIKE.replace("by: [[unit, colour]], within", "by: [[unit, words]], perhaps: [[colour]], within")


def test_an_open_case_that_may_be_about_the_same_is_shown_before_a_second_one_is_opened(
    desk: ADesk, visit: Callable[[str], Visitor]
) -> None:
    desk.house.publishing.publish_all([("note.yaml", PERHAPS)], None, "perhaps")
    number = desk.case(desk.start("note", "ann", unit="U-1", colour="blue").case).number
    mei = visit("mei")
    answer = mei.send("/start/note", "/start/note", **typed(unit="U-2", colour="blue"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert number in page and "不一定是同一件事" in page and "之前已有同样的工单" not in page
    again = mei.send("/start/note", "/start/note", sure="1", **typed(unit="U-2", colour="blue"))
    assert again.status_code == 303


def test_another_kind_of_case_or_one_that_has_ended_is_no_reason_to_ask(
    desk: ADesk, visit: Callable[[str], Visitor]
) -> None:
    desk.house.publishing.publish_all([("note.yaml", PERHAPS)], None, "perhaps")
    closed(desk)
    desk.start("note", "ann", unit="U-1", colour="red")
    assert visit("ann").send("/start/note", "/start/note", **typed(unit="U-2", colour="blue")).status_code == 303
