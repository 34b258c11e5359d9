"""What the engine needs from the world outside the store, as Protocols with prose: time, ids, a bell, mail, systems, files.

Adapters keep these promises; contract tests hold them. What is kept, and how, says `engine.store`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from engine.effects import CallAdapter
from engine.kept import OutgoingMail
from engine.people import Person


class Clock(Protocol):
    """The time. A store asks it once per transaction, so that everything in it has one `now`."""

    def now(self) -> dt.datetime:
        """The present instant, in UTC."""
        ...


class Ids(Protocol):
    """New identifiers that nobody can guess."""

    def new(self) -> str:
        """A new id: letters and digits only, at most 32."""
        ...


class Doorbell(Protocol):
    """Wakes the workers after a commit. A ring carries nothing and may get lost: rows are the truth."""

    def ring(self) -> None:
        """Something may be waiting. Never raises."""
        ...


class MailRefused(Exception):
    """The mail server said no. `for_good` is True when trying again cannot help (5xx for this recipient)."""

    def __init__(self, reason: str, *, for_good: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.for_good = for_good


class Mailer(Protocol):
    """Hands one mail to the outside. At least once; every copy carries the same Message-ID."""

    def send(self, mail: OutgoingMail) -> None:
        """Send, or raise `MailRefused`."""
        ...


class CallRefused(Exception):
    """An outside system did not do what was asked; the text says why."""


class Adapters(Protocol):
    """The outside systems by operation name (`erp.credit_note`)."""

    def call(self, order: CallAdapter) -> Mapping[str, Any]:
        """Do it and return what the operation gives; raises `CallRefused`. The same `order.key` twice is done once."""
        ...


class Files(Protocol):
    """Attachments: kept by content, found by a random id, never executed or shown inline."""

    def put(self, name: str, content: bytes, *, by: str | None) -> Mapping[str, Any]:
        """Store and describe a file: {id, name, type, size}. The type is told from the content. Raises `Refusal`."""
        ...

    def get(self, file_id: str) -> tuple[Mapping[str, Any], bytes] | None:
        """The description and the content."""
        ...

    def sent_by(self, file_id: str) -> str | None:
        """Who uploaded it; None for nobody and for no file."""
        ...


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session or an API token that is valid now. `csrf` is the session's own secret for forms; "" for a token."""

    person: Person
    session: str
    csrf: str = ""
