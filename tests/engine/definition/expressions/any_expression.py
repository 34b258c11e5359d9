"""Any tree the grammar can write, sensible or not: for laws that must hold for all of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

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
    OfTable,
    Or,
    Path,
    Quoted,
    StepName,
    Sum,
    Word,
    YesNo,
)

NAMES = [
    "amount",
    "measure",
    "solved",
    "colours",
    "shipped_on",
    "visit_at",
    "sn",
    "remark",
    "set",
    "中文",
    "_x",
    "days",
]

names = st.sampled_from(NAMES)
paths = st.lists(names, min_size=1, max_size=3).map(lambda parts: Path(tuple(parts)))
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\"'"), max_size=8)
quoted = st.one_of(texts, texts.map(lambda text: text + "'"), texts.map(lambda text: '"' + text)).map(Quoted)
decimals = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False)
numbers = st.one_of(st.integers(-(10**12), 10**12), decimals).map(Number)
days = st.dates(date(1000, 1, 1), date(9999, 12, 31)).map(Day)
literals = st.one_of(numbers, quoted, days, st.booleans().map(YesNo))
items = st.one_of(literals, names.map(Word))
step_calls = st.sampled_from(["repair", "use_step/inner"]).map(lambda step: Call("count", (StepName(step),)))
known = st.sampled_from(["today", "now", "overdue"]).map(Known)
of_tables = st.sampled_from(
    [
        OfTable("sum", "lines", "cost"),
        OfTable("different", "lines", "part"),
        OfTable("only", "lines", "part"),
        OfTable("rows", "lines"),
        OfTable("unanswered", "lines"),
    ]
)
leaves = st.one_of(paths, literals, step_calls, known, of_tables)
words = st.one_of(names, st.booleans(), st.sampled_from(["yes", "set", "n/a", "not", "null", ""]))


def _larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    rest = st.lists(st.tuples(st.sampled_from(["+", "-"]), inner), min_size=1, max_size=2).map(tuple)
    signs = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
    lists = st.lists(items, min_size=1, max_size=3).map(tuple)
    calls = st.builds(
        Call,
        st.sampled_from(["working_day", "days", "percent", "hours_since", "day_of", "unknown"]),
        st.lists(inner, max_size=2).map(tuple),
    )
    return st.one_of(
        several.map(Or),
        several.map(And),
        inner.map(Not),
        st.builds(Compare, signs, inner, inner),
        st.builds(Is, inner, words, st.booleans()),
        st.builds(IsSet, inner, st.booleans()),
        st.builds(In, inner, lists, st.booleans()),
        st.builds(Sum, inner, rest),
        calls,
        inner.map(lambda condition: OfTable("rows", "lines", condition=condition)),
    )


expressions: st.SearchStrategy[Expression] = st.recursive(leaves, _larger, max_leaves=10)
"""Small enough to be written within 400 characters mostly; a number never gains or loses digits on the way."""

odd_numbers = [
    Decimal("NaN"),
    Decimal("sNaN"),
    Decimal("Infinity"),
    Decimal("1E+999999"),
    float("nan"),
    float("inf"),
    10**400,
]
