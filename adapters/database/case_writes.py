"""Cases on the write side: load one under lock, and keep every table that is made from it in step.

A save is gathered and written when the transaction ends (or when something in it looks at the tables), so that a batch of
cases costs as many statements as one.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ClauseElement, bindparam, func, insert, select, update

from adapters import refusing
from adapters.case_document import read
from adapters.case_document import written as document_of
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
from adapters.database.transaction import Transaction
from adapters.listing import ClosedTask, closed_tasks, digest, due_key, message_id, offered_to, shortened, step_labels
from engine.case import Case, Task, Timer
from engine.effects import CallAdapter, RaiseIncident, RecordKpi, Remind, SendMail, WriteHistory
from engine.ports import CaseChange


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


class CaseWrites(Transaction):
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
        """The newest other case that was saved under one of these texts, and how many there are."""
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
        row = self._case_row(change, listed)
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

    def _case_row(self, change: CaseChange, listed: str) -> RowValues:
        case = change.after
        return {
            "id": case.id,
            "number": case.number,
            "process": case.process,
            "version": case.version,
            "revision": case.revision,
            "subject": shortened(change.subject),
            "category": change.category,
            "milestone": case.milestone,
            "owner": case.owner,
            "starter": case.starter,
            "opened_at": self.instant(case.opened_at),
            "ended_at": self.instant(case.ended_at),
            "ended": case.ended,
            "due_at": self.instant(case.due_at),
            "round": case.round,
            "steps": as_json([[label.en, label.zh] for label in step_labels(change)]),
            "listed": listed,
            "records_changed": not self._moved.isdisjoint(change.records),
            "document": document_of(case),
        }

    def _gather_tasks(self, change: CaseChange) -> None:
        before, after = change.before, change.after
        known = {t.id: t for t in before.tasks} if before else {}
        changed = [t for t in after.tasks if known.get(t.id) != t]
        closed = list(closed_tasks(change))
        for task in changed:
            self._pending.tasks[task.id] = self._task_row(task, after, None)
        for gone in closed:
            self._pending.tasks[gone.task.id] = self._task_row(gone.task, after, gone)
        were = [known[t.id] for t in changed if t.id in known] + [c.task for c in closed]
        self._pending.candidates.replace(self._candidate_rows(were, after), self._candidate_rows(changed, after))
        timers_before = before.timers if before else ()
        self._pending.timers.replace(self._timer_rows(timers_before, after), self._timer_rows(after.timers, after))

    def _task_row(self, task: Task, case: Case, closed: ClosedTask | None) -> RowValues:
        return {
            "id": task.id,
            "case_id": case.id,
            "process": case.process,
            "state": "closed" if closed else "open",
            "kind": task.kind,
            "step": task.step,
            "visit": task.visit,
            "label_en": task.label.en,
            "label_zh": task.label.zh,
            "roles": as_json(task.roles),
            "assignee": task.assignee,
            "only_person": task.only,
            "excluded": as_json(task.excluded),
            "due_at": self.instant(task.due_at),
            "due_key": self.instant(due_key(task)),
            "opened_at": self.instant(task.opened_at),
            "paused": task.paused,
            "resume_at": self.instant(task.resume_at),
            "level": task.level,
            "outcome": closed.outcome if closed else None,
            "completed_by": closed.by if closed else None,
            "completed_at": self.instant(self.now) if closed else None,
        }

    def _candidate_rows(self, tasks: Iterable[Task], case: Case) -> list[RowValues]:
        return [
            {
                "who": who,
                "due_key": self.instant(due_key(task)),
                "task_id": task.id,
                "process": case.process,
                "roles": as_json(task.roles),
                "excluded": as_json(task.excluded) if task.excluded else "",
            }
            for task in tasks
            for who in offered_to(task)
        ]

    def _timer_rows(self, timers: Iterable[Timer], case: Case) -> list[RowValues]:
        return [{"id": t.id, "case_id": case.id, "fire_at": self.instant(t.fire_at), "armed": True} for t in timers]

    def _gather_lists(self, case: Case, before: str, after: str) -> None:
        if before == after:
            return
        case_id, old, new = case.id, json.loads(before), json.loads(after)
        self._pending.records.replace(_record_rows(case_id, old["records"]), _record_rows(case_id, new["records"]))
        self._pending.subscriptions.replace(
            _subscription_rows(case_id, old["listens"]), _subscription_rows(case_id, new["listens"])
        )
        self._pending.likeness.replace(
            _likeness_rows(case, old.get("alike", ())), _likeness_rows(case, new.get("alike", ()))
        )

    def _gather_orders(self, change: CaseChange) -> None:
        case, pending = change.after, self._pending
        pending.history += [self._history_row(case.id, entry) for entry in change.history]
        pending.mails += [self._mail_row(mail, case.id, case.number) for mail in change.mails]
        pending.calls += [self._call_row(call, case) for call in change.calls]
        pending.notices += [row for reminder in change.reminders for row in self._notice_rows(reminder, case)]
        pending.kpis += [self._kpi_row(kpi, case) for kpi in change.kpis]
        pending.incidents += [self.incident_row(i, case.id, case.number) for i in change.incidents]

    def _history_row(self, case_id: str, entry: WriteHistory) -> RowValues:
        return {
            "case_id": case_id,
            "at": self.instant(self.now),
            "kind": entry.kind,
            "by": entry.by,
            "step": entry.step,
            "visit": entry.visit,
            "details": as_json(entry.details),
        }

    def queue_mail(self, mail: SendMail) -> None:
        """Put a mail that belongs to no case into the outbox; the same key twice is one mail."""
        self._pending.mails.append(self._mail_row(mail, "", ""))

    def _mail_row(self, mail: SendMail, case_id: str, number: str) -> RowValues:
        return {
            "id": self._shared.ids.new(),
            "key": mail.key,
            "case_id": case_id,
            "number": number,
            "kind": mail.kind,
            "to": mail.to,
            "subject": mail.subject,
            "body": mail.body,
            "template": mail.template,
            "role": mail.role,
            "by": mail.by,
            "task": mail.task,
            "not_before": self.instant(mail.not_before),
            "checksum": digest(mail.to, mail.subject, mail.body),
            "message_id": message_id(mail),
            "state": "waiting",
            "created_at": self.instant(self.now),
            "due_at": self.instant(max(mail.not_before or self.now, self.now)),
            "token": None,
            "attempts": 0,
            "last_error": "",
            "sent_at": None,
        }

    def _call_row(self, call: CallAdapter, case: Case) -> RowValues:
        now = self.instant(self.now)
        return {
            "key": call.key,
            "case_id": case.id,
            "operation": call.operation,
            "values": as_json(call.values),
            "state": "waiting",
            "created_at": now,
            "due_at": now,
            "token": None,
            "attempts": 0,
        }

    def _notice_rows(self, reminder: Remind, case: Case) -> list[RowValues]:
        return [
            {
                "id": digest(reminder.key, person)[:32],
                "person": person,
                "at": self.instant(self.now),
                "case_id": case.id,
                "number": case.number,
                "task": reminder.task,
                "text_en": reminder.text.en,
                "text_zh": reminder.text.zh,
                "unread": True,
            }
            for person in dict.fromkeys(reminder.people)
        ]

    def _kpi_row(self, kpi: RecordKpi, case: Case) -> RowValues:
        return {
            "process": case.process,
            "case_id": case.id,
            "at": self.instant(self.now),
            "kpi": kpi.kpi,
            "value": kpi.value,
            "per": kpi.per,
            "on_time": kpi.on_time,
        }

    def incident_row(
        self, incident: RaiseIncident, case_id: str, number: str, *, queue: str = "", item: str = ""
    ) -> RowValues:
        """An open incident; `queue` and `item` say what goes back into its queue when it is settled."""
        return {
            "id": digest(incident.key)[:32],
            "key": incident.key,
            "at": self.instant(self.now),
            "case_id": case_id,
            "number": number,
            "text_en": incident.text.en,
            "text_zh": incident.text.zh,
            "state": "open",
            "queue": queue,
            "item": item,
            "settled_by": None,
            "settled_at": None,
        }


def _listed(change: CaseChange) -> str:
    records = sorted({(type, id) for type, id in change.records})
    listens = sorted({(s.name, s.key, s.value, s.step) for s in change.listens})
    alike = {"alike": sorted(set(change.alike))} if change.alike else {}
    return as_json({"records": records, "listens": listens} | alike)


def _likeness_rows(case: Case, keys: Iterable[str]) -> list[RowValues]:
    return [{"process": case.process, "key": key, "case_id": case.id} for key in keys]


def _record_rows(case_id: str, records: Sequence[Sequence[str]]) -> list[RowValues]:
    return [{"type": type, "record_id": id, "case_id": case_id} for type, id in records]


def _subscription_rows(case_id: str, listens: Sequence[Sequence[str]]) -> list[RowValues]:
    return [
        {"name": name, "key": key, "value": value, "case_id": case_id, "step": step}
        for name, key, value, step in listens
    ]
