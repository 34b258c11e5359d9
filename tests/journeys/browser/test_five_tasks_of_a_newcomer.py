"""Five things a new clerk does on the first day, each from its first field to what it leads to, with nothing but the pages
to go by: in English at a desk, and in Chinese with a finger on a telephone."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import a_return
from tests.journeys.a_desk import ADesk
from tests.journeys.browser.served import TELEPHONE, Seat, Served
from tests.journeys.browser.test_a_repair_report import sign
from tests.journeys.browser.test_goods_that_arrive_damaged import PHOTO
from tests.journeys.test_a_visit_is_charged_too_much import _on_site
from tests.journeys.test_one_complaint_through_three_cases import FOUND, RECORDED

PLACES = pytest.mark.parametrize(("language", "width"), [("en", 1280), ("zh", 390)])


def _fill(page: Page, **values: str) -> None:
    """Into the boxes of these fields, whatever they are: text, a list, one of several, a day."""
    for name, value in values.items():
        list_box = page.locator(f'select[name="f.{name}"]')
        choice = page.locator(f'[name="f.{name}"][value="{value}"]')
        if list_box.count():
            list_box.select_option(value)
        elif choice.count():
            choice.check()
        else:
            page.locator(f'[name="f.{name}"]').fill(value)


def _row(page: Page, table: str, place: int | str, **cells: str) -> None:
    """Into the cells of a row, by its place or by the name of a fixed one; a folded row is opened first."""
    rows = page.locator(f'[data-table="{table}"] tbody tr')
    row = (
        rows.locator("visible=true").nth(place)
        if isinstance(place, int)
        else rows.and_(page.locator(f'[data-table-row="{place}"]'))
    )
    toggle = row.locator(".row-toggle")
    if toggle.is_visible() and toggle.get_attribute("aria-expanded") == "false":
        toggle.click()
    for column, value in cells.items():
        cell = row.locator(f'[data-column="{column}"]').locator("input, select, textarea").first
        if cell.evaluate("box => box.tagName") == "SELECT":
            cell.select_option(value)
        else:
            cell.fill(value)


def _another_row(page: Page, table: str) -> None:
    page.locator(f'[data-table="{table}"] [data-add-row]').click()


def _choose(page: Page, field: str, text: str, told: str) -> None:
    """From what is offered while one types; the name is told below, because a number alone shows nothing."""
    page.locator(f'[name="f.{field}"]').press_sequentially(text)
    page.get_by_role("option").filter(has_text=told).first.click()
    expect(page.locator(f'[data-field="{field}"] .found-told')).to_contain_text(told)


def _press(seat: Seat, outcome: str) -> None:
    """The button of this outcome; the page fits and nothing sticks out before it is pressed."""
    assert seat.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    seat.page.locator(f'button[name="outcome"][value="{outcome}"]').click()
    expect(seat.page.locator(".said")).to_be_visible()


def _sign_with_a_finger(page: Page) -> None:
    pad = page.locator("canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    touch("touchStart", (box["x"] + 30, box["y"] + 60))
    for step in range(1, 15):
        touch("touchMove", (box["x"] + 30 + step * 15, box["y"] + 60 + (30 if step % 2 else -30)))
    touch("touchEnd")


def _values(desk: ADesk, case: str) -> Any:
    return desk.case(case).values


@PLACES
def test_a_customer_who_is_not_on_record_complains_by_telephone(served: Served, language: str, width: int) -> None:
    served.desk.add("order", "SO-77", product="Pump", customer="C-1")
    clerk = served.seat("service_agent", language, width)
    page = clerk.open("/start/complaint")
    expect(page.locator('[data-field="about_person"]')).to_be_hidden()
    _choose(page, "customer", "ACM", "ACME")
    page.locator('[name="f.customer"]').fill("")
    page.locator('[name="f.customer"]').press_sequentially("苏州明远")
    expect(page.locator(".found-told")).to_have_count(0)
    with page.context.expect_page() as opened:
        page.locator(".found-new").click()
    expect(opened.value.locator('[name="f.name"]')).to_have_value("苏州明远")
    opened.value.locator("main form .button-primary").click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("苏州明远")
    opened.value.close()
    _fill(page, contact_name="周先生", channel="phone", complaint_type="delivery", complaint_text="少了一箱")
    _fill(page, wish="explanation", solve_by="2026-03-03T17:00")
    _fill(page, order="SO-77")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("main form .button-primary").last.click()
    clerk.is_told("CMP-2026-000001")

    case = served.desk.house.store.read(lambda screens: screens.case_id("CMP-2026-000001"))
    assert case is not None
    known = _values(served.desk, case)
    assert (known["channel"], known["complaint_text"], known["order"]) == ("phone", "少了一箱", "SO-77")
    assert served.desk.case(case).records["customer"]["name"] == "苏州明远"
    assert served.desk.case(case).owner == "service_agent"


@PLACES
def test_a_unit_out_of_warranty_is_judged_and_the_quotation_leaves(served: Served, language: str, width: int) -> None:
    case = a_return.received(served.desk)
    engineer = served.seat("quality_engineer", language, width)
    page = engineer.open(f"/tasks/{served.desk.work(case, 'reinspection').id}")
    for asked_later in ("cost_shares", "void_reason"):
        expect(page.locator(f'[data-field="{asked_later}"]')).to_be_hidden()
    _fill(page, fault_confirmed="confirmed", warranty="expired", liability="wear", measure="repair")
    _fill(page, cost_total="1000", unit_value="5000", customer_share="800", basis="压缩机正常磨损")
    _row(page, "cost_shares", 0, party="customer", share="80", amount="800")
    _another_row(page, "cost_shares")
    _row(page, "cost_shares", 1, party="company", share="20", amount="200")
    _press(engineer, "passed")

    clerk = served.seat("service_agent", language, width)
    page = clerk.open(f"/tasks/{served.desk.work(case, 'prepare_quote').id}")
    _row(page, "quote_lines", 0, item="大修包", quantity="1", amount="800")
    _fill(page, valid_until="2026-03-20", decline_fee="80")
    _press(clerk, "ready")
    page = clerk.open(f"/tasks/{served.desk.work(case, 'quoting').id}")
    expect(page.locator('textarea[name="mail_body"]')).to_have_value(_containing("大修包"))
    _press(clerk, "sent")
    assert served.desk.case(case).leaves == ("waiting_for_answer",)
    assert [row["party"] for row in _values(served.desk, case)["cost_shares"]] == ["customer", "company"]


@PLACES
def test_a_visit_is_reported_with_parts_charge_and_signature(served: Served, language: str, width: int) -> None:
    case = _on_site(served.desk)
    technician = served.seat("technician", language, width)
    page = technician.open(f"/tasks/{served.desk.work(case, 'visit').id}")
    expect(page.locator('[data-field="signature"]')).to_be_hidden()
    _fill(page, found="fault_confirmed", fault="noise", object_part="mechanics", cause="wear", treatment="replace_part")
    _fill(page, work_done="更换轴承", test_result="pass", safety_risk="no", charged="450", paid_to="company")
    _row(page, "parts_used", 0, part="轴承", quantity="1", old_sn="B-100")
    expect(page.locator('[data-column="new_sn"] [data-asked]').first).to_be_visible()
    _row(page, "parts_used", 0, new_sn="B-200")
    _another_row(page, "parts_used")
    _row(page, "parts_used", 1, part="密封圈", quantity="2")
    _fill(page, left_at=_here(served.desk), signed="yes")
    if width < TELEPHONE:
        _sign_with_a_finger(page)
    else:
        sign(page)
    _press(technician, "repaired")

    known = _values(served.desk, case)
    assert known["parts_used"] == [
        {"part": "轴承", "quantity": 1, "old_sn": "B-100", "new_sn": "B-200"},
        {"part": "密封圈", "quantity": 2},
    ]
    assert (known["signature"][0]["type"], known["charged"]) == ("image/png", "450.00")
    dispatcher = served.seat("dispatcher", language).open(f"/tasks/{served.desk.work(case, 'check_report').id}")
    expect(dispatcher.locator("main")).to_contain_text("B-200")


@PLACES
def test_damaged_goods_are_entered_with_photos_and_the_checkpoints_fill_themselves(
    served: Served, language: str, width: int
) -> None:
    desk: ADesk = served.desk
    parcel = {"parcels": [{"carrier": "SF", "tracking_no": "SF12345678"}], "promised_on": "2026-03-06"}
    goods = {"no_order_reason": "samples", "batch_no": "B-1", "lines": [{"product": "水泵", "quantity": 1}]}
    case = desk.start("shipment_tracking", "sales", customer="C-1", **parcel, **goods).case
    news = {"tracking_no": "SF12345678", "place": "苏州", "time": "2026-03-02T01:00:00+00:00"}
    assert desk.house.desk.receive_event("e1", "parcel.delivered", news, "carrier").state == "taken"
    sales = served.seat("sales", language, width)
    page = sales.open(f"/tasks/{desk.work(case, 'confirm_arrival').id}")
    expect(page.locator('[data-field="quantity_received"]')).to_be_hidden()
    expect(page.locator('[name="f.arrived_on"]')).to_have_value("2026-03-02")  # the day of the carrier's delivery
    _fill(page, on_time="yes", right_place="yes", receiver="李女士", packaging="dented")
    _fill(page, goods="defect", remark="木箱一角压坏")
    page.locator('[name="f.photos"][type="file"]').set_input_files(
        [{"name": name, "mimeType": "image/png", "buffer": PHOTO} for name in ("木箱.png", "泵体.png")]
    )
    expect(page.locator('[data-field="checkpoints"]')).to_have_count(0)
    _press(sales, "reached")

    known = _values(desk, case)
    assert [photo["name"] for photo in known["photos"]] == ["木箱.png", "泵体.png"]
    points = dict(zip(_points(desk, case), known["checkpoints"], strict=True))
    assert (points["package_check"]["source"], points["goods_check"]["source"]) == ("customer", "customer")
    assert all(row.get("occurred_at") or row.get("waived") for row in points.values())


@PLACES
def test_the_answer_to_a_complaint_is_made_better_and_confirmed(served: Served, language: str, width: int) -> None:
    desk = served.desk
    told = {"sn": "SN-1", "complaint_type": "quality", "complaint_text": "it leaks", **RECORDED}
    case = desk.start("complaint", "sales", customer="C-1", **told).case
    accepted = {"severity": "minor", "repeated": False, "department": "quality", "handler": "quality_engineer"}
    desk.press(case, "assessment", "accepted", "complaint_officer", **accepted)
    desk.press(case, "investigation", "found", "quality_engineer", **{**FOUND, "remedy": "explain"})

    clerk = served.seat("sales", language, width)
    page = clerk.open("/drafts")
    page.locator(f'main a[href="/tasks/{desk.work(case, "answer").id}"]').first.click()
    body = page.locator('textarea[name="mail_body"]')
    expect(body).to_have_value(_containing("please send it in"))
    body.fill(f"{body.input_value()}\n\nWe are sorry for the trouble.")
    _press(clerk, "sent")

    desk.house.delivery.send_mails(5)
    mails = desk.house.store.read(lambda screens: screens.mails(case_id=case)).rows
    (answer,) = [mail for mail in mails if "please send it in" in mail.body]
    assert (answer.to, answer.state) == ("li@acme.example", "sent")
    assert answer.body.endswith("We are sorry for the trouble.")
    assert desk.case(case).milestone == "answered"


def _containing(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(words))


def _here(desk: ADesk) -> str:
    """The present moment as a person at the site types it."""
    return desk.clock.now().astimezone(ZoneInfo("Asia/Shanghai")).strftime("%Y-%m-%dT%H:%M")


def _points(desk: ADesk, case: str) -> list[str]:
    at = desk.case(case)
    process = desk.house.store.read(lambda s: desk.house.definitions.process(s, at.process, at.version))
    return list(process.fields["checkpoints"].rows or ())
