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
