"""The words of a process: its fields and their columns, the forms, the events it hears, its mails and its KPIs.

What is done with them, and when, it does not know.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from engine.definition.model.acting import Action
from engine.definition.model.basics import Bilingual, Condition, Flag, Id, Part, Several, Words

FieldType = Literal[
    "text", "long_text", "number", "money", "yes_no", "choice", "choices", "date", "datetime", "email", "phone",
    "user", "record", "case", "files", "signature", "table",
]  # fmt: skip
FILE_TYPES = frozenset({"files", "signature"})
"""Types whose value is a list of files; a signature is one picture, drawn or photographed."""
ColumnType = Literal[
    "text", "long_text", "number", "money", "yes_no", "choice", "date", "datetime", "email", "phone", "user", "record",
    "case",
]  # fmt: skip


def _bound(value: Any) -> float | str:
    if value in MOMENTS:
        return str(value)
    try:
        if isinstance(value, int | float | str) and not isinstance(value, bool):
            number = float(value)
            if math.isfinite(number):  # nothing compares with nan, and infinity bounds nothing
                return number
    except (ValueError, OverflowError):
        pass
    raise PydanticCustomError("bad_bound", "bad bound", {})


MOMENTS = ("now", "today")
Bound = Annotated[
    float | Literal["now", "today"],
    PlainValidator(_bound),
    WithJsonSchema({"oneOf": [{"type": "number"}, {"enum": list(MOMENTS)}]}),
]
"""A number, or the moment of entering: `now` of the clock, `today` of the calendar, at the place of the site."""


def one_or_several(value: Any) -> Any:
    """`of: [complaint, eight_d]` and `of: complaint, eight_d` are the same."""
    return ", ".join(str(each) for each in value) if isinstance(value, list | tuple) else value


Of = Annotated[str, BeforeValidator(one_or_several)]
"""What a value is of: a record type, or the processes of a case, parted by commas."""

Roles = Annotated[str, BeforeValidator(one_or_several)]
"""The roles whose people may be picked, parted by commas."""


class Value(Part):
    """What a field and a column of a table have in common: the kind of value, what it is called and which values it takes."""

    type: FieldType
    label: Bilingual
    help: Bilingual | None = None
    of: Of | None = None
    role: Roles | None = None
    choices: dict[Id, Bilingual] | None = None
    min: Bound | None = None
    max: Bound | None = None
    pattern: Words | None = None

    @property
    def least(self) -> float | None:
        """The smallest number, or how many files or rows at least; None where `min` is a moment."""
        return None if isinstance(self.min, str) else self.min

    @property
    def most(self) -> float | None:
        """The largest number, or how many files, rows or characters at most; None where `max` is a moment."""
        return None if isinstance(self.max, str) else self.max

    @property
    def not_before(self) -> str:
        """`now` or `today` where nothing earlier may be entered, else ""."""
        return self.min if isinstance(self.min, str) else ""

    @property
    def not_after(self) -> str:
        """`now` or `today` where nothing later may be entered, else ""."""
        return self.max if isinstance(self.max, str) else ""


class Column(Value):
    """One column of a table field. A cell is required unless the column is `optional` or its `required_if` does not hold;
    that condition speaks of the columns of the same row first, then of the fields of the case."""

    type: ColumnType
    default: Any = None
    required_if: Condition | None = None
    optional: Flag = False

    def as_field(self) -> FieldDef:
        """The same as a field, so that a cell is read, checked and shown like any other value."""
        return FieldDef(**{key: getattr(self, key) for key in Value.model_fields}, default=self.default)


class FieldDef(Value):
    """One field of a process, declared once; forms only name it. `columns`, and perhaps fixed `rows`, make a table."""

    accept: Several | None = None
    columns: dict[Id, Column] | None = None
    rows: dict[Id, Bilingual] | None = None
    default: Any = None
    from_: Words | None = Field(None, alias="from")
    required_if: Condition | None = None
    show_if: Condition | None = None
    visible_to: Several | None = None


class FormGroup(Part):
    """Fields of a form that belong together, under a heading, in the order of the thoughts they follow."""

    label: Bilingual
    help: Bilingual | None = None
    fields: Several


class Form(Part):
    """What a form shows (read-only, may follow records), asks (required) and offers (optional), perhaps in groups.
    `columns`: of a table only these columns are entered here, or shown where it is only shown."""

    show: Several = ()
    ask: Several = ()
    optional: Several = ()
    columns: dict[Id, Several] = Field(default_factory=dict)
    groups: tuple[FormGroup, ...] = ()


class EventDef(Part):
    """An event from outside: how it finds its case and what it carries. `by_hand: false`: only other cases tell it."""

    match: Words | dict[Words, Words] | None = None
    data: dict[Id, Words] = Field(default_factory=dict)
    label: Bilingual | None = None
    by_hand: Flag = True


class MailDef(Part):
    """A mail template. `{{ name }}` only; `to` defaults to the customer; `notice` may be confirmed automatically.
    `columns`: of a table only these columns are told. `label`: what staff call it. `due`: how long a draft of it beside the
    flow may wait. `in_writing`: who has no address is told by letter or message, with a proof, never by telephone.
    `must_be_told`: while the case is urgent its draft is not put away. `on_sent`: what is done once the reader is told."""

    label: Bilingual | None = None
    to: Words = "customer"
    subject: Bilingual
    body: Bilingual
    columns: dict[Id, Several] = Field(default_factory=dict)
    confirm: Words | None = None
    notice: Flag = False
    due: Words | None = None
    in_writing: Flag = False
    must_be_told: Flag = False
    on_sent: tuple[Action, ...] = ()


class Kpi(Part):
    """A time between two moments (`from`, `to`), a share of finished cases for which a condition holds (`of` those for
    which another does), or the number of cases that came to a moment (`count`)."""

    label: Bilingual
    from_: Words | None = Field(None, alias="from")
    to: Words | None = None
    share: Condition | None = None
    of: Condition | None = None
    count: Words | None = None
    target: Words | None = None
    per: Words | None = None
