"""Somebody leaves the company: which cases were theirs, and who answers for one from now on. Must not move any case."""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition.compiled import Compiled
from engine.people import Person
from engine.screens import Page, Screens, Viewer


def cases_owned_by(screens: Screens, person: str) -> list[str]:
    """The open cases of somebody who left; none while the person is active."""
    known = screens.people().get(person)
    if known is None or known.active:
        return []
    found: list[str] = []
    page = Page(size=200)
    while True:
        rows = screens.cases(Viewer("", frozenset(), everything=True), process="", state="open", text="", page=page)
        found += [row.id for row in rows.rows if row.owner == person]
        if not rows.next:
            return found
        page = Page(rows.next, 200)


def next_owner(process: Compiled, people: Mapping[str, Person]) -> str | None:
    """Whoever may call such a case off, may move it, or starts such cases: the first who works here, by name of account."""
    permissions = process.permissions
    for role in (*permissions.cancel, *permissions.move, *process.file.start.role, "admin"):
        for id in sorted(people):
            if people[id].active and role in people[id].roles:
                return id
    return None
