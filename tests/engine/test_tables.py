"""Tables: rows are entered, checked cell by cell, added by actions, asked about by conditions, handed over and written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.case import Case
from engine.definition.expressions import evaluate, parse, told_apart_by
from engine.effects import StartCase
from engine.facts import BoundRow, CaseFacts
from engine.listings import records_of
from engine.offering import start_offer, task_offer
from engine.refusals import FormRefusal
from engine.writing import fill
from tests.engine.stage import Stage

FIELDS = """
fields:
  fee: {type: money, default: 0, label: Fee | 服务费}
  channel: {type: choice, default: phone, label: Way | 方式, choices: {phone: Telephone | 电话, email: E-mail | 邮件}}
  parts:
    type: table
    label: Parts used | 更换零件
    max: 4
    columns:
      part: {type: text, label: Part | 零件}
      quantity: {type: number, min: 1, default: 1, label: Quantity | 数量}
      cost: {type: money, min: 0, label: Cost | 金额}
      old_sn: {type: record, of: serial_number, optional: true, label: Old number | 旧序列号}
      reason: {type: text, label: Reason | 原因, required_if: cost > 1000 or fee > 500}
  checkpoints:
    type: table
    label: Checkpoints | 追踪点
    rows: {picked_up: Picked up | 已揽收, delivered: Delivered | 已签收}
    columns:
      occurred_at: {type: datetime, label: When | 时间, required_if: waived is not set}
      waived: {type: text, optional: true, label: Why it is waived | 免填理由}
  attempts:
    type: table
    label: Attempts | 尝试
    max: 3
    columns:
      at: {type: datetime, label: At | 时间}
      by: {type: user, label: By | 人员}
      way: {type: choice, label: Way | 方式, choices: {phone: Telephone | 电话, email: E-mail | 邮件}}
"""
ENDS = """
  closed: {end: success, label: Closed | 结束}
  dear: {end: success, label: Dear | 贵}
  cancelled: {end: cancelled, label: Cancelled | 取消}
"""
REPAIR = f"""{FIELDS}
steps:
  repairing:
    label: Repair | 维修
    task:
      role: fixer
      form:
        ask: [parts]
        optional: [checkpoints, fee]
        groups: [{{label: What was done | 维修内容, fields: [parts, fee]}}]
    due: 1 day
    next:
      - {{when: 'sum(parts.cost) + fee > 500 and rows(parts, quantity > 1) == 0', then: dear}}
      - otherwise: closed
{ENDS}"""
CALLS = f"""{FIELDS}
steps:
  calling:
    label: Call | 致电
    task: {{role: clerk, form: {{optional: [channel]}}}}
    due: 1 day
    outcomes:
      reached: {{next: closed}}
      nobody:
        do: [{{add_row: {{attempts: {{at: = now, by: = assignee, way: = channel}}}}}}]
        next:
          - {{when: different(attempts.way) > 1, then: dear}}
          - {{when: count(calling.nobody) >= 2, then: forgetting}}
          - otherwise: calling
  forgetting:
    label: Forget | 清空
    task: {{role: clerk}}
    due: 1 day
    on_done: [{{set: {{attempts: []}}}}]
    next: calling
{ENDS}"""
BEARING = {"part": "bearing", "cost": "120"}


def opened(body: str = REPAIR) -> Stage:
    return Stage(body).lines("clerk starts")


def cells_refused(stage: Stage, **values: Any) -> dict[str, str]:
    refusal = stage.refused("fixer completes repairing", **values)
    assert isinstance(refusal, FormRefusal)
    return {name: text.en for name, text in refusal.fields.items()}


def repaired(*rows: dict[str, Any], **more: Any) -> Stage:
    return opened().lines(("fixer completes repairing", {"parts": list(rows), **more}))


def value_of(stage: Stage, name: str) -> Any:
    assert stage.case is not None
    return stage.case.values.get(name)


def facts_of(stage: Stage, row: BoundRow | None = None) -> CaseFacts:
    assert isinstance(stage.case, Case)
    return CaseFacts(stage.process, stage.case, stage.world_at(stage.now), row=row)


def asked(stage: Stage, text: str) -> object:
    return evaluate(parse(text), facts_of(stage))


# -- entering ----------------------------------------------------------------------------------------------------------


def test_rows_are_stored_as_typed_values_with_defaults_and_without_empty_cells() -> None:
    stage = repaired({}, BEARING, {"part": " seal ", "quantity": 3, "cost": 5, "reason": ""}, {"quantity": "1"})

    assert value_of(stage, "parts") == [
        {"part": "bearing", "quantity": 1, "cost": "120.00"},
        {"part": "seal", "quantity": 3, "cost": "5.00"},
    ]


def test_every_wrong_cell_is_named_by_its_row_as_it_was_entered_and_its_column() -> None:
    wrong = cells_refused(
        opened(), parts=[{}, {"part": "b", "cost": "x"}, {"part": "c", "cost": 2000, "colour": "red"}, {"cost": 1}]
    )

    assert wrong == {
        "parts.2.cost": "Row 2, Cost: A number is needed here, like 120 or 99.50.",
        "parts.3.colour": "Row 3, colour: there is no such column.",
        "parts.3.reason": "Row 3: Reason is needed.",
        "parts.4.part": "Row 4: Part is needed.",
    }


def test_a_cell_may_be_required_by_its_own_row_or_by_a_field_of_the_case() -> None:
    assert cells_refused(opened(), parts=[BEARING, {**BEARING, "cost": 1001}]) == {
        "parts.2.reason": "Row 2: Reason is needed."
    }
    assert cells_refused(opened(), parts=[BEARING], fee=501) == {"parts.1.reason": "Row 1: Reason is needed."}


def test_a_table_that_is_asked_needs_a_row_and_takes_no_more_than_its_most() -> None:
    assert cells_refused(opened()) == {"parts": "Parts used needs at least 1 row."}
    assert cells_refused(opened(), parts=[{"quantity": 1}]) == {"parts": "Parts used needs at least 1 row."}
    assert cells_refused(opened(), parts=[BEARING] * 5) == {"parts": "Parts used takes at most 4 rows; these are 5."}


def test_odd_values_in_place_of_rows_are_refused_in_sentences() -> None:
    for odd in ("bearing", 7, True, {"part": "bearing"}, [["bearing"]], ["bearing"], [None], [{}] * 1_001):
        assert all(name.startswith("parts") and text for name, text in cells_refused(opened(), parts=odd).items())


def test_fixed_rows_are_always_all_there_and_those_not_mentioned_keep_what_they_had() -> None:
    body = REPAIR.replace("- otherwise: closed", "- otherwise: repairing")
    stage = opened(body).lines(
        (
            "fixer completes repairing",
            {"parts": [BEARING], "checkpoints": [{"row": "delivered", "occurred_at": "2026-03-02 17:00"}]},
        ),
        ("fixer completes repairing", {"checkpoints": [{"row": "picked_up", "waived": "by hand"}]}),
    )

    assert value_of(stage, "checkpoints") == [
        {"row": "picked_up", "waived": "by hand"},
        {"row": "delivered", "occurred_at": "2026-03-02T09:00:00+00:00"},
    ]
    assert asked(stage, "unanswered(checkpoints)") == 0


def test_untouched_fixed_rows_may_stay_empty_where_they_are_offered_and_not_where_they_are_asked() -> None:
    offered = repaired(BEARING, checkpoints=[{"row": "picked_up"}, {"row": "delivered", "waived": "lost"}])
    all_asked = opened(
        REPAIR.replace("ask: [parts]", "ask: [parts, checkpoints]").replace("[checkpoints, fee]", "[fee]")
    )

    assert asked(offered, "unanswered(checkpoints)") == 1
    assert cells_refused(all_asked, parts=[BEARING], checkpoints=[{"row": "delivered", "waived": "lost"}]) == {
        "checkpoints.picked_up.occurred_at": "Picked up: When is needed."
    }


def test_an_unknown_fixed_row_is_refused_with_those_there_are() -> None:
    wrong = cells_refused(opened(), parts=[BEARING], checkpoints=[{"row": "sorted", "waived": "x"}])

    assert wrong == {"checkpoints.sorted": "'sorted' is no row of this table; its rows are: picked_up, delivered."}


def test_a_refused_cell_changes_nothing_and_a_stored_table_is_told_to_the_history_as_a_whole() -> None:
    stage = opened()
    cells_refused(stage, parts=[{"part": "bearing"}])
    assert value_of(stage, "parts") is None

    assert value_of(repaired(BEARING), "parts") == [{"part": "bearing", "quantity": 1, "cost": "120.00"}]


# -- records in cells --------------------------------------------------------------------------------------------------


def test_a_case_is_listed_under_the_units_that_its_cells_name_and_forgets_those_that_went() -> None:
    body = REPAIR.replace("- otherwise: closed", "- otherwise: repairing")
    stage = opened(body).lines(
        (
            "fixer completes repairing",
            {"parts": [{**BEARING, "old_sn": {"number": "S1"}}, {**BEARING, "old_sn": {"number": "S2"}}]},
        )
    )
    assert stage.case is not None
    assert records_of(stage.process, stage.case) == (("serial_number", "S1"), ("serial_number", "S2"))
    assert facts_of(stage, BoundRow("parts", 1)).value(("row", "old_sn", "number")) == "S2"

    stage.lines(("fixer completes repairing", {"parts": [{**BEARING, "old_sn": {"number": "S2"}}]}))
    assert stage.case is not None
    assert records_of(stage.process, stage.case) == (("serial_number", "S2"),)


# -- conditions --------------------------------------------------------------------------------------------------------


def test_a_way_is_chosen_by_what_stands_in_the_rows() -> None:
    assert repaired({**BEARING, "cost": 501}).ended == "dear"
    assert repaired({**BEARING, "cost": 501, "quantity": 2}).ended == "closed"
    assert repaired(BEARING, BEARING, fee=300).ended == "dear"


def test_a_table_without_rows_sums_to_nothing_and_counts_none() -> None:
    stage = opened()

    assert asked(stage, "sum(parts.cost)") == 0
    assert asked(stage, "rows(parts)") == 0
    assert asked(stage, "different(parts.part)") == 0
    assert asked(stage, "parts is set") is False
    assert asked(stage, "rows(checkpoints)") == 2
    assert asked(stage, "unanswered(checkpoints)") == 2


def test_a_share_of_an_amount_is_worked_out_to_the_cent() -> None:
    stage = repaired({**BEARING, "cost": "33.35"})

    assert asked(stage, "percent(sum(parts.cost), 30)") == Decimal("10.01")
    assert asked(stage, "percent(fee, 60) == 0") is True


# -- actions -----------------------------------------------------------------------------------------------------------


def test_the_rows_of_an_outcome_see_what_was_there_before_its_own_actions() -> None:
    stage = opened(CALLS).lines("clerk completes calling.nobody", "clerk completes calling.nobody")
    assert (stage.at, asked(stage, "count(calling.nobody)")) == (("calling",), 2)

    stage.lines("clerk completes calling.nobody")
    assert (stage.at, asked(stage, "count(calling.nobody)")) == (("forgetting",), 3)


def test_an_action_adds_a_row_and_another_one_takes_them_all_away() -> None:
    stage = opened(CALLS).lines("clerk completes calling.nobody", "clerk completes calling.nobody")
    assert value_of(stage, "attempts") == [
        {"at": "2026-03-02T01:00:00+00:00", "by": "clerk", "way": "phone"},
        {"at": "2026-03-02T01:00:00+00:00", "by": "clerk", "way": "phone"},
    ]

    stage.lines("clerk completes calling.nobody")
    assert stage.at == ("forgetting",)
    assert asked(stage, "count(calling.nobody)") == 3
    stage.lines("clerk completes forgetting")
    assert value_of(stage, "attempts") is None


def test_texts_are_the_same_without_regard_to_width_case_spaces_and_hyphens() -> None:
    rows = [{"part": part, "cost": 1} for part in ("s-f 1", "SF1", "ＳＦ‑１", "SF2")]
    stage = Stage(REPAIR).lines("clerk starts", ("fixer completes repairing", {"parts": rows}))
    assert asked(stage, "different(parts.part)") == 2


def test_different_ways_of_contact_are_counted_by_their_value() -> None:
    stage = opened(CALLS).lines(
        "clerk completes calling.nobody", ("clerk completes calling.nobody", {"channel": "email"})
    )
    assert asked(stage, "different(attempts.way)") == 2

    stage.lines("clerk completes calling.nobody")
    assert stage.ended == "dear"


def test_a_full_table_takes_no_further_row() -> None:
    body = CALLS.replace("count(calling.nobody) >= 2", "count(calling.nobody) >= 9")
    stage = opened(body).lines(*["clerk completes calling.nobody"] * 3)

    refusal = stage.refused("clerk completes calling.nobody")
    assert refusal.text.en == "'Attempts' is full: it has 3 rows, and one more would be added."


def test_a_table_is_handed_over_as_it_stands() -> None:
    body = REPAIR.replace(
        "  closed: {end: success",
        "  billing:\n    label: Bill | 开票\n    do: [{start: bill, with: {parts: = parts}}]\n    next: closed\n  closed: {end: success",
    ).replace("- otherwise: closed", "- otherwise: billing")
    orders: list[StartCase] = []

    class Watching(Stage):
        def _child(self, order: StartCase) -> None:
            orders.append(order)

    Watching(body).lines("clerk starts", ("fixer completes repairing", {"parts": [BEARING]}))

    assert [order.values for order in orders] == [{"parts": [{"part": "bearing", "quantity": 1, "cost": "120.00"}]}]


# -- showing and writing -----------------------------------------------------------------------------------------------


def test_a_mail_writes_one_line_for_each_row() -> None:
    stage = repaired(
        BEARING, {"part": "seal", "quantity": 2, "cost": 5}, checkpoints=[{"row": "delivered", "waived": "lost"}]
    )

    written = fill("Used:\n{{ parts }}\n{{ checkpoints }}", stage.process, facts_of(stage), "en")
    assert written.splitlines() == [
        "Used:",
        "bearing × 1, 120.00",
        "seal × 2, 5.00",
        "Delivered: Why it is waived: lost",
    ]
    assert "bearing × 1　120.00" in fill("{{ parts }}", stage.process, facts_of(stage), "zh-Hans")


def test_an_offer_carries_the_columns_the_fixed_rows_and_the_groups() -> None:
    stage = opened()
    assert stage.case is not None
    fixer = stage.world_at(stage.now).people["fixer"]

    offer = task_offer(stage.process, stage.case, stage.work("repairing"), fixer, stage.world_at(stage.now))

    parts, checkpoints, _ = offer.asked
    assert (parts.required, parts.min, parts.max, parts.rows, parts.value) == (True, 1, 4, (), [])
    assert [(c.name, c.type, c.required, c.value) for c in parts.columns] == [
        ("part", "text", True, None),
        ("quantity", "number", True, 1),
        ("cost", "money", True, None),
        ("old_sn", "record", False, None),
        ("reason", "text", False, None),
    ]
    assert [id for id, _ in checkpoints.rows] == ["picked_up", "delivered"]
    assert checkpoints.value == [{"row": "picked_up"}, {"row": "delivered"}]
    assert [group.fields for group in offer.groups] == [("parts", "fee"), ("checkpoints",)]


def test_a_start_offer_shows_a_table_before_anything_is_known() -> None:
    stage = Stage(REPAIR, HEAD_WITH_PARTS)

    offer = start_offer(stage.process, stage.world_at(stage.now).people["clerk"], stage.world_at(stage.now))

    assert [(field.name, field.value, field.cells) for field in offer.fields] == [("parts", [], ())]


HEAD_WITH_PARTS = """
process: trial
version: 1
label: Trial | 试验
calendar: office
start: {role: [clerk], form: {ask: [parts]}}
"""

# -- laws --------------------------------------------------------------------------------------------------------------

cells = st.fixed_dictionaries(
    {},
    optional={
        "part": st.sampled_from(["", "bearing", "seal", " seal ", None]),
        "quantity": st.sampled_from([1, 2, "3", 0, "", "many"]),
        "cost": st.sampled_from(["0", 12, "99.50", 1500, -1, "x", None]),
        "reason": st.sampled_from(["", "worn"]),
    },
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(cells, max_size=6))
def test_whatever_rows_are_entered_what_is_stored_is_complete_or_refused_by_its_cell(
    rows: list[dict[str, Any]],
) -> None:
    stage = opened()
    try:
        stage.play("fixer completes repairing", {"parts": rows})
    except FormRefusal as refusal:
        names = {name.split(".")[0] for name in refusal.fields}
        places = [name.split(".")[1:] for name in refusal.fields if "." in name]
        assert names == {"parts"}
        assert all(1 <= int(row) <= len(rows) and column in PARTS for row, column in places)
        return
    stored = value_of(stage, "parts")
    assert 1 <= len(stored) <= 4
    for row in stored:
        assert {"part", "quantity", "cost"} <= row.keys()
        assert Decimal(row["cost"]) <= 1000 or row.get("reason")
    assert asked(stage, "sum(parts.cost)") == sum(Decimal(row["cost"]) for row in stored)
    assert asked(stage, "rows(parts)") == len(stored)
    assert asked(stage, "rows(parts, quantity > 1)") == sum(1 for row in stored if row["quantity"] > 1)
    assert asked(stage, "different(parts.part)") == len({told_apart_by(row["part"]) for row in stored})
    assert asked(stage, "unanswered(parts)") == 0


PARTS = {"part", "quantity", "cost", "reason"}
