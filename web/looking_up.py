"""Cases that may be meant while somebody types into a field that names one."""

from __future__ import annotations

from collections.abc import Sequence

from engine.screen_rows import CaseRow
from engine.screens import Page, Screens, Viewer

OFFERED = 10
MOST_PROCESSES = 20
"""More processes than this are not looked through, whatever an address says."""


def cases_like(screens: Screens, viewer: Viewer, processes: Sequence[str], text: str) -> list[CaseRow]:
    """Those whose number or subject holds the text, newest first; only what this person may see."""
    page = Page(size=OFFERED)
    wanted = processes[:MOST_PROCESSES] if text else ()
    found = [row for id in wanted for row in screens.cases(viewer, process=id, state="", text=text, page=page).rows]
    return sorted(found, key=lambda row: (row.opened_at, row.id), reverse=True)[:OFFERED]
