"""Somebody who looks at a house from outside after every act: cases, history, mails, timers and records, now and before.

Knows neither `decide` nor the rules of a process: what happened is read from what is stored, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.case import Case
from engine.people import Person
from engine.records import Record
from engine.screen_rows import HistoryRow, MailRow
from engine.screens import Page
from tests.invariants.past_the_program import PastTheProgram
from tests.journeys.a_desk import ADesk


@dataclass(frozen=True)
class Moment:
    """One entry of a case's history, with the values of the case before and after it."""

    row: HistoryRow
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @property
    def entered(self) -> tuple[str, ...]:
        """The steps that began, in order."""
        return tuple(self.row.details.get("entered", ()))

    def is_done(self, *moments: str) -> bool:
        """Whether somebody pressed one of these buttons of a step's own task (`repair`, `final_test.passed`)."""
        if self.row.kind != "completed" or self.row.details.get("task_kind"):
            return False
        return self.row.step in moments or f"{self.row.step}.{self.row.details.get('outcome')}" in moments


@dataclass
class Seen:
    """A case as the witness saw it last, and as it was the time before."""

    case: Case
    history: list[HistoryRow]
    old: Case | None = None
    old_history: list[HistoryRow] = field(default_factory=list)

    @property
    def name(self) -> str:
        """For sentences: which case and where it stands."""
        return f"{self.case.process} {self.case.number} at {', '.join(self.case.leaves)}"

    def story(self) -> Iterator[Moment]:
        """The whole history with the values told again from their changes."""
        values: dict[str, Any] = {}
        for row in self.history:
            before = dict(values)
            if row.kind == "started":
                values = dict(row.details.get("values", {}))
            for name, (_, new) in row.details.get("changes", {}).items():
                values[name] = new
            yield Moment(row, before, dict(values))


@dataclass
class Witness:
    """Looks again whenever told; `touched` are the cases that changed since the last look."""

    desk: ADesk
    seen: dict[str, Seen] = field(default_factory=dict)
    touched: list[Seen] = field(default_factory=list)
    mails: list[MailRow] = field(default_factory=list)
    fresh_mails: list[MailRow] = field(default_factory=list)
    units: dict[str, Record] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    taken_news: dict[str, int] = field(default_factory=dict)
    """News of carriers and partners by sender's id: how often a case was said to have taken it."""

    def __post_init__(self) -> None:
        self._behind = PastTheProgram(self.desk.house.settings)
        self._revisions: dict[str, int] = {}
        self._known: dict[str, Any] = {}
        self.look()

    def look(self) -> None:
        """Everything as it stands now."""
        now = dict(self.rows('SELECT id, revision FROM "case"'))
        changed = [id for id, revision in now.items() if self._revisions.get(id) != revision]
        self._revisions = now
        read = self.desk.house.store.read
        self.touched = [self._look_at(id) for id in changed]
        self.people = read(lambda screens: screens.people())
        if self._is_news("SELECT count(*), sum(attempts), max(created_at) FROM outbox"):
            known = {mail.id for mail in self.mails}
            self.mails = list(read(lambda screens: screens.mails(page=Page(size=5000)).rows))
            self.fresh_mails = [mail for mail in self.mails if mail.id not in known]
        if self._is_news("SELECT count(*) FROM record_change"):
            found = read(lambda screens: screens.records("serial_number", "", Page(size=500)).rows)
            self.units = {record.id: record for record in found}

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What stands in the database, read past the program."""
        return self._behind.rows(sql, *values)

    def look_at_everything(self) -> None:
        """The next laws ask about every case there is, not only about those that changed."""
        self.look()
        self.touched, self.fresh_mails = list(self.seen.values()), self.mails

    def mails_of(self, case_id: str) -> list[MailRow]:
        """Mails to the customer of one case, oldest first."""
        return sorted(
            (mail for mail in self.mails if mail.case == case_id and mail.kind == "customer"),
            key=lambda mail: mail.created_at,
        )

    def warranty_changes(self) -> list[tuple[str, str | None, str | None, str, str]]:
        """Every change of a warranty end, oldest first: unit, old, new, source, reason."""
        return [
            (unit, old or None, new or None, source, reason)
            for unit, old, new, source, reason in self.rows(
                "SELECT serial_number, old, new, source, reason FROM warranty_change ORDER BY seq"
            )
        ]

    def record_changes(self, id: str, type: str = "serial_number") -> list[Mapping[str, Any]]:
        """Every change of a record, oldest first."""
        return list(self.desk.house.store.read(lambda screens: screens.record_history(type, id)))

    def _is_news(self, sql: str) -> bool:
        """Whether the answer is another one than last time."""
        before, self._known[sql] = self._known.get(sql), self.rows(sql)
        return bool(before != self._known[sql])

    def close(self) -> None:
        """Give the database back."""
        self._behind.close()

    def _look_at(self, case_id: str) -> Seen:
        case = self.desk.case(case_id)
        history = self.desk.history(case_id)
        known = self.seen.get(case_id)
        fresh = Seen(case, history) if known is None else Seen(case, history, known.case, known.history)
        self.seen[case_id] = fresh
        return fresh
