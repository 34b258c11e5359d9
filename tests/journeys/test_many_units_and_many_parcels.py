"""A customer returns many units at once and gets many parcels: one case for each unit, news of each parcel for its row."""

from __future__ import annotations

from typing import Any

import pytest

from engine.case import Case
from tests.journeys.a_desk import ADesk

RETURNED = """
process: unit_back
version: 1
label: One unit | 单台
fields:
  sn: {type: record, of: serial_number, label: Unit | 设备}
  problem: {type: text, label: Problem | 问题}
  harmless: {type: yes_no, label: Harmless | 无碍}
start: {role: sales, form: {ask: [sn, problem], optional: [harmless]}}
steps:
  sorting:
    label: Sort | 分拣
    do: [{note: Sorted | 已分拣}]
    next: [{when: harmless, then: kept}, {otherwise: mending}]
  mending: {label: Mend | 维修, task: {role: sales}, due: 1 day, outcomes: {mended: mended, hopeless: scrapped}}
  mended: {end: success, label: Mended | 已修好}
  kept: {end: success, label: Kept | 留用}
  scrapped: {end: failure, label: Scrapped | 报废}
"""
RETURNING = """
process: many_back
version: 1
label: Many units | 多台返回
fields:
  units:
    type: table
    max: 200
    label: Units | 设备
    columns:
      sn: {type: record, of: serial_number, label: Unit | 设备}
      problem: {type: text, label: Problem | 问题}
      harmless: {type: yes_no, optional: true, label: Harmless | 无碍}
permissions: {see: [sales], cancel: sales, move: [sales]}
start: {role: sales, form: {ask: [units]}}
steps:
  lines:
    label: The units | 各台设备
    run: unit_back
    for_each: units
    with: {sn: = row.sn, problem: = row.problem, harmless: = row.harmless}
    timers: [{at: 90 days after entry, remind: owner}]
    next:
      - {when: count(lines.scrapped) > 0, then: explaining}
      - otherwise: over
  explaining: {label: Explain | 说明, task: {role: sales}, due: 1 day, next: over}
  over: {end: success, label: Over | 结束}
  cancelled: {end: cancelled, label: Cancelled | 已取消}
"""
SENDING = """
process: many_sent
version: 1
label: Many parcels | 多个包裹
fields:
  parcels:
    type: table
    label: Parcels | 包裹
    columns:
      tracking_no: {type: text, optional: true, label: Tracking number | 快递单号}
      state: {type: choice, default: under_way, label: State | 状态,
              choices: {under_way: Under way | 运输中, delivered: Delivered | 已签收}}
events:
  parcel.delivered: {match: {tracking_no: parcels.tracking_no}, data: {place: text}, label: Delivered | 已签收}
permissions: {see: [sales], cancel: sales}
start: {role: sales, form: {ask: [parcels]}}
steps:
  on_the_way:
    label: On the way | 运输中
    waiting_for: carrier
    events:
      parcel.delivered:
        when: row.state is under_way
        do: [{set: {row.state: delivered}}]
        next: [{when: 'rows(parcels, state is delivered) == rows(parcels)', then: over}]
    timers: [{at: 9 days after entry, remind: owner}]
  over: {end: success, label: Over | 结束}
  cancelled: {end: cancelled, label: Cancelled | 已取消}
"""


@pytest.fixture
def office(desk: ADesk) -> ADesk:
    """A desk with these processes and some units."""
    files = [("unit_back.yaml", RETURNED), ("many_back.yaml", RETURNING), ("many_sent.yaml", SENDING)]
    published = desk.house.publishing.publish_all(files, None, "try")
    assert published, "nothing was published"
    for n in range(1, 4):
        desk.add("serial_number", f"U-{n}", number=f"U-{n}", status="active", customer="C-1")
    return desk


def opened_for(desk: ADesk, case_id: str) -> list[Case]:
    """The cases that one opened, in the order of its rows."""
    _, children = desk.house.store.read(lambda screens: screens.family(case_id))
    return sorted((desk.case(row.id) for row in children), key=lambda case: case.number)


def rows(*sns: str, **more: Any) -> list[dict[str, Any]]:
    return [{"sn": sn, "problem": f"Noise of {sn}", **more} for sn in sns]


def test_every_unit_has_a_case_and_the_return_waits_for_all_of_them(office: ADesk) -> None:
    case = office.start("many_back", "sales", units=rows("U-1", "U-2", "U-3")).case

    units = opened_for(office, case)
    assert [unit.values["problem"] for unit in units] == ["Noise of U-1", "Noise of U-2", "Noise of U-3"]
    assert [unit.records["sn"]["number"] for unit in units] == ["U-1", "U-2", "U-3"]
    assert {unit.owner for unit in units} == {"sales"}
    for unit, outcome in zip(units, ("mended", "hopeless", "mended"), strict=True):
        assert office.case(case).leaves == ("lines",)
        office.press(unit.id, "mending", outcome, "sales")
    assert office.case(case).leaves == ("explaining",)


def test_units_that_need_nothing_end_at_once_and_so_does_the_return(office: ADesk) -> None:
    case = office.start("many_back", "sales", units=rows("U-1", "U-2", harmless=True)).case

    assert office.case(case).ended == "over"
    assert [unit.ended for unit in opened_for(office, case)] == ["kept", "kept"]
    assert office.case(case).facts["lines.kept"].count == 2


def test_a_hundred_and_twenty_units_are_opened_in_one_press(office: ADesk) -> None:
    case = office.start("many_back", "sales", units=rows(*["U-1"] * 120, harmless=True)).case

    assert office.case(case).facts["lines.kept"].count == 120
    assert office.case(case).ended == "over"


def test_the_owner_of_each_unit_is_told_when_the_return_goes_on_without_them(office: ADesk) -> None:
    case = office.start("many_back", "sales", units=rows("U-1", "U-2")).case

    office.house.desk.cancel_case(case, "sales", "The customer keeps them")

    for unit in opened_for(office, case):
        assert unit.is_open
        told = office.history(unit.id)[-1]
        assert told.kind == "told" and "was cancelled" in str(told.details)
    assert office.case(case).ended == "cancelled"


def delivered(desk: ADesk, id: str, tracking_no: str) -> str:
    values = {"tracking_no": tracking_no, "place": "Wuxi"}
    return desk.house.desk.receive_event(id, "parcel.delivered", values, "carrier").state


def states(desk: ADesk, case_id: str) -> list[str]:
    return [row["state"] for row in desk.case(case_id).values["parcels"]]


def test_each_parcel_reports_for_itself_and_the_last_one_ends_the_case(office: ADesk) -> None:
    case = office.start("many_sent", "sales", parcels=[{"tracking_no": "P1"}, {"tracking_no": "P2"}]).case

    assert delivered(office, "e2", "P2") == "taken"
    assert states(office, case) == ["under_way", "delivered"]
    assert delivered(office, "e2", "P2") == "repeated"
    assert delivered(office, "e3", "P9") == "kept"
    assert delivered(office, "e1", "P1") == "taken"
    assert office.case(case).ended == "over"
    changes = [entry.details["changes"]["parcels"] for entry in office.history(case) if "changes" in entry.details]
    assert [row["state"] for row in changes[0][1]] == ["under_way", "delivered"]


def test_a_number_typed_small_wide_with_gaps_or_hyphens_is_the_number_the_carrier_prints(office: ADesk) -> None:
    typed = [{"tracking_no": "sf 1001 "}, {"tracking_no": "ＳＦ1002"}, {"tracking_no": "SF-10-03"}]
    typed += [{"tracking_no": "SF1005"}]
    case = office.start("many_sent", "sales", parcels=typed).case

    assert [delivered(office, f"e{n}", f"SF{n}") for n in (1001, 1002)] == ["taken", "taken"]
    assert states(office, case) == ["delivered", "delivered", "under_way", "under_way"]
    assert delivered(office, "e4", "sf1004") == "kept"
    assert delivered(office, "e5", "SF-1005") == "taken"
    assert delivered(office, "e3", " sf1003") == "taken"
    assert office.case(case).ended == "over"
    assert [row["tracking_no"] for row in office.case(case).values["parcels"]][2] == "SF-10-03"


def test_news_that_came_before_the_parcel_was_known_finds_its_row(office: ADesk) -> None:
    assert delivered(office, "e1", "P1") == "kept"

    case = office.start("many_sent", "sales", parcels=[{"tracking_no": "P2"}, {"tracking_no": "P1"}]).case

    assert states(office, case) == ["under_way", "delivered"]


def test_whoever_enters_news_by_hand_says_which_parcel_and_is_asked_only_for_those_that_wait(office: ADesk) -> None:
    case = office.start("many_sent", "sales", parcels=[{"tracking_no": "P1"}, {"tracking_no": "P2"}]).case
    delivered(office, "e1", "P1")

    (event,) = office.house.desk.case_offer(case, "sales").events
    which = event.fields[0]

    assert (which.name, which.type, which.required, [id for id, _ in which.choices]) == (
        "tracking_no",
        "choice",
        True,
        ["P2"],
    )
    office.house.desk.press_event(case, "parcel.delivered", {"tracking_no": "P2"}, "sales", key="k1")
    assert office.case(case).ended == "over"


def test_a_return_that_may_not_go_on_is_told_of_and_can_still_be_moved_to_its_end(office: ADesk) -> None:
    forbidden = "rules: [never: explaining when count(lines.scrapped) > 0]\n"
    changed = RETURNING.replace("version: 1", "version: 2") + forbidden
    office.house.publishing.publish_all([("many_back.yaml", changed)], None, "try")
    case = office.start("many_back", "sales", units=rows("U-1")).case
    (unit,) = opened_for(office, case)

    office.press(unit.id, "mending", "hopeless", "sales")
    assert office.case(unit.id).ended == "scrapped"
    assert office.case(case).leaves == ("lines",)
    told = office.house.store.read(lambda screens: screens.incidents())
    assert [incident.case for incident in told] == [case]

    office.house.desk.move_case(case, "over", "sales", "Settled by telephone")
    assert office.case(case).ended == "over"
