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
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from werkzeug.security import check_password_hash, generate_password_hash

from adapters.account_book import Account, Book, BookReader, BookStore, Session, Token
from adapters.account_refusals import name_taken, nobody, poor_id, too_many, too_short
from engine.absences import entered_absence, in_plain_words
from engine.people import Absence, Person
from engine.ports import Ids, SignedIn
from engine.refusals import FormRefusal

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
            raise poor_id(person.id)
        hashed = self._hash(_long_enough(password)) if password is not None else None

        def work(book: Book) -> None:
            if book.account(person.id):
                raise name_taken(person.id)
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
                raise nobody(person_id)
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
                raise nobody(person_id)
            if deputy and stand_in is None:
                raise FormRefusal({"deputy": nobody(deputy).text})
            absence = entered_absence(account.person, since, until, stand_in.person if stand_in else None, book.now)
            book.put_account(replace(account, person=replace(account.person, absence=absence)))
            book.audit("absence_entered", by, person_id, in_plain_words(absence))
            return absence

        return self._store.write_book(work)

    def end_absence(self, person_id: str, *, by: str | None) -> None:
        """Somebody is back, or does not go away after all. What was handed on stays where it is."""

        def work(book: Book) -> None:
            account = book.account(person_id)
            if account is None:
                raise nobody(person_id)
            if account.person.absence is not None:
                book.put_account(replace(account, person=replace(account.person, absence=None)))
                book.audit("absence_ended", by, person_id, in_plain_words(account.person.absence))

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
                raise nobody(person_id)
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


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _unless_throttled(book: BookReader, watched: Mapping[str, int], person_id: str) -> Account | None:
    for about, most in watched.items():
        if book.failures(about, book.now - WITHIN) >= most:
            raise too_many(WITHIN)
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
        raise too_short(SHORTEST)
    return password
