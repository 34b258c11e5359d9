"""The cases of one process as a table, with what the process says its list shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.listed_values import listed_values
from engine.offering_fields import field_label
from engine.offers import FieldOffer
from engine.people import World
from engine.screen_rows import CaseRow
from web import current
from web.site import compiled


@dataclass(frozen=True, slots=True)
class Overview:
    """The label of each column, and each case with its values; None where it has none."""

    columns: tuple[str, ...]
    rows: tuple[tuple[CaseRow, tuple[FieldOffer | None, ...]], ...]


def overview(process_id: str, rows: Sequence[CaseRow]) -> Overview | None:
    """These cases of one process in columns; None when the process names nothing to show."""
    process = current.catalogue().processes.get(process_id)
    if process is None or not process.file.list_:
        return None
    cases = current.read(lambda screens: screens.many_cases([row.id for row in rows]))
    world = World(current.now(), current.people())
    names = process.file.list_
    known = {number: compiled(current.house(), process_id, number) for number in {c.version for c in cases.values()}}
    running = ((version, case) for case in cases.values() if (version := known[case.version]) is not None)
    values = listed_values(names, running, current.me(), world)
    nothing = (None,) * len(names)
    return Overview(
        columns=tuple(current.say_text(field_label(process, name)) for name in names),
        rows=tuple((row, values.get(row.id, nothing)) for row in rows),
    )
