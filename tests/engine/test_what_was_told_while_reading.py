"""Whoever writes a table has seen the rows that stand in it: what was told between reading and writing survives."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import events as happened
from engine.case import Case
from engine.decide import decide
from engine.offering import task_offer
from engine.refusals import Overtaken, Unseen
from tests.engine.stage import Stage

BODY = """
fields:
  parcels:
    type: table
    label: Parcels | 包裹
    columns:
      number: {type: text, label: Number | 单号}
      state: {type: choice, default: moving, label: State | 状态, choices: {moving: Moving | 运输中, there: There | 已到}}
      place: {type: text, optional: true, label: Place | 位置}
  points:
    type: table
    label: Points | 追踪点
    rows: {sent: Sent | 已发出, there: There | 已到}
    columns: {at: {type: text, optional: true, label: At | 时间}}
  bids: {type: table, label: Bids | 报价, visible_to: [boss], columns: {by: {type: text, label: By | 报价人}}}
  note: {type: text, label: Note | 备注}
events:
  parcel.there: {match: {number: parcels.number}, label: There | 已到}
  parcel.seen: {match: {number: parcels.number}, data: {place: text}, label: Seen | 扫描}
  parcel.split: {label: Split | 拆分}
  point.passed: {label: Passed | 已过}
  bid.made: {label: Bid | 报价}
anytime:
  parcel.there: {do: [{set: {row.state: there}}]}
  parcel.seen: {do: [{set: {row.place: = event.place}}]}
  parcel.split: {do: [{add_row: {parcels: {number: C3}}}]}
  point.passed: {do: [{set_rows: {points.there: {at: noon}}}]}
  bid.made: {do: [{add_row: {bids: {by: somebody}}}]}
steps:
  correcting:
    label: Correct | 更正
    task: {role: [clerk, boss], form: {optional: [parcels, points, bids, note], columns: {parcels: [number, state]}}}
    due: 1 day
    outcomes: {again: correcting, done: closed}
  closed: {end: success, label: Closed | 结束}
"""
"""One form over free rows of which it leaves out a column, over fixed rows, and over rows that only the boss may read."""
A = {"row": 1, "number": "A1", "state": "moving"}
B = {"row": 2, "number": "B2", "state": "moving"}
NEWS = {
    "parcels": ("parcel.there arrives", {"number": "A1"}),
    "parcels too": ("parcel.split arrives", {}),
    "points": ("point.passed arrives", {}),
    "bids": ("bid.made arrives", {}),
    "nothing of the form": ("parcel.seen arrives", {"number": "A1", "place": "Wuxi"}),
}
WRITTEN: dict[str, list[dict[str, Any]]] = {
    "parcels": [A | {"number": "A9"}, B],
    "points": [{"row": "sent", "at": "dawn"}],
    "bids": [{"by": "me"}],
}


def two_parcels() -> Stage:
    stage = Stage(BODY).lines("clerk starts")
    return stage.lines(("clerk completes correcting.again", {"parcels": [{"number": "A1"}, {"number": "B2"}]}))


def standing(stage: Stage) -> Case:
    assert stage.case is not None
    return stage.case


def read(stage: Stage, by: str = "clerk") -> dict[str, str]:
    """What the task says of its tables."""
    world = stage.world_at(stage.now)
    return dict(task_offer(stage.process, standing(stage), stage.work("correcting"), world.people[by], world).seen)


def write(stage: Stage, values: dict[str, Any], seen: dict[str, str], by: str = "clerk") -> None:
    """The form as it was read then."""
    press = happened.TaskCompleted(stage.work("correcting").id, "again", by, values, seen=seen)
    stage.case = decide(stage.process, standing(stage), press, stage.world_at(stage.now)).case


def cells(stage: Stage, table: str, column: str) -> list[Any]:
    return [row.get(column) for row in standing(stage).values[table]]


def test_what_was_read_is_written() -> None:
    stage = two_parcels()
    write(stage, {"parcels": WRITTEN["parcels"]}, read(stage))
    assert cells(stage, "parcels", "number") == ["A9", "B2"]


def test_news_that_came_meanwhile_is_not_written_over_and_the_sentence_names_the_table_and_the_cure() -> None:
    stage = two_parcels()
    seen = read(stage)
    stage.lines(NEWS["parcels"])
    with pytest.raises(Overtaken) as refused:
        write(stage, {"parcels": [A, B]}, seen)
    assert (refused.value.code, list(refused.value.fields)) == ("overtaken", ["parcels"])
    assert refused.value.text.en == (
        "'Parcels' changed after you opened it. Look at it as it is now, and enter again what you meant to change."
    )
    assert refused.value.text.zh == "您打开之后，“包裹”的内容已有变化。请核对最新内容，再重新填写您的更改。"
    assert cells(stage, "parcels", "state") == ["there", "moving"]
    write(stage, {"parcels": [A | {"state": "there"}, B]}, read(stage))
    assert cells(stage, "parcels", "state") == ["there", "moving"]


def test_rows_are_not_written_by_who_does_not_say_what_was_seen_of_them() -> None:
    stage = two_parcels()
    with pytest.raises(Unseen) as refused:
        write(stage, {"parcels": [A, B]}, {})
    assert (refused.value.code, list(refused.value.fields)) == ("unseen", ["parcels"])
    assert "'Parcels' already holds rows" in refused.value.text.en and "'seen'" in refused.value.text.en
    assert "“包裹”" in refused.value.text.zh and "“seen”" in refused.value.text.zh


def test_an_empty_table_is_filled_without_a_word_unless_something_was_told_meanwhile() -> None:
    stage = Stage(BODY).lines("clerk starts")
    assert read(stage) == {"parcels": "", "points": "", "bids": ""}
    write(stage, {"parcels": [{"number": "A1"}], "points": WRITTEN["points"]}, {})
    empty = Stage(BODY).lines("clerk starts", "parcel.split arrives")
    with pytest.raises(Overtaken):
        write(empty, {"parcels": [{"number": "A1"}]}, {"parcels": ""})


def test_what_a_form_leaves_out_may_change_meanwhile_and_stays() -> None:
    stage = two_parcels()
    seen = read(stage)
    stage.lines(NEWS["nothing of the form"])
    write(stage, {"parcels": [A | {"state": "there"}, B]}, seen)
    assert standing(stage).values["parcels"][0] == {"number": "A1", "state": "there", "place": "Wuxi"}


def test_news_of_one_table_does_not_keep_from_another() -> None:
    stage = two_parcels()
    seen = read(stage)
    stage.lines(NEWS["points"])
    write(stage, {"parcels": [A | {"state": "there"}, B], "note": "seen"}, seen)
    assert cells(stage, "points", "at") == [None, "noon"]


def test_rows_that_may_not_be_read_are_not_written_over_either_and_their_checksum_tells_nothing_of_them() -> None:
    stage = two_parcels()
    before = read(stage)
    stage.lines(NEWS["bids"])
    with pytest.raises(Overtaken):
        write(stage, {"bids": WRITTEN["bids"]}, before)
    once = read(stage)["bids"]
    stage.lines(NEWS["points"])
    assert read(stage)["bids"] != once
    assert read(stage, "boss")["bids"] not in (once, read(stage)["bids"])
    write(stage, {"bids": [], "note": "an empty box takes nothing away"}, before)
    assert cells(stage, "bids", "by") == ["somebody"]


@settings(max_examples=80, derandomize=True, deadline=None)
@given(
    told=st.lists(st.sampled_from(sorted(NEWS)), max_size=3),
    written=st.sets(st.sampled_from(sorted(WRITTEN)), min_size=1),
    said=st.booleans(),
    by=st.sampled_from(["clerk", "boss"]),
)
def test_whatever_was_told_between_reading_and_writing_survives(
    told: list[str], written: set[str], said: bool, by: str
) -> None:
    stage = two_parcels()
    seen = read(stage, by) if said else {}
    stage.lines(*(NEWS[one] for one in told))
    known = standing(stage).values
    try:
        write(stage, {table: WRITTEN[table] for table in written}, seen, by)
    except (Overtaken, Unseen):
        assert standing(stage).values == known
        return
    now = standing(stage).values
    assert "parcels too" not in told or now["parcels"][-1]["number"] == "C3"
    assert "parcels" not in told or now["parcels"][0]["state"] == "there"
    assert "points" not in told or now["points"][1]["at"] == "noon"
    assert "bids" not in told or {"by": "somebody"} in now["bids"]
    assert "nothing of the form" not in told or now["parcels"][0]["place"] == "Wuxi"
