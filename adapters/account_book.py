"""The book of accounts, sessions and tokens, as whichever store keeps it: what stands in it, and how it is read and written.

What the rules about them are, `adapters.accounts` knows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from engine.people import Person

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Account:
    """A person and the hash of the password."""

    person: Person
    password_hash: str | None


@dataclass(frozen=True, slots=True)
class Session:
    """A session by the hash of its secret."""

    hash: str
    person: str
    csrf: str
    started_at: dt.datetime
    seen_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Token:
    """An API token by the hash of its secret."""

    id: str
    hash: str
    person: str
    label: str
    issued_at: dt.datetime
    last_used_at: dt.datetime | None
    ends_at: dt.datetime | None


class BookReader(Protocol):
    """The book, to look at."""

    now: dt.datetime

    def account(self, person_id: str) -> Account | None:
        """An account."""
        ...

    def stored_session(self, hash: str) -> Session | None:
        """A session."""
        ...

    def stored_token(self, hash: str) -> Token | None:
        """A token."""
        ...

    def tokens_of(self, person_id: str) -> Sequence[Token]:
        """A person's tokens."""
        ...

    def failures(self, about: str, since: dt.datetime) -> int:
        """How many sign-ins failed."""
        ...


class Book(BookReader, Protocol):
    """The book, to write in: inside one transaction."""

    def put_account(self, account: Account) -> None:
        """Insert or change."""
        ...

    def put_session(self, session: Session) -> None:
        """Insert, or note when it was seen."""
        ...

    def drop_session(self, hash: str) -> None:
        """End one."""
        ...

    def drop_sessions(self, *, person: str = "", started_before: dt.datetime | None = None) -> None:
        """End several."""
        ...

    def put_token(self, token: Token) -> None:
        """Insert, or note when it was used."""
        ...

    def drop_token(self, token_id: str) -> str | None:
        """End one; whose it was."""
        ...

    def note_failure(self, about: str, forget_before: dt.datetime) -> None:
        """A sign-in failed."""
        ...

    def forget_failures(self, about: str) -> None:
        """Begin to count anew."""
        ...

    def audit(self, action: str, by: str | None, about: str, details: Mapping[str, Any]) -> None:
        """Append to the log of administrative acts."""
        ...


class BookStore(Protocol):
    """Whoever keeps the book: a store that has transactions on both sides."""

    def write_book(self, work: Callable[[Book], T]) -> T:
        """Run `work` in a transaction."""
        ...

    def read_book(self, work: Callable[[BookReader], T]) -> T:
        """Look into the book."""
        ...
