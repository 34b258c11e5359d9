"""Cases on the write side: load one under lock, and keep every table that is made from it in step.

A save is gathered and written when the transaction ends (or when something in it looks at the tables), so that a batch of
cases costs as many statements as one.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ClauseElement, bindparam, func, insert, select, update

from adapters import refusing
from adapters.case_document import read
from adapters.database.case_rows import CaseRows, likeness_rows, record_rows, subscription_rows
from adapters.database.likeness import alike_cases
from adapters.database.pending import Keyed, Pending, RowValues
from adapters.database.statements import Hot, adding, adding_once, always, as_json, moving, putting, removing
from adapters.database.tables import (
    CALL,
    CANDIDATE,
    CASE,
    CASE_RECORD,
    HISTORY,
    INCIDENT,
    KPI,
    LIKENESS,
    LINK,
    NOTICE,
    OUTBOX,
    SUBSCRIPTION,
    TASK,
    TIMER,
)
from adapters.listing import closed_tasks
from engine.case import Case
from engine.effects import SendMail
from engine.kept import CaseChange


def _load(database: str) -> ClauseElement:
    wanted = select(CASE.c.document, CASE.c.listed, CASE.c.records_changed).where(CASE.c.id == bindparam("id"))
    return wanted.with_for_update() if database == "postgresql" else wanted


LOAD = Hot(_load)
FOR_GOOD = ("id", "number", "process", "opened_at", "starter")
PUT_CASE = always(
    update(CASE)
    .where(CASE.c.id == bindparam("known_id"), CASE.c.revision == bindparam("known_revision"))
    .values({c.name: bindparam(c.name, type_=c.type) for c in CASE.columns if c.name not in FOR_GOOD})
)
ADD_HISTORY = always(
    insert(HISTORY).values(
        {c.name: bindparam(c.name, type_=c.type) for c in HISTORY.columns if c.name != "seq"}
        | {
            "seq": select(func.coalesce(func.max(HISTORY.c.seq), 0) + 1)
            .where(HISTORY.c.case_id == bindparam("case_id"))
            .scalar_subquery()
        }
    )
)
ADD_CASE, ADD_LINK, PUT_TASK = adding(CASE), adding_once(LINK), putting(TASK)
CANDIDATES = (moving(CANDIDATE), removing(CANDIDATE), putting(CANDIDATE))
TIMERS = (moving(TIMER), removing(TIMER), putting(TIMER))
SUBSCRIPTIONS = (moving(SUBSCRIPTION), removing(SUBSCRIPTION), adding_once(SUBSCRIPTION))
LIKENESSES = (moving(LIKENESS), removing(LIKENESS), adding_once(LIKENESS))
RECORDS = (moving(CASE_RECORD), removing(CASE_RECORD), adding_once(CASE_RECORD))
ADD_MAIL, ADD_CALL, ADD_NOTICE = adding_once(OUTBOX, "key"), adding_once(CALL), adding_once(NOTICE)
ADD_KPI, PUT_INCIDENT = adding(KPI), putting(INCIDENT, "key", keeping=("id",))

NOTHING_LISTED = '{"records":[],"listens":[]}'


class CaseWrites(CaseRows):
    """Load and save cases."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._pending = Pending()
        self._loaded: dict[str, tuple[Case, str]] = {}
        self._outdated: set[str] = set()
        self._moved: set[tuple[str, str]] = set()

    def case(self, case_id: str) -> Case | None:
        """The case as it stands, locked; what this transaction saved before is seen."""
        if case_id not in self._loaded:
            found = self.run(LOAD, {"id": case_id}).fetchone()
            if found is None:
                return None
            self._loaded[case_id] = (read(found[0]), found[1])
            if found[2]:
                self._outdated.add(case_id)
        return self._loaded[case_id][0]

    def records_changed(self, case_id: str) -> bool:
        """Whether a record of this case changed since the case was last saved: told by the read that loaded it."""
        if self.case(case_id) is None:
            return False
        listed = json.loads(self._loaded[case_id][1])["records"] if self._moved else ()
        return case_id in self._outdated or any([*place] in listed for place in self._moved)

    def save(self, change: CaseChange) -> None:
        """Gather what follows from a change. The stored revision is compared here, under the lock."""
        before, after = change.before, change.after
        stored = self.case(after.id) if before else None
        if before and (stored is None or stored.revision != before.revision):
            raise refusing.stale(after.number)
        listed_before = self._loaded[after.id][1] if before else NOTHING_LISTED
        listed = _listed(change)
        self._gather_case(change, listed)
        self._gather_tasks(change)
        self._gather_lists(after, listed_before, listed)
        self._gather_orders(change)
        self._loaded[after.id] = (after, listed)
        self._outdated.discard(after.id)

    def earlier_alike(
        self, process: str, keys: Sequence[str], *, since: dt.datetime, until: dt.datetime, number: str = ""
    ) -> tuple[Case, int] | None:
        """The newest open other case that was saved under one of these texts, else the newest, and how many there are."""
        if self._pending.likeness.rows or self._pending.cases:
            self.flush()
        found = self.ask(alike_cases(process, keys, since, until, number)).first()
        return None if found is None else (read(found.document), found.how_many)

    def flush(self) -> None:
        """Write what was gathered."""
        pending, self._pending = self._pending, Pending()
        if pending:
            self._write(pending)

    def _write(self, pending: Pending) -> None:
        self._add_cases(pending.new_cases)
        if self.run_many(PUT_CASE, list(pending.cases.values())) != len(pending.cases):
            raise refusing.stale(", ".join(row["number"] for row in pending.cases.values()))
        self.run_many(ADD_LINK, pending.links)
        self.run_many(PUT_TASK, list(pending.tasks.values()))
        self._bring(pending.candidates, CANDIDATES)
        self._bring(pending.timers, TIMERS)
        self._bring(pending.subscriptions, SUBSCRIPTIONS)
        self._bring(pending.records, RECORDS)
        self._bring(pending.likeness, LIKENESSES)
        self.run_many(ADD_HISTORY, pending.history)
        self.run_many(ADD_MAIL, pending.mails)
        self.run_many(ADD_CALL, pending.calls)
        self.run_many(ADD_NOTICE, pending.notices)
        self.run_many(ADD_KPI, pending.kpis)
        self.run_many(PUT_INCIDENT, pending.incidents)

    def _bring(self, keyed: Keyed, statements: tuple[Hot, Hot, Hot]) -> None:
        """Bring a table in step: where as many rows come as go, one statement does it."""
        move, remove, put = statements
        moved = keyed.moved()
        if self.run_many(move, moved) != len(moved):
            self.run_many(put, moved)  # one of them is not there any more: an administrator's repair
        self.run_many(remove, keyed.removed())
        self.run_many(put, keyed.added())

    def _add_cases(self, rows: list[RowValues]) -> None:
        try:
            self.run_many(ADD_CASE, rows)
        except self.integrity_error as error:
            raise refusing.number_taken(", ".join(row["number"] for row in rows)) from error

    def _gather_case(self, change: CaseChange, listed: str) -> None:
        before, after = change.before, change.after
        row = self.case_row(change, listed, outdated=not self._moved.isdisjoint(change.records))
        if before is None:
            self._pending.new_cases.append(row)
            if after.parent:
                parent = after.parent
                link = {"child_id": after.id, "parent_id": parent.case, "step": parent.step, "visit": parent.visit}
                self._pending.links.append(link)
            return
        known = self._pending.cases.get(after.id)
        guard = {"known_id": after.id, "known_revision": known["known_revision"] if known else before.revision}
        new = next((i for i, r in enumerate(self._pending.new_cases) if r["id"] == after.id), None)
        if new is not None:
            self._pending.new_cases[new] = row
        else:
            self._pending.cases[after.id] = row | guard

    def _gather_tasks(self, change: CaseChange) -> None:
        before, after = change.before, change.after
        known = {t.id: t for t in before.tasks} if before else {}
        turned = before is not None and before.urgent != after.urgent
        changed = [t for t in after.tasks if turned or known.get(t.id) != t]
        closed = list(closed_tasks(change))
        for task in changed:
            self._pending.tasks[task.id] = self.task_row(task, after, None)
        for gone in closed:
            self._pending.tasks[gone.task.id] = self.task_row(gone.task, after, gone)
        were = [known[t.id] for t in changed if t.id in known] + [c.task for c in closed]
        self._pending.candidates.replace(
            self.candidate_rows(were, before or after), self.candidate_rows(changed, after)
        )
        timers_before = before.timers if before else ()
        self._pending.timers.replace(self.timer_rows(timers_before, after), self.timer_rows(after.timers, after))

    def _gather_lists(self, case: Case, before: str, after: str) -> None:
        if before == after:
            return
        case_id, old, new = case.id, json.loads(before), json.loads(after)
        self._pending.records.replace(record_rows(case_id, old["records"]), record_rows(case_id, new["records"]))
        self._pending.subscriptions.replace(
            subscription_rows(case_id, old["listens"]), subscription_rows(case_id, new["listens"])
        )
        self._pending.likeness.replace(
            likeness_rows(case, old.get("alike", ())), likeness_rows(case, new.get("alike", ()))
        )

    def _gather_orders(self, change: CaseChange) -> None:
        case, pending = change.after, self._pending
        pending.history += [self.history_row(case.id, entry) for entry in change.history]
        pending.mails += [self.mail_row(mail, case.id, case.number) for mail in change.mails]
        pending.calls += [self.call_row(call, case) for call in change.calls]
        pending.notices += [row for reminder in change.reminders for row in self.notice_rows(reminder, case)]
        pending.kpis += [self.kpi_row(kpi, case) for kpi in change.kpis]
        pending.incidents += [self.incident_row(i, case.id, case.number) for i in change.incidents]

    def queue_mail(self, mail: SendMail) -> None:
        """Put a mail that belongs to no case into the outbox; the same key twice is one mail."""
        self._pending.mails.append(self.mail_row(mail, "", ""))


def _listed(change: CaseChange) -> str:
    records = sorted({(type, id) for type, id in change.records})
    listens = sorted({(s.name, s.key, s.value, s.step) for s in change.listens})
    alike = {"alike": sorted(set(change.alike))} if change.alike else {}
    return as_json({"records": records, "listens": listens} | alike)
