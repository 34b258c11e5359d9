"""Cases on the write side of the memory store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from adapters import refusing
from adapters.case_document import read, written
from adapters.listing import ClosedTask, closed_tasks, digest, message_id, shortened, step_labels
from adapters.memory.likeness import Likeness
from adapters.memory.state import KeptCall, KeptCase, KeptFact, KeptIncident, KeptMail, KeptNotice
from engine.case import Case
from engine.effects import CallAdapter, RaiseIncident, Remind, SendMail, WriteHistory
from engine.kept import CaseChange, KeptEvent, Subscription
from engine.screen_rows import HistoryRow, IncidentRow, MailRow, NoticeRow


class CaseWrites(Likeness):
    """Load and save cases."""

    def case(self, case_id: str) -> Case | None:
        """The case as it stands."""
        kept = self._state.cases.get(case_id)
        return kept.case if kept else None

    def records_changed(self, case_id: str) -> bool:
        """Whether a record of this case changed since the case was last saved."""
        kept = self._state.cases.get(case_id)
        return kept is not None and kept.records_changed

    def cases_numbered(self, numbers: Sequence[str]) -> Mapping[str, Case]:
        """The cases with these numbers."""
        known = {number: self._state.numbers.get(number) for number in numbers}
        return {number: self._state.cases[id].case for number, id in known.items() if id is not None}

    def is_followed(self, process: str, type: str, record: str, *, open_only: bool = False) -> bool:
        """Whether a case of this process that was not cancelled is about this record."""
        about = (
            kept.case
            for kept in self._state.cases.values()
            if kept.case.process == process and kept.category != "cancelled" and (type, record) in kept.records
        )
        return any(case.is_open or not open_only for case in about)

    def open_about(
        self, type: str, records: Sequence[str], processes: Sequence[str]
    ) -> Mapping[str, Mapping[str, str]]:
        """By record and process the number of an open case about it."""
        wanted, found = set(records), dict[str, dict[str, str]]()
        for kept in self._state.cases.values():
            if kept.case.is_open and kept.case.process in processes:
                for about, id in kept.records:
                    if about == type and id in wanted:
                        found.setdefault(id, {})[kept.case.process] = kept.case.number
        return found

    def save(self, change: CaseChange) -> None:
        """Store a new case or the next revision of a known one, with everything that follows."""
        before, after = change.before, change.after
        stored = self.case(after.id)
        if before and (stored is None or stored.revision != before.revision):
            raise refusing.stale(after.number)
        if before is None:
            self._begin(after)
        kept = KeptCase(
            case=read(written(after)),
            subject=shortened(change.subject),
            category=change.category,
            steps=step_labels(change),
            records=frozenset(change.records),
            listens=tuple(dict.fromkeys(change.listens)),
            records_changed=not self._moved.isdisjoint(change.records),
            alike=frozenset(change.alike),
        )
        self._relist(self._state.cases.get(after.id), kept)
        self._state.cases[after.id] = kept
        self._keep_tasks_and_timers(change)
        self._carry_out(change)

    def _begin(self, case: Case) -> None:
        if case.id in self._state.cases or case.number in self._state.numbers:
            raise refusing.number_taken(case.number)
        self._state.numbers[case.number] = case.id
        if case.parent:
            children = self._state.children.get(case.parent.case, ())
            self._state.children[case.parent.case] = (*children, case.id)

    def _relist(self, before: KeptCase | None, after: KeptCase) -> None:
        names = {s.name for kept in (before, after) if kept for s in kept.listens}
        for name in names:
            others = self._state.listening.get(name, frozenset()) - {after.case.id}
            listens = any(s.name == name for s in after.listens)
            self._state.listening[name] = others | ({after.case.id} if listens else frozenset())

    def _keep_tasks_and_timers(self, change: CaseChange) -> None:
        state, before, after = self._state, change.before, change.after
        for closed in closed_tasks(change):
            state.open_tasks.drop(closed.task.id)
            state.closed_tasks[closed.task.id] = self._closed(closed, after)
        for task in after.tasks:
            state.open_tasks[task.id] = after.id
        running = {t.id: t.fire_at for t in after.timers}
        known = {t.id: t.fire_at for t in before.timers} if before else {}
        for id in known.keys() | running.keys():
            fire_at = running.get(id)
            if fire_at is None:
                state.timers.drop(id)
            else:
                state.timers[id] = (fire_at, after.id)
            if id not in running or known.get(id) != fire_at:
                state.lifted.drop(id)

    def _closed(self, closed: ClosedTask, case: Case) -> Mapping[str, Any]:
        return {
            "case": case.id,
            "step": closed.task.step,
            "outcome": closed.outcome,
            "by": closed.by,
            "at": self.now,
            "for": (*closed.task.roles, *((closed.task.assignee,) if closed.task.assignee else ())),
        }

    def _carry_out(self, change: CaseChange) -> None:
        case = change.after
        for entry in change.history:
            self._append_history(case.id, entry)
        for mail in change.mails:
            self._queue_mail(mail, case.id, case.number)
        for call in change.calls:
            self._queue_call(call, case)
        for reminder in change.reminders:
            self._remind(reminder, case)
        for incident in change.incidents:
            self._incident(incident, case.id, case.number)
        for kpi in change.kpis:
            self._state.kpis[len(self._state.kpis)] = KeptFact(case.process, case.id, self.now, kpi)

    def _append_history(self, case_id: str, entry: WriteHistory) -> None:
        past = self._state.history.get(case_id, ())
        row = HistoryRow(len(past) + 1, self.now, entry.kind, entry.by, entry.step, entry.visit, dict(entry.details))
        self._state.history[case_id] = (*past, row)

    def queue_mail(self, mail: SendMail) -> None:
        """Put a mail that belongs to no case into the outbox; the same key twice is one mail."""
        self._queue_mail(mail, "", "")

    def _queue_mail(self, mail: SendMail, case_id: str, number: str) -> None:
        if mail.key in self._state.mail_keys:
            return
        id = self._state.ids.new()
        row = MailRow(
            id=id,
            case=case_id,
            number=number,
            kind=mail.kind,
            to=mail.to,
            subject=mail.subject,
            body=mail.body,
            template=mail.template,
            state="waiting",
            created_at=self.now,
            sent_at=None,
            attempts=0,
            last_error="",
            message_id=message_id(mail),
            by=mail.by,
            checksum=digest(mail.to, mail.subject, mail.body),
            not_before=mail.not_before,
        )
        self._state.mail_keys[mail.key] = id
        self._state.mails[id] = KeptMail(row, mail, max(mail.not_before or self.now, self.now))

    def _queue_call(self, call: CallAdapter, case: Case) -> None:
        if call.key not in self._state.calls:
            self._state.calls[call.key] = KeptCall(call, case.id, "waiting", self.now)

    def _remind(self, reminder: Remind, case: Case) -> None:
        for person in reminder.people:
            id = digest(reminder.key, person)[:32]
            if id not in self._state.notices:
                row = NoticeRow(id, self.now, case.id, case.number, reminder.task, reminder.text, read=False)
                self._state.notices[id] = KeptNotice(person, row)

    def _incident(self, incident: RaiseIncident, case_id: str, number: str, *, queue: str = "", item: str = "") -> None:
        id = digest(incident.key)[:32]
        row = IncidentRow(id, self.now, case_id, number, incident.text, "open")
        self._state.incidents[id] = KeptIncident(row, queue, item)


class EventWrites(CaseWrites):
    """Correlate events with cases."""

    def listening(self, name: str) -> Sequence[tuple[str, Subscription]]:
        """Open cases that listen for an event."""
        found = [
            (id, s)
            for id in self._state.listening.get(name, ())
            for s in self._state.cases[id].listens
            if s.name == name
        ]
        return sorted(found, key=lambda pair: (pair[0], pair[1].key, pair[1].value, pair[1].step))

    def listening_for(self, name: str, values: Mapping[str, str]) -> Sequence[tuple[str, Subscription]]:
        """Open cases whose subscription's key and value agree."""
        return [(id, s) for id, s in self.listening(name) if s.key in values and str(values[s.key]) == s.value]

    def ended_last(self, name: str, values: Mapping[str, str], *, since: dt.datetime) -> Sequence[str]:
        """Of each process the case that ended last and would have heard this."""
        hearing = {id for id, _ in self.listening_for(name, values)}
        ended = [(case.ended_at, id, case.process) for id in hearing if (case := self._state.cases[id].case).ended_at]
        last = {process: id for at, id, process in sorted(ended) if at >= since}
        return sorted(last.values())

    def event_seen(self, event_id: str) -> bool:
        """True when this event was taken before; remembers it otherwise."""
        if event_id in self._state.seen:
            return True
        self._state.seen[event_id] = True
        return False

    def keep_event(self, event: KeptEvent) -> None:
        """Keep an event, or change the state of one that is kept."""
        self._state.events[event.id] = replace(event, values=dict(event.values))

    def kept_events(self, names: Iterable[str]) -> Sequence[KeptEvent]:
        """Waiting events with one of these names, oldest first."""
        wanted = set(names)
        found = [e for e in self._state.events.values() if e.state == "waiting" and e.name in wanted]
        return sorted(found, key=lambda e: (e.received_at, e.id))

    def kept_event(self, event_id: str) -> KeptEvent | None:
        """A kept event, whatever became of it."""
        return self._state.events.get(event_id)
