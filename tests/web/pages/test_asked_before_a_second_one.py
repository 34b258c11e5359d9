"""Who presses something that opens a case is asked first, where one about the same is open; as on the start page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.a_desk import ADesk
from tests.web.office import PROCESS, Visitor
from tests.web.pages.test_related_cases import CLAIM

CLAIMING = PROCESS.replace(
    "events: {unit.lost: gone}", "events: {unit.lost: {do: [{start: claim, with: {pump: = unit}}], next: gone}}"
).replace("milestone: looked, next: second}", "next: second, do: [{start: claim, with: {pump: = unit}}]}")
ALIKE = CLAIM.replace("subject: pump", "subject: pump\nalike: {by: [[pump]], within: 30 days}")


@pytest.fixture
def notes(office: ADesk) -> list[str]:
    """Three notes about one unit; the claim of the first is open, and nobody holds it."""
    office.house.publishing.publish_all([("claim.yaml", ALIKE), ("note.yaml", CLAIMING)], None, "claiming")
    notes = [office.start("note", "ann", unit="U-1").case for _ in range(3)]
    office.press(notes[0], "look", "bad", "ben", words="leaks")
    return notes


def test_a_press_and_an_event_that_open_a_second_case_ask_first_and_the_second_press_opens_it(
    office: ADesk, notes: list[str], visit: Callable[[str], Visitor]
) -> None:
    ben, ann = visit("ben"), visit("ann")
    task = f"/tasks/{office.work(notes[1], 'look').id}"
    asked = ben.press(task, "bad", **{"f.words": "leaks again"})
    page = asked.get_data(as_text=True)
    assert asked.status_code == 409 and "CLM-000001 is open about the same" in page and "leaks again" in page
    assert ">CLM-000001</a>" in page and 'name="sure" value="1">' in page
    assert [row.kind for row in office.history(notes[1])] == ["started"]
    assert ben.press(task, "bad", sure="1", **{"f.words": "leaks again"}).status_code == 303
    event = (f"/cases/{notes[2]}", f"/cases/{notes[2]}/events/unit.lost")
    asked = ann.send(*event)
    assert asked.status_code == 409 and "CLM-000002 is open about the same" in asked.get_data(as_text=True)
    assert office.case(notes[2]).is_open
    assert ann.send(*event, sure="1").status_code == 303
    assert not office.case(notes[2]).is_open


def test_a_press_that_opens_two_cases_about_the_same_names_none_that_it_would_undo(
    office: ADesk, visit: Callable[[str], Visitor]
) -> None:
    claims = "do: [{start: claim, with: {pump: = unit, words: one}}, {start: claim, with: {pump: = unit, words: two}}]"
    twice = PROCESS.replace("milestone: looked, next: second}", f"next: second, {claims}}}")
    office.house.publishing.publish_all([("claim.yaml", ALIKE), ("note.yaml", twice)], None, "twice")
    note = office.start("note", "ann", unit="U-1").case
    answer = visit("ben").press(f"/tasks/{office.work(note, 'look').id}", "bad", **{"f.words": "leaks"})
    assert answer.status_code == 303
    assert len(office.house.store.read(lambda screens: screens.family(note))[1]) == 2


def test_who_may_not_see_the_open_case_is_not_asked_and_reads_nothing_of_it(
    office: ADesk, notes: list[str], visit: Callable[[str], Visitor]
) -> None:
    claim = office.house.store.read(lambda screens: screens.case_id("CLM-000001")) or ""
    office.house.desk.claim_task(office.work(claim, "settle").id, "ben")
    bea = visit("bea")
    answer = bea.press(f"/tasks/{office.work(notes[1], 'look').id}", "bad", **{"f.words": "leaks again"})
    assert answer.status_code == 303
    second = office.house.store.read(lambda screens: screens.case_id("CLM-000002")) or ""
    pages = (f"/cases/{second}", f"/tasks/{office.work(second, 'settle').id}")
    assert all("CLM-000002" in bea.page(page) and "CLM-000001" not in bea.page(page) for page in pages)
    ben = visit("ben")
    assert "CLM-000001 is open about the same" in ben.page(pages[0])
    assert "Related: CLM-000002" in ben.page(f"/cases/{claim}")
