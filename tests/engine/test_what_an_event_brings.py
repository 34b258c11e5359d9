"""What an event brings is read as that event declares it, whatever other events call by the same name."""

from __future__ import annotations

from tests.engine.stage import Stage

TWO_VALUES = """
fields:
  day: {type: date, label: Day | 日期}
  words: {type: text, label: Words | 说明}
events:
  day.agreed: {data: {value: date}, label: Day agreed | 已约日期}
  words.came: {data: {value: text}, label: Words | 说明}
steps:
  waiting:
    label: Wait | 等待
    waiting_for: anyone
    events:
      words.came: {do: [{set: {words: = event.value}}]}
      day.agreed: {when: event.value > today, do: [{set: {day: = event.value}}], next: closed}
    timers: [{at: 5 days after entry, next: closed}]
  closed: {end: success, label: Closed | 结案}
"""


def test_two_events_may_call_different_things_by_one_name() -> None:
    stage = Stage(TWO_VALUES).lines("clerk starts", ("words.came arrives", {"value": "2026-05-01"}))
    assert stage.refused("day.agreed arrives", value="2026-03-02").code == "not_heard"
    stage.lines(("day.agreed arrives", {"value": "2026-05-01"}))
    assert stage.case is not None and stage.case.values == {"words": "2026-05-01", "day": "2026-05-01"}


A_UNIT = """
fields:
  sn: {type: record, of: serial_number, label: Unit | 设备}
  now_there: {type: record, of: serial_number, label: Stands there now | 现有设备}
events:
  unit.changed: {match: {old: sn}, data: {old: serial_number, new: serial_number}, label: Changed | 已更换}
steps:
  waiting:
    label: Wait | 等待
    waiting_for: anyone
    events:
      unit.changed: {do: [{set: {now_there: = event.new}}], next: closed}
    timers: [{at: 5 days after entry, next: closed}]
  closed: {end: success, label: Closed | 结案}
"""


def test_a_record_that_an_event_brings_is_known_though_no_field_of_the_case_has_its_name() -> None:
    stage = Stage(A_UNIT).lines(
        ("clerk starts", {"sn": "SN-1"}), ("unit.changed arrives", {"old": "SN-1", "new": "SN-2"})
    )
    assert stage.case is not None and stage.case.values["now_there"] == "SN-2"
    assert stage.case.records["now_there"]["number"] == "SN-2"
