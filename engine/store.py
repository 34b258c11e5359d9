"""Where everything is kept, as Protocols with prose. Adapters keep these promises; contract tests hold them.

The write side is one transaction per stimulus: `Store.write(work)` runs `work` with a `UnitOfWork`, commits, and only then
returns. If `work` raises, nothing of it is kept. The read side is `engine.screens`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from engine.case import Case
from engine.dates_told import Look, ToldDate
from engine.definition.texts import Text
from engine.effects import SendMail
from engine.kept import CaseChange, DueTimer, KeptEvent, OutgoingCall, OutgoingMail, PublishedVersion, Subscription
from engine.people import Person, Snapshot
from engine.records import Record, WarrantyChange
from engine.screens import Screens

T = TypeVar("T")


class UnitOfWork(Protocol):
    """One transaction on the write side."""

    now: dt.datetime

    def case(self, case_id: str) -> Case | None:
        """The case as it stands, locked against every other writer until the end of this transaction."""
        ...

    def records_changed(self, case_id: str) -> bool:
        """Whether a record under which this case is listed changed since the case was last saved (told by the same read
        that loaded the case, where that is possible)."""
        ...

    def earlier_alike(
        self, process: str, keys: Sequence[str], *, since: dt.datetime, until: dt.datetime, number: str = ""
    ) -> tuple[Case, int] | None:
        """The case of a process that was saved under one of these texts, began from `since` to `until` and did not end as
        cancelled: the newest of those that are open, else the newest; and how many such cases there are. Of cases begun at `until` itself only those with a smaller
        number than the case that asks (`number`) are earlier. One statement; nothing is locked."""
        ...

    def cases_numbered(self, numbers: Sequence[str]) -> Mapping[str, Case]:
        """The cases with these numbers, in one statement and unlocked; numbers that no case has are left out."""
        ...

    def is_followed(self, process: str, type: str, record: str, *, open_only: bool = False) -> bool:
        """Whether a case of this process that was not cancelled is, or was, about this record, as stored when this
        transaction began; `open_only`: whether one is."""
        ...

    def open_about(
        self, type: str, records: Sequence[str], processes: Sequence[str]
    ) -> Mapping[str, Mapping[str, str]]:
        """Open cases of these processes that are about these records, as stored when this transaction began: for the id of
        each such record the number of one of them by process."""
        ...

    def save(self, change: CaseChange) -> None:
        """Store a new case or the next revision of a known one, with everything that follows.

        Raises `Refusal("stale")` when the stored revision is not `before.revision`. `after.revision` must be one more.
        """
        ...

    def people(self) -> Mapping[str, Person]:
        """All members of staff by id, inactive ones too."""
        ...

    def record(self, type: str, id: str) -> Snapshot | None:
        """A record as a snapshot: `id`, its attributes, and referred records as snapshots (two levels deep)."""
        ...

    def find_record(self, type: str, text: str) -> Snapshot | None:
        """The record whose id or key is `text`; for a customer also the only one of that exact name."""
        ...

    def find_records(self, type: str, texts: Sequence[str]) -> Mapping[str, Snapshot]:
        """Many records at once, each as `find_record` finds it, in few statements. Texts that name nothing are left out."""
        ...

    def save_record(self, record: Record, *, by: str | None, source: str) -> bool:
        """Insert a record or change it; returns whether anything changed. Every change is in the record's history."""
        ...

    def keys_of_length(self, type: str, shortest: int, longest: int) -> Sequence[str]:
        """The keys of all records of a type that have so many letters. One statement."""
        ...

    def records_called(self, type: str, names: Sequence[str]) -> Mapping[str, Record]:
        """Many records at once: name to the record whose key it is, else whose id. Names that nobody has are left out."""
        ...

    def record_history(self, type: str, id: str) -> Sequence[Mapping[str, Any]]:
        """As on the read side: every change before this transaction, oldest first; a case gives its number as the reason."""
        ...

    def save_records(self, records: Sequence[Record], *, by: str | None, source: str) -> int:
        """Insert or change many records of one type; returns how many changed. The same promises as `save_record`, in few
        statements."""
        ...

    def write_attribute(
        self,
        type: str,
        id: str,
        attribute: str,
        value: Any,
        *,
        by: str | None,
        reason: str,
        source: str = "case",
        seen: Mapping[str, Any] | None = None,
    ) -> None:
        """Change one attribute. A serial number's `warranty_until` leaves a `WarrantyChange` with this source behind.

        Raises `Refusal("stale")`, or runs the transaction again, when an attribute is no longer as it was `seen`.
        """
        ...

    def warranty_changes(self, serial_number: str) -> Sequence[WarrantyChange]:
        """Every change of a unit's warranty end, oldest first."""
        ...

    def note_told(self, told: ToldDate) -> bool:
        """Note that a date of a record was announced; False when it was noted before, by whomever. Never forgotten."""
        ...

    def note_look(self, look: Look) -> None:
        """Note what became of the dates of an event on a day. Never forgotten."""
        ...

    def next_number(self, process: str, year: int) -> int:
        """The next case number of a process in a year, from 1; gaps are allowed, doubles are not."""
        ...

    def remembered(self, key: str) -> str | None:
        """What was answered to this idempotency key before, or None."""
        ...

    def remember(self, key: str, answer: str) -> None:
        """Keep the answer to an idempotency key for at least a day. The same key twice in two transactions: one fails
        with `Refusal("conflict")` or waits for the other."""
        ...

    def version(self, process: str, number: int | None = None) -> PublishedVersion | None:
        """A published version, the newest one when `number` is None. Site and library are found under their file's id
        with kind "site" or "library": see `newest`."""
        ...

    def newest(self, kind: str) -> Sequence[PublishedVersion]:
        """The newest version of every process (kind "process"), library or site."""
        ...

    def publish(self, version: PublishedVersion) -> None:
        """Store a new immutable version. Raises `Refusal("conflict")` when the number is taken."""
        ...

    def listening(self, name: str) -> Sequence[tuple[str, Subscription]]:
        """Open cases that listen for an event: (case id, subscription), whatever their key and value."""
        ...

    def listening_for(self, name: str, values: Mapping[str, str]) -> Sequence[tuple[str, Subscription]]:
        """Cases whose subscription's key and value agree with `values` (event key to value, compared as text); those that have
        ended listen under names of their own."""
        ...

    def ended_last(self, name: str, values: Mapping[str, str], *, since: dt.datetime) -> Sequence[str]:
        """Of each process the case that ended last among those that ended since then and whose subscription under this name
        agrees with `values`: their ids. One statement, however many have ended; nothing is locked."""
        ...

    def event_seen(self, event_id: str) -> bool:
        """True when an event with this id of its sender was taken before; remembers it otherwise."""
        ...

    def keep_event(self, event: KeptEvent) -> None:
        """Keep an event nobody took (or several could take), or change the state of one that is kept."""
        ...

    def kept_events(self, names: Iterable[str]) -> Sequence[KeptEvent]:
        """Waiting events with one of these names, oldest first."""
        ...

    def kept_event(self, event_id: str) -> KeptEvent | None:
        """A kept event by its id, whatever became of it."""
        ...

    def due_timers(self, limit: int) -> Sequence[DueTimer]:
        """Armed timers of open cases with `fire_at <= now`, in order of due time, locked for this transaction; timers
        that another transaction holds are passed over."""
        ...

    def lift_timer(self, timer_id: str, reason: str) -> None:
        """Take a timer that could not be handled out of the queue and raise an incident; it can be tried again."""
        ...

    def queue_mail(self, mail: SendMail) -> None:
        """Put a mail that belongs to no case into the outbox. The same key twice is one mail."""
        ...

    def claim_mails(self, limit: int, lease: dt.timedelta) -> Sequence[OutgoingMail]:
        """Claim waiting mails (due, or with a lease that ran out) for this worker."""
        ...

    def claim_beside(self, mail: OutgoingMail, by: dt.datetime) -> Sequence[OutgoingMail]:
        """Claim, under the claim of this mail to a member of staff, what else waits for them to leave `by` then and was never
        tried; oldest first. What leaves at once is not among it."""
        ...

    def leave_together(self, mails: Sequence[OutgoingMail], letter: SendMail) -> None:
        """Put one letter into the outbox in the place of these mails of one claim. They are kept, never leave themselves and
        become what becomes of the letter. Raises `Refusal("stale")` when the claim of one was lost."""
        ...

    def mail_sent(self, mail: OutgoingMail) -> bool:
        """Mark a claimed mail as sent; False when the claim was lost to another worker."""
        ...

    def mail_dropped(self, mail: OutgoingMail) -> bool:
        """Mark a claimed mail as no longer needed: it is kept and never sent; False when the claim was lost."""
        ...

    def mail_failed(self, mail: OutgoingMail, reason: str, *, again_at: dt.datetime | None) -> bool:
        """Note a failed attempt; try again at `again_at`, or never (None), which raises an incident."""
        ...

    def claim_calls(self, limit: int, lease: dt.timedelta) -> Sequence[OutgoingCall]:
        """Claim waiting calls to outside systems for this worker."""
        ...

    def call_done(self, call: OutgoingCall) -> bool:
        """Take a claimed call from the queue; False when the claim was lost."""
        ...

    def add_comment(self, case_id: str, by: str, text: str, files: Sequence[Mapping[str, Any]] = ()) -> None:
        """Append a comment with its attachments to the case's history."""
        ...

    def read_notices(self, person: str, notices: Iterable[str] | None = None) -> None:
        """Mark a person's notices as read; all of them when none are named."""
        ...

    def audit(self, action: str, by: str | None, about: str, details: Mapping[str, Any]) -> None:
        """Append to the log of administrative acts: sign-ins, publishing, imports, accounts."""
        ...

    def raise_incident(self, case_id: str, key: str, text: Text) -> None:
        """Something an administrator must look at, outside of a change to the case. The same key twice is one."""
        ...

    def incident_is_over(self, key: str) -> None:
        """What an incident was about has passed by itself; nothing goes back into a queue. Without such an incident nothing
        happens; the same key later opens it again."""
        ...

    def settle_incident(self, incident_id: str, by: str) -> str | None:
        """Mark an incident as dealt with; a lifted timer, failed mail or call of it goes back into its queue. Returns the
        case it belongs to."""
        ...


class Store(Protocol):
    """Where everything is kept."""

    def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` in one transaction and return its result after the commit. May run on another thread; may be run
        again after a conflict, so `work` must have no effect outside its unit of work."""
        ...

    def read(self, work: Callable[[Screens], T]) -> T:
        """Run a query on the read side, in one short read transaction."""
        ...

    def ping(self) -> bool:
        """True when the store answers."""
        ...

    def close(self) -> None:
        """Give everything back."""
        ...
