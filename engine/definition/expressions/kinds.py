"""The kinds of value a field or formula can have, how a message calls them, and what a check may ask about names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Protocol, TypeAlias

from engine.definition.texts import Text

Kind: TypeAlias = Literal[
    "text",
    "long_text",
    "number",
    "money",
    "yes_no",
    "choice",
    "choices",
    "date",
    "datetime",
    "duration_days",
    "email",
    "phone",
    "user",
    "record",
    "files",
    "table",
    "nothing",
]


@dataclass(frozen=True, slots=True)
class ValueType:
    """A kind of value; `choices` for choice and choices, `of` the record type; `least` and `most` bound a number.

    A table has `columns`, and perhaps the ids of its fixed `rows`. With `others` there may be words besides the choices.
    """

    kind: Kind
    choices: tuple[str, ...] = ()
    of: str | None = None
    least: Decimal | int | None = None
    most: Decimal | int | None = None
    columns: tuple[tuple[str, ValueType], ...] = ()
    rows: tuple[str, ...] = ()
    others: bool = False


class Scope(Protocol):
    """Which names an expression may use where it stands, and what they are."""

    def type_of(self, path: tuple[str, ...], /) -> ValueType | None:
        """The type of a field, a part of a record (`sn.warranty_until`) or a name such as `owner`; None: unknown."""

    def names(self) -> Iterable[str]:
        """The first names of all paths."""

    def names_after(self, path: tuple[str, ...], /) -> Iterable[str]:
        """The names that may follow `path` and a dot: the attributes of a record, the data of an event."""

    def row_of(self, table: str, /) -> Scope:
        """What a condition on one row of a table may name: its columns first, then everything this scope knows."""

    def is_step(self, name: str, /) -> bool:
        """Whether a step may be counted under this name (`repair`, `use_step/inner`, `inner`)."""

    def steps(self) -> Iterable[str]:
        """All names of steps, for suggestions."""

    def outcomes(self, step: str, /) -> Iterable[str] | None:
        """What can be counted of a step as `step.outcome`: its outcomes and events; None when that is not known here."""


TEXT = ValueType("text")
NUMBER = ValueType("number")
MONEY = ValueType("money")
YES_NO = ValueType("yes_no")
DATE = ValueType("date")
DATETIME = ValueType("datetime")
DURATION_DAYS = ValueType("duration_days")

TEXTS: frozenset[Kind] = frozenset({"text", "long_text", "email", "phone"})
NUMBERS: frozenset[Kind] = frozenset({"number", "money", "duration_days"})
DAYS: frozenset[Kind] = frozenset({"date", "datetime"})
CHOOSING: frozenset[Kind] = frozenset({"choice", "choices"})

CALLED: dict[Kind, Text] = {
    "text": Text("a text", "文本"),
    "long_text": Text("a text", "文本"),
    "number": Text("a number", "数字"),
    "money": Text("an amount", "金额"),
    "yes_no": Text("a yes/no", "是/否"),
    "choice": Text("a choice", "单选"),
    "choices": Text("a multiple choice", "多选"),
    "date": Text("a date", "日期"),
    "datetime": Text("a date with a time", "日期时间"),
    "duration_days": Text("a number of days", "天数"),
    "email": Text("a mail address", "邮箱"),
    "phone": Text("a phone number", "电话"),
    "user": Text("a person", "人员"),
    "record": Text("a record", "记录"),
    "files": Text("files", "附件"),
    "table": Text("a table", "表格"),
    "nothing": Text("nothing", "空"),
}
