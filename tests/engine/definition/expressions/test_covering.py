"""Rows of conditions: whether something is chosen in every case, and whether each row is ever chosen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.definition.expressions import (
    Expression,
    TooMany,
    holds,
    holds_in,
    never_reached,
    parse,
    samples,
    say_assignment,
    uncovered,
)
from tests.engine.definition.expressions.a_return import MEASURES, SCOPE, facts


def rows(*texts: str | None) -> list[Expression | None]:
    return [parse(text) if text else None for text in texts]


def example(*texts: str | None, required: tuple[str, ...] = ()) -> str | None:
    """The combination in which no row holds, in words."""
    found = uncovered(rows(*texts), SCOPE, {(name,) for name in required})
    return say_assignment(found) if found is not None else None


@pytest.mark.parametrize(
    ("texts", "required"),
    [
        (("measure is scrap", None), ()),
        (("solved", "not solved"), ()),
        (("solved", "solved is not yes"), ()),
        (("solved", "solved is no"), ("solved",)),
        (("amount > 5000", "amount <= 5000"), ("amount",)),
        (("amount > 5000", "amount <= 5000", "amount is not set"), ()),
        (("measure in [repair, replace]", "measure in [none, scrap]"), ("measure",)),
        (("measure is scrap", "measure != 'scrap'"), ()),
        (("count(repair) >= 1", "count(repair) == 0"), ()),
        (("customer_share > 0", "customer_share == 0"), ("customer_share",)),
        (("shipped_on < 2026-03-02", "shipped_on >= 2026-03-02"), ("shipped_on",)),
        (
            ("amount > customer_share", "amount == customer_share", "amount < customer_share"),
            ("amount", "customer_share"),
        ),
        (("colours is red", "colours is not red"), ()),
        (("remark == 'x'", "remark != 'x'"), ()),
        (("overdue", "not overdue"), ()),
        (("rows(lines, fine is no) > 0", "rows(lines, fine is no) == 0"), ()),
        (("sum(lines.cost) > 500", "sum(lines.cost) <= 500"), ()),
        (("different(lines.part) >= 2", "different(lines.part) in [0, 1]"), ()),
        (("only(lines.part) is set", "only(lines.part) is not set"), ()),
        (("percent(amount, 60) > 9", "percent(amount, 60) <= 9", "amount is not set"), ()),
        (("sn.warranty_until >= today", "sn.warranty_until < today", "sn.warranty_until is not set"), ()),
    ],
)
def test_rows_that_choose_in_every_case_are_covered(texts: tuple[str | None, ...], required: tuple[str, ...]) -> None:
    assert example(*texts, required=required) is None


@pytest.mark.parametrize(
    ("texts", "required", "said"),
    [
        (("measure is scrap",), ("measure",), "measure is repair"),
        (("solved", "solved is no"), (), "solved is not set"),
        (("only(lines.part) is set",), (), "only(lines.part) is not set"),
        (("amount > 5000", "amount < 5000"), ("amount",), "amount is 5000"),
        (("amount > 5000", "amount <= 5000"), (), "amount is not set"),
        (("count(repair) > 1", "count(repair) == 0"), (), "count(repair) is 1"),
        (("count(repair.done) > 1", "count(repair.done) == 0"), (), "count(repair.done) is 1"),
        (("rows(lines) > 2", "unanswered(lines) > 0"), (), "rows(lines) is 2 and unanswered(lines) is 0"),
        (("sum(lines.cost) > 0", "sum(lines.cost) == 0"), (), "sum(lines.cost) is -1"),
        (("shipped_on < 2026-03-02", "shipped_on > 2026-03-02"), ("shipped_on",), "shipped_on is 2026-03-02"),
        (
            ("amount > customer_share", "amount < customer_share"),
            ("amount", "customer_share"),
            "amount == customer_share",
        ),
        (("remark == 'x'",), ("remark",), "remark is something else"),
        (("technician == owner", "technician is not set"), ("owner",), "technician"),
    ],
)
def test_the_case_in_which_nothing_is_chosen_is_said(
    texts: tuple[str, ...], required: tuple[str, ...], said: str
) -> None:
    assert said in (example(*texts, required=required) or "")


def test_the_example_of_the_reference_names_all_three_fields() -> None:
    told = example(
        "measure is scrap",
        "warranty is expired and customer_share > 0",
        "measure is none",
        "measure is repair",
        required=("measure", "warranty", "customer_share"),
    )

    assert told is not None
    assert told.startswith("measure is replace and warranty is")
    assert "customer_share is 0" in told


@pytest.mark.parametrize(
    ("texts", "never"),
    [
        (("measure is scrap", "measure is scrap", None), [1]),
        (("amount > 5", "amount > 10", None), [1]),
        (("amount > 10", "amount > 5", None), []),
        (("solved", "not solved", None), [2]),
        (("solved or not solved", "measure is scrap", None), [1, 2]),
        (("yes", None), [1]),
        (("measure in [repair, scrap]", "measure is scrap", "measure is none", None), [1]),
        (("count(repair) < 0", None), [0]),
    ],
)
def test_a_row_that_an_earlier_one_always_forestalls_is_found(texts: tuple[str | None, ...], never: list[int]) -> None:
    assert never_reached(rows(*texts), SCOPE) == never


def test_beyond_twenty_thousand_combinations_otherwise_is_asked_for() -> None:
    many = [" or ".join(f"{name} == {2 * n}" for n in range(14)) for name in ("amount", "customer_share", "pieces")]

    with pytest.raises(TooMany):
        uncovered(rows(*many), SCOPE)
    assert uncovered(rows(*many, None), SCOPE) is None
    assert uncovered(rows(*many[:2]), SCOPE) is not None


_conditions = st.sampled_from(
    ["measure is scrap", "measure is not repair", "measure in [none, repair]", "measure is set", "solved", "solved is no",
     "solved is not set", "amount > 5", "amount <= 5", "amount == 7", "amount is not set", "not solved or amount > 9"]
)  # fmt: skip
_cases = st.fixed_dictionaries(
    {
        "measure": st.sampled_from([*MEASURES, None]),
        "solved": st.sampled_from([True, False, None]),
        "amount": st.sampled_from([None, -1, 0, 5, 6, 7, 8, 9, 10, 99]),
    }
)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.lists(_conditions, min_size=1, max_size=4), _cases)
def test_no_real_case_escapes_rows_that_are_said_to_cover_everything(
    texts: list[str], values: dict[str, object]
) -> None:
    conditions = [parse(text) for text in texts]
    chosen = [n for n, condition in enumerate(conditions) if holds(condition, facts(**values))]

    if uncovered(conditions, SCOPE) is None:
        assert chosen
    if chosen:
        assert chosen[0] not in never_reached(conditions, SCOPE)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(_conditions, min_size=1, max_size=3))
def test_what_is_said_to_escape_really_escapes(texts: list[str]) -> None:
    conditions = [parse(text) for text in texts]
    escaping = uncovered(conditions, SCOPE)

    for assignment in samples(conditions, SCOPE):
        none_holds = not any(holds_in(condition, assignment) for condition in conditions)
        assert not none_holds or escaping is not None
