"""Cases as a table to take away: which record says what a case is about, when it came to a milestone, and what was done."""

from __future__ import annotations

from engine.case_table import columns_of, done, reached, records_about
from engine.definition.compiled import Compiled
from engine.people import Person
from tests.engine.stage import Stage, process
from tests.processes.shipped import shipped

BODY = """
subject: broken
fields:
  spare: {type: record, of: serial_number, label: Spare | 备机}
  broken: {type: record, of: serial_number, label: Broken | 故障机}
milestones: {begun: Begun | 已开始, mended: Mended | 已修复}
permissions: {reopen: {role: boss, next: mending}}
steps:
  mending:
    label: Mend | 维修
    milestone: begun
    task: {role: clerk}
    due: 1 day
    outcomes: {mended: {label: It runs | 已修好, milestone: mended, next: looking}}
  looking: {label: Look | 查看, task: {role: clerk}, due: 1 day, outcomes: {again: {label: Again | 返工, next: mending}, fine: {label: Fine | 合格, next: asking}}}
  asking: {use: ask_twice, outcomes: {fine: sending, unhappy: sending, silent: sending}}
  sending: {label: On its way | 寄回, run: parcel, outcomes: {arrived: filing}}
  filing: {label: File it | 归档, task: {role: clerk}, due: 1 day, next: done}
  done: {end: success, label: Done | 完成}
"""
PARCEL = """
process: parcel
version: 1
label: Parcel | 包裹
start: {role: clerk}
steps:
  arrived: {end: success, label: Signed for | 已签收}
"""


def told(stage: Stage, **known: Compiled) -> list[str]:
    assert stage.case is not None
    return [f"{one.step.en}: {one.outcome.en}" for one in done(stage.process, stage.case, known)]


def test_a_case_is_about_the_record_it_is_listed_under_and_what_that_refers_to() -> None:
    assert records_about(process(BODY)) == {"customer": ("broken.customer",), "serial_number": ("broken",)}


def test_what_was_done_is_told_once_and_the_end_of_another_case_in_its_words() -> None:
    stage = Stage(BODY).lines("clerk starts")
    begun = stage.now
    stage.lines("1 hour passes", "clerk completes mending.mended", "clerk completes looking.again")
    stage.lines("1 hour passes", "clerk completes mending.mended", "clerk completes looking.fine")
    stage.lines(
        ("clerk completes asking/asking.reached", {"happy": True}),
        "sending ends with arrived",
        "clerk completes filing",
    )
    assert told(stage, parcel=process("", PARCEL)) == [
        "Mend: It runs",
        "Look: Fine",
        "Ask: Reached",
        "On its way: Signed for",
        "File it: ",
    ]
    assert stage.case is not None
    at = reached(stage.process, stage.case)
    assert at["begun"] == begun and (stage.now - at["mended"]).total_seconds() == 3600
    stage.lines("boss reopens")
    assert told(stage) == [] and set(reached(stage.process, stage.case)) == {"begun"}


def test_the_list_of_returns_tells_of_each_unit_what_the_workshop_and_the_desk_ask() -> None:
    returns = shipped("factory_return")
    li = Person("li", "Li", frozenset({"service_agent"}))
    columns = {name for column in columns_of(returns, li) for name in column.names}
    asked = {
        "service_record", "complaint_text", "received_on", "judged_by", "warranty", "measure", "repaired_by", "work_done",
        "tested_by", "test_kind", "shipped_on", "shipper", "carrier", "tracking_no", "solved", "satisfaction",
    }  # fmt: skip
    assert asked <= columns
    assert set(records_about(returns)) >= {"customer", "serial_number"}
    assert {"received", "judged", "tested", "shipped", "closed"} <= set(returns.file.milestones)
