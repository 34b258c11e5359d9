"""Several rows of a table are changed at once: those for which a condition holds, or one fixed row by its name."""

from __future__ import annotations

from typing import Any

from tests.engine.stage import Stage

BODY = """
fields:
  why: {type: text, default: nobody saw it, label: Why | 原因}
  parcels:
    type: table
    label: Parcels | 包裹
    columns:
      number: {type: text, label: Number | 单号}
      state: {type: choice, default: under_way, label: State | 状态,
              choices: {under_way: Under way | 运输中, missing: Missing | 下落不明, lost: Lost | 丢失}}
      note: {type: text, optional: true, label: Note | 备注}
  stops:
    type: table
    label: Stops | 站点
    rows: {first: First | 第一, last: Last | 最后}
    columns:
      at: {type: datetime, label: When | 时间, required_if: waived is not set}
      waived: {type: text, optional: true, label: Waived | 免填}
permissions: {cancel: boss, move: [boss]}
steps:
  packing:
    label: Pack | 打包
    task: {role: clerk, form: {ask: [parcels], optional: [stops]}}
    due: 1 day
    next: deciding
  deciding:
    label: Decide | 决定
    task: {role: boss}
    due: 1 day
    outcomes:
      lost:
        do:
          - set_rows: {parcels: {state: lost, note: = why}}
            where: state is missing
          - set_rows: {stops: {waived: = why}}
            where: at is not set
        next: closed
      seen:
        do:
          - set_rows: {stops.first: {at: = now}}
        next: deciding
      noted:
        do:
          - set_rows: {parcels: {note: = number}}
        next: deciding
  closed: {end: success, label: Closed | 已结案}
  cancelled: {end: cancelled, label: Cancelled | 已取消}
rules:
  - never: closed when unanswered(stops) > 0
"""
TWO = [{"number": "SF1", "state": "missing"}, {"number": "SF2"}]


def _packed(**more: Any) -> Stage:
    return Stage(BODY).lines("clerk starts", ("clerk completes packing", {"parcels": TWO, **more}))


def _values(stage: Stage) -> Any:
    assert stage.case is not None
    return stage.case.values


def test_only_the_rows_that_the_condition_names_are_changed() -> None:
    stage = _packed().lines("boss completes deciding.lost")
    assert _values(stage)["parcels"] == [
        {"number": "SF1", "state": "lost", "note": "nobody saw it"},
        {"number": "SF2", "state": "under_way"},
    ]


def test_fixed_rows_are_filled_though_nobody_touched_them_and_count_as_answered() -> None:
    stage = _packed().lines("boss completes deciding.seen", "boss completes deciding.lost")
    first, last = _values(stage)["stops"]
    assert (first["row"], "waived" in first) == ("first", False)
    assert last == {"row": "last", "waived": "nobody saw it"}
    assert stage.case is not None and stage.case.ended == "closed"


def test_a_formula_speaks_of_the_row_it_changes() -> None:
    stage = _packed().lines("boss completes deciding.noted")
    assert [row["note"] for row in _values(stage)["parcels"]] == ["SF1", "SF2"]
