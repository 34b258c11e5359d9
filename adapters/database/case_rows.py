"""A case as rows: what it, its tasks, timers and orders look like in each table that is made from it.

When a row is written, and whether one is there already, it does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from adapters.case_document import written as document_of
from adapters.database.pending import RowValues
from adapters.database.statements import as_json
from adapters.database.transaction import Transaction
from adapters.listing import ClosedTask, digest, due_key, message_id, offered_to, shortened, step_labels
from engine.case import Case, Task, Timer
from engine.effects import CallAdapter, RaiseIncident, RecordKpi, Remind, SendMail, WriteHistory
from engine.kept import CaseChange


class CaseRows(Transaction):
    """The rows of a case, at the instant and with the ids of this transaction."""

    def case_row(self, change: CaseChange, listed: str, *, outdated: bool) -> RowValues:
        """The case itself; `outdated` when a record of it changed before it was saved."""
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
            "due_at": self.instant(case.runs_out_at),
            "round": case.round,
            "urgent": case.urgent,
            "steps": as_json([[label.en, label.zh] for label in step_labels(change)]),
            "listed": listed,
            "records_changed": outdated,
            "document": document_of(case),
        }

    def task_row(self, task: Task, case: Case, closed: ClosedTask | None) -> RowValues:
        """A task, open or closed just now."""
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
            "urgent": case.urgent,
            "paused": task.paused,
            "resume_at": self.instant(task.resume_at),
            "level": task.level,
            "outcome": closed.outcome if closed else None,
            "completed_by": closed.by if closed else None,
            "completed_at": self.instant(self.now) if closed else None,
        }

    def candidate_rows(self, tasks: Iterable[Task], case: Case) -> list[RowValues]:
        """Before whom each task is put."""
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
            for who in offered_to(task, urgent=case.urgent)
        ]

    def timer_rows(self, timers: Iterable[Timer], case: Case) -> list[RowValues]:
        """Timers that are armed."""
        return [{"id": t.id, "case_id": case.id, "fire_at": self.instant(t.fire_at), "armed": True} for t in timers]

    def history_row(self, case_id: str, entry: WriteHistory) -> RowValues:
        """One entry of the history."""
        return {
            "case_id": case_id,
            "at": self.instant(self.now),
            "kind": entry.kind,
            "by": entry.by,
            "step": entry.step,
            "visit": entry.visit,
            "details": as_json(entry.details),
        }

    def mail_row(self, mail: SendMail, case_id: str, number: str) -> RowValues:
        """A mail in the outbox; of no case where there is none."""
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
            "until": self.instant(mail.until),
            "left_in": None,
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

    def call_row(self, call: CallAdapter, case: Case) -> RowValues:
        """A call to an outside system."""
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

    def notice_rows(self, reminder: Remind, case: Case) -> list[RowValues]:
        """A reminder, once for each person."""
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

    def kpi_row(self, kpi: RecordKpi, case: Case) -> RowValues:
        """One measured time or share."""
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


def likeness_rows(case: Case, keys: Iterable[str]) -> list[RowValues]:
    """The texts by which a later case about the same finds this one."""
    return [{"process": case.process, "key": key, "case_id": case.id} for key in keys]


def record_rows(case_id: str, records: Sequence[Sequence[str]]) -> list[RowValues]:
    """The records under which a case is listed."""
    return [{"type": type, "record_id": id, "case_id": case_id} for type, id in records]


def subscription_rows(case_id: str, listens: Sequence[Sequence[str]]) -> list[RowValues]:
    """What a case listens for."""
    return [
        {"name": name, "key": key, "value": value, "case_id": case_id, "step": step}
        for name, key, value, step in listens
    ]
