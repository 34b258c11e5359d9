"""A page keeps people from picking a day or moment that would be refused, and shows the refusal at its field."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.journeys.a_desk import ADesk
from tests.web.office import PROCESS, Visitor, typed

Visit = Callable[[str], Visitor]
BOUND = PROCESS.replace("seen_on: {type: date,", "seen_on: {type: date, max: today,").replace(
    "back_at: {type: datetime,", "back_at: {type: datetime, min: now,"
)


@pytest.fixture
def task(office: ADesk) -> str:
    office.house.publishing.publish_all([("note.yaml", BOUND.replace("version: 1", "version: 2", 1))], None, "bounds")
    case = office.start("note", "ann", unit="U-1").case
    return f"/tasks/{office.work(case, 'look').id}"


def control(page: str, name: str) -> str:
    found = re.search(rf'<input [^>]*id="f-{name}"[^>]*>', page)
    assert found is not None
    return found[0]


def test_the_browser_offers_no_day_and_no_moment_beyond(visit: Visit, task: str) -> None:
    page = visit("ben").page(task)
    assert 'max="2026-03-02"' in control(page, "seen_on") and " min=" not in control(page, "seen_on")
    assert 'min="2026-03-02T09:00"' in control(page, "back_at") and " max=" not in control(page, "back_at")


def test_a_day_to_come_is_refused_at_its_field_and_stays_there_to_be_corrected(visit: Visit, task: str) -> None:
    answer = visit("ben").press(task, "good", **typed(words="fine", seen_on="2026-03-05", back_at="2026-03-01T10:00"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Seen on: not later than today (2 March 2026)." in page and 'id="f-seen_on-error"' in page
    assert "Back at: not before now (2 March 2026, 09:00)." in page
    assert 'value="2026-03-05"' in control(page, "seen_on") and " max=" not in control(page, "seen_on")


def test_programs_are_told_the_bounds(office: ADesk, visit: Visit, task: str) -> None:
    fields = {field.name: field for field in office.house.desk.task_offer(task.rpartition("/")[2], "ben").asked}
    assert (fields["seen_on"].not_after, fields["seen_on"].max) == ("today", None)
    assert (fields["back_at"].not_before, fields["back_at"].not_after) == ("now", "")
