"""`never: A when …` is asked as A begins, not as A ends; and an event that opens a case does so in a rehearsal too."""

from __future__ import annotations

from engine.checks.report import check_process
from engine.scenarios import play_all

SITE = """
site: acme
timezone: Asia/Shanghai
roles: {clerk: Clerk | 文员}
calendars: {office: {days: mon-fri, hours: 09:00-17:00}}
"""

PROCESS = """
process: parcel
version: 1
label: Parcel | 包裹
calendar: office
fields:
  checked: {type: yes_no, label: Checked | 已检查}
  number: {type: text, label: Number | 单号}
events:
  order.shipped: {data: {number: text}, label: Shipped | 已发货}
  parcel.back: {match: number, label: Back | 退回}
start: {role: clerk, event: order.shipped, form: {ask: [number]}}
steps:
  packing:
    label: Pack | 打包
    task: {role: clerk, form: {ask: [checked]}}
    due: 1 working day
    timers: [{at: due, remind: assignee}]
    next: travelling
  travelling:
    label: On the way | 途中
    waiting_for: anyone
    events: {parcel.back: {do: [{set: {checked: no}}], next: packing}}
    timers: [{at: 9 days after entry, next: arrived}]
  arrived: {end: success, label: Arrived | 已到}
rules:
  - never: travelling when checked is no
scenarios:
  - scenario: It may come back unchecked, but not leave so
    given: {start_at: 2026-03-02 09:00, number: P-1}
    steps:
      - {when: order.shipped arrives, with: {number: P-1}, then: {at: packing, fields: {number: P-1}}}
      - {when: clerk completes packing, with: {checked: no}, then: {refused: rule, at: packing}}
      - {when: clerk completes packing, with: {checked: yes}, then: {at: travelling}}
      - {when: parcel.back arrives, then: {at: packing, fields: {checked: no}}}
"""


def test_leaving_a_step_is_not_beginning_it() -> None:
    report = check_process(PROCESS, "parcel.yaml", SITE)
    assert [problem.message.en for problem in report.problems] == []
    assert report.process is not None
    played = play_all(report.process)
    assert [line.failure.en for result in played.results for line in result.lines if line.failure] == []
    assert len(played.results[0].lines) == 4
