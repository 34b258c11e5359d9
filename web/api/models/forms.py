"""Forms as programs see them: fields, their groups, buttons, and what happens unless somebody is faster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field

from engine.definition.texts import Text
from engine.offers import Button, FieldGroup, FieldOffer, Rung, StartOffer
from web.api.models.plain import Told

Say = Callable[[Text], str]


class FieldTold(Told):
    """A field: what it is, what it holds, and what may be put into it."""

    name: str
    type: Annotated[
        str,
        Field(
            description="text, long_text, email, phone, number, money, yes_no, choice, choices, date, datetime, user, record, case, files, signature, table"
        ),
    ]
    label: str
    help: str
    required: bool
    read_only: bool
    visible: Annotated[bool, Field(description="Whether its condition for being shown holds.")]
    value: Any
    display: Annotated[str, Field(description="The value in words.")]
    choices: Annotated[dict[str, str], Field(description="What may be chosen: value and label.")]
    of: Annotated[
        str, Field(description="The type of record it names; of a case the processes it may be of, parted by commas.")
    ]
    role: Annotated[str, Field(description="Whose people it may name.")]
    not_these: Annotated[
        list[str], Field(description="People of that role whom the process would refuse afterwards; do not offer them.")
    ]
    min: float | None
    max: float | None
    not_before: Annotated[str, Field(description="now or today, where nothing earlier may be entered.")]
    not_after: Annotated[str, Field(description="now or today, where nothing later may be entered.")]
    pattern: str
    accept: list[str]
    required_if: str
    show_if: str
    goes_out: Annotated[
        str,
        Field(
            description="Said where the words go into a mail to the customer as they stand, with the reader's language."
        ),
    ]
    columns: Annotated[
        list[FieldTold],
        Field(
            default_factory=list,
            description="Of a table: the columns that may be entered here; `value` is then a list of objects {column: value}, and a refusal names a cell like `parts.2.cost`, rows counted from 1.",
        ),
    ]
    rows: Annotated[
        dict[str, str],
        Field(
            default_factory=dict,
            description="Of a table whose rows are fixed: id and label of each. A row names its id under `row`; rows that are not sent stay as they are.",
        ),
    ]
    cells: Annotated[
        list[list[str]], Field(default_factory=list, description="Of a table: its cells in words, row by row.")
    ]
    numbered: Annotated[
        bool,
        Field(
            description="Of a table of which only some columns are entered here: each row has its number under `row`. Send it back, and 0 with a new row: the other cells stay with their row."
        ),
    ]

    @classmethod
    def of_offer(cls, offer: FieldOffer, say: Say) -> FieldTold:
        """In the language of the request."""
        return cls(
            name=offer.name,
            type=offer.type,
            label=say(offer.label),
            help=say(offer.help),
            required=offer.required,
            read_only=offer.read_only,
            visible=offer.visible,
            value=offer.value,
            display=say(offer.display),
            choices={name: say(label) for name, label in offer.choices},
            of=offer.of,
            role=offer.role,
            not_these=list(offer.not_these),
            min=offer.min,
            max=offer.max,
            not_before=offer.not_before,
            not_after=offer.not_after,
            pattern=offer.pattern,
            accept=list(offer.accept),
            required_if=offer.required_if,
            show_if=offer.show_if,
            goes_out=say(offer.goes_out),
            columns=[cls.of_offer(column, say) for column in offer.columns],
            rows={id: say(label) for id, label in offer.rows},
            cells=[[say(words) for words in row] for row in offer.cells],
            numbered=offer.numbered,
        )


class GroupTold(Told):
    """A heading over fields that belong together. One without a label holds those that no heading claims."""

    label: str
    help: str
    fields: list[str]

    @classmethod
    def of_group(cls, group: FieldGroup, say: Say) -> GroupTold:
        """In the language of the request."""
        return cls(label=say(group.label), help=say(group.help), fields=list(group.fields))


class ButtonTold(Told):
    """Something that can be pressed."""

    name: str
    label: str
    help: str
    allowed: bool
    why_not: Annotated[str, Field(description="Why it may not be pressed now, and who can.")]
    skip_form: Annotated[bool, Field(description="It needs no values.")]
    needs: Annotated[
        list[str], Field(description="The fields, in words, that it needs beside those the form requires.")
    ]

    @classmethod
    def of_button(cls, button: Button, say: Say) -> ButtonTold:
        """In the language of the request."""
        return cls(
            name=button.name,
            label=say(button.label),
            help=say(button.help),
            allowed=button.allowed,
            why_not=say(button.why_not),
            skip_form=button.skip_form,
            needs=[say(label) for label in button.needs],
        )


class RungTold(Told):
    """What happens when, unless somebody is faster."""

    at: dt.datetime | None
    what: str
    passed: bool

    @classmethod
    def of_rung(cls, rung: Rung, say: Say) -> RungTold:
        """In the language of the request."""
        return cls(at=rung.at, what=say(rung.what), passed=rung.passed)


class StartForm(Told):
    """The form that starts a case of a process."""

    process: str
    label: str
    about: str
    fields: list[FieldTold]
    groups: Annotated[list[GroupTold], Field(description="Headings over the fields; empty where there are none.")]
    allowed: bool
    why_not: str

    @classmethod
    def of_offer(cls, offer: StartOffer, say: Say) -> StartForm:
        """In the language of the request."""
        return cls(
            process=offer.process,
            label=say(offer.label),
            about=say(offer.about),
            fields=[FieldTold.of_offer(field, say) for field in offer.fields],
            groups=[GroupTold.of_group(group, say) for group in offer.groups],
            allowed=offer.allowed,
            why_not=say(offer.why_not),
        )
