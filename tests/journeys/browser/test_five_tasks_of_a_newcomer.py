"""Five things a new clerk at a Chinese desk does on the first day, with nothing but the pages to go by."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import a_return
from tests.journeys.a_desk import ADesk
from tests.journeys.browser.served import Seat, Served
from tests.journeys.browser.test_a_repair_report import sign
from tests.journeys.browser.test_goods_that_arrive_damaged import PHOTO
from tests.journeys.test_a_visit_is_charged_too_much import ASSESSED, CHOSEN, _on_site

WIDTHS = pytest.mark.parametrize("width", [1280, 390])


def _fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.locator(f'[name="f.{name}"]').fill(value)


def _choose(page: Page, **labels: str) -> None:
    for name, label in labels.items():
        page.locator(f'select[name="f.{name}"]').select_option(label=label)


def _check(page: Page, **labels: str) -> None:
    for name, label in labels.items():
        page.locator(f'[data-field="{name}"]').get_by_label(label, exact=True).check()


def _row(page: Page, table: str, place: int, **cells: str) -> None:
    row = page.locator(f'[data-table="{table}"] tbody tr:visible').nth(place)
    for column, value in cells.items():
        cell = row.locator(f'[data-column="{column}"]').locator("input:visible, select:visible").first
        if cell.evaluate("box => box.tagName") == "SELECT":
            cell.select_option(label=value)
        else:
            cell.fill(value)


def _fits(page: Page) -> None:
    """Nothing sticks out to the right."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_customer_who_is_not_on_record_complains_by_telephone(served: Served) -> None:
    served.desk.add("order", "SO-77", product="Pump")
    clerk = served.seat("service_agent", "zh")
    page = clerk.open("/start/complaint")
    expect(page.locator('[data-field="about_person"]')).to_be_hidden()
    customer = page.locator('[name="f.customer"]')
    customer.press_sequentially("苏州明远")
    with page.context.expect_page() as opened:
        page.get_by_role("option", name="登记为新档案").click()
    expect(opened.value.locator('[name="f.name"]')).to_have_value("苏州明远")
    opened.value.get_by_role("button", name="保存").click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("苏州明远")
    opened.value.close()
    _choose(page, channel="电话", complaint_type="物流投诉", wish="解释说明")
    _fill(page, complaint_text="少了一箱", order="SO-77", solve_by="2026-03-03T17:00")
    clerk.press("建立工单")
    clerk.is_told("已建立")


def test_a_unit_out_of_warranty_is_judged_and_the_quotation_leaves(served: Served) -> None:
    case = a_return.received(served.desk)
    engineer = served.seat("quality_engineer", "zh")
    page = engineer.open(f"/tasks/{served.desk.work(case, 'reinspection').id}")
    expect(page.locator('[data-field="cost_shares"]')).to_be_hidden()
    expect(page.locator('[data-field="void_reason"]')).to_be_hidden()
    _check(page, fault_confirmed="已确认", warranty="保外")
    _choose(page, liability="正常磨损", measure="维修")
    _fill(page, cost_total="1000", customer_share="800", basis="压缩机正常磨损")
    _row(page, "cost_shares", 0, party="客户", share="80", amount="800")
    page.get_by_role("button", name="添加一行").click()
    _row(page, "cost_shares", 1, party="本公司", share="20", amount="200")
    engineer.press("复判完成")
    engineer.is_told("已完成")

    clerk = served.seat("service_agent", "zh")
    page = clerk.open(f"/tasks/{served.desk.work(case, 'prepare_quote').id}")
    _row(page, "quote_lines", 0, item="大修包", quantity="1", amount="800")
    _fill(page, valid_until="2026-03-20", decline_fee="80")
    clerk.press("报价完成")
    clerk.open(f"/tasks/{served.desk.work(case, 'quoting').id}")
    clerk.press("确认并发送")
    assert served.desk.case(case).leaves == ("waiting_for_answer",)


@WIDTHS
def test_a_visit_is_reported_with_parts_charge_and_signature(served: Served, width: int) -> None:
    case = _on_site(served.desk)
    technician = served.seat("technician", "zh", width)
    page = technician.open(f"/tasks/{served.desk.work(case, 'visit').id}")
    expect(page.locator('[data-field="signature"]')).to_be_hidden()
    _fits(page)
    _choose_or_check(page, "found", 1)
    for field in ("fault", "object_part", "cause", "test_result", "paid_to"):
        _choose_or_check(page, field, 1)
    page.locator('[name="f.treatment"]').first.check()
    _fill(page, work_done="更换轴承", charged="450", left_at="2026-03-02T09:00")
    _check(page, safety_risk="否", signed="是")
    _row(page, "parts_used", 0, part="轴承", quantity="1")
    sign(page)
    technician.press("已修复")
    technician.is_told("已完成")


def _choose_or_check(page: Page, name: str, place: int) -> None:
    """The first real choice, however it is drawn."""
    chosen = page.locator(f'select[name="f.{name}"]')
    if chosen.count():
        chosen.select_option(index=place)
    else:
        page.locator(f'[name="f.{name}"]').nth(place - 1).check()


@WIDTHS
def test_damaged_goods_are_entered_with_photos_and_checkpoints(served: Served, width: int) -> None:
    desk: ADesk = served.desk
    case = desk.start(
        "shipment_tracking",
        "sales",
        customer="C-1",
        carrier="SF",
        tracking_no="SF12345678",
        promised_on="2026-03-06",
        batch_no="B-1",
        lines=[{"product": "水泵", "quantity": 1}],
    ).case
    news = {"tracking_no": "SF12345678", "place": "苏州", "time": "2026-03-02T01:00:00+00:00"}
    assert desk.house.desk.receive_event("e1", "parcel.delivered", news, "carrier").state == "taken"
    sales: Seat = served.seat("sales", "zh", width)
    page = sales.open(f"/tasks/{desk.work(case, 'confirm_arrival').id}")
    expect(page.locator('[data-field="quantity_received"]')).to_be_hidden()
    _fits(page)
    _fill(page, arrived_on="2026-03-02", receiver="李女士", remark="木箱一角压坏")
    _check(page, on_time="是", right_place="是", packaging="压凹", goods="有缺陷")
    page.locator('[name="f.photos"][type="file"]').set_input_files(
        {"name": "木箱.png", "mimeType": "image/png", "buffer": PHOTO}
    )
    sales.press("客户已答复")
    sales.is_told("已完成")
    assert desk.case(case).values["photos"][0]["name"] == "木箱.png"


def test_a_mail_to_a_customer_is_confirmed(served: Served) -> None:
    case = served.desk.start(
        "onsite_repair", "service_agent", sn="SN-1", complaint_text="噪音", urgency="impaired"
    ).case
    served.desk.press(case, "triage", "visit", "tech_support", **ASSESSED, coverage="covered")
    served.desk.press(case, "dispatching", "done", "dispatcher", **CHOSEN)
    served.desk.press(case, "accepting", "accepted", "technician")
    served.desk.press(case, "agree_date", "done", "service_agent", visit_at="2026-03-04T10:00:00+08:00")
    clerk = served.seat("dispatcher", "zh")
    clerk.open("/drafts")
    clerk.page.locator('main a[href^="/tasks/"]').first.click()
    expect(clerk.page.locator("main")).to_contain_text("仅在您确认后按此内容原样发出。")
    clerk.press("确认并发送")
    assert any(mail.kind == "customer" for mail in served.desk.house.store.read(lambda s: s.mails(case_id=case)).rows)
