"""A form that names only some columns of a table: what it offers, what it demands, and that it leaves the others alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.definition.texts import Text
from engine.offering import start_offer, task_offer
from engine.offers import TaskOffer
from engine.people import Person
from engine.refusals import FormRefusal
from tests.engine.stage import Stage

HEAD = """
process: trial
version: 1
label: Trial | 试验
calendar: office
start: {role: clerk, form: {optional: [parcels], columns: {parcels: [tracking_no, pieces]}}}
"""
BODY = """
fields:
  parcels:
    type: table
    label: Parcels | 包裹
    columns:
      tracking_no: {type: text, label: Number | 单号}
      pieces: {type: number, optional: true, default: 1, label: Pieces | 件数}
      state: {type: choice, default: announced, label: State | 状态, choices: {announced: Announced | 已下单, moving: Moving | 运输中}}
      place: {type: text, optional: true, label: Place | 位置}
      said: {type: text, label: Said | 说明}
  points:
    type: table
    label: Points | 追踪点
    rows: {sent: Sent | 已发出, there: There | 已到}
    columns:
      at: {type: text, label: At | 时间}
      by: {type: text, label: By | 来源}
events:
  parcel.seen: {match: {tracking_no: parcels.tracking_no}, data: {place: text, said: text}, label: Seen | 扫描}
anytime:
  parcel.seen:
    do: [{set: {row.state: moving, row.place: = event.place, row.said: = event.said}}]
steps:
  putting_right:
    label: Put right | 更正
    task:
      role: clerk
      form: {show: [points], ask: [parcels], optional: [points], columns: {parcels: [tracking_no, pieces], points: [at]}}
    due: 1 day
    outcomes: {again: putting_right, looking: looking}
  looking:
    label: Look | 查看
    task: {role: clerk, form: {show: [parcels], ask: [points], columns: {parcels: [tracking_no, place]}}}
    due: 1 day
    next: closed
  closed: {end: success, label: Closed | 结束}
  cancelled: {end: cancelled, label: Cancelled | 取消}
"""
TWO = [{"tracking_no": "A1"}, {"tracking_no": "B2", "pieces": 3}]
SEEN = (
    ("parcel.seen arrives", {"tracking_no": "A1", "place": "Wuxi", "said": "late"}),
    ("parcel.seen arrives", {"tracking_no": "B2", "place": "Suzhou", "said": "wet"}),
)
A = {"tracking_no": "A1", "pieces": 1, "state": "moving", "place": "Wuxi", "said": "late"}
B = {"tracking_no": "B2", "pieces": 3, "state": "moving", "place": "Suzhou", "said": "wet"}


def sent() -> Stage:
    """Two parcels that the carrier has seen."""
    return Stage(BODY, HEAD).lines(("clerk starts", {"parcels": TWO}), *SEEN)


def parcels(stage: Stage) -> list[dict[str, Any]]:
    assert stage.case is not None
    return list(stage.case.values.get("parcels") or [])


def put_right(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    """What stands in the table after these rows were entered."""
    return parcels(sent().lines(("clerk completes putting_right.again", {"parcels": list(rows)})))


def offered(stage: Stage, step: str) -> TaskOffer:
    world = stage.world_at(stage.now)
    return task_offer(stage.process, stage.case, stage.work(step), world.people["clerk"], world)  # type: ignore[arg-type]  # it has started


def test_a_new_row_begins_with_the_defaults_of_what_is_not_asked_and_is_complete_without_it() -> None:
    stage = Stage(BODY, HEAD).lines(("clerk starts", {"parcels": TWO}))
    assert parcels(stage) == [
        {"tracking_no": "A1", "pieces": 1, "state": "announced"},
        {"tracking_no": "B2", "pieces": 3, "state": "announced"},
    ]


def test_a_number_is_put_right_and_what_the_carrier_said_stays_with_its_row() -> None:
    assert put_right({"row": 1, "tracking_no": "A9"}, {"row": 2, "tracking_no": "B2", "pieces": 3}) == [
        A | {"tracking_no": "A9"},
        B,
    ]


def not_taken_away(*rows: dict[str, Any]) -> dict[str, Text]:
    """What is said of these rows, none of which is wrong in itself."""
    refusal = sent().refused("clerk completes putting_right.again", parcels=list(rows))
    assert isinstance(refusal, FormRefusal)
    return refusal.fields


@pytest.mark.parametrize(
    "rows",
    [
        [{"row": 2, "tracking_no": "B2", "pieces": 3}],
        [{"row": 2, "tracking_no": "B2", "pieces": 3}, {"row": 0, "tracking_no": "C3"}],
        [{"tracking_no": "B2", "pieces": 3}],
        [{"tracking_no": "B2", "pieces": 4}],
        [],
    ],
)
def test_a_row_with_what_somebody_else_filled_is_not_taken_away_where_that_is_not_even_seen(rows: Any) -> None:
    told = not_taken_away(*rows)
    assert list(told) == ["parcels"]
    assert told["parcels"].en == (
        "Row 1 of 'Parcels' holds what is not entered here (State, Place, Said), so it cannot be taken away here. Keep it in the list."
    )
    assert told["parcels"].zh == "“包裹”第 1 行还有此处不填写的内容（状态、位置、说明），不能在此删除，请保留该行。"


def test_it_is_told_together_with_what_else_is_wrong() -> None:
    told = not_taken_away({"row": 2, "tracking_no": "B2", "pieces": "many"})
    assert sorted(told) == ["parcels", "parcels.1.pieces"]


def test_a_row_of_which_nobody_told_anything_is_taken_away() -> None:
    stage = Stage(BODY, HEAD).lines(("clerk starts", {"parcels": TWO}), SEEN[1])
    stage.lines(("clerk completes putting_right.again", {"parcels": [{"row": 2, "tracking_no": "B2", "pieces": 4}]}))
    assert parcels(stage) == [B | {"pieces": 4}]


def test_a_row_in_which_a_formula_once_gave_another_value_is_taken_away_all_the_same() -> None:
    noted = BODY.replace(
        "      place:",
        "      noted: {type: date, optional: true, default: = today, label: Noted | 记录日期}\n      place:",
    )
    stage = Stage(noted, HEAD).lines(("clerk starts", {"parcels": TWO}), "2 days pass")
    stage.lines(("clerk completes putting_right.again", {"parcels": [{"row": 2, "tracking_no": "B2", "pieces": 3}]}))
    assert [row["tracking_no"] for row in parcels(stage)] == ["B2"]


def test_a_new_row_never_takes_over_what_belongs_to_another() -> None:
    new = {"tracking_no": "C3", "pieces": 1, "state": "announced"}
    b, c, a = {"row": 2, "tracking_no": "B2", "pieces": 3}, {"tracking_no": "C3"}, {"row": 1, "tracking_no": "A1"}
    assert put_right(b, c, a) == [B, new, A]


def test_rows_may_change_places() -> None:
    assert put_right({"row": "2", "tracking_no": "B2", "pieces": 3}, {"row": "1", "tracking_no": "A1"}) == [B, A]


def test_rows_without_numbers_are_known_by_what_they_hold_then_by_their_place() -> None:
    assert put_right({"tracking_no": "B2", "pieces": 3}, {"tracking_no": "A1", "pieces": 1}) == [B, A]
    assert put_right({"tracking_no": "A9", "pieces": 1}, {"tracking_no": "B2", "pieces": 3}) == [
        A | {"tracking_no": "A9"},
        B,
    ]


def test_an_emptied_row_is_asked_for_and_not_thrown_away_with_what_the_carrier_said() -> None:
    stage = sent()
    refusal = stage.refused(
        "clerk completes putting_right.again", parcels=[{"row": 1}, {"row": 2, "tracking_no": "B2"}]
    )
    assert isinstance(refusal, FormRefusal)
    assert list(refusal.fields) == ["parcels.1.tracking_no"]


@pytest.mark.parametrize("number", [3, "x", -1, True, 1.5, "¹"])
def test_a_row_that_is_not_there_is_refused(number: object) -> None:
    refusal = sent().refused("clerk completes putting_right.again", parcels=[{"row": number, "tracking_no": "A1"}])
    assert isinstance(refusal, FormRefusal)
    assert list(refusal.fields) == ["parcels.1"]


def test_one_row_is_not_entered_twice() -> None:
    rows = [{"row": 1, "tracking_no": "A1"}, {"row": 1, "tracking_no": "A1"}]
    refusal = sent().refused("clerk completes putting_right.again", parcels=rows)
    assert isinstance(refusal, FormRefusal)
    assert list(refusal.fields) == ["parcels.2"]
    assert refusal.fields["parcels.2"].zh == "第 2 行：此处没有另一个第 1 行。"


def test_what_the_form_does_not_name_cannot_be_entered_either() -> None:
    stage = sent()
    rows = [{"row": 1, "tracking_no": "A1", "state": "announced"}, {"row": 2, "tracking_no": "B2"}]
    refusal = stage.refused("clerk completes putting_right.again", parcels=rows)
    assert isinstance(refusal, FormRefusal)
    assert refusal.fields["parcels.1.state"].en == "Row 1, state: is not entered here."


def test_a_fixed_row_keeps_the_columns_that_are_not_named_and_is_complete_without_them() -> None:
    stage = Stage(BODY, HEAD).lines(
        ("clerk starts", {"parcels": TWO}),
        ("clerk completes putting_right.again", {"parcels": TWO, "points": [{"row": "sent", "at": "noon"}]}),
    )
    assert stage.case is not None
    assert stage.case.values["points"] == [{"row": "sent", "at": "noon"}, {"row": "there"}]
    refusal = stage.refused("clerk completes putting_right.again", parcels=TWO, points=[{"row": "sent", "by": "us"}])
    assert isinstance(refusal, FormRefusal)
    assert list(refusal.fields) == ["points.sent.by"]


def test_only_the_named_columns_are_offered_with_the_number_of_each_row() -> None:
    stage = sent()
    offer = next(field for field in offered(stage, "putting_right").asked if field.name == "parcels")
    assert [column.name for column in offer.columns] == ["tracking_no", "pieces"]
    assert offer.numbered
    assert offer.value == [{"row": 1, "tracking_no": "A1", "pieces": 1}, {"row": 2, "tracking_no": "B2", "pieces": 3}]
    assert [[text.en for text in row] for row in offer.cells] == [["A1", "1"], ["B2", "3"]]


def test_a_table_that_is_shown_and_entered_is_shown_whole_and_one_that_is_only_shown_in_part() -> None:
    stage = sent()
    [whole] = offered(stage, "putting_right").shown
    assert [column.name for column in whole.columns] == ["at", "by"]
    stage.lines(("clerk completes putting_right.looking", {"parcels": TWO}))
    [part] = offered(stage, "looking").shown
    assert [column.name for column in part.columns] == ["tracking_no", "place"]
    assert part.value == [{"tracking_no": "A1", "place": "Wuxi"}, {"tracking_no": "B2", "place": "Suzhou"}]
    assert [[text.en for text in row] for row in part.cells] == [["A1", "Wuxi"], ["B2", "Suzhou"]]
    [points] = offered(stage, "looking").asked
    assert not points.numbered


def test_the_start_form_offers_them_too() -> None:
    stage = Stage(BODY, HEAD)
    [offer] = start_offer(stage.process, Person("ann", "Ann", frozenset({"clerk"})), stage.world_at(stage.now)).fields
    assert [column.name for column in offer.columns] == ["tracking_no", "pieces"]


ENTERED = st.lists(
    st.fixed_dictionaries(
        {"tracking_no": st.sampled_from(["A1", "B2", "C3", "D4"])}, optional={"pieces": st.integers(1, 3)}
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(rows=ENTERED, order=st.permutations([0, 0, 1, 2]), numbered=st.booleans())
def test_whatever_is_entered_what_is_not_named_stays_with_its_row_or_nothing_is_written(
    rows: list[dict[str, Any]], order: list[int], numbered: bool
) -> None:
    said = [dict(row, row=n) for row, n in zip(rows, order, strict=False)] if numbered else rows
    stage, refused = sent(), dict[str, Text]()
    try:
        stage.lines(("clerk completes putting_right.again", {"parcels": said}))
    except FormRefusal as refusal:
        refused = refusal.fields
    after = parcels(stage)
    if refused:
        assert (list(refused), after) == (["parcels"], [A, B])
        assert not numbered or {1, 2} - {row["row"] for row in said}
        return
    assert len(after) == len(said)
    hidden = [tuple(row.get(column) for column in ("state", "place", "said")) for row in after]
    known: dict[tuple[Any, ...], int] = {
        ("moving", "Wuxi", "late"): 1,
        ("moving", "Suzhou", "wet"): 2,
        ("announced", None, None): 0,
    }
    found = [known[one] for one in hidden]
    assert all(found.count(n) == 1 for n in (1, 2))
    if numbered:
        assert found == [row["row"] for row in said]
