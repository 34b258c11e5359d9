"""What a page is told of things that are not on its form, so that it shows only the fields that apply."""

from __future__ import annotations

from engine.offering import task_offer
from engine.offers import FieldOffer
from engine.people import Person
from tests.engine.stage import Stage

BODY = """
fields:
  promised: {type: date, label: Promised | 承诺日}
  before: {type: user, label: Last time | 上一轮处理人}
  price: {type: money, label: Price | 价格, visible_to: boss}
  solved_by: {type: date, label: Solved by | 解决日}
  why: {type: text, label: Why | 理由, show_if: solved_by > promised or before is set or price > 100}
permissions: {see: [clerk, boss]}
steps:
  beginning:
    label: Begin | 开始
    do: [{set: {promised: = today + 3, price: 50}}]
    next: working
  working:
    label: Work | 办理
    task: {role: [clerk, boss], form: {optional: [solved_by, why]}}
    due: 1 working day
    timers: standard
    outcomes:
      done: {label: Done | 完成, next: over}
  over: {end: success, label: Over | 结束}
"""


def _why(role: str) -> FieldOffer:
    stage = Stage(BODY).lines("clerk starts")
    assert stage.case is not None
    person = Person(role, role, frozenset({role}), f"{role}@example.com")
    offer = task_offer(stage.process, stage.case, stage.work("working"), person, stage.world_at(stage.now))
    return next(field for field in offer.asked if field.name == "why")


def test_a_field_comes_with_what_its_condition_asks_outside_the_form() -> None:
    assert dict(_why("boss").known) == {"before": "", "price": "50.00", "promised": "2026-03-05"}


def test_a_record_is_told_by_the_key_that_a_form_sends() -> None:
    body = BODY.replace("solved_by > promised or", "unit.customer != customer or").replace(
        "fields:\n",
        "fields:\n  unit: {type: record, of: serial_number, label: Unit | 设备}\n"
        "  customer: {type: record, of: customer, label: Customer | 客户}\n",
    )
    body = body.replace("optional: [solved_by, why]", "optional: [customer, why]")
    stage = Stage(body, unit={"number": "SN-7", "customer": {"code": "C-7", "name": "ACME"}}).lines("clerk starts")
    assert stage.case is not None
    person = Person("boss", "boss", frozenset({"boss"}), "boss@example.com")
    offer = task_offer(stage.process, stage.case, stage.work("working"), person, stage.world_at(stage.now))
    why = next(field for field in offer.asked if field.name == "why")
    assert dict(why.known)["unit.customer"] == "C-7"


def test_nobody_is_told_there_what_is_hidden_from_them() -> None:
    assert "price" not in dict(_why("clerk").known)
