"""Which case an event means: a text is the same with hyphens and without, the number of a record is not."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.case import Case
from engine.matching import is_about
from tests.engine.stage import process

TRIAL = process(
    """
fields:
  number: {type: text, label: Number | 单号}
  sn: {type: record, of: serial_number, label: Unit | 设备}
events:
  delivered: {match: number, data: {number: text}, label: There | 送达}
  unit.moved: {match: sn, data: {sn: serial_number}, label: Moved | 移动}
start: {role: clerk, form: {optional: [number, sn]}}
steps:
  look: {label: Look | 检查, task: {role: clerk}, due: 1 day, next: closed}
  closed: {end: success, label: Closed | 结案}
""",
    "process: trial\nversion: 1\nlabel: Trial | 试验\n",
)
CASE = Case(
    "c1",
    "T-1",
    "trial",
    1,
    dt.datetime(2026, 3, 2, tzinfo=dt.UTC),
    values={"number": "JD-12", "sn": "u1"},
    records={"sn": {"id": "u1", "number": "SN12"}},
)


@pytest.mark.parametrize(
    ("event", "told", "is_meant"),
    [
        ("delivered", {"number": "jd12"}, True),
        ("delivered", {"number": "JD-13"}, False),
        ("delivered", {"number": ""}, False),
        ("unit.moved", {"sn": "sn12"}, True),
        ("unit.moved", {"sn": "SN-12"}, False),
    ],
)
def test_an_event_is_about_a_case_by_a_number_it_knows(event: str, told: dict[str, str], is_meant: bool) -> None:
    assert is_about(TRIAL, CASE, event, told) is is_meant
