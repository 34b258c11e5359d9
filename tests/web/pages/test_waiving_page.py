"""Four eyes on the task page: who is kept from a task is marked, and who may make an exception does so with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from engine.case import Task
from tests.journeys.a_desk import ADesk
from tests.web.office import Visitor, place

Visit = Callable[[str], Visitor]


@pytest.fixture
def second(office: ADesk) -> Task:
    """A second look that Ben, who took the first one, may not take."""
    case = office.start("note", "ann", unit="U-1").case
    office.press(case, "look", "good", "ben", words="Seal")
    return office.work(case, "second")


def option(page: str, person: str) -> str:
    found = re.search(rf'<option value="{person}"[^>]*>[^<]*', page)
    assert found is not None
    return found[0]


def test_who_may_make_an_exception_finds_the_person_marked(office: ADesk, visit: Visit, second: Task) -> None:
    page = visit("mei").page(f"/tasks/{second.id}")

    assert option(page, "ben") == '<option value="ben">Ben Bench（已参与本工单：须破例）'
    assert option(page, "bea") == '<option value="bea">Bea Bench'
    assert "理由将记入历史" in page


def test_who_may_not_finds_the_person_closed(office: ADesk, visit: Visit, second: Task) -> None:
    office.house.desk.claim_task(second.id, "bea")
    page = visit("bea").page(f"/tasks/{second.id}")

    assert option(page, "ben") == '<option value="ben" disabled>Ben Bench (kept from this task)'
    assert "exception" not in page


def test_an_exception_stands_in_the_history_with_its_reason(office: ADesk, visit: Visit, second: Task) -> None:
    mei, address = visit("mei"), f"/tasks/{second.id}"

    assert mei.send(address, f"{address}/reassign", to="ben", reason=" ").status_code == 422
    answer = mei.send(address, f"{address}/reassign", to="ben", reason="Bea is ill")

    assert answer.status_code == 303
    told = mei.page(place(answer))
    assert "破例准许被排除的人办理任务" in told
    assert "Bea is ill" in told
    assert "let somebody do a task who was kept from it" in visit("ann").page(place(answer))
    case = second.id.rpartition(".")[0]
    office.press(case, "second", "done", "ben")
    assert office.case(case).ended == "settled"


def test_the_second_pair_of_eyes_cannot_excuse_itself(office: ADesk, visit: Visit, second: Task) -> None:
    office.house.desk.claim_task(second.id, "bea")
    bea, address = visit("bea"), f"/tasks/{second.id}"

    answer = bea.send(address, f"{address}/reassign", to="ben", reason="quicker")

    assert answer.status_code == 403
    assert "only Agent may allow it all the same" in answer.get_data(as_text=True)
    task = office.work(second.id.rpartition(".")[0], "second")
    assert (task.assignee, task.excluded) == ("bea", ("ben",))
