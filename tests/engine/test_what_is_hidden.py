"""A hidden field is neither required nor changed: not its value, not the record it names, not what hangs on it."""

from __future__ import annotations

import pytest

from tests.engine.stage import Stage

ASKING = """
fields:
  wanted: {type: yes_no, label: Wanted | 需要}
  note: {type: text, label: Note | 备注, show_if: noted}
  noted: {type: yes_no, label: Noted | 有备注, show_if: wanted}
  unit: {type: record, of: serial_number, label: Unit | 设备, show_if: wanted}
  customer: {type: record, of: customer, from: unit.customer, label: Customer | 客户}
steps:
  asking:
    label: Ask | 询问
    task: {role: clerk, form: {ask: [wanted], optional: [note, noted, unit]}}
    due: 1 working day
    next: [{when: unit is set or customer is set, then: known}, {otherwise: unknown}]
  known: {end: success, label: Known | 已知}
  unknown: {end: success, label: Unknown | 未知}
"""
ENTERED = {"note": "urgent", "noted": True, "unit": {"number": "SN-1", "customer": {"name": "ACME"}}}


@pytest.mark.parametrize(
    ("wanted", "end", "kept"), [(False, "unknown", {"wanted"}), (True, "known", {"wanted", *ENTERED, "customer"})]
)
def test_what_a_hidden_field_brought_leaves_no_trace(wanted: bool, end: str, kept: set[str]) -> None:
    stage = Stage(ASKING).lines("clerk starts", ("clerk completes asking", {"wanted": wanted, **ENTERED}))
    assert stage.ended == end
    assert stage.case is not None and set(stage.case.values) == kept
    assert set(stage.case.records) == kept & {"unit", "customer"}
