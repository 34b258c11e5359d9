"""How a new case is called: the next number by the pattern of its process. Must not know what starts it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from engine.definition.compiled import Compiled
from engine.store import UnitOfWork


def number_of(process: Compiled, uow: UnitOfWork) -> str:
    """The next case number, by the process's pattern and the year on the site's clock. A pattern without a year counts
    on over all years, else the first number of the next year would be one that is taken."""
    year = uow.now.astimezone(ZoneInfo(process.site.timezone)).year
    pattern = process.file.number or f"{process.id.upper().replace('_', '-')}-{{year}}-{{seq}}"
    seq = uow.next_number(process.id, year if "{year}" in pattern else 0)
    return pattern.replace("{year}", str(year)).replace("{seq}", f"{seq:06d}")
