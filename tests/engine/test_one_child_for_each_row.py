"""One case for each row of a table, side by side: their ends are counted, and the last one lets the flow go on."""

from __future__ import annotations

from typing import Any

from engine import events as happened
from engine.case import Case
from engine.checks.prover import prove_all
from engine.decide import decide
from engine.effects import StartCase
from engine.rehearsal import Rehearsal
from engine.scenarios import play_all
from tests.engine.stage import HEAD, Stage, process

BODY = """
fields:
  order: {type: text, label: Order | 订单}
  units:
    type: table
    label: Units | 设备
    columns:
      sn: {type: record, of: serial_number, label: Serial number | 序列号}
      problem: {type: text, label: Problem | 问题}
      wish: {type: text, optional: true, label: Wish | 要求}
events:
  customer.called: {label: Called | 来电}
permissions: {cancel: boss, move: [boss], reopen: {role: boss, next: taking_in}}
steps:
  taking_in:
    label: Take in | 接收
    task: {role: clerk, form: {optional: [order, units]}}
    due: 1 day
    next: lines
  lines:
    label: The units | 各台设备
    run: unit_return
    for_each: units
    with: {sn: = row.sn, complaint_text: = row.problem, order_no: = order}
    events: {customer.called: talking}
    next:
      - {when: count(lines.scrapped) > 0, then: explaining}
      - otherwise: done
  talking: {label: Talk | 沟通, task: {role: clerk}, due: 1 day, outcomes: {again: lines, stop: done}}
  explaining: {label: Explain | 说明, task: {role: clerk}, due: 1 day, next: done}
  done: {end: success, label: Done | 完成}
  cancelled: {end: cancelled, label: Cancelled | 取消}
"""
THREE = [{"sn": f"SN-{n}", "problem": f"Noise {n}"} for n in (1, 2, 3)]


def taken_in(units: list[dict[str, Any]] | None = None) -> Stage:
    """A case whose first task is done, with these units."""
    stage = Stage(BODY)
    stage.play("clerk starts", {"units": THREE if units is None else units})
    stage.play("clerk completes taking_in", {})
    return stage


def case_of(stage: Rehearsal) -> Case:
    """The case as it stands."""
    assert stage.case is not None
    return stage.case


def test_every_row_gets_a_case_of_its_own_with_what_stands_in_it() -> None:
    stage = taken_in()

    assert stage.seen.started == ["unit_return"] * 3
    assert dict(case_of(stage).children) == {"lines#1": "child1", "lines#2": "child2", "lines#3": "child3"}
    assert case_of(stage).open_children == ("child1", "child2", "child3")
    assert stage.at == ("lines",)


def test_what_a_row_hands_over_is_its_own_and_a_record_goes_by_its_id() -> None:
    stage = Stage(BODY)
    stage.play("clerk starts", {"units": THREE, "order": "SO-7"})
    press = happened.TaskCompleted(case_of(stage).tasks[0].id, "done", "clerk")

    decision = decide(stage.process, stage.case, press, stage.world_at(stage.now))

    orders = [effect for effect in decision.effects if isinstance(effect, StartCase)]
    assert [order.values for order in orders] == [
        {"sn": f"SN-{n}", "complaint_text": f"Noise {n}", "order_no": "SO-7"} for n in (1, 2, 3)
    ]
    assert [order.key for order in orders] == ["lines#1", "lines#2", "lines#3"]


def test_the_last_end_lets_the_flow_go_on_by_what_was_counted() -> None:
    stage = taken_in()

    stage.play("lines ends with returned", {})
    stage.play("lines ends with scrapped", {})
    assert stage.at == ("lines",)
    stage.play("lines ends with returned", {})

    facts = case_of(stage).facts
    assert stage.at == ("explaining",)
    assert (facts["lines.returned"].count, facts["lines.scrapped"].count) == (2, 1)
    assert facts["lines"].finished > facts["lines.scrapped"].finished
    assert not case_of(stage).children


def test_without_rows_it_goes_on_at_once() -> None:
    stage = taken_in([])

    assert stage.seen.started == []
    assert stage.ended == "done"


def test_children_left_behind_go_on_and_their_ends_are_not_counted() -> None:
    stage = taken_in()

    stage.play("customer.called arrives", {})
    assert stage.at == ("talking",)
    assert not case_of(stage).children
    stage.play("clerk completes talking.stop", {})
    assert stage.ended is None, "a good end waits for the cases that are open"

    for child in ("child1", "child2", "child3"):
        assert stage.ended is None
        heard(stage, happened.ChildEnded(child, "scrapped"))
    assert stage.ended == "done"
    assert "lines.scrapped" not in case_of(stage).facts


def test_a_second_visit_opens_new_cases_and_waits_for_those_only() -> None:
    stage = taken_in(THREE[:2])
    stage.lines("customer.called arrives", "clerk completes talking.again")

    assert dict(case_of(stage).children) == {"lines#1": "child3", "lines#2": "child4"}
    heard(stage, happened.ChildEnded("child1", "scrapped"))
    assert stage.at == ("lines",)
    stage.lines("lines ends with returned", "lines ends with returned")
    assert stage.at == ("done",)
    assert stage.ended is None, "one of the first cases is still open"
    heard(stage, happened.ChildEnded("child2", "returned"))
    assert stage.ended == "done"


def test_a_case_that_ends_before_its_brothers_exist_is_counted_and_the_others_are_waited_for() -> None:
    stage = Stage(BODY)
    stage.play("clerk starts", {"units": THREE[:2]})
    press = happened.TaskCompleted(case_of(stage).tasks[0].id, "done", "clerk")
    case = decide(stage.process, stage.case, press, stage.world_at(stage.now)).case

    for n, last in ((1, ("lines",)), (2, ("done",))):
        assert case.leaves == ("lines",)
        opened = happened.ChildOpened(f"c{n}", "lines", True, f"lines#{n}", 1)
        for event in (opened, happened.ChildEnded(f"c{n}", "returned")):
            case = decide(stage.process, case, event, stage.world_at(stage.now)).case
        assert case.leaves == last


def test_a_case_that_exists_after_its_step_was_left_takes_no_place_of_the_next_visit() -> None:
    stage = taken_in(THREE[:1])
    stage.lines("customer.called arrives", "clerk completes talking.again")

    heard(stage, happened.ChildOpened("straggler", "lines", True, "lines#1", 1))

    assert dict(case_of(stage).children) == {"lines#1": "child2"}
    assert "straggler" in case_of(stage).open_children


def test_moving_by_hand_leaves_the_cases_running_and_opens_new_ones_on_the_way_back() -> None:
    stage = taken_in(THREE[:2])

    stage.play("boss moves to talking", {})
    assert not case_of(stage).children
    stage.play("boss moves to lines", {})
    assert dict(case_of(stage).children) == {"lines#1": "child3", "lines#2": "child4"}


def test_a_reopened_case_counts_anew() -> None:
    stage = taken_in(THREE[:1]).lines("lines ends with returned")
    assert stage.ended == "done"

    stage.lines("boss reopens", "clerk completes taking_in")
    assert "lines.returned" not in case_of(stage).facts
    stage.play("lines ends with returned", {})
    assert case_of(stage).facts["lines.returned"].count == 1
    assert stage.ended == "done"


def test_a_cancelled_case_waits_for_none_of_them() -> None:
    stage = taken_in().lines("boss cancels")

    assert stage.ended == "cancelled"
    assert not case_of(stage).children


def test_cases_of_rows_stay_when_their_step_has_another_name_in_a_newer_version() -> None:
    stage = taken_in(THREE[:2])
    renamed = (
        BODY.replace("  lines:", "  each_unit:").replace(": lines", ": each_unit").replace("(lines.", "(each_unit.")
    )
    newer = process(
        renamed + "migrate: {from: 1, steps: {lines: each_unit}}\n", HEAD.replace("version: 1", "version: 2")
    )

    moved = decide(newer, stage.case, happened.Migrated("boss"), stage.world_at(stage.now)).case

    assert moved.leaves == ("each_unit",)
    assert dict(moved.children) == {"each_unit#1": "child1", "each_unit#2": "child2"}


def test_a_step_that_becomes_one_for_each_row_begins_anew_in_a_newer_version() -> None:
    old = "    for_each: units\n    with: {sn: = row.sn, complaint_text: = row.problem, order_no: = order}\n"
    single = BODY.replace(old, "").replace(
        BODY[BODY.index("    next:\n      - {when") : BODY.index("  talking")], SINGLE
    )
    stage = Stage(single)
    stage.play("clerk starts", {"units": THREE[:2]})
    stage.play("clerk completes taking_in", {})
    assert dict(case_of(stage).children) == {"lines": "child1"}
    newer = process(BODY + "migrate: {from: 1}\n", HEAD.replace("version: 1", "version: 2"))

    moved = decide(newer, stage.case, happened.Migrated("boss"), stage.world_at(stage.now)).case

    assert dict(moved.children) == {"lines#1": "", "lines#2": ""}
    assert moved.open_children == ("child1",)


SINGLE = "    outcomes: {returned: done, scrapped: explaining}\n"


def test_rules_may_name_the_step_and_count_it_as_done_when_all_have_ended() -> None:
    ruled = process(BODY + "rules: [never: explaining before lines]\n")
    assert [verdict.verdict for verdict in prove_all(ruled)] == ["proved"]
    skipping = process(BODY + "rules: [never: done before lines since taking_in]\n")
    assert [verdict.verdict for verdict in prove_all(skipping)] == ["violated"]


def heard(stage: Stage, event: happened.Event) -> None:
    """Something happens to the case that no line of a scenario says."""
    stage.case = decide(stage.process, stage.case, event, stage.world_at(stage.now)).case


SCENARIO = """
scenarios:
  - scenario: Three units come back
    steps:
      - when: clerk starts
      - when: clerk completes taking_in
        with: {units: [{sn: A1, problem: Noise}, {sn: A2, problem: Heat}, {sn: A3, problem: Smell}]}
        then: {at: lines, started: {unit_return: 3}, not_started: {unit_return: 2}}
      - {when: lines ends with returned, then: {at: lines}}
      - {when: lines ends with scrapped, then: {at: lines, not_started: unit_return}}
      - {when: lines ends with returned, then: {at: explaining}}
"""


def test_a_scenario_plays_the_ends_one_by_one_and_knows_how_many_began() -> None:
    (played,) = play_all(process(BODY + SCENARIO)).results
    assert [line.failure for line in played.lines] == [None] * 5

    (wrong,) = play_all(process(BODY + SCENARIO.replace("{unit_return: 3}", "{unit_return: 4}"))).results
    failure = wrong.lines[-1].failure
    assert failure is not None
    assert "expected started {unit_return: 4}, but started is [unit_return, unit_return, unit_return]" in failure.en
