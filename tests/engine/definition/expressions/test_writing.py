"""A tree written as text is read back as the same tree, and different spellings of one condition are written alike."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from engine.definition.expressions import Expression, ExpressionProblem, parse, unparse
from tests.engine.definition.expressions.any_expression import expressions


@settings(max_examples=150, derandomize=True, deadline=None)
@given(expressions)
def test_what_is_written_is_read_back_as_the_same_tree(expression: Expression) -> None:
    text = unparse(expression)
    again = read(text)
    if isinstance(again, str):
        assert again in ("P401.long", "P401.nodes", "P401.deep")
    else:
        assert again == expression
        assert unparse(again) == text


def read(text: str) -> Expression | str:
    """The tree of a text, or the key of its refusal."""
    try:
        return parse(text)
    except ExpressionProblem as wrong:
        return wrong.key


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("((a))   and(b)", "a and b"),
        ("a is true or b is 'scrap'", "a is yes or b is scrap"),
        ('name=="ACME"', "name == 'ACME'"),
        ("not (a) or (b and c)", "not a or b and c"),
        ("(a + b) - (c)", "(a + b) - c"),
        ("count( use / inner )>=3", "count(use/inner) >= 3"),
    ],
)
def test_conditions_are_shown_in_one_spelling(typed: str, shown: str) -> None:
    assert unparse(parse(typed)) == shown
