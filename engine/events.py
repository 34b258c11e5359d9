"""What can happen to a case. Whoever knows this list and `effects` knows the system.

What happened is past tense. Every event says who did it (`by`, a person's id, or None for a machine); when it happened is
`World.now`. Values are JSON values by field name, as a form or an API sends them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.case import MailText, Parent


@dataclass(frozen=True, slots=True)
class CaseStarted:
    """Somebody (or an event, or another case) starts a case. `id` and `number` are new, `trusted` skips the role check.
    `beside` is the number of the case from whose page it was opened."""

    id: str
    number: str
    values: Mapping[str, Any]
    by: str | None = None
    parent: Parent | None = None
    owner: str | None = None
    trusted: bool = False
    beside: str = ""


@dataclass(frozen=True, slots=True)
class TaskClaimed:
    """A person takes a task of one of their roles."""

    task: str
    by: str


@dataclass(frozen=True, slots=True)
class TaskReleased:
    """A person gives a task back to its role."""

    task: str
    by: str


@dataclass(frozen=True, slots=True)
class TaskReassigned:
    """A task is put before somebody else (`to`), or before its role (None). `by` is None when its holder
    left the company."""

    task: str
    to: str | None
    by: str | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TaskPaused:
    """A task is put aside until `until` (a UTC instant) or until somebody resumes it."""

    task: str
    reason: str
    until: dt.datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class TaskResumed:
    """A task is taken up again."""

    task: str
    by: str | None


@dataclass(frozen=True, slots=True)
class TaskCompleted:
    """A task is done by pressing `outcome` ("done" where the step has none).

    `mail` is the text as confirmed, where the task is a draft. Escalations end with take_over, reassign (values: to),
    extend (values: due_at, reason) or noted (values: comment). Where a mail has no address, `sent` may say how the
    customer was told instead (values: told_by, told_words). `seen` says in which state the tables of the form were
    read, as the offer told it.
    """

    task: str
    outcome: str
    by: str
    values: Mapping[str, Any] = field(default_factory=dict)
    mail: MailText | None = None
    seen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftEdited:
    """Somebody who may confirm a draft changed its text without confirming it."""

    task: str
    mail: MailText
    by: str


@dataclass(frozen=True, slots=True)
class EventArrived:
    """Something outside happened that this case listens for. `by` is set when a member of staff pressed the button."""

    name: str
    values: Mapping[str, Any] = field(default_factory=dict)
    by: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class TimerRang:
    """The moment of an armed timer has come."""

    timer: str


@dataclass(frozen=True, slots=True)
class ChildEnded:
    """A case that this one started has reached `end`; `by` is who ended it."""

    child: str
    end: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class OpenedBeside:
    """From the page of this case another one was opened, `number`; neither waits for the other."""

    number: str
    by: str


@dataclass(frozen=True, slots=True)
class ChildOpened:
    """The case that this one ordered exists now under `child`; `key` and `visit` as ordered, for one of several. Without a
    `step` it is a child that had ended and was opened again."""

    child: str
    step: str
    waits: bool
    key: str = ""
    visit: int = 0


@dataclass(frozen=True, slots=True)
class ParentWentOn:
    """The case that waited for this one waits no longer; this one goes on by itself. `number` is the other case's,
    `cancelled` whether that one was called off."""

    number: str
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class ChildReopened:
    """A case that this one had waited for was opened again after this one had ended; `number` is the other case's."""

    child: str
    number: str
    by: str | None


@dataclass(frozen=True, slots=True)
class ReopenedAlone:
    """This case was opened again, and the one that had waited for it has ended: `number`, whose owner is `owner`."""

    number: str
    owner: str | None


@dataclass(frozen=True, slots=True)
class HolderAway:
    """`person`, who holds tasks of this case, is away now. `by` entered that, if it was just entered."""

    person: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class CallAnswered:
    """An outside system gave its answer to a call."""

    key: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CallFailed:
    """An outside system did not do what was asked."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class TriedAgain:
    """An administrator mended what an incident was about: calls that failed for good are ordered once more."""

    by: str | None


@dataclass(frozen=True, slots=True)
class SameStarted:
    """Another case about the same began by itself while this one is open."""

    number: str


@dataclass(frozen=True, slots=True)
class HeardTooLate:
    """News from outside that the case would have heard, had it not ended: nobody else takes it. With `by_mail` who answers
    for it is written to as well."""

    name: str
    source: str
    by_mail: bool = True


@dataclass(frozen=True, slots=True)
class CaseCancelled:
    """A person calls the whole case off."""

    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MailBounced:
    """A confirmed mail to the customer could not be delivered: somebody has to correct the address or call."""

    key: str
    to: str
    subject: str
    reason: str
    template: str = ""


@dataclass(frozen=True, slots=True)
class CaseReopened:
    """A person opens an ended case again: a new round begins."""

    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CaseMoved:
    """A person puts the case into another step by hand; rules still hold."""

    to: str
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OwnerChanged:
    """The case gets another owner. `by` is None when the one it had left the company."""

    owner: str
    by: str | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Migrated:
    """The case moves to a newer version of its process; the definition handed in is already the new one."""

    by: str


Event = (
    CaseStarted
    | TaskClaimed
    | TaskReleased
    | TaskReassigned
    | TaskPaused
    | TaskResumed
    | TaskCompleted
    | DraftEdited
    | EventArrived
    | TimerRang
    | ChildEnded
    | ChildOpened
    | OpenedBeside
    | ParentWentOn
    | ChildReopened
    | ReopenedAlone
    | HolderAway
    | CallAnswered
    | CallFailed
    | TriedAgain
    | SameStarted
    | HeardTooLate
    | CaseCancelled
    | MailBounced
    | CaseReopened
    | CaseMoved
    | OwnerChanged
    | Migrated
)
