"""A case that another case's event starts belongs to whoever caused it, so that nobody's customer is forgotten."""

from __future__ import annotations

from tests.journeys.a_desk import ADesk

TELLING = """
process: telling
version: 1
label: Telling | 告知
start: {role: sales}
steps:
  working: {label: Work | 处理, task: {role: sales}, due: 1 day, next: saying}
  saying: {label: Say it | 告知, do: [{emit: thing.told, with: {what: a pump}}], next: over}
  over: {end: success, label: Over | 结束}
"""
HEARING = """
process: hearing
version: 1
label: Hearing | 听取
fields: {what: {type: text, label: What | 内容}}
events: {thing.told: {data: {what: text}, label: Told | 已告知}}
start: {role: sales, event: thing.told, form: {ask: [what]}}
steps:
  acting: {label: Act | 处理, task: {role: sales}, due: 1 day, next: over}
  over: {end: success, label: Over | 结束}
"""


def test_the_person_whose_act_led_to_it_starts_and_owns_it(desk: ADesk) -> None:
    desk.house.publishing.publish_all([("telling.yaml", TELLING), ("hearing.yaml", HEARING)], None, "try")
    case = desk.start("telling", "sales").case
    desk.press(case, "working", "done", "sales_2")
    heard = desk.house.store.read(lambda screens: screens.case_id("HEARING-2026-000001"))
    assert heard is not None
    started = desk.case(heard)
    assert (started.starter, started.owner, dict(started.values)) == ("sales_2", "sales_2", {"what": "a pump"})
