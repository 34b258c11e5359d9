"""What came from outside about a case after its end, in words."""

from __future__ import annotations

from engine.after_the_end import heard_too_late, names_heard
from engine.case import Case
from engine.confidential import hidden_fields, written_by
from engine.definition.compiled import Compiled
from engine.screen_rows import UnmatchedRow
from web import current

LateNews = tuple[UnmatchedRow, str, list[str]]


def late_news(case: Case, process: Compiled | None) -> list[LateNews]:
    """Each with what it is called and, for those who may read the fields it would be written into, what it said."""
    ended = case.ended_at
    if process is None or case.is_open or ended is None:
        return []
    kept = current.read(lambda screens: screens.news_kept(names_heard(process), ended))
    teller, hidden = current.teller(process), hidden_fields(process, case, current.me())
    found = heard_too_late(process, case, kept)
    return [
        (
            row,
            teller.event(row.name),
            [] if hidden & written_by(process, row.name) else teller.news(row.name, row.values),
        )
        for row in found
    ]
