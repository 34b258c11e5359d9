"""Another case opened from a case: its form knows what both are about, and nothing is written before the press."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.journeys.a_desk import ADesk
from tests.web.office import PROCESS, Visitor, place, typed

Visit = Callable[[str], Visitor]
CLAIM = """
process: claim
version: 1
label: Claim | 索赔
number: CLM-{seq}
subject: pump
calendar: always
fields:
  pump: {type: record, of: serial_number, label: Pump | 泵}
  payer: {type: record, of: customer, label: Payer | 付款方}
  about: {type: case, of: note, label: Repair note | 维修单}
  words: {type: text, label: In short | 简述}
  call: {type: phone, label: Phone | 电话}
  colour: {type: choice, label: Colour | 颜色, choices: {red: Red | 红, blue: Blue | 蓝}}
permissions: {see: [agent]}
start: {role: agent, form: {optional: [pump, payer, about, words, call, colour]}}
steps:
  settle:
    label: Settle | 处理
    task: {role: bench, form: {show: [pump]}}
    due: 1 day
    timers: standard
    on_done: []
    next: settled
  settled: {end: success, label: Settled | 已处理}
scenarios:
  - scenario: Settled
    given: {pump: {number: U-1}}
    steps: [{when: agent starts, then: {at: settle}}]
"""


@pytest.fixture
def desk(office: ADesk) -> ADesk:
    office.house.publishing.publish_all([("claim.yaml", CLAIM)], None, "claims")
    return office


@pytest.fixture
def note(desk: ADesk) -> str:
    case = desk.start("note", "ann", unit="U-2", words="rattles").case
    desk.press(case, "look", "good", "ben", words="rattles", call="+86 755 1234 5678", colour="blue")
    return case


def boxes(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="f\.(\w+)"[^>]*? value="([^"]*)"', page))


def test_a_case_offers_what_its_reader_may_start(desk: ADesk, note: str, visit: Visit) -> None:
    page = visit("ann").page(f"/cases/{note}")
    assert "New related case" in page and f'href="/start/claim?case={note}"' in page
    assert "新建相关工单" in visit("mei").page(f"/cases/{note}")
    desk.press(note, "second", "done", "bea")
    assert "New related case" not in visit("ada").page(f"/cases/{note}")


def test_the_form_knows_the_unit_the_telephone_and_the_case_and_leaves_the_rest_alone(
    desk: ADesk, note: str, visit: Visit
) -> None:
    ann = visit("ann")
    page = ann.page(f"/start/claim?case={note}")
    found = boxes(page)
    assert (found["pump"], found["call"], found["about"]) == ("U-2", "+86 755 1234 5678", desk.case(note).number)
    assert not found["payer"] and not found["words"] and "rattles" not in page
    assert "taken over from this case: Pump, Repair note, Phone" in page
    assert "CLM-" not in ann.page("/cases")


def test_an_open_case_of_another_process_is_told_and_stops_nobody(desk: ADesk, note: str, visit: Visit) -> None:
    ann, number = visit("ann"), desk.case(note).number
    form = ann.page("/start/claim?type=serial_number&id=" + str(desk.case(note).values["unit"]))
    assert "Also open about this" in form and number in form and 'name="sure"' not in form
    answer = ann.send("/start/claim", "/start/claim", **typed(pump="U-2"))
    assert answer.status_code == 303
    assert f"is open. Also open about this: {number} Repair note." in ann.page(place(answer))
    twice = ann.send("/start/claim", "/start/claim", **typed(pump="U-2")).get_data(as_text=True)
    assert 'name="sure"' in twice and number in twice, "the same process stops, and the other one is told beside"


def test_a_case_of_the_same_kind_is_not_named_as_its_own_forerunner(desk: ADesk, note: str, visit: Visit) -> None:
    again = visit("ann").page(f"/start/note?case={note}")
    assert boxes(again)["unit"] == "U-2" and "taken over" in again


def test_of_a_case_that_one_may_not_see_nothing_is_told(desk: ADesk, note: str, visit: Visit) -> None:
    desk.house.publishing.publish_all([("claim.yaml", CLAIM.replace("agent", "stranger"))], None, "others")
    page = visit("out").page(f"/start/claim?case={note}")
    assert "taken over" not in page and not boxes(page)["pump"] and "U-2" not in page
    assert "taken over" not in visit("out").page("/start/claim?case=nothing")


def test_what_is_kept_from_somebody_is_not_taken_over_for_them(desk: ADesk, note: str, visit: Visit) -> None:
    kept = PROCESS.replace("call: {type: phone,", "call: {type: phone, visible_to: bench,")
    desk.house.publishing.publish_all([("note.yaml", kept)], None, "kept")
    case = desk.start("note", "ann", unit="U-1").case
    desk.press(case, "look", "good", "ben", words="x", call="+86 755 1234 5678")
    assert not boxes(visit("ann").page(f"/start/claim?case={case}"))["call"]


def test_both_cases_name_each_other_and_who_may_not_open_the_other_reads_nothing_of_it(
    desk: ADesk, note: str, visit: Visit
) -> None:
    desk.house.publishing.publish_all([("claim.yaml", CLAIM.replace("see: [agent]", "see: [stranger]"))], None, "kept")
    ann, address = visit("ann"), f"/start/claim?case={note}"
    opened = place(ann.send(address, address, **{"f.pump": "U-2", "f.words": "worn", "sure": "1"})).partition("?")[0]
    claim = opened.rpartition("/")[2].partition(".")[0]
    number, page = desk.case(claim).number, ann.page(f"/cases/{note}")
    assert "opened a related case" in page and f"Related: {number}" in page
    assert f"Related: {desk.case(note).number}" in ann.page(f"/cases/{claim}")
    assert f'href="/cases/{claim}">{number}</a> Claim' in page
    read = visit("mei").page(f"/cases/{note}")
    assert number not in read and "新建了相关工单" not in read


def test_nobody_reads_that_a_case_was_started_that_is_not_for_them(office: ADesk, visit: Visit) -> None:
    starting = PROCESS.replace("next: second}", "next: second, do: [{start: claim, with: {pump: = unit}}]}")
    kept = CLAIM.replace("see: [agent]", "see: [stranger]")
    office.house.publishing.publish_all([("claim.yaml", kept), ("note.yaml", starting)], None, "starting")
    case = office.start("note", "ann", unit="U-1").case
    office.press(case, "look", "bad", "ben", words="leaks")
    told = visit("ada").page(f"/cases/{case}")
    assert "Started: Claim" in told and "CLM-000001" in told and "started another case" in told
    read = visit("mei").page(f"/cases/{case}")
    assert "CLM-" not in read and "已发起" not in read and "发起了" not in read
    claim = office.house.store.read(lambda screens: screens.case_id("CLM-000001")) or ""
    office.house.desk.claim_task(office.work(claim, "settle").id, "ben")
    task = visit("bea").page(f"/tasks/{office.work(case, 'second').id}")
    assert "CLM-" not in task and "Started: Claim" not in task


def test_who_presses_reads_which_case_began_by_it_and_what_waits_there_for_them(office: ADesk, visit: Visit) -> None:
    starting = PROCESS.replace("next: second}", "next: second, do: [{start: claim, with: {pump: = unit}}]}")
    kept = CLAIM.replace("see: [agent]", "see: [bench]")
    office.house.publishing.publish_all([("claim.yaml", kept), ("note.yaml", starting)], None, "starting")
    case = office.start("note", "ann", unit="U-1").case
    ben = visit("ben")
    answer = ben.press(f"/tasks/{office.work(case, 'look').id}", "bad", **typed(words="leaks"))
    page = ben.page(place(answer))
    assert "CLM-000001 was opened by this and waits for you: Settle (" in page
