"""The parts of a repair are a table: units in its cells are found by their number, and list the case under them."""

from __future__ import annotations

import pytest

from engine.refusals import FormRefusal
from engine.screens import Page, Screens, Viewer
from tests.journeys.a_desk import ADesk

REPAIR = """
process: small_repair
version: 1
label: Small repair | 小修
fields:
  parts:
    type: table
    label: Parts | 零件
    columns:
      part: {type: text, label: Part | 零件}
      old_sn: {type: record, of: serial_number, optional: true, label: Old unit | 旧件}
permissions: {see: [sales], cancel: sales}
start: {role: sales, form: {optional: [parts]}}
steps:
  mending: {label: Mend | 维修, task: {role: sales, form: {ask: [parts]}}, due: 1 day, next: mending_more}
  mending_more: {label: Mend more | 继续, task: {role: sales, form: {optional: [parts]}}, due: 1 day, next: over}
  over: {end: success, label: Over | 结束}
  cancelled: {end: cancelled, label: Cancelled | 已取消}
"""


@pytest.fixture
def workshop(desk: ADesk) -> ADesk:
    """A desk with this process and two units."""
    assert desk.house.publishing.publish_all([("small_repair.yaml", REPAIR)], None, "try")
    for n in (1, 2):
        desk.add("serial_number", f"U-{n}", number=f"U-{n}", status="active", customer="C-1")
    return desk


def listed_under(desk: ADesk, unit: str) -> list[str]:
    viewer = Viewer("sales", frozenset({"sales"}), everything=True)

    def cases(screens: Screens) -> list[str]:
        record = screens.find_record("serial_number", unit)
        assert record is not None
        return [row.id for row in screens.cases_of(viewer, "serial_number", record.id, Page()).rows]

    return desk.house.store.read(cases)


def test_a_unit_in_a_cell_is_found_by_its_number_and_lists_the_case(workshop: ADesk) -> None:
    case = workshop.start("small_repair", "sales").case

    workshop.press(case, "mending", "done", "sales", parts=[{"part": "drive", "old_sn": " U-1 "}, {"part": "seal"}])

    stored = workshop.case(case)
    assert [snapshot["number"] for snapshot in stored.records.values()] == ["U-1"]
    assert listed_under(workshop, "U-1") == [case]

    workshop.press(case, "mending_more", "done", "sales", parts=[{"part": "drive", "old_sn": "U-2"}])
    assert listed_under(workshop, "U-1") == []
    assert listed_under(workshop, "U-2") == [case]
    changes = [e.details["changes"]["parts"] for e in workshop.history(case) if "parts" in e.details.get("changes", {})]
    assert changes[-1] == [stored.values["parts"], workshop.case(case).values["parts"]]


def test_a_unit_that_is_not_known_is_refused_in_its_cell(workshop: ADesk) -> None:
    case = workshop.start("small_repair", "sales").case

    with pytest.raises(FormRefusal) as refused:
        workshop.press(case, "mending", "done", "sales", parts=[{"part": "drive", "old_sn": "U-9"}])

    assert (
        refused.value.fields["parts.1.old_sn"].en == "Row 1, Old unit: 'U-9' is not known here; pick one from the list."
    )
