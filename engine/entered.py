"""What somebody entered against its field: the JSON value to store, or one sentence that says what is wrong."""

from __future__ import annotations

from typing import Any

from engine.definition.compiled import Compiled
from engine.definition.model import FieldDef
from engine.one_value import WrongValue, one_value
from engine.people import World
from engine.tables import entered_rows

__all__ = ["WrongValue", "cleaned"]


def cleaned(field: FieldDef, value: Any, process: Compiled, world: World, old: Any = None) -> Any:
    """The JSON value to store, None for an empty one; fixed rows that are not mentioned stay as in `old`. Raises
    WrongValue: of a table with its first mistake (a form tells them all: see `forms`)."""
    if field.type != "table":
        return one_value(field, value, process, world)
    found = entered_rows(field, value, process, world, old)
    if found.wrong:
        raise WrongValue(next(iter(found.wrong.values())))
    return found.value
