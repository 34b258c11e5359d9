"""What every part of a file is made of: ids, words, both languages, unknown keys refused, and rows to choose from.

It knows no part of the language by name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from engine.definition.texts import LANGUAGES, Text

RESERVED = frozenset(
    [
        "join",
        "start",
        "case",
        "event",
        "today",
        "now",
        "owner",
        "starter",
        "assignee",
        "due",
        "entry",
        "yes",
        "no",
        "on",
        "off",
        "true",
        "false",
        "null",
        "and",
        "or",
        "not",
        "is",
        "in",
        "if",
        "else",
        "set",
    ]
)
_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_EVENT = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*\Z")


def _id(value: str) -> str:
    if not _ID.match(value):
        raise PydanticCustomError("bad_id", "bad id", {"id": value})
    if len(value) > 40:
        raise PydanticCustomError("long_id", "id too long", {"id": value})
    if value in RESERVED:
        raise PydanticCustomError("reserved_id", "reserved id", {"id": value})
    return value


def _event_name(value: str) -> str:
    if not _EVENT.match(value) or len(value) > 80:
        raise PydanticCustomError("bad_id", "bad id", {"id": value})
    return value


def _bilingual(value: Any, info: ValidationInfo) -> Text:
    """`English | 中文` in the site's language order (from the validation context), or `{en: …, zh-Hans: …}`."""
    if isinstance(value, Text):
        return value
    if isinstance(value, Mapping):
        if not value or not set(value) <= set(LANGUAGES) or not all(isinstance(v, str) for v in value.values()):
            raise PydanticCustomError("bad_text", "bad text", {"languages": ", ".join(LANGUAGES)})
        return Text(str(value.get("en", "")).strip(), str(value.get("zh-Hans", "")).strip())
    if isinstance(value, bool) or not isinstance(value, str | int | float | dt.date):
        raise PydanticCustomError("bad_text", "bad text", {"languages": ", ".join(LANGUAGES)})
    first, _, second = (part.strip() for part in str(value).partition(" | "))
    order = tuple((info.context or {}).get("languages", LANGUAGES))
    return Text(second, first) if order[:1] == ("zh-Hans",) else Text(first, second)


def scalar_text(value: Any) -> Any:
    """Numbers, dates and flags that an author wrote where a text is wanted become that text again."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float | dt.date) else value


def several(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else (value,)


Id = Annotated[str, AfterValidator(_id)]
EventName = Annotated[str, AfterValidator(_event_name)]
Words = Annotated[str, BeforeValidator(scalar_text), Field(min_length=1)]
Condition = Annotated[str, BeforeValidator(scalar_text), Field(min_length=1)]
Flag = Annotated[bool, Field(strict=True)]  # true or false: a lax bool would take "yes", "1" and "on" as well
Several = Annotated[tuple[Words, ...], BeforeValidator(several)]
Bilingual = Annotated[
    Text,
    PlainValidator(_bilingual),
    WithJsonSchema(
        {
            "oneOf": [
                {"type": "string", "description": "English | 中文"},
                {
                    "type": "object",
                    "properties": {language: {"type": "string"} for language in LANGUAGES},
                    "additionalProperties": False,
                },
            ]
        }
    ),
]


class Part(BaseModel):
    """Everything in a file: unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, strict=False)


class Row(Part):
    """One row of a choice: `{when: condition, then: x}` or `{otherwise: x}`."""

    when: Condition | None = None
    then: Several | None = None
    otherwise: Several | None = None

    @model_validator(mode="after")
    def _either_when_then_or_otherwise(self) -> Self:
        if (self.otherwise is None) != (self.when is not None and self.then is not None) or (
            self.otherwise is not None and (self.when is not None or self.then is not None)
        ):
            raise PydanticCustomError("bad_row", "bad row", {})
        return self

    @property
    def chosen(self) -> tuple[str, ...]:
        """What this row chooses: one name, or several where a list is allowed (roles)."""
        return self.then if self.then is not None else self.otherwise or ()


def rows_of_a_choice(value: Any) -> Any:
    """`x`, `[x, y]` (several roles) or a list of rows all become rows."""
    if isinstance(value, list | tuple):
        if any(isinstance(row, Mapping | Row) for row in value):
            return tuple(value)
        return (Row(otherwise=tuple(scalar_text(v) for v in value)),) if value else ()
    if isinstance(value, Mapping):
        return (value,)
    return (Row(otherwise=(scalar_text(value),)),) if isinstance(value, str | int | float | dt.date) else value


Choosing = Annotated[tuple[Row, ...], BeforeValidator(rows_of_a_choice), Field(min_length=1)]
