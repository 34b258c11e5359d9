"""A technician writes a report with tables and a signature: by keyboard alone, on a telephone, and after a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys import report
from tests.journeys.a_desk import ADesk
from tests.journeys.browser.served import Seat, Served
from tests.journeys.browser.test_every_page import faults_of

FOCUSED = "document.activeElement.closest('[data-column]')?.dataset.column ?? ''"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ADesk]:
    opened = report.open_small_desk(tmp_path)
    yield opened
    opened.house.close()


@pytest.fixture
def case(desk: ADesk) -> str:
    return desk.start("repair_report", "service_agent", unit="SN-1").case


@pytest.fixture
def address(desk: ADesk, case: str) -> str:
    return f"/tasks/{desk.work(case, 'report').id}"


def cell(page: Page, row: int, column: str) -> Locator:
    """A cell by the place of its row, as people count."""
    rows = page.locator('[data-table="parts"] tbody tr:visible')
    return rows.nth(row - 1).locator(f'[data-column="{column}"]').locator("input, select, textarea")


def fill_the_rest(page: Page) -> None:
    page.locator('[name="f.finding"]').fill("The seal was worn")
    for row in ("picked_up", "arrived", "delivered"):
        page.locator(f'[name="f.checkpoints.{row}.waived"]').fill("brought by hand")


def sign(page: Page) -> None:
    """A stroke across the pad."""
    pad = page.locator("canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 15):
        page.mouse.move(box["x"] + 30 + step * 15, box["y"] + 60 + (30 if step % 2 else -30))
    page.mouse.up()


def test_a_table_is_filled_by_the_keyboard_alone(served: Served, case: str, address: str) -> None:
    seat = served.seat("technician")
    page = seat.open(address)
    fill_the_rest(page)
    expect(page.locator('[data-table="parts"] tbody tr')).to_have_count(1)
    cell(page, 1, "part").focus()
    page.keyboard.type("bearing")
    page.keyboard.press("Enter")
    expect(cell(page, 1, "quantity")).to_be_focused()
    expect(cell(page, 1, "quantity")).to_have_value("1")
    page.keyboard.press("Enter")
    page.keyboard.type("1,200.50")
    page.keyboard.press("Enter")
    page.keyboard.type("SN-")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(cell(page, 1, "old_unit")).to_have_value("SN-2")
    expect(page.get_by_text("needed here").locator("visible=true")).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.type("rare")
    expect(page.get_by_text("needed here").locator("visible=true")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(cell(page, 2, "part")).to_be_focused()
    for typed in ("seal", "", "0.25"):
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
    expect(page.locator('[data-total="cost"]')).to_have_text("1,200.75")
    expect(page.locator('[data-total="quantity"]')).to_have_count(0)  # pieces of different parts add up to nothing
    expect(page.locator('[name="f.why_dear"]')).to_be_visible()
    # The look-up is there in rows that came later, too.
    page.keyboard.type("SN-9")
    expect(page.get_by_role("option").first).to_be_visible()
    seat.press("Finished")
    seat.is_told("done")
    assert served.desk.case(case).values["parts"] == [
        {"part": "bearing", "quantity": 1, "cost": "1200.50", "old_unit": "SN-2", "reason": "rare"},
        {"part": "seal", "quantity": 1, "cost": "0.25", "old_unit": "SN-9"},
    ]


def test_a_refused_cell_keeps_what_was_typed_and_is_one_link_away(served: Served, case: str, address: str) -> None:
    seat = served.seat("technician")
    page = seat.open(address)
    fill_the_rest(page)
    cell(page, 1, "part").fill("bearing")
    cell(page, 1, "cost").fill("dear")
    page.locator('[name="f.checkpoints.arrived.waived"]').fill("")
    seat.press("Finished")
    expect(page.locator("#trouble")).to_be_focused()
    expect(page.locator('[data-table="parts"] tbody tr')).to_have_count(1)
    expect(cell(page, 1, "cost")).to_have_value("dear")
    page.locator("#trouble").get_by_role("link", name="Cost").click()
    expect(cell(page, 1, "cost")).to_be_in_viewport()
    assert cell(page, 1, "cost").get_attribute("aria-invalid") == "true"
    expect(page.locator('[data-table-row="picked_up"]')).to_have_class("row-answered")
    arrived = page.locator('[data-table-row="arrived"]')
    expect(arrived).not_to_have_class("row-answered")
    arrived.locator("input").first.fill("2026-03-02T09:00")
    expect(arrived).to_have_class("row-answered")
    cell(page, 1, "cost").fill("20")
    seat.press("Finished")
    seat.is_told("done")
    assert served.desk.case(case).values["checkpoints"][1]["occurred_at"].startswith("2026-03-02")


def test_a_removed_row_can_be_taken_back_and_a_draft_knows_its_rows(served: Served, address: str) -> None:
    page = served.seat("technician").open(address)
    for row, name in enumerate(("one", "two", "three"), 1):
        cell(page, row, "part").fill(name)
        page.get_by_role("button", name="Add a row").click()
        expect(cell(page, row + 1, "part")).to_be_focused()
    page.get_by_role("button", name="Remove this row").nth(1).click()
    expect(cell(page, 2, "part")).to_have_value("three")
    expect(page.get_by_role("status").filter(has_text="Row 2 was removed")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(cell(page, 2, "part")).to_have_value("two")
    page.get_by_role("button", name="Remove this row").first.click()
    page.reload()
    expect(page.locator('[data-table="parts"] tbody tr')).to_have_count(3)
    expect(cell(page, 1, "part")).to_have_value("two")
    expect(cell(page, 2, "part")).to_have_value("three")
    expect(page.locator("[data-number]").first).to_have_text("1")


def test_a_signature_is_drawn_cleared_and_drawn_again(served: Served, case: str, address: str) -> None:
    seat = served.seat("technician")
    page = seat.open(address)
    fill_the_rest(page)
    cell(page, 1, "part").fill("bearing")
    cell(page, 1, "cost").fill("20")
    sign(page)
    page.get_by_role("button", name="Clear").click()
    assert page.locator('[name="f.signed"]').evaluate("(input) => input.files.length") == 0
    sign(page)
    seat.press("Finished")
    seat.is_told("done")
    (file,) = served.desk.case(case).values["signed"]
    assert (file["type"], file["name"]) == ("image/png", "signature.png")
    agent = served.seat("service_agent").open(f"/cases/{case}")
    picture = agent.get_by_role("img", name="Signature of the customer")
    expect(picture).to_be_visible()
    assert picture.evaluate("(image) => image.complete && image.naturalWidth > 200")


def test_everything_fits_a_telephone_and_is_clear_to_everybody(served: Served, case: str, address: str) -> None:
    seat = served.seat("technician", "zh", 390)
    page = seat.open(address)
    expect(page.get_by_role("heading", name="用料")).to_be_visible()
    faults = look_at(seat)
    cell(page, 1, "part").fill("轴承")
    cell(page, 1, "cost").fill("很贵")
    page.get_by_role("button", name="添加一行").click()
    cell(page, 2, "part").fill("密封圈")
    seat.press("完成")
    expect(page.locator("#trouble")).to_contain_text("第 1 行")
    faults += look_at(seat)
    served.desk.press(
        case, "report", "finished", "technician", finding="磨损", parts=report.parts(14), **report.CHECKED
    )
    seat.open(f"/tasks/{served.desk.work(case, 'checked').id}")
    faults += look_at(seat)
    agent = served.seat("service_agent", "zh", 390)
    agent.open(f"/cases/{case}").get_by_text("另有 4 行").click()
    expect(agent.page.locator(".shown-rest").get_by_text("part 14")).to_be_visible()
    faults += look_at(agent)
    assert faults == []


def test_there_are_no_more_rows_than_the_table_takes(served: Served, address: str) -> None:
    page = served.seat("technician").open(address)
    page.evaluate("""() => { for (let n = 1; n < 60; n += 1) document.querySelector("[data-add-row]").click(); }""")
    expect(page.get_by_text("50 rows at most.")).to_be_visible()
    expect(page.get_by_role("button", name="Add a row")).to_be_hidden()
    expect(page.locator("[data-number]").last).to_have_text("50")
    page.get_by_role("button", name="Remove this row").last.click()
    expect(page.get_by_role("button", name="Add a row")).to_be_visible()


CONDITIONS = {
    "sum(parts.cost) > 1000": True, "sum(parts.cost) == 1200.75": True, "rows(parts) == 2": True,
    "rows(parts, cost > 100 and reason is set) == 1": True, "rows(parts, cost > 100) < 1 or finding is set": True,
    "different(parts.part) == 2": True, "parts is set": True, "percent(sum(parts.cost), 60) == 720.45": True,
    "not (rows(parts, part is seal) == 1)": False, "unanswered(checkpoints) == 0": "unknown",
    "count(report.finished) > 0": "unknown", "sum(others.cost) > 0": "unknown", "today + 3 days > x": "unknown",
}  # fmt: skip


def test_conditions_about_tables_hold_on_the_page_as_they_do_in_the_engine(served: Served, address: str) -> None:
    page = served.seat("technician").open(address)
    fill_the_rest(page)
    cell(page, 1, "part").fill("bearing")
    cell(page, 1, "cost").fill("1,200.50")
    cell(page, 1, "reason").fill("rare")
    page.get_by_role("button", name="Add a row").click()
    cell(page, 2, "part").fill("seal")
    cell(page, 2, "cost").fill("0.25")
    found = page.evaluate(
        """(conditions) => {
          const form = document.querySelector(".task-form");
          const { holds, fieldValue, rowsOf } = window.aftercare;
          const told = (condition) => {
            try { return holds(condition, (name) => fieldValue(form, name), { rowsOf: (name) => rowsOf(form, name) }); }
            catch { return "unknown"; }
          };
          return Object.fromEntries(conditions.map((condition) => [condition, told(condition)]));
        }""",
        list(CONDITIONS),
    )
    assert found == CONDITIONS


def look_at(seat: Seat) -> list[str]:
    """What is wrong with the page as it stands."""
    return [f"{seat.page.url}: {fault}" for fault in faults_of(seat, 390, "zh")]
