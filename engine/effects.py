"""What can follow outside the case itself. Orders, carried out by the shell in the same transaction as the new case.

Tasks, timers and what a case listens for are part of the case and are kept from it; they are no effects.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.definition.texts import Text


@dataclass(frozen=True, slots=True)
class SendMail:
    """One mail to one address. `key` is unique for ever: the same order twice is one mail.

    `kind` customer: a confirmed draft (`by` confirmed it, `template` names it); staff: to a member of staff or role.
    Not before `not_before` (staff mails wait for opening hours and for each other; one about a `task` that is over by then is
    dropped, and one that speaks of a moment to come when it is `until` then). Without it a mail leaves at once, by itself.
    """

    key: str
    kind: Literal["customer", "staff"]
    to: str
    subject: str
    body: str
    template: str = ""
    role: str = ""
    by: str | None = None
    not_before: dt.datetime | None = None
    task: str = ""
    until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Remind:
    """A notice in the inbox of each of `people`. `to` is what the ladder says: assignee, owner or a role."""

    key: str
    to: str
    people: tuple[str, ...]
    task: str
    text: Text


@dataclass(frozen=True, slots=True)
class CallAdapter:
    """Ask an outside system; the answer comes back as `CallAnswered` or `CallFailed` with the same key."""

    key: str
    operation: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StartCase:
    """Open a case of another process. `step` is the step that orders it, `waits` whether it waits for its end; `key` is
    the place it takes among the children of a step that runs one for each row."""

    process: str
    values: Mapping[str, Any]
    step: str
    visit: int
    waits: bool
    by: str | None
    owner: str | None
    key: str = ""


@dataclass(frozen=True, slots=True)
class EmitEvent:
    """Tell other cases that something happened, because of what `by` did. `id` makes a repetition harmless."""

    id: str
    name: str
    values: Mapping[str, Any]
    by: str | None = None


@dataclass(frozen=True, slots=True)
class WriteRecord:
    """Change one attribute of a record (`sn.location`). A warranty date changes through a recorded move only. `seen` are
    attributes as the decision saw them: when one of them moved meanwhile, nothing is written and the press is refused."""

    type: str
    id: str
    attribute: str
    value: Any
    reason: str
    by: str | None
    seen: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChangeWarrantyEnd:
    """The warranty of a unit ends on another day; the change is recorded with its source and reason."""

    unit: str
    until: str | None
    source: str
    reason: str
    by: str | None


@dataclass(frozen=True, slots=True)
class RecordKpi:
    """A measured value: seconds of working time for a time, 0 or 1 for a share. `per` is the value it is grouped by."""

    kpi: str
    value: float
    per: str
    on_time: bool | None


@dataclass(frozen=True, slots=True)
class RaiseIncident:
    """Something an administrator must look at; the case stands where it stood."""

    key: str
    text: Text


@dataclass(frozen=True, slots=True)
class WriteHistory:
    """What happened, for the timeline: append-only, one per stimulus.

    `kind` is the event's name in words (completed, claimed, rang, arrived, …); `details` are JSON values: outcome, left,
    entered, changes {field: [old, new]}, reason, opened, drafted, withdrawn, reminded, note, …
    """

    kind: str
    by: str | None
    step: str
    visit: int
    details: Mapping[str, Any] = field(default_factory=dict)


Effect = (
    SendMail
    | Remind
    | CallAdapter
    | StartCase
    | EmitEvent
    | WriteRecord
    | ChangeWarrantyEnd
    | RecordKpi
    | RaiseIncident
    | WriteHistory
)
