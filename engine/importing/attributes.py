"""What a cell, or a box of a form, says of one attribute of a record: of its kind, one of its words, not later than it may be."""

from __future__ import annotations

import datetime as dt
from typing import Any

from engine.definition.model import FieldDef
from engine.definition.texts import Text
from engine.importing.cells import DateOrder, WrongCell, value_of
from engine.importing.targets import Target
from engine.record_words import none_of, word_meant
from engine.timely import untimely


def attribute_value(target: Target, name: str, cell: str, now: dt.datetime, order: DateOrder = "iso") -> Any:
    """The JSON value of what is not empty. Raises WrongCell."""
    value, described = value_of(target.attributes[name], cell, order), target.described.get(name)
    if described is None:
        return value
    if described.type == "choice":
        if (word := word_meant(described, cell)) is None:
            raise WrongCell(none_of(cell, tuple(described.choices or ()), described))
        return word
    if described.max is not None:
        day = FieldDef(type="date", label=Text(), max=described.max)
        if (late := untimely(day, value, None, now, target.zone)) is not None:
            raise WrongCell(Text(f"'{cell}' must be {late.en.rstrip('.')}", f"“{cell}”{late.zh.rstrip('。')}"))
    return value
