"""What a condition of a form asks that is not on the form itself, in plain words, so that a page need not guess. Only what
this person may read; a moment is left out, since a page knows its own clock only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from engine.case import Case
from engine.confidential import is_hidden
from engine.definition.compiled import Compiled
from engine.definition.expressions import parse
from engine.definition.expressions.tree import names_in
from engine.facts import CaseFacts
from engine.people import Person


def known_outside(
    process: Compiled, case: Case, facts: CaseFacts, person: Person, name: str, on_the_form: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """The paths in the conditions of a field with their values as a form would send them ("" where nothing is set)."""
    field = process.fields[name]
    paths = {path for text in (field.show_if, field.required_if) if text for path in names_in(parse(text))}
    outside = [path for path in sorted(paths) if path[0] not in on_the_form and _may_read(process, case, person, path)]
    told = ((".".join(path), _in_a_form(_value(process, case, facts, path))) for path in outside)
    return tuple((path, value) for path, value in told if value is not None)


def _value(process: Compiled, case: Case, facts: CaseFacts, path: tuple[str, ...]) -> Any:
    """A person is compared by their id, as a form sends it."""
    field = process.fields.get(path[0])
    return case.values.get(path[0]) if field and field.type == "user" and len(path) == 1 else facts.value(path)


def _may_read(process: Compiled, case: Case, person: Person, path: tuple[str, ...]) -> bool:
    own = path[1] if path[0] == "earlier" and len(path) > 1 else path[0]
    known = own in process.fields or path[0] == "earlier"
    return known and (own not in process.fields or not is_hidden(process, case, own, person))


def _in_a_form(value: Any) -> str | None:
    match value:
        case None | "":
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return value
        case int() | Decimal():
            return str(value)
        case dt.datetime():
            return None
        case dt.date():
            return value.isoformat()
        case Mapping():  # a record, by what a form calls it
            return str(value.get("key") or value.get("id") or "set")
        case list() | tuple():
            return None if value else ""
        case _:
            return "set"
