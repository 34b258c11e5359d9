"""The words of a process: its fields and their columns, the forms, the events it hears, its mails and its KPIs.

What is done with them, and when, it does not know.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from engine.definition.model.basics import Bilingual, Condition, Flag, Id, Part, Several, Words

FieldType = Literal[
    "text", "long_text", "number", "money", "yes_no", "choice", "choices", "date", "datetime", "email", "phone",
    "user", "record", "files", "signature", "table",
]  # fmt: skip
FILE_TYPES = frozenset({"files", "signature"})
"""Types whose value is a list of files; a signature is one picture, drawn or photographed."""
ColumnType = Literal[
    "text", "long_text", "number", "money", "yes_no", "choice", "date", "datetime", "email", "phone", "user", "record",
]  # fmt: skip


class Column(Part):
    """One column of a table field. A cell is required unless the column is `optional` or its `required_if` does not hold;
    that condition speaks of the columns of the same row first, then of the fields of the case."""

    type: ColumnType
    label: Bilingual
    help: Bilingual | None = None
    of: str | None = None
    role: str | None = None
    choices: dict[Id, Bilingual] | None = None
    min: float | None = None
    max: float | None = None
    pattern: Words | None = None
    default: Any = None
    required_if: Condition | None = None
    optional: Flag = False

    def as_field(self) -> FieldDef:
        """The same as a field, so that a cell is read, checked and shown like any other value."""
        return FieldDef(
            type=self.type,
            label=self.label,
            help=self.help,
            of=self.of,
            role=self.role,
            choices=self.choices,
            min=self.min,
            max=self.max,
            pattern=self.pattern,
            default=self.default,
        )


class FieldDef(Part):
    """One field of a process, declared once; forms only name it. `columns`, and perhaps fixed `rows`, make a table."""

    type: FieldType
    label: Bilingual
    help: Bilingual | None = None
    of: str | None = None
    role: str | None = None
    choices: dict[Id, Bilingual] | None = None
    min: float | None = None
    max: float | None = None
    pattern: Words | None = None
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
    """What a form shows (read-only, may follow records), asks (required) and offers (optional), perhaps in groups."""

    show: Several = ()
    ask: Several = ()
    optional: Several = ()
    groups: tuple[FormGroup, ...] = ()


class EventDef(Part):
    """An event from outside: how it finds its case and what it carries."""

    match: Words | dict[Words, Words] | None = None
    data: dict[Id, Words] = Field(default_factory=dict)
    label: Bilingual | None = None


class MailDef(Part):
    """A mail template. `{{ name }}` only; `to` defaults to the customer; `notice` may be confirmed automatically."""

    to: Words = "customer"
    subject: Bilingual
    body: Bilingual
    confirm: Words | None = None
    notice: Flag = False


class Kpi(Part):
    """A time between two moments (`from`, `to`), or a share of finished cases for which a condition holds."""

    label: Bilingual
    from_: Words | None = Field(None, alias="from")
    to: Words | None = None
    share: Condition | None = None
    target: Words | None = None
    per: Words | None = None
