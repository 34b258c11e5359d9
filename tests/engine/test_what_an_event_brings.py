"""What an event brings is read as that event declares it, whatever other events call by the same name."""

from __future__ import annotations

from engine.case_offering import case_offer
from engine.people import Person
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


TROUBLE = """
fields:
  number: {type: text, label: Number | 编号}
  trouble: {type: choice, label: Trouble | 异常, choices: {refused: Refused | 拒收, lost: Lost | 丢失}}
events:
  thing.stuck: {match: number, data: {kind: trouble, place: text}, label: Stuck | 停滞}
steps:
  waiting:
    label: Wait | 等待
    waiting_for: anyone
    events:
      thing.stuck: {do: [{set: {trouble: = event.kind}}], next: [{when: event.kind is lost, then: lost}, {otherwise: waiting}]}
    timers: [{at: 5 days after entry, next: closed}]
  closed: {end: success, label: Closed | 结案}
  lost: {end: failure, label: Lost | 丢失}
"""


def test_what_a_carrier_calls_the_trouble_is_one_of_our_choices_or_nothing() -> None:
    stage = Stage(TROUBLE).lines(("clerk starts", {"number": "7"}), ("thing.stuck arrives", {"kind": "refused"}))
    assert stage.case is not None and stage.case.values["trouble"] == "refused"
    for unknown in ("exploded", "", 7, ["lost"], {"lost": 1}, None):
        stage.lines(("thing.stuck arrives", {"kind": unknown}))
        assert "trouble" not in stage.case.values
    assert stage.lines(("thing.stuck arrives", {"kind": "lost"})).ended == "lost"


def test_whoever_enters_it_by_hand_chooses() -> None:
    stage = Stage(TROUBLE).lines(("clerk starts", {"number": "7"}))
    assert stage.case is not None
    person = Person("clerk", "clerk", frozenset({"clerk"}))
    [event] = case_offer(stage.process, stage.case, person, stage.world_at(stage.now)).events
    kind = event.fields[0]
    assert (kind.type, kind.label.zh, [id for id, _ in kind.choices]) == ("choice", "异常", ["refused", "lost"])
