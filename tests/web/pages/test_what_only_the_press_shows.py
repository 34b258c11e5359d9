"""A field that applies only because of what was just entered is asked for on the page that comes back, and kept there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.a_desk import ADesk
from tests.web.office import PROCESS, Visitor, typed

ALIKE = (
    PROCESS.replace("subject: unit\n", "subject: unit\nalike: {by: [[unit, colour]], within: 180 days}\n")
    .replace("photos, why_red]", "photos, why_red, why_again]")
    .replace(
        "milestones:\n",
        "  why_again: {type: text, label: Why it came again | 再次发生的原因, required_if: earlier is set, show_if: earlier is set}\n"
        "milestones:\n",
        1,
    )
)


@pytest.fixture
def desk(office: ADesk) -> ADesk:
    """An office that asks why a unit of the same colour came again."""
    office.house.publishing.publish_all([("note.yaml", ALIKE)], None, "alike")
    return office


def test_what_a_press_showed_to_apply_is_asked_for_and_not_before(desk: ADesk, visit: Callable[[str], Visitor]) -> None:
    first, second = (desk.start("note", "ann", unit="U-1").case for _ in range(2))
    desk.press(first, "look", "good", "ben", words="fine", colour="blue")
    ben, page = visit("ben"), f"/tasks/{desk.work(second, 'look').id}"
    assert 'name="f.why_again"' not in ben.page(page)

    for entered in ({}, {"why_again": "a worn seal", "price": "much"}):
        again = ben.press(page, "good", **typed(words="fine", colour="blue", **entered))
        assert again.status_code in (400, 422)
        assert 'name="f.why_again"' in again.get_data(as_text=True)
    assert "a worn seal" in again.get_data(as_text=True)

    taken = ben.press(page, "good", **typed(words="fine", colour="blue", why_again="a worn seal"))
    assert taken.status_code in (302, 303)
    assert desk.case(second).values["why_again"] == "a worn seal"
