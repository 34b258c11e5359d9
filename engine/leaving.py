"""Somebody leaves the company, or is away: what was theirs, and who answers for it from now on. Must not move any case."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from engine.definition.compiled import Compiled
from engine.people import Person
from engine.screen_rows import TaskRow
from engine.screens import Page, Screens, TaskFilter, Viewer


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


def answering_roles(process: Compiled) -> tuple[str, ...]:
    """Who answers for a case when nobody else does: whoever may call it off, may move it, or starts such cases."""
    permissions = process.permissions
    named = (*permissions.cancel, *permissions.move, *process.file.start.role, "admin")
    return tuple(dict.fromkeys(role for role in named if role not in ("owner", "starter")))


def next_owner(process: Compiled, people: Mapping[str, Person], without: Collection[str] = ()) -> str | None:
    """The first of those roles who works here, by name of account; never one of `without`, whom the case is about."""
    for role in answering_roles(process):
        for id in sorted(people.keys() - set(without)):
            if people[id].active and role in people[id].roles:
                return id
    return None


def held_by(screens: Screens, person: str) -> list[TaskRow]:
    """The open tasks that somebody holds, paused ones too."""
    found: list[TaskRow] = []
    for paused in (False, True):
        page = Page(size=200)
        while True:
            rows = screens.inbox(Viewer(person, frozenset()), TaskFilter("mine", paused=paused), page)
            found += [row for row in rows.rows if row.assignee == person]
            if not rows.next:
                break
            page = Page(rows.next, 200)
    return found
