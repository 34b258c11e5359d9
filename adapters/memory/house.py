"""The house of the memory store: versions, case numbers, keys, comments, notices, acts, accounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from adapters import refusing
from adapters.account_book import Account, Session, Token
from adapters.memory.case_writes import CaseWrites
from adapters.memory.state import Transaction
from engine.effects import WriteHistory
from engine.kept import PublishedVersion


class HouseReads(Transaction):
    """Look at versions and accounts."""

    def version(self, process: str, number: int | None = None) -> PublishedVersion | None:
        """A published version, the newest one when `number` is None."""
        numbers = [n for p, n in self._state.versions if p == process] if number is None else [number]
        return self._state.versions.get((process, max(numbers))) if numbers else None

    def newest(self, kind: str) -> Sequence[PublishedVersion]:
        """The newest version of every process, library or site."""
        found: dict[str, PublishedVersion] = {}
        for (process, _), version in sorted(self._state.versions.items()):
            if version.kind == kind:
                found[process] = version
        return list(found.values())

    def account(self, person_id: str) -> Account | None:
        """An account with its hash."""
        return self._state.accounts.get(person_id)

    def stored_session(self, hash: str) -> Session | None:
        """A session by the hash of its secret."""
        return self._state.sessions.get(hash)

    def stored_token(self, hash: str) -> Token | None:
        """A token by the hash of its secret."""
        return next((t for t in self._state.tokens.values() if t.hash == hash), None)

    def tokens_of(self, person_id: str) -> Sequence[Token]:
        """A person's tokens, oldest first."""
        found = [t for t in self._state.tokens.values() if t.person == person_id]
        return sorted(found, key=lambda t: (t.issued_at, t.id))

    def failures(self, about: str, since: dt.datetime) -> int:
        """How many sign-ins failed about somebody or some address."""
        return sum(at > since for at in self._state.failures.get(about, ()))


class HouseWrites(HouseReads, CaseWrites):
    """What is not about one case."""

    def next_number(self, process: str, year: int) -> int:
        """The next case number of a process in a year."""
        name = f"case {process} {year}"
        self._state.counters[name] = self._state.counters.get(name, 0) + 1
        return self._state.counters[name]

    def remembered(self, key: str) -> str | None:
        """What was answered to this idempotency key before."""
        return self._state.answers.get(key)

    def remember(self, key: str, answer: str) -> None:
        """Keep an answer."""
        if key in self._state.answers:
            raise refusing.key_taken()
        self._state.answers[key] = answer

    def publish(self, version: PublishedVersion) -> None:
        """Store a new immutable version."""
        place = (version.process, version.number)
        if place in self._state.versions:
            raise refusing.version_taken(version.process, version.number)
        self._state.versions[place] = version

    def add_comment(self, case_id: str, by: str, text: str, files: Sequence[Mapping[str, Any]] = ()) -> None:
        """Append a comment with its attachments to the case's history."""
        if self.case(case_id) is None:
            raise refusing.unknown_case(case_id)
        details = {"text": text, "files": [dict(f) for f in files]}
        self._append_history(case_id, WriteHistory("commented", by, "", 0, details))

    def read_notices(self, person: str, notices: Iterable[str] | None = None) -> None:
        """Mark a person's notices as read; all of them when none are named."""
        wanted = None if notices is None else set(notices)
        for id, notice in list(self._state.notices.items()):
            if notice.person == person and (wanted is None or id in wanted):
                self._state.notices[id] = replace(notice, row=replace(notice.row, read=True))

    def audit(self, action: str, by: str | None, about: str, details: Mapping[str, Any]) -> None:
        """Append to the log of administrative acts."""
        act = {"at": self.now, "action": action, "by": by, "about": about, "details": dict(details)}
        self._state.acts[len(self._state.acts)] = act

    def put_account(self, account: Account) -> None:
        """Insert an account or change it."""
        self._state.accounts[account.person.id] = account

    def put_session(self, session: Session) -> None:
        """Insert a session, or note when it was last seen."""
        self._state.sessions[session.hash] = session

    def drop_session(self, hash: str) -> None:
        """End one session."""
        self._state.sessions.drop(hash)

    def drop_sessions(self, *, person: str = "", started_before: dt.datetime | None = None) -> None:
        """End a person's sessions, or all that began before an instant."""
        for session in list(self._state.sessions.values()):
            if session.person == person or (started_before and session.started_at < started_before):
                self._state.sessions.drop(session.hash)

    def put_token(self, token: Token) -> None:
        """Insert a token, or note when it was last used."""
        self._state.tokens[token.id] = token

    def drop_token(self, token_id: str) -> str | None:
        """End a token; whose it was."""
        token = self._state.tokens.get(token_id)
        self._state.tokens.drop(token_id)
        return token.person if token else None

    def note_failure(self, about: str, forget_before: dt.datetime) -> None:
        """One more sign-in failed; those that no longer count are forgotten."""
        recent = tuple(at for at in self._state.failures.get(about, ()) if at > forget_before)
        self._state.failures[about] = (*recent, self.now)

    def forget_failures(self, about: str) -> None:
        """Somebody signed in: begin to count anew."""
        self._state.failures.drop(about)
