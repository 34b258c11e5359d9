"""Writes the digests whose hour has come: looks who may see what, and puts one mail a person into the outbox, once a day.

What was sent is kept with the mails in one transaction, so that two workers and a worker that comes back send it once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from engine.authority import viewer_of
from engine.definition.compiled import Compiled, Digest, DigestList, Site
from engine.definition.compiling.digests import EVERYBODY
from engine.definition.opening_hours import Calendar
from engine.definitions import Definitions
from engine.digests import Line, case_line, digest_day, is_at_risk, is_listed, letter, steps_named, task_line
from engine.effects import SendMail
from engine.people import Person
from engine.ports import Doorbell
from engine.screen_rows import CaseRow
from engine.screens import Page, Screens, TaskFilter, Viewer
from engine.staff_hours import TOGETHER
from engine.store import Store, UnitOfWork

WHOLE_HOUSE = Viewer("", frozenset(), frozenset(), everything=True)
A_PAGE = 200


@dataclass(frozen=True, slots=True)
class Due:
    """A digest that is due, for which day, and the key under which it is known as sent."""

    digest: Digest
    site: Site
    key: str


class Digests:
    """The digests of a house. Any number of these may work at once. `address` is where people open the product."""

    def __init__(self, store: Store, definitions: Definitions, bell: Doorbell, address: str) -> None:
        self._store = store
        self._definitions = definitions
        self._bell = bell
        self._address = address.rstrip("/")
        self._settled: set[str] = set()

    def send_due(self) -> int:
        """Put the digests whose hour has come into the outbox; returns how many mails that are."""
        sent = sum(self._send(due) for due in self._store.read(self._due))
        if sent:
            self._bell.ring()
        return sent

    def _due(self, screens: Screens) -> list[Due]:
        if not screens.newest("site"):
            return []
        site = self._definitions.site(screens)
        days = [(digest, digest_day(digest, site, screens.now)) for digest in site.digests]
        due = [Due(digest, site, f"digest:{digest.name}:{day}") for digest, day in days if day is not None]
        self._settled &= {one.key for one in due}
        return [one for one in due if one.key not in self._settled]

    def _send(self, due: Due) -> int:
        if self._store.write(lambda unit: unit.remembered(due.key)) is None:
            mails = self._store.read(lambda screens: list(self._mails(screens, due)))
            sent = self._store.write(lambda unit: _queue(unit, due.key, mails))
        else:
            sent = 0
        self._settled.add(due.key)
        return sent

    # -- who reads what ------------------------------------------------------------------------------------------------

    def _mails(self, screens: Screens, due: Due) -> Iterator[SendMail]:
        processes = self._definitions.newest(screens)
        listed = [list(self._cases(screens, due, wanted)) for wanted in due.digest.lists]
        for person in _readers(due.digest, screens.people()):
            viewer = viewer_of(person, processes)
            lines: dict[str, Line] = {}
            for wanted, rows in zip(due.digest.lists, listed, strict=True):
                found = self._own(screens, viewer, due.site, wanted) if wanted.mine else ()
                seen = (case_line(row, self._address) for row in _seen(screens, viewer, rows))
                lines |= {line.address: line for line in (*found, *seen)}
            if lines:
                subject, body = letter(due.digest, due.site, list(lines.values()), screens.now, person.language)
                key = f"{due.key}:{person.id}"
                soon = screens.now + TOGETHER
                yield SendMail(key, "staff", person.email, subject, body, role=due.digest.to[0], not_before=soon)

    def _cases(self, screens: Screens, due: Due, wanted: DigestList) -> Iterator[CaseRow]:
        """The open cases of a list, the most urgent first."""
        if wanted.mine:
            return
        calendar = due.site.calendar(due.digest.calendar)
        rows = [row for row in _open_cases(screens, wanted.process) if is_listed(wanted, row, calendar, screens.now)]
        for row in sorted(rows, key=lambda row: (row.due_at is None, row.due_at or screens.now, row.id)):
            if wanted.used is not None and not _is_at_risk(screens, row, wanted.used, calendar):
                continue
            if not wanted.steps or _stands_in(screens, self._definitions, row, wanted):
                yield row

    def _own(self, screens: Screens, viewer: Viewer, site: Site, wanted: DigestList) -> Iterator[Line]:
        """What a person holds, and what nobody of their roles has taken yet: overdue, or due before the day is over."""
        local = screens.now.astimezone(ZoneInfo(site.timezone))
        tomorrow = dt.datetime.combine(local.date() + dt.timedelta(days=1), dt.time(), local.tzinfo)
        until = tomorrow if "today" in wanted.mine else screens.now
        rows = screens.inbox(viewer, TaskFilter("both", before=until.astimezone(dt.UTC)), Page(size=A_PAGE)).rows
        for row in rows:
            if "overdue" in wanted.mine or (row.due_at is not None and row.due_at > screens.now):
                yield task_line(row, self._address)


def _readers(digest: Digest, people: Mapping[str, Person]) -> list[Person]:
    wanted = set(digest.to)
    return [
        person
        for _, person in sorted(people.items())
        if person.active and person.email and (EVERYBODY in wanted or person.roles & wanted)
    ]


def _open_cases(screens: Screens, process: str, viewer: Viewer = WHOLE_HOUSE) -> Iterator[CaseRow]:
    page = Page(size=A_PAGE)
    while True:
        found = screens.cases(viewer, process=process, state="open", text="", page=page)
        yield from found.rows
        if not found.next:
            return
        page = Page(found.next, A_PAGE)


def _is_at_risk(screens: Screens, row: CaseRow, share: int, calendar: Calendar) -> bool:
    case = screens.case(row.id)
    return case is not None and is_at_risk(case, share, calendar, screens.now)


def _stands_in(screens: Screens, definitions: Definitions, row: CaseRow, wanted: DigestList) -> bool:
    """Whether a case is in one of the named steps; the case itself is read only where another step is called the same."""
    process: Compiled = definitions.process(screens, row.process, row.version)
    names = steps_named(process, wanted)
    fitting = {process.steps[name].label for name in names} & set(row.steps)
    if fitting <= {step.label for step in process.steps.values() if step.name not in names}:
        return bool(fitting) and _is_at(screens, row, names)
    return True


def _is_at(screens: Screens, row: CaseRow, names: frozenset[str]) -> bool:
    case = screens.case(row.id)
    return case is not None and bool(names & set(case.leaves))


def _seen(screens: Screens, viewer: Viewer, rows: Sequence[CaseRow]) -> Iterator[CaseRow]:
    """What of a list a person may see. Of processes that are not theirs they see few cases: these are read, not all asked."""
    foreign = set() if viewer.everything else {row.process for row in rows} - viewer.processes
    own = {row.id for process in sorted(foreign) for row in _open_cases(screens, process, viewer)}
    return (row for row in rows if row.process not in foreign or row.id in own)


def _queue(unit: UnitOfWork, key: str, mails: list[SendMail]) -> int:
    """All mails of one digest, once: the note that it was sent is kept with them."""
    if unit.remembered(key) is not None:
        return 0
    unit.remember(key, str(len(mails)))
    for mail in mails:
        unit.queue_mail(mail)
    return len(mails)
