"""A task whose clock stands still says so, has no due, and can be done all the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.refusals import Refusal
from tests.journeys.a_desk import ADesk
from tests.web.office import Visitor

Visit = Callable[[str], Visitor]
ERRAND = """
process: errand
version: 1
label: Errand | 外出
calendar: always
permissions: {see: agent}
start: {role: agent}
steps:
  both:
    label: Prepare | 准备
    parallel:
      parts:
        ordered: {label: Parts on order | 待备件, task: {role: agent}, due: 30 days, next: join}
      date:
        agree: {label: Agree on a date | 预约时间, task: {role: agent}, due: 2 hours, pause_while: ordered, next: join}
    join: all
    next: over
  over: {end: success, label: Over | 结束}
"""


def test_the_page_says_what_the_clock_waits_for_and_lets_the_task_be_done(office: ADesk, visit: Visit) -> None:
    office.house.publishing.publish_all([("errand.yaml", ERRAND)], None, "try")
    case = office.start("errand", "ann").case
    address = f"/tasks/{office.work(case, 'agree').id}"

    assert "No date runs here while this lasts: Parts on order." in visit("ann").page(address)
    assert "“待备件”期间本任务暂停计时" in visit("mei").page(address)
    office.pass_time(days=3)
    assert office.work(case, "agree").due_at is None
    visit("ann").press(address, "done")
    assert "both/date" in office.case(case).leaves


def test_when_it_goes_on_nothing_is_said_any_more(office: ADesk, visit: Visit) -> None:
    office.house.publishing.publish_all([("errand.yaml", ERRAND)], None, "try")
    case = office.start("errand", "ann").case
    office.press(case, "ordered", "done", "ann")
    page = visit("ann").page(f"/tasks/{office.work(case, 'agree').id}")
    assert "No date runs here" not in page


WAITED_FOR = """
process: errand
version: 1
label: Errand | 外出
calendar: always
due: 1 day
pause_while: [customer]
permissions: {see: agent, move: agent}
start: {role: agent}
steps:
  ask: {label: Ask | 询问, task: {role: agent}, due: 2 hours, next: reply}
  reply: {label: Reply | 等待回复, waiting_for: customer, timers: [{at: 30 days after entry, next: over}]}
  over: {end: success, label: Over | 结束}
"""


def test_a_case_whose_clock_stands_is_not_called_overdue(office: ADesk, visit: Visit) -> None:
    office.house.publishing.publish_all([("errand.yaml", WAITED_FOR)], None, "try")
    case = office.start("errand", "ann").case
    office.press(case, "ask", "done", "ann")
    office.pass_time(days=3)
    ann = visit("ann")
    page = ann.page(f"/cases/{case}")
    line = page.partition('class="case-line">')[2].partition("</p>")[0]
    assert "its clock stands" in line and "overdue" not in line
    assert office.case(case).number not in ann.page("/cases?state=overdue")
    assert "计时已停" in visit("mei").page(f"/cases/{case}")


def test_history_says_by_its_label_where_a_case_was_put_by_hand(office: ADesk, visit: Visit) -> None:
    office.house.publishing.publish_all([("errand.yaml", WAITED_FOR)], None, "try")
    case = office.start("errand", "ann").case
    with pytest.raises(Refusal, match="Choose the step to move to"):
        office.house.desk.move_case(case, "", "ann", "they called")
    office.house.desk.move_case(case, "reply", "ann", "they called")
    assert "Put into: Reply" in visit("ann").page(f"/cases/{case}")
