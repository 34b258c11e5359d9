"""A case that an event from outside starts: it fills what is declared, and only with what suits the fields."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from engine.decide import decide
from engine.events import CaseStarted
from engine.people import World
from tests.engine.stage import HEAD, process

MONDAY = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)
START = "start: {role: [clerk, boss]}"
EXPECTED = """
fields:
  unit: {type: text, label: Unit | 设备}
  weight: {type: number, label: Weight | 重量}
  parts:
    type: table
    label: Parts | 零件
    columns: {name: {type: text, label: Name | 名称}}
start: {role: clerk, form: {ask: [unit]}}
steps:
  looking:
    label: Look | 查看
    task: {role: clerk}
    due: 1 working day
    next: done
  done: {end: success, label: Done | 完成}
"""


@pytest.mark.parametrize(
    ("name", "value"),
    [("weight", "heavy"), ("weight", {"a": 1}), ("parts", "boom"), ("parts", [1]), ("parts", [{"x": 1}])],
)
def test_what_does_not_suit_a_field_is_left_out_and_put_before_a_person(name: str, value: Any) -> None:
    order = CaseStarted("c1", "N-1", {"unit": "U-1", name: value}, trusted=True)
    case = decide(process(EXPECTED, HEAD.replace(START, "")), None, order, World(MONDAY)).case
    assert name not in case.values
    assert [(task.kind, task.about) for task in case.tasks if task.kind == "record"] == [("record", name)]
