"""The names and functions a condition may use besides fields: one table, one entry each.

A new function is one more entry: what it takes, what it gives, how it is worked out from the facts. It may not read a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Literal, Protocol, TypeAlias

from engine.definition.expressions.kinds import DATE, DATETIME, DURATION_DAYS, MONEY, NUMBER, YES_NO, ValueType

Takes: TypeAlias = Literal["step", "whole_number", "number", "moment"]
_EXACT = Context(prec=60, traps=[])  # never raises; what has no finite result is missing
_CENT = Decimal("0.01")
MOST_DAYS = 36_600  # a century: beyond it a number of days is a slip, and counting open days would take long


class Facts(Protocol):
    """What is true of one case at one moment. `value` gives None where there is no value and never raises."""

    @property
    def today(self) -> date:
        """The date on the wall of the site."""

    @property
    def now(self) -> datetime:
        """This moment, aware; its zone is the one in which moments are turned into days."""

    @property
    def overdue(self) -> bool:
        """Whether the case is past its due."""

    def value(self, path: tuple[str, ...], /) -> object | None:
        """str, int, Decimal, float, bool, date, aware datetime, tuple of str (choices, files) or Mapping (a record)."""

    def count(self, step: str, /) -> int:
        """How often the step was entered, or `step.outcome` happened, in the current round."""

    def working_day(self, n: int, /) -> date:
        """The date n working days from now."""

    def rows(self, table: str, /) -> Sequence[Facts]:
        """The facts of every row of a table: bare columns mean its cells, other names what they mean here."""

    def unanswered(self, table: str, /) -> int:
        """How many rows of a table lack a cell they must have."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function: what it takes, in order; what it gives; and how."""

    takes: tuple[Takes, ...]
    gives: ValueType
    work_out: Callable[[Facts, tuple[object, ...]], object | None]
    usage: str


@dataclass(frozen=True, slots=True)
class TableFunction:
    """A function that gives a number from the rows of a table, or of one of its columns, perhaps of some rows only."""

    usage: str
    of_column: bool = False
    may_have_condition: bool = False


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name that stands without brackets."""

    gives: ValueType
    read: Callable[[Facts], object]


def _count(facts: Facts, arguments: tuple[object, ...]) -> object | None:
    match arguments:
        case (str(step),):
            return facts.count(step)
        case _:
            return None


def _working_day(facts: Facts, arguments: tuple[object, ...]) -> object | None:
    n = whole(arguments[0]) if len(arguments) == 1 else None
    return None if n is None else facts.working_day(n)


def _days(facts: Facts, arguments: tuple[object, ...]) -> object | None:
    return whole(arguments[0]) if len(arguments) == 1 else None


def _percent(facts: Facts, arguments: tuple[object, ...]) -> object | None:
    if len(arguments) != 2 or not all(_is_number(argument) for argument in arguments):
        return None
    amount, percent = (Decimal(str(argument)) for argument in arguments)
    share = _EXACT.divide(_EXACT.multiply(amount, percent), 100)
    if not share.is_finite():
        return None
    return share.quantize(_CENT, rounding=ROUND_HALF_UP, context=_EXACT)


def _hours_since(facts: Facts, arguments: tuple[object, ...]) -> object | None:
    match arguments:
        case (datetime() as moment,):
            since = moment if moment.tzinfo is not None else moment.replace(tzinfo=facts.now.tzinfo)
            return (facts.now - since) // timedelta(hours=1)
        case _:
            return None


def _day_of(facts: Facts, arguments: tuple[object, ...]) -> object | None:
    match arguments:
        case (datetime() as moment,):
            return (moment if moment.tzinfo is None else moment.astimezone(facts.now.tzinfo)).date()
        case _:
            return None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def whole(value: object) -> int | None:
    """A number of days as a whole number, its fraction dropped; None for anything that is not a reasonable number."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    if isinstance(value, Decimal) and not value.is_finite():  # a NaN among decimals refuses even to be compared
        return None
    return int(value) if -MOST_DAYS <= value <= MOST_DAYS else None


FUNCTIONS: dict[str, Function] = {
    "count": Function(("step",), NUMBER, _count, "count(step)"),
    "working_day": Function(("whole_number",), DATE, _working_day, "working_day(3)"),
    "days": Function(("whole_number",), DURATION_DAYS, _days, "days(3)"),
    "day_of": Function(("moment",), DATE, _day_of, "day_of(moment)"),
    "hours_since": Function(("moment",), NUMBER, _hours_since, "hours_since(moment)"),
    "percent": Function(("number", "number"), MONEY, _percent, "percent(amount, 60)"),
}

TABLE_FUNCTIONS: dict[str, TableFunction] = {
    "sum": TableFunction("sum(table.column)", of_column=True),
    "rows": TableFunction("rows(table, condition)", may_have_condition=True),
    "different": TableFunction("different(table.column)", of_column=True),
    "only": TableFunction("only(table.column)", of_column=True),
    "unanswered": TableFunction("unanswered(table)"),
}

USAGES: dict[str, str] = {name: function.usage for name, function in FUNCTIONS.items()} | {
    name: function.usage for name, function in TABLE_FUNCTIONS.items()
}
"""How every function is written, for suggestions."""

KNOWN: dict[str, KnownName] = {
    "today": KnownName(DATE, lambda facts: facts.today),
    "now": KnownName(DATETIME, lambda facts: facts.now),
    "overdue": KnownName(YES_NO, lambda facts: facts.overdue),
}
