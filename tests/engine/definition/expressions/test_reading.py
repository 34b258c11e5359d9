"""How conditions and formulas are read: what binds to what, what the limits are, and that nothing hostile gets through."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from time import process_time

import pytest

from engine.definition.expressions import ExpressionProblem, must_be_set, names_in, parse, parse_value, steps_in
from engine.definition.expressions import tests_for_set as asks_for_set
from engine.definition.expressions.tree import (
    And,
    Call,
    Compare,
    Day,
    Expression,
    In,
    Is,
    IsSet,
    Known,
    Not,
    Number,
    Or,
    Path,
    Quoted,
    StepName,
    Sum,
    Word,
    YesNo,
)
from tests.engine.definition.expressions.slips import MEANING, WRITING

A, B, C, D = Path(("a",)), Path(("b",)), Path(("c",)), Path(("d",))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a or b and c", Or((A, And((B, C))))),
        ("(a or b) and c", And((Or((A, B)), C))),
        ("not a and b", And((Not(A), B))),
        ("not a == b", Not(Compare("==", A, B))),
        ("not (a and b) or not not c", Or((Not(And((A, B))), Not(Not(C))))),
        ("a or b or c", Or((A, B, C))),
        ("(a or b) or c", Or((Or((A, B)), C))),
        ("a + b - c > d", Compare(">", Sum(A, (("+", B), ("-", C))), D)),
        ("a - (b - c)", Sum(A, (("-", Sum(B, (("-", C),))),))),
        ("a -5", Sum(A, (("-", Number(5)),))),
        ("a - -5", Sum(A, (("-", Number(-5)),))),
        ("a > -5", Compare(">", A, Number(-5))),
        ("a is scrap and b is not set", And((Is(A, "scrap"), IsSet(B, negated=True)))),
        ("a is not scrap", Is(A, "scrap", negated=True)),
        ("a is yes or a is false", Or((Is(A, True), Is(A, False)))),
        ("a is 'n/a'", Is(A, "n/a")),
        ("a in [x, 'y z', 2, -1.5, 2026-03-02, no]", In(A, (Word("x"), Quoted("y z"), Number(2), Number(Decimal("-1.5")),
                                                       Day(date(2026, 3, 2)), YesNo(False)))),
        ("a not in [x]", In(A, (Word("x"),), negated=True)),
        ("not a in [x]", Not(In(A, (Word("x"),)))),
        ("(a == b) == c", Compare("==", Compare("==", A, B), C)),
        ("count(use_step/inner) >= 3", Compare(">=", Call("count", (StepName("use_step/inner"),)), Number(3))),
        ("working_day(2 + 1)", Call("working_day", (Sum(Number(2), (("+", Number(1)),)),))),
        ("today > sn.warranty_until", Compare(">", Known("today"), Path(("sn", "warranty_until")))),
        ("sn.today is set", IsSet(Path(("sn", "today")))),
        ("days + count", Sum(Path(("days",)), (("+", Path(("count",))),))),
        ('a == "it\'s"', Compare("==", A, Quoted("it's"))),
        ("a<=5 and(b)", And((Compare("<=", A, Number(5)), B))),
        ("\n a\n  or b ", Or((A, B))),
    ],
)  # fmt: skip
def test_what_binds_to_what(text: str, tree: Expression) -> None:
    assert parse(text) == tree


def test_a_value_is_a_formula_only_with_a_leading_equals_sign() -> None:
    assert parse_value("today") is None
    assert parse_value("a = b") is None
    assert parse_value("= today") == Known("today")
    assert parse_value("=today + 3") == Sum(Known("today"), (("+", Number(3)),))


def test_columns_of_a_formula_count_its_equals_sign() -> None:
    with pytest.raises(ExpressionProblem) as caught:
        parse_value("= amount * 2")

    assert caught.value.column == 10
    assert caught.value.names["condition"] == "= amount * 2"
    assert caught.value.names["what_zh"] == "公式"


def test_the_largest_condition_that_is_allowed_is_read() -> None:
    assert parse("a" * 400) == Path(("a" * 400,))
    assert parse("(" * 20 + "a" + ")" * 20) == A
    assert isinstance(parse("+".join(["a"] * 99)), Sum)


def test_the_names_and_steps_of_a_condition_are_known() -> None:
    condition = parse("sn.number is set and amount > today and count(repair) > 1 or overdue or remedy in [a, b]")

    assert names_in(condition) == {("sn", "number"), ("amount",), ("remedy",)}
    assert steps_in(condition) == {"repair"}


def test_a_condition_that_asks_whether_a_field_is_set_need_not_find_it_filled() -> None:
    condition = parse("sn is set and sn.warranty_until > today or amount > 5 or photos.first is not set")

    assert must_be_set(condition) == {("amount",)}
    assert asks_for_set(condition, ("sn", "warranty_until"))
    assert asks_for_set(condition, ("photos",))
    assert not asks_for_set(condition, ("amount",))


HOSTILE = [
    "(" * 10_000,
    "(" * 10_000 + "a" + ")" * 10_000,
    "(" * 400,
    "not " * 100,
    "not " * 99 + "nota",
    "[" * 400,
    "a in [" * 60,
    "count(" * 60,
    "x(" * 200,
    "-" * 400,
    "a-" * 200,
    "'" * 399,
    "a." * 200,
    "1." * 200,
    "a is not " * 40,
    "==" * 200,
    "\u0000" * 400,
    "𝟗" * 400,
    "__import__('os').system('id')",
    "().__class__.__bases__[0]",
    "'a' * 200000000",
    "10 ** 10000000",
    "'%1000000000d' % 1",
    "{{ 7 * 7 }}",
    "lambda: 1",
    "a if b else c",
    "[x for x in y]",
    "a := 1",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_refused_at_once(text: str) -> None:
    begun = process_time()
    with pytest.raises(ExpressionProblem):
        parse(text)

    assert process_time() - begun < 0.5


@pytest.mark.parametrize("text", ["9" * 400, "İ" * 400, "a + " * 49 + "a"])
def test_what_is_only_long_is_read_at_once(text: str) -> None:
    begun = process_time()
    parse(text)

    assert process_time() - begun < 0.5


def test_three_thousand_mutated_conditions_are_read_or_refused_in_a_sentence() -> None:
    seeds = [text for text, *_ in WRITING + MEANING if 0 < len(text) < 120]
    signs = list("()[]<>=!+-*/.,'\"_ \n\t0a中，’\u200b\U0001f600")
    pieces = [*signs, "not", " is ", " in ", " and ", " or ", "2026-03-02"]
    chance = random.Random(20260302)
    read = refused = 0
    for _ in range(3_000):
        text = list(chance.choice(seeds))
        for _ in range(chance.randint(1, 4)):
            at = chance.randint(0, len(text))
            text[at : at + chance.randint(0, 2)] = chance.choice(pieces)
        column = column_of_refusal("".join(text))
        if column is None:
            read += 1
        else:
            assert 1 <= column <= len("".join(text)) + 1
            refused += 1

    assert read > 100
    assert refused > 1_000


def column_of_refusal(text: str) -> int | None:
    """Where a text is refused; None when it is read."""
    try:
        parse(text)
    except ExpressionProblem as wrong:
        return wrong.column
    return None
