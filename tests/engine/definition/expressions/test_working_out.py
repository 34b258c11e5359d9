"""What a condition or formula gives for the facts of a case; a missing or odd value never raises and never surprises."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.definition.expressions import Expression, evaluate, holds, parse
from engine.definition.expressions.tree import And, Compare, In, Is, IsSet, Not, Number, Or, Path, Quoted, Word, YesNo
from tests.engine.definition.expressions.a_return import ReturnFacts, facts
from tests.engine.definition.expressions.any_expression import NAMES, expressions, odd_numbers


@pytest.mark.parametrize(
    ("condition", "when_missing"),
    [
        ("amount == 5", False),
        ("amount != 5", True),
        ("amount < 5", False),
        ("amount >= 5", False),
        ("amount > customer_share", False),
        ("amount == customer_share", False),
        ("amount != customer_share", True),
        ("measure is scrap", False),
        ("measure is not scrap", True),
        ("measure in [scrap, repair]", False),
        ("measure not in [scrap, repair]", True),
        ("solved", False),
        ("not solved", True),
        ("solved is no", False),
        ("solved is not yes", True),
        ("amount is set", False),
        ("amount is not set", True),
        ("amount + 5 > 0", False),
        ("shipped_on + 3 < today", False),
        ("today - shipped_on > 3", False),
        ("sn.warranty_until >= today", False),
        ("colours is red", False),
    ],
)
def test_a_missing_value_equals_nothing_and_has_no_order(condition: str, when_missing: bool) -> None:
    assert holds(parse(condition), facts()) is when_missing


@pytest.mark.parametrize("missing", [None, "", (), [], {}])
def test_an_empty_text_list_or_record_is_missing(missing: object) -> None:
    empty = facts(remark=missing)

    assert holds(parse("remark is not set"), empty)
    assert not holds(parse("remark == ''"), empty)
    assert holds(parse("remark != 'x'"), empty)


@pytest.mark.parametrize("value", [0, Decimal(0), False])
def test_zero_and_no_are_values(value: object) -> None:
    assert holds(parse("amount is set"), facts(amount=value))


@pytest.mark.parametrize(
    ("condition", "values"),
    [
        ("measure is scrap and customer_share > 0", {"measure": "scrap", "customer_share": Decimal("0.01")}),
        ("amount == 5", {"amount": Decimal("5.00")}),
        ("amount > 4.99", {"amount": 5}),
        ("amount in [1, 5.0]", {"amount": 5}),
        ("colours is red and colours is not blue", {"colours": ("red", "green")}),
        ("colours in [blue, green]", {"colours": ["green"]}),
        ("colours not in [blue]", {"colours": {"green"}}),
        ("shipped_on < today", {"shipped_on": date(2026, 3, 2)}),
        ("shipped_on + 1 == today", {"shipped_on": date(2026, 3, 2)}),
        ("today - shipped_on == 1", {"shipped_on": date(2026, 3, 2)}),
        ("visit_at == 2026-03-03", {"visit_at": datetime(2026, 3, 2, 17, tzinfo=UTC)}),  # 01:00 in Shanghai
        ("visit_at > now", {"visit_at": datetime(2026, 3, 3, 3, tzinfo=UTC)}),
        ("now + 1 > visit_at", {"visit_at": datetime(2026, 3, 3, 3, tzinfo=UTC)}),
        ("sn.number == 'SN-1'", {"sn__number": "SN-1"}),
        ("technician == owner", {"technician": "wang", "owner": "wang"}),
        ("technician == owner", {"technician": {"id": "wang", "name": "Wang"}, "owner": "wang"}),
        ("remark == 'Ж中'", {"remark": "Ж中"}),
        ("working_day(3) == 2026-03-06", {}),
        ("today + days(3) == working_day(3)", {}),
        ("0.1 + 0.2 == 0.3", {}),
        ("3 - 5 == -2", {}),
        ("not overdue", {}),
    ],
)
def test_a_condition_holds(condition: str, values: dict[str, object]) -> None:
    assert holds(parse(condition), facts(**values))


def test_counts_and_the_deadline_are_facts_of_the_case() -> None:
    late = ReturnFacts(counts={"repair": 2}, overdue=True)

    assert holds(parse("count(repair) >= 2 and overdue"), late)
    assert holds(parse("count(receiving) == 0"), late)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("amount + 5 - 2.5", Decimal("12.5")),
        ("3 + 4", 7),
        ("today", date(2026, 3, 3)),
        ("shipped_on + 30", date(2026, 4, 1)),
        ("today - shipped_on", 1),
        ("'text'", "text"),
        ("yes", True),
        ("remark", None),
        ("remark + 1", None),
        ("amount > 5", True),
        ("working_day(1)", date(2026, 3, 4)),
        ("days(2.9)", 2),
        ("today + 99999999", None),
        ("2026-03-02 + 4000", date(2037, 2, 12)),
    ],
)
def test_a_formula_gives_a_value_or_nothing(formula: str, value: object) -> None:
    assert evaluate(parse(formula), facts(amount=10, shipped_on=date(2026, 3, 2))) == value


ODD: list[object] = [
    *odd_numbers, None, "", "scrap", True, 0, -1, date.min, date.max, datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59),
    datetime.max.replace(tzinfo=UTC), ("red",), [], {"id": 1}, {}, frozenset(), object(), b"bytes", Decimal("1e5000"),
]  # fmt: skip


@settings(max_examples=300, derandomize=True, deadline=None)
@given(expressions, st.lists(st.sampled_from(ODD), min_size=len(NAMES), max_size=len(NAMES)))
def test_nothing_that_a_field_may_hold_makes_a_condition_fail(expression: Expression, values: list[object]) -> None:
    odd = ReturnFacts({(name,): value for name, value in zip(NAMES, values, strict=True)})

    assert holds(expression, odd) in (True, False)


@pytest.mark.parametrize("left", ODD, ids=lambda odd: type(odd).__name__)
def test_any_two_values_can_be_compared(left: object) -> None:
    for right in ODD:
        two = facts(a=left, b=right)
        for sign in ("==", "!=", "<", "<=", ">", ">="):
            assert holds(parse(f"a {sign} b"), two) in (True, False)
        assert evaluate(parse("a == b"), two) is not evaluate(parse("a != b"), two)
        evaluate(parse("a + b - a"), two)


# -- against a reference that knows only what the reference page says --------------------------------------------------

_VALUES: dict[str, list[object]] = {
    "amount": [None, 0, 5, Decimal("5.5"), -3],
    "pieces": [None, 0, 5, Decimal("5.5"), 7],
    "measure": [None, "scrap", "repair"],
    "solved": [None, True, False],
    "remark": [None, "", "x", "scrap"],
}
_equal_or_not = st.sampled_from(["==", "!="])
_small_conditions = st.recursive(
    st.one_of(
        st.builds(
            Compare,
            st.sampled_from(["==", "!=", "<", "<=", ">", ">="]),
            st.sampled_from([Path(("amount",)), Path(("pieces",)), Number(5), Number(Decimal("5.5"))]),
            st.sampled_from([Path(("amount",)), Path(("pieces",)), Number(0)]),
        ),
        st.builds(
            Compare,
            st.sampled_from(["==", "!="]),
            st.just(Path(("remark",))),
            st.sampled_from([Quoted("x"), Quoted("")]),
        ),
        st.builds(Is, st.just(Path(("measure",))), st.sampled_from(["scrap", "repair"]), st.booleans()),
        st.builds(Is, st.just(Path(("solved",))), st.booleans(), st.booleans()),
        st.builds(IsSet, st.sampled_from([Path((name,)) for name in _VALUES]), st.booleans()),
        st.builds(In, st.just(Path(("measure",))), st.just((Word("scrap"), Word("none"))), st.booleans()),
        st.just(Path(("solved",))),
        st.just(YesNo(True)),
    ),
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(tuple).map(And),
        st.lists(inner, min_size=2, max_size=3).map(tuple).map(Or),
    ),
    max_leaves=8,
)


def by_the_book(node: Expression, values: dict[str, object]) -> bool:
    """The table of the reference, written as plainly as possible: a missing value makes every comparison false."""
    match node:
        case Or(parts):
            return bool([part for part in parts if by_the_book(part, values)])
        case And(parts):
            return not [part for part in parts if not by_the_book(part, values)]
        case Not(part):
            return not by_the_book(part, values)
        case IsSet(Path((name,)), negated):
            return (values[name] not in (None, "")) != negated
        case Is(Path((name,)), word, negated):
            return (values[name] is not None and values[name] == word) != negated
        case In(Path((name,)), items, negated):
            return (values[name] in [item.name for item in items if isinstance(item, Word)]) != negated
        case Compare(sign, left, right):
            a, b = _plain(left, values), _plain(right, values)
            if a in (None, "") or b in (None, ""):
                return sign == "!="
            return bool(eval(f"a {sign} b", {"a": a, "b": b}))
        case Path((name,)):
            return values[name] is True
        case YesNo(value):
            return value
    raise AssertionError(node)


def _plain(node: Expression, values: dict[str, object]) -> object:
    match node:
        case Path((name,)):
            return values[name]
        case Number(value):
            return value
        case Quoted(text):
            return text
    raise AssertionError(node)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(_small_conditions, st.fixed_dictionaries({name: st.sampled_from(values) for name, values in _VALUES.items()}))
def test_conditions_hold_exactly_as_the_reference_says(condition: Expression, values: dict[str, object]) -> None:
    assert holds(condition, facts(**values)) is by_the_book(condition, values)


LINES: tuple[dict[str, object], ...] = (
    {"cost": Decimal("120.50"), "part": "bearing", "fine": True},
    {"cost": Decimal(30), "part": "bearing", "fine": False, "unit": {"id": "u1"}},
    {"cost": None, "fine": False, "unit": {"id": "u1"}},
)


@pytest.mark.parametrize(
    ("formula", "given_by_rows"),
    [
        ("sum(lines.cost)", Decimal("150.50")),
        ("rows(lines)", 3),
        ("rows(lines, fine is no)", 2),
        ("rows(lines, cost > amount)", 1),
        ("rows(lines, cost > 1000)", 0),
        ("different(lines.part)", 1),
        ("different(lines.unit)", 1),
        ("only(lines.fine)", None),
        ("only(lines.unit)", None),
        ("only(nothing.unit)", None),
        ("unanswered(lines)", 1),
        ("sum(lines.cost) + amount", Decimal("190.50")),
        ("percent(sum(lines.cost), 50)", Decimal("75.25")),
        ("rows(lines, rows(lines, fine) == 1)", 3),
        ("rows(nothing)", 0),
    ],
)
def test_a_table_is_asked_for_one_number(formula: str, given_by_rows: object) -> None:
    of_the_case = ReturnFacts({("amount",): Decimal(40)}, lines=LINES)

    assert evaluate(parse(formula), of_the_case) == given_by_rows


def test_what_every_row_has_is_the_value_of_the_column() -> None:
    units: tuple[dict[str, object], ...] = (
        {"unit": {"id": "u1"}, "part": "AB-1"},
        {"unit": {"id": "u1"}, "part": "ab1"},
    )

    found = [
        evaluate(parse(formula), ReturnFacts({}, lines=units)) for formula in ("only(lines.unit)", "only(lines.part)")
    ]

    assert found == [{"id": "u1"}, "AB-1"]


@pytest.mark.parametrize(
    ("formula", "share"),
    [
        ("percent(amount, 60)", Decimal("20.01")),
        ("percent(amount, 0)", Decimal("0.00")),
        ("percent(10.05, 50)", Decimal("5.03")),
        ("percent(remark, 60)", None),
        ("percent(pieces, 60)", None),
    ],
)
def test_a_share_of_an_amount_is_rounded_to_the_cent(formula: str, share: Decimal | None) -> None:
    assert evaluate(parse(formula), facts(amount=Decimal("33.35"), remark="x")) == share


@settings(max_examples=200, derandomize=True, deadline=None)
@given(expressions, st.lists(st.sampled_from(["bearing", 5, True, None, *odd_numbers]), max_size=3))
def test_no_rows_make_a_condition_fail(condition: Expression, cells: list[object]) -> None:
    odd = ReturnFacts(lines=tuple({"cost": cell, "part": cell, "fine": cell} for cell in cells))

    assert holds(condition, odd) in (True, False)


@pytest.mark.parametrize(
    ("since", "hours"),
    [
        (datetime(2026, 3, 3, 0, 0, 1, tzinfo=UTC), 1),
        (datetime(2026, 3, 3, 0, tzinfo=UTC), 2),
        (datetime(2026, 3, 2, 2, tzinfo=UTC), 24),
        (datetime(2026, 3, 3, 3, tzinfo=UTC), -1),
        (date(2026, 3, 3), None),
        (None, None),
    ],
)
def test_full_hours_since_a_moment_are_counted_on_the_clock(since: object, hours: int | None) -> None:
    assert evaluate(parse("hours_since(visit_at)"), facts(visit_at=since)) == hours


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 2, 17, 30, tzinfo=UTC), date(2026, 3, 3)),
        (datetime(2026, 3, 2, 15, 59, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 3, 2, 23, 59), date(2026, 3, 2)),
        (None, None),
    ],
)
def test_the_day_of_a_moment_is_that_on_the_clock_of_the_site(moment: object, day: date | None) -> None:
    assert evaluate(parse("day_of(visit_at)"), facts(visit_at=moment)) == day
