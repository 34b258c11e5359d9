"""Who may come in: the rules about passwords, sessions and tokens, whichever store keeps the book.

Passwords are kept as scrypt hashes; session secrets and tokens as SHA-256 of 32 random bytes, which nobody can guess, so
that a slow hash would gain nothing. Nothing here knows a page or a table.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from werkzeug.security import check_password_hash, generate_password_hash

from engine.absences import entered_absence
from engine.definition.texts import Text
from engine.people import Absence, Person
from engine.ports import Ids, SignedIn
from engine.refusals import FormRefusal, Refusal

T = TypeVar("T")

SCRYPT = "scrypt:131072:8:1"
"""0.45 s and 128 MiB a time; tests hand in a cheaper one."""

AT_ONCE = 2
LASTS = dt.timedelta(hours=12)
IDLES = dt.timedelta(minutes=60)
NOTED_EVERY = dt.timedelta(minutes=1)
TRIES = 10
TRIES_OF_ADDRESS = 50
WITHIN = dt.timedelta(minutes=15)
SHORTEST = 8
PERSON_ID = re.compile(r"[\w.@+-]{1,64}")


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


class StaffAccounts:
    """Who may come in. Passwords, session ids and tokens are stored as hashes only."""

    def __init__(self, store: BookStore, ids: Ids, *, method: str = SCRYPT) -> None:
        self._store = store
        self._ids = ids
        self._method = method
        self._hashing = threading.BoundedSemaphore(AT_ONCE)
        self._nobody = self._hash(secrets.token_urlsafe(16))

    def create(self, person: Person, password: str | None, *, by: str | None) -> None:
        """A new account."""
        if not PERSON_ID.fullmatch(person.id):
            raise _poor_id(person.id)
        hashed = self._hash(_long_enough(password)) if password is not None else None

        def work(book: Book) -> None:
            if book.account(person.id):
                raise _name_taken(person.id)
            book.put_account(Account(person, hashed))
            book.audit("account_created", by, person.id, {"roles": sorted(person.roles)})

        self._store.write_book(work)

    def change(
        self,
        person_id: str,
        *,
        by: str | None,
        name: str | None = None,
        email: str | None = None,
        roles: frozenset[str] | None = None,
        active: bool | None = None,
        language: str | None = None,
        password: str | None = None,
    ) -> None:
        """Change what is given; what weakens or moves a person's rights ends the sessions. Tokens of who leaves are void
        for good: whoever comes back makes new ones."""
        given: dict[str, Any] = {"name": name, "email": email, "roles": roles, "active": active, "language": language}
        wanted = {k: v for k, v in given.items() if v is not None}
        hashed = self._hash(_long_enough(password)) if password is not None else None

        def work(book: Book) -> None:
            account = book.account(person_id)
            if account is None:
                raise _nobody(person_id)
            person = replace(account.person, **wanted)
            book.put_account(Account(person, hashed or account.password_hash))
            if person.roles != account.person.roles or hashed or not person.active:
                book.drop_sessions(person=person_id)
            for token in () if person.active else tuple(book.tokens_of(person_id)):
                book.drop_token(token.id)
                book.audit("token_revoked", by, person_id, {"token": token.id})
            told = sorted(wanted) + (["password"] if hashed else [])
            book.audit("account_changed", by, person_id, {"changed": told, "roles": sorted(person.roles)})

        self._store.write_book(work)

    def set_absence(
        self,
        person_id: str,
        *,
        by: str | None,
        since: dt.datetime | None,
        until: dt.datetime | None,
        deputy: str | None,
    ) -> Absence:
        """Enter that somebody is away, in place of an absence entered before; `since` None: from now on."""

        def work(book: Book) -> Absence:
            account, stand_in = book.account(person_id), book.account(deputy) if deputy else None
            if account is None:
                raise _nobody(person_id)
            if deputy and stand_in is None:
                raise FormRefusal({"deputy": _nobody(deputy).text})
            absence = entered_absence(account.person, since, until, stand_in.person if stand_in else None, book.now)
            book.put_account(replace(account, person=replace(account.person, absence=absence)))
            book.audit("absence_entered", by, person_id, _in_words(absence))
            return absence

        return self._store.write_book(work)

    def end_absence(self, person_id: str, *, by: str | None) -> None:
        """Somebody is back, or does not go away after all. What was handed on stays where it is."""

        def work(book: Book) -> None:
            account = book.account(person_id)
            if account is None:
                raise _nobody(person_id)
            if account.person.absence is not None:
                book.put_account(replace(account, person=replace(account.person, absence=None)))
                book.audit("absence_ended", by, person_id, _in_words(account.person.absence))

        self._store.write_book(work)

    def sign_in(self, person_id: str, password: str, *, address: str = "") -> str | None:
        """A new session's secret, or None. Too many failures about a person or from an address: `Refusal`."""
        watched = {f"person {person_id}": TRIES} | ({f"address {address}": TRIES_OF_ADDRESS} if address else {})
        account = self._store.read_book(lambda book: _unless_throttled(book, watched, person_id))
        known_hash = account.password_hash if account else None
        fits = self._fits(known_hash or self._nobody, password)
        if not (account and known_hash and fits and account.person.active):
            self._store.write_book(lambda book: _note_failures(book, watched, person_id))
            return None
        secret = secrets.token_urlsafe(32)

        def work(book: Book) -> str | None:
            now_known = book.account(person_id)
            if now_known is None or not now_known.person.active or now_known.password_hash != known_hash:
                return None
            book.drop_sessions(started_before=book.now - LASTS)
            book.put_session(Session(_digest(secret), person_id, secrets.token_urlsafe(32), book.now, book.now))
            book.forget_failures(f"person {person_id}")
            book.audit("signed_in", person_id, person_id, {})
            return secret

        return self._store.write_book(work)

    def session(self, secret: str) -> SignedIn | None:
        """The session, unless it ended, idled 60 minutes or is 12 hours old."""
        hash = _digest(secret)

        def look(book: BookReader) -> tuple[dt.datetime, Session | None, Account | None]:
            session = book.stored_session(hash)
            return book.now, session, book.account(session.person) if session else None

        now, session, account = self._store.read_book(look)
        if session is None or account is None or not account.person.active:
            return None
        if now - session.started_at >= LASTS or now - session.seen_at >= IDLES:
            return None
        if now - session.seen_at >= NOTED_EVERY:
            self._store.write_book(lambda book: _note_seen(book, hash))
        return SignedIn(account.person, session.hash, session.csrf)

    def sign_out(self, secret: str) -> None:
        """End one session."""
        self._store.write_book(lambda book: book.drop_session(_digest(secret)))

    def issue_token(self, person_id: str, label: str, *, by: str | None, days: int | None = None) -> str:
        """A new API token's secret, shown once."""
        secret = secrets.token_urlsafe(32)

        def work(book: Book) -> None:
            if book.account(person_id) is None:
                raise _nobody(person_id)
            ends_at = book.now + dt.timedelta(days=days) if days else None
            id = self._ids.new()
            book.put_token(Token(id, _digest(secret), person_id, label, book.now, None, ends_at))
            book.audit("token_issued", by, person_id, {"token": id, "label": label})

        self._store.write_book(work)
        return secret

    def token(self, secret: str) -> SignedIn | None:
        """Whose token this is, unless it was revoked, ran out or the person is inactive."""
        hash = _digest(secret)

        def look(book: BookReader) -> tuple[dt.datetime, Token | None, Account | None]:
            token = book.stored_token(hash)
            return book.now, token, book.account(token.person) if token else None

        now, token, account = self._store.read_book(look)
        if token is None or account is None or not account.person.active or (token.ends_at and now >= token.ends_at):
            return None
        if token.last_used_at is None or now - token.last_used_at >= NOTED_EVERY:
            self._store.write_book(lambda book: _note_used(book, hash))
        return SignedIn(account.person, token.id)

    def tokens(self, person_id: str) -> Sequence[Mapping[str, Any]]:
        """A person's tokens without their secrets."""
        shown = ("id", "label", "issued_at", "last_used_at", "ends_at")
        found = self._store.read_book(lambda book: book.tokens_of(person_id))
        return [{name: getattr(token, name) for name in shown} for token in found]

    def revoke_token(self, token_id: str, *, by: str | None) -> None:
        """End a token."""

        def work(book: Book) -> None:
            whose = book.drop_token(token_id)
            if whose is not None:
                book.audit("token_revoked", by, whose, {"token": token_id})

        self._store.write_book(work)

    def _hash(self, password: str) -> str:
        with self._hashing:
            return generate_password_hash(password, method=self._method)

    def _fits(self, hash: str, password: str) -> bool:
        with self._hashing:
            return check_password_hash(hash, password)


def _in_words(absence: Absence) -> dict[str, Any]:
    return {"since": absence.since.isoformat(), "until": absence.until.isoformat(), "deputy": absence.deputy}


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _unless_throttled(book: BookReader, watched: Mapping[str, int], person_id: str) -> Account | None:
    for about, most in watched.items():
        if book.failures(about, book.now - WITHIN) >= most:
            raise _too_many()
    return book.account(person_id)


def _note_failures(book: Book, watched: Mapping[str, int], person_id: str) -> None:
    for about in watched:
        book.note_failure(about, book.now - WITHIN)
    book.audit("sign_in_failed", None, person_id[:64], {})


def _note_seen(book: Book, hash: str) -> None:
    session = book.stored_session(hash)
    if session:
        book.put_session(replace(session, seen_at=book.now))


def _note_used(book: Book, hash: str) -> None:
    token = book.stored_token(hash)
    if token:
        book.put_token(replace(token, last_used_at=book.now))


def _long_enough(password: str) -> str:
    if len(password) < SHORTEST:
        raise Refusal(
            "wrong_value",
            Text(f"A password has at least {SHORTEST} characters.", f"密码至少需要 {SHORTEST} 个字符。"),
            concerns="password",
        )
    return password


def _too_many() -> Refusal:
    minutes = int(WITHIN.total_seconds() // 60)
    return Refusal(
        "too_late",
        Text(
            f"Too many sign-ins have failed. Wait {minutes} minutes, or ask an administrator for a new password.",
            f"登录失败次数过多。请等待 {minutes} 分钟，或请管理员重置密码。",
        ),
    )


def _nobody(person_id: str) -> Refusal:
    return Refusal(
        "unknown", Text(f"There is no account '{person_id}'.", f"没有账号“{person_id}”。"), concerns=person_id
    )


def _name_taken(person_id: str) -> Refusal:
    return Refusal(
        "conflict",
        Text(
            f"There is an account '{person_id}' already. Choose another name.", f"账号“{person_id}”已存在。请另选一个。"
        ),
        concerns=person_id,
    )


def _poor_id(person_id: str) -> Refusal:
    return Refusal(
        "wrong_value",
        Text(
            f"'{person_id}' cannot be an account's name: use up to 64 letters, digits, dots and dashes.",
            f"“{person_id}”不能用作账号名：请使用最多 64 个字母、数字、点或连字符。",
        ),
        concerns="id",
    )
