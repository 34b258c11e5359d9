"""A complaint from the first call to the answer that is sent, by people who read Chinese."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.browser.served import Served


def _fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.locator(f'[name="f.{name}"]').fill(value)


def test_from_the_start_form_to_the_answer(served: Served) -> None:
    served.desk.add(
        "customer",
        "C-7",
        name="苏州泵业",
        email="li@pump.example",
        contact="李女士",
        language="zh-Hans",
        salesperson="sales",
    )
    served.desk.add("serial_number", "SN-7", customer="C-7", product="Pump", warranty_until="2027-01-01")
    case = _recorded(served)
    _accepted(served)
    _investigated(served)
    _answered(served)

    answer = served.desk.house.store.read(lambda screens: screens.mails(case_id=case)).rows
    sent = next(mail for mail in answer if "我们已更换密封件" in mail.body)
    assert (sent.to, sent.kind) == ("li@pump.example", "customer")
    assert served.desk.case(case).milestone == "answered"


def _recorded(served: Served) -> str:
    sales = served.seat("sales", "zh")
    page = sales.open("/start")
    page.get_by_role("link", name="客户投诉").click()
    customer = page.get_by_role("combobox", name="客户", exact=True)
    customer.press_sequentially("苏州")
    page.get_by_role("option").first.wait_for()
    customer.press("ArrowDown")
    customer.press("Enter")
    expect(customer).to_have_value("C-7")
    page.get_by_label("投诉类型").select_option(label="质量投诉")
    page.get_by_label("投诉内容").fill("泵体漏水")
    page.get_by_role("combobox", name="投诉渠道").select_option(label="电话")
    page.get_by_role("group", name="与订单无关").get_by_label("是").check()
    page.locator('[name="f.sn"]').fill("SN-7")
    page.get_by_role("combobox", name="客户诉求").select_option(label="维修")
    page.locator('[name="f.solve_by"]').fill("2026-03-03T17:00")
    page.locator('[name="f.occurred_at"]').fill("2026-03-01T10:00")
    sales.press("建立工单")
    sales.is_told("已建立")
    number = "CMP-2026-000001"
    case = served.desk.house.store.read(lambda screens: screens.case_id(number))
    assert case is not None
    sales.open(f"/cases/{case}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    expect(page.locator(".milestone-now")).to_contain_text("已受理")
    return case


def _accepted(served: Served) -> None:
    officer = served.seat("complaint_officer", "zh")
    officer.take_from_inbox("受理与评估")
    officer.page.get_by_label("一般").check()
    officer.page.get_by_role("group", name="是否重复投诉").get_by_label("否").check()
    officer.page.get_by_role("group", name="责任部门").get_by_label("品质").check()
    officer.page.get_by_role("combobox", name="处理人").select_option("quality_engineer")
    officer.press("受理")
    officer.is_told("已完成")


def _investigated(served: Served) -> None:
    quality = served.seat("quality_engineer", "zh")
    quality.take_from_inbox("调查")
    expect(quality.page.locator("#known").locator("xpath=../..")).to_contain_text("泵体漏水")
    _fill(quality.page, cause="密封件老化", action_taken="已检查库存", opinion="我们已更换密封件，敬请放心使用")
    quality.page.get_by_role("combobox", name="原因代码").select_option(label="材料")
    quality.page.get_by_label("说明情况并致歉").check()
    quality.press("提交处理结果")
    quality.is_told("已完成")


def _answered(served: Served) -> None:
    sales = served.seat("sales", "zh")
    sales.take_from_inbox("确认答复邮件")
    text = sales.page.get_by_label("正文")
    expect(text).to_have_value(re.compile("李女士您好！.*我们已更换密封件", re.DOTALL))
    sales.press("确认并发送")
    sales.is_told("已完成")
