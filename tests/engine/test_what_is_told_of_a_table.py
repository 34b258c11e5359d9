"""A table of the earlier case is read in words, and its rows are named to nobody from whom the table is hidden."""

from __future__ import annotations

import pytest

from engine.case_offering import case_offer
from engine.facts import CaseFacts
from engine.offering import task_offer
from engine.people import Person
from engine.writing import fill
from tests.engine.stage import Stage

BODY = """
permissions: {see: [clerk, boss]}
fields:
  sn: {type: text, label: Number | 编号}
  who: {type: user, label: Who | 谁}
  parcels:
    type: table
    label: Parcels | 包裹
    visible_to: boss
    columns: {tracking_no: {type: text, label: Tracking number | 单号}}
alike: {by: [[sn]], within: 180 days}
events: {parcel.came: {match: parcels.tracking_no, label: Came | 到达}}
steps:
  asking:
    label: Ask | 询问
    task: {role: clerk, form: {ask: [sn], optional: [parcels], show: [earlier.parcels, earlier.who]}}
    due: 1 day
    next: going
  going:
    label: Going | 途中
    waiting_for: carrier
    events: {parcel.came: {next: closed}}
    timers: [{at: 9 days after entry, next: closed}]
  closed: {end: success, label: Closed | 已结案}
"""
EARLIER = {"number": "T-1", "sn": "1", "who": "clerk_7", "parcels": [{"tracking_no": "SF1"}, {"tracking_no": "SF2"}]}


def _person(role: str) -> Person:
    return Person(role, role, frozenset({role}), f"{role}@example.com")


def _asking() -> Stage:
    return Stage(BODY, earlier=EARLIER).lines("clerk starts")


@pytest.mark.parametrize(("role", "told"), [("boss", "SF1\nSF2"), ("clerk", "")])
def test_a_table_of_the_earlier_case_is_shown_row_by_row_to_who_may_see_it(role: str, told: str) -> None:
    stage = _asking()
    assert stage.case is not None

    shown = task_offer(stage.process, stage.case, stage.work("asking"), _person(role), stage.world_at(stage.now)).shown

    assert [field.display.en for field in shown] == [told, "clerk_7"]


def test_a_mail_tells_it_row_by_row_too() -> None:
    stage = _asking()
    assert stage.case is not None
    facts = CaseFacts(stage.process, stage.case, stage.world_at(stage.now))

    assert fill("{{ earlier.parcels }}", stage.process, facts, "zh-Hans") == "SF1\nSF2"


@pytest.mark.parametrize(("role", "choices"), [("boss", ["SF9"]), ("clerk", [])])
def test_whoever_may_not_read_a_table_is_not_asked_which_of_its_rows_news_is_about(
    role: str, choices: list[str]
) -> None:
    stage = _asking().lines(("clerk completes asking", {"sn": "1", "parcels": [{"tracking_no": "SF9"}]}))
    assert stage.case is not None

    (event,) = case_offer(stage.process, stage.case, _person(role), stage.world_at(stage.now)).events

    assert [id for field in event.fields for id, _ in field.choices] == choices
    assert event.allowed == bool(choices)
