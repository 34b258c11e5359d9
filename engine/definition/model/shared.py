"""The file that processes share: ladders and fragments."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from engine.definition.model.acting import LadderDef
from engine.definition.model.basics import Bilingual, EventName, Id, Part, Words
from engine.definition.model.steps import Step
from engine.definition.model.vocabulary import EventDef, FieldDef, MailDef


class Fragment(Part):
    """Steps that several processes use; sees only its own steps and its `$settings`."""

    label: Bilingual
    about: Bilingual | None = None
    with_: dict[Words, Any] = Field(default_factory=dict, alias="with")
    fields: dict[Id, FieldDef] = Field(default_factory=dict)
    events: dict[EventName, EventDef] = Field(default_factory=dict)
    mails: dict[Id, MailDef] = Field(default_factory=dict)
    steps: dict[Id, Step] = Field(min_length=1)


class LibraryFile(Part):
    """`_shared.yaml`: ladders and fragments."""

    library: Id
    version: int = Field(ge=1)
    ladders: dict[Id, LadderDef] = Field(default_factory=dict)
    fragments: dict[Id, Fragment] = Field(default_factory=dict)
