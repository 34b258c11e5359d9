"""The site file: roles, calendars, record types, outside systems and digests, once per installation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from engine.definition.model.basics import Bilingual, EventName, Flag, Id, Part, Several, Words


class CalendarDef(Part):
    """Opening hours: `days: mon-fri`, `hours: 09:00-17:30` or a list, `holidays` by country, own closed and open days."""

    days: Words
    hours: Several
    holidays: Words | None = None
    closed: tuple[dt.date, ...] = ()
    open: tuple[dt.date, ...] = ()


class Adapter(Part):
    """An operation of an outside system: what it takes and gives, by name and type, and what people call it."""

    label: Bilingual | None = None
    takes: dict[Id, Words] = Field(default_factory=dict)
    gives: dict[Id, Words] = Field(default_factory=dict)


class AttributeDef(Part):
    """One attribute of a record: its type alone, or with the words it takes, those a new record begins with by hand, the
    last day it may say, and the processes whose open cases hold it."""

    type: Words
    choices: dict[Words, Bilingual] | None = None
    begins: Several = ()
    max: Literal["today"] | None = None
    held_by: Several = ()


def attribute_of_bare_type(value: Any) -> Any:
    """`status: text` and `status: {type: text}` are the same."""
    return value if isinstance(value, Mapping | AttributeDef) else {"type": value}


Attribute = Annotated[AttributeDef, BeforeValidator(attribute_of_bare_type)]


class RecordDef(Part):
    """A record type: its attributes, the attribute it is looked up by, and whether it stands for someone outside."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)
    __pydantic_extra__: dict[str, Attribute]

    outside: Flag = False
    key: Words | None = None

    @property
    def described(self) -> dict[str, AttributeDef]:
        """Attribute name to what is said of it."""
        return dict(self.__pydantic_extra__ or {})

    @cached_property
    def attributes(self) -> dict[str, str]:
        """Attribute name to type: a field type, or the name of another record type, or `user`."""
        return {name: attribute.type for name, attribute in self.described.items()}


class RecordEvent(Part):
    """What is announced to the processes when an attribute of a record gets one of these values, or when a date of it has
    come near or passed; only of records for which the conditions hold."""

    record: Words
    attribute: Words
    becomes: Several = ()
    at: Words | None = None
    within: Words | None = None
    where: dict[Words, Several] = Field(default_factory=dict)
    unless: dict[Words, Several] = Field(default_factory=dict)


class DigestList(Part):
    """What a digest lists: cases (of a process, in some of its steps, late or soon to be), or what its reader has to do."""

    process: Words | None = None
    in_: Several = Field((), alias="in")
    used: Words | None = None
    overdue: Flag = False
    mine: tuple[Literal["overdue", "today"], ...] = ()


class Digest(Part):
    """A mail at an hour of the day that lists what waits; with nothing to list there is no mail."""

    label: Bilingual
    to: Several
    at: Words
    days: Words | None = None
    calendar: Words | None = None
    list_: tuple[DigestList, ...] = Field(min_length=1, alias="list")


class SiteFile(Part):
    """`_site.yaml`: what the processes may refer to, once per installation."""

    site: Id
    languages: tuple[Literal["en", "zh-Hans"], ...] = ("en", "zh-Hans")
    timezone: Words
    roles: dict[Id, Bilingual]
    calendars: dict[Id, CalendarDef]
    records: dict[Id, RecordDef] = Field(default_factory=dict)
    record_events: dict[EventName, RecordEvent] = Field(default_factory=dict)
    adapters: dict[EventName, Adapter] = Field(default_factory=dict)
    auto_confirm_notices: Flag = False
    mail_closing: Bilingual | None = None
    currency: Bilingual | None = None
    ladder: Words = "standard"
    digests: dict[Id, Digest] = Field(default_factory=dict)
    mail_hours: dict[Words, Words] = Field(default_factory=dict)
