"""Two values of a table beside each other: which rows are new, gone or changed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.definition.model import FieldDef
from web.changed_rows import ChangedTable, changed_table

PARTS = FieldDef.model_validate(
    {
        "type": "table",
        "label": "Parts | 零件",
        "columns": {
            "part": {"type": "text", "label": "Part | 零件"},
            "cost": {"type": "money", "label": "Cost | 金额"},
        },
    }
)
WAY = FieldDef.model_validate(
    {
        "type": "table",
        "label": "Way | 运输",
        "rows": {"sent": "Sent | 已发出", "there": "There | 已到达"},
        "columns": {"note": {"type": "text", "label": "Note | 备注"}},
    }
)
ROWS = st.lists(
    st.fixed_dictionaries({"part": st.sampled_from("abc"), "cost": st.sampled_from(["1.00", "2.00"])}), max_size=6
)


def between(field: FieldDef, old: Any, new: Any, language: str = "en") -> ChangedTable:
    return changed_table(field, old, new, language, lambda column, value: str(value))


def told(table: ChangedTable) -> list[tuple[str, str]]:
    return [(row.label, row.state) for row in table.rows]


def test_a_new_row_between_others_leaves_those_alone() -> None:
    a, b, c = ({"part": name, "cost": "1.00"} for name in "abc")
    assert told(between(PARTS, [a, c], [a, b, c])) == [("Row 2", "new")]
    assert told(between(PARTS, [a, b, c], [a, c])) == [("Row 2", "gone")]


def test_a_changed_cell_stands_with_what_it_was() -> None:
    table = between(PARTS, [{"part": "a", "cost": "1.00"}], [{"part": "a", "cost": "2.00"}], "zh-Hans")
    assert table.columns == ("零件", "金额")
    assert told(table) == [("第 1 行", "changed")]
    assert table.rows[0].cells == (("a", "a"), ("1.00", "2.00"))


@pytest.mark.parametrize(
    ("old", "new", "state"),
    [({}, {"note": "x"}, "filled"), ({"note": "x"}, {}, "emptied"), ({"note": "x"}, {"note": "y"}, "changed")],
)
def test_a_fixed_row_goes_by_its_name_and_is_filled_or_emptied(old: Any, new: Any, state: str) -> None:
    both = {"row": "sent"}
    assert told(between(WAY, [both, {"row": "there", **old}], [both, {"row": "there", **new}])) == [("There", state)]


def test_before_anything_was_entered_every_row_is_new() -> None:
    assert told(between(PARTS, None, [{"part": "a"}, {"part": "b"}])) == [("Row 1", "new"), ("Row 2", "new")]


@settings(max_examples=60, derandomize=True, deadline=None)
@given(ROWS, ROWS)
def test_new_minus_gone_is_the_difference_in_length_and_nothing_is_told_of_the_same(old: Any, new: Any) -> None:
    states = [row.state for row in between(PARTS, old, new).rows]
    assert states.count("new") - states.count("gone") == len(new) - len(old)
    assert between(PARTS, old, old).rows == ()
