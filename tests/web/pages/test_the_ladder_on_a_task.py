"""The ladder on a task's page says what comes when, what hangs on a condition, and in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.journeys.a_desk import ADesk
from tests.web.office import Visitor

Visit = Callable[[str], Visitor]
ALARM = """
process: alarm
version: 1
label: Alarm | 报警
calendar: always
urgent_when: danger is yes
fields: {danger: {type: yes_no, label: Danger | 危险}}
permissions: {see: agent}
start: {role: agent, form: {optional: [danger]}}
steps:
  look:
    label: Look | 查看
    task: {role: agent}
    due: 10 hours
    timers:
      - {at: due, remind: assignee, task: boss}
      - {at: 50 % of due, if: urgent, remind: assignee}
      - {at: 2 hours after due, if: danger is yes or overdue, remind: owner}
    next: over
  over: {end: success, label: Over | 结束}
"""


def ladder(page: str) -> list[str]:
    listed = re.search(r'<div class="ladder".*?</ol>', page, re.DOTALL)
    assert listed is not None
    return [re.sub(r"<[^>]+>", "", row[1]).strip() for row in re.findall(r"<li class=\"(.*?)\">.*?(<span>[^<]*</span>)", listed[0], re.DOTALL)]  # fmt: skip


def test_what_hangs_on_a_condition_is_said_in_both_languages_and_in_the_order_of_time(
    office: ADesk, visit: Visit
) -> None:
    office.house.publishing.publish_all([("alarm.yaml", ALARM)], None, "try")
    case = office.start("alarm", "ann", danger=True).case
    address = f"/tasks/{office.work(case, 'look').id}"

    assert ladder(visit("ann").page(address)) == [
        "if urgent: reminder to the assignee",
        "reminder to the assignee, escalation to Boss",
        "if it applies then: reminder to the owner",
    ]
    assert ladder(visit("mei").page(address)) == [
        "紧急时：提醒办理人",
        "提醒办理人，升级至主管",
        "届时视情况：提醒负责人",
    ]


def test_a_row_that_was_passed_over_is_no_news_on_the_case(office: ADesk, visit: Visit) -> None:
    office.house.publishing.publish_all([("alarm.yaml", ALARM)], None, "try")
    case = office.start("alarm", "ann", danger=False).case
    office.pass_time(hours=6)

    assert [row.kind for row in office.history(case)][-1] == "passed_over"
    assert "timer passed over" not in visit("ann").page(f"/cases/{case}")


def test_rows_that_were_passed_over_push_nothing_out_of_what_stands_beside_a_task(office: ADesk, visit: Visit) -> None:
    often = "      - {at: 1 hour after entry, if: urgent, every: 10 minutes, at_most: 9, remind: assignee}\n"
    text = ALARM.replace("    next: over\n", f"{often}    next: over\n")
    office.house.publishing.publish_all([("alarm.yaml", text)], None, "try")
    case = office.start("alarm", "ann", danger=False).case
    for _ in range(16):
        office.pass_time(minutes=10)
    assert len([row for row in office.history(case) if row.kind == "passed_over"]) > 6
    assert "opened the case" in visit("ann").page(f"/tasks/{office.work(case, 'look').id}")
