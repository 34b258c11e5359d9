"""Which other cases a press names, by their numbers, and which of them there are for the person who names them.

What is asked is only what somebody enters anew: what an action sets, and what stood there already, is taken as it stands.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from engine import events as happened
from engine.authority import viewer_of
from engine.case import Case
from engine.definition.compiled import Compiled
from engine.definition.model import FieldDef
from engine.definitions import Definitions
from engine.people import CaseKey, Person
from engine.sight import sees
from engine.store import UnitOfWork


def known_cases(
    uow: UnitOfWork,
    definitions: Definitions,
    process: Compiled,
    case: Case | None,
    event: happened.Event,
    people: Mapping[str, Person],
) -> dict[CaseKey, str | None]:
    """What each entered number names: the number of a case as it is kept, or None where there is none to be seen."""
    if not isinstance(event, happened.CaseStarted | happened.TaskCompleted):
        return {}
    stood = set(numbers_in(process.fields, case.values)) if case is not None else set()
    entered = [key for key in numbers_in(process.fields, event.values) if key not in stood]
    if not entered:
        return {}
    spelled = {key: _spellings(key[1]) for key in entered}
    found = uow.cases_numbered(list(dict.fromkeys(one for all in spelled.values() for one in all)))
    by = None if isinstance(event, happened.CaseStarted) and event.trusted else people.get(event.by or "")
    seen = {number: one for number, one in found.items() if by is None or may_see(uow, definitions, by, one)}
    return {
        (of, text): next((n for n in spelled[of, text] if n in seen and seen[n].process in processes_in(of)), None)
        for of, text in entered
    }


def numbers_in(fields: Mapping[str, FieldDef], values: Mapping[str, Any]) -> Iterator[CaseKey]:
    """Every number that values name, with the processes it may be of: those of case fields and those of cells."""
    for name, value in values.items():
        field = fields.get(name)
        if field is None or not value:
            continue
        if field.type == "case":
            yield field.of or "", str(value).strip()
        for id, column in (field.columns or {}).items():
            if column.type == "case":
                rows = value if isinstance(value, list | tuple) else ()
                cells = (row.get(id) for row in rows if isinstance(row, Mapping))
                yield from ((column.of or "", str(cell).strip()) for cell in cells if cell)


def processes_in(of: str) -> tuple[str, ...]:
    """The processes that `of` names, as it is kept: parted by commas."""
    return tuple(each.strip() for each in of.split(",") if each.strip())


def may_see(uow: UnitOfWork, definitions: Definitions, person: Person, case: Case) -> bool:
    """Whether this person may see a case, on the write side."""
    return sees(viewer_of(person, [definitions.process(uow, case.process)]), case)


def _spellings(text: str) -> tuple[str, ...]:
    """A number as it was typed and as numbers are usually written: wide letters and small ones are the same to people."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return tuple(dict.fromkeys((text, plain, plain.upper())))
