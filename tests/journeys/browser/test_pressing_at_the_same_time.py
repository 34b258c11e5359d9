"""Two browsers, a double click, the back button: one press counts, everybody else is told, nothing happens twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.a_return import AUTHORISED
from tests.journeys.browser.served import Seat, Served


@pytest.fixture
def case(served: Served) -> str:
    """A return whose unit lies on the bench for goods receipt."""
    desk = served.desk
    case = desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="no power").case
    desk.press(case, "authorising", "authorised", "service_agent", **AUTHORISED)
    assert desk.house.desk.receive_event("scan-1", "goods.scanned", {"sn": "SN-1"}, "gate").state == "taken"
    return case


SEND = """async ([address, pairs]) => {
    const form = new FormData();
    for (const [name, value] of pairs) form.append(name, value === null ? new File([], "") : value);
    return (await fetch(address, {method: "POST", body: form})).status;
}"""
"""The same form once more, field by field: a dictionary would lose those that share a name."""


def _filled(served: Served, name: str, case: str) -> Seat:
    seat = served.seat(name)
    page = seat.open(f"/tasks/{served.desk.work(case, 'receiving').id}")
    page.locator('[data-field="condition"]').get_by_label("Intact").check()
    page.locator('[name="f.sn_found"]').fill("SN-1")
    page.locator('[data-field="damage_seen"]').get_by_label("None").check()
    page.locator('[data-field="complete"]').get_by_label("Yes").check()
    return seat


def _receipts(served: Served, case: str) -> int:
    return sum(row.kind == "completed" and row.step == "receiving" for row in served.desk.history(case))


def test_of_two_who_press_at_once_one_wins_and_the_other_is_told(served: Served, case: str) -> None:
    seats = [_filled(served, name, case) for name in ("warehouse", "warehouse_2")]
    for seat in seats:
        seat.page.evaluate("setTimeout(() => document.querySelector('[value=registered]').click(), 0)")
    answers = []
    for seat in seats:
        answer = seat.page.locator(".said, main .empty strong").first
        expect(answer).to_be_visible()
        answers.append(answer.inner_text())
    assert [text for text in answers if ": done." in text], answers
    assert {"Somebody else was faster", "This task was finished before you pressed; your press did not count"} & set(
        answers
    ), answers
    assert _receipts(served, case) == 1


def test_a_double_click_counts_once(served: Served, case: str) -> None:
    seat = _filled(served, "warehouse", case)
    seat.page.get_by_role("button", name="Registered", exact=True).dblclick()
    seat.is_told("done")
    assert _receipts(served, case) == 1


def test_who_goes_back_finds_the_task_done_and_the_same_form_sent_again_changes_nothing(
    served: Served, case: str
) -> None:
    seat = _filled(served, "warehouse", case)
    sent = seat.page.evaluate(
        "() => [...new FormData(document.querySelector('.task-form'))].map(([n, v]) => [n, typeof v === 'string' ? v : null])"
    )
    address = seat.page.url
    seat.press("Registered")
    seat.is_told("done")
    revision = served.desk.case(case).revision
    seat.page.go_back()
    expect(seat.page.get_by_text("This task is done")).to_be_visible()
    assert seat.page.evaluate(SEND, [address, [*sent, ["outcome", "registered"]]]) == 200
    assert (_receipts(served, case), served.desk.case(case).revision) == (1, revision)
