"""Accounts, sessions, tokens and failed sign-ins as rows: what `adapters.accounts` keeps its book in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from adapters.account_book import Account, Session, Token
from adapters.database.house_writes import HouseWrites
from adapters.database.tables import ACCOUNT, SESSION, TOKEN, TRY
from adapters.database.transaction import Transaction, person_of


class AccountReads(Transaction):
    """Look at accounts."""

    def account(self, person_id: str) -> Account | None:
        """An account with its hash."""
        row = self.ask(select(ACCOUNT).where(ACCOUNT.c.id == person_id)).first()
        if row is None:
            return None
        return Account(person_of(row), row.password_hash)

    def stored_session(self, hash: str) -> Session | None:
        """A session by the hash of its secret."""
        row = self.ask(select(SESSION).where(SESSION.c.id == hash)).first()
        return None if row is None else Session(row.id, row.person, row.csrf, row.started_at, row.seen_at)

    def stored_token(self, hash: str) -> Token | None:
        """A token by the hash of its secret."""
        row = self.ask(select(TOKEN).where(TOKEN.c.hash == hash)).first()
        return None if row is None else _token(row)

    def tokens_of(self, person_id: str) -> Sequence[Token]:
        """A person's tokens, oldest first."""
        rows = self.ask(select(TOKEN).where(TOKEN.c.person == person_id).order_by(TOKEN.c.issued_at, TOKEN.c.id))
        return [_token(row) for row in rows]

    def failures(self, about: str, since: dt.datetime) -> int:
        """How many sign-ins failed about somebody or some address."""
        counted = select(func.count()).select_from(TRY).where(TRY.c.about == about, TRY.c.at > since)
        return int(self.ask(counted).scalar_one())


class AccountWrites(AccountReads, HouseWrites):
    """Change accounts."""

    def put_account(self, account: Account) -> None:
        """Insert an account or change it."""
        person = account.person
        row: dict[str, Any] = {
            "name": person.name,
            "email": person.email,
            "roles": sorted(person.roles),
            "active": person.active,
            "language": person.language,
            "password_hash": account.password_hash,
            "away_since": away.since if (away := person.absence) else None,
            "away_until": away.until if away else None,
            "deputy": away.deputy if away else None,
        }
        if not self._c.execute(update(ACCOUNT).where(ACCOUNT.c.id == person.id).values(row)).rowcount:
            self.ask(insert(ACCOUNT).values(id=person.id, **row))
        self._people_have_changed()

    def put_session(self, session: Session) -> None:
        """Insert a session, or note when it was last seen."""
        seen = update(SESSION).where(SESSION.c.id == session.hash).values(seen_at=session.seen_at)
        if not self._c.execute(seen).rowcount:
            row = {"person": session.person, "csrf": session.csrf, "started_at": session.started_at}
            self.ask(insert(SESSION).values(id=session.hash, seen_at=session.seen_at, **row))

    def drop_session(self, hash: str) -> None:
        """End one session."""
        self.ask(delete(SESSION).where(SESSION.c.id == hash))

    def drop_sessions(self, *, person: str = "", started_before: dt.datetime | None = None) -> None:
        """End a person's sessions, or all that began before an instant."""
        if person:
            self.ask(delete(SESSION).where(SESSION.c.person == person))
        if started_before:
            self.ask(delete(SESSION).where(SESSION.c.started_at < started_before))

    def put_token(self, token: Token) -> None:
        """Insert a token, or note when it was last used."""
        used = update(TOKEN).where(TOKEN.c.id == token.id).values(last_used_at=token.last_used_at)
        if not self._c.execute(used).rowcount:
            row = {"hash": token.hash, "person": token.person, "label": token.label, "issued_at": token.issued_at}
            self.ask(insert(TOKEN).values(id=token.id, last_used_at=token.last_used_at, ends_at=token.ends_at, **row))

    def drop_token(self, token_id: str) -> str | None:
        """End a token; whose it was."""
        whose = self.ask(select(TOKEN.c.person).where(TOKEN.c.id == token_id)).scalar()
        self.ask(delete(TOKEN).where(TOKEN.c.id == token_id))
        return whose

    def note_failure(self, about: str, forget_before: dt.datetime) -> None:
        """One more sign-in failed; those that no longer count are forgotten."""
        self.ask(delete(TRY).where(TRY.c.at <= forget_before))
        self.ask(insert(TRY).values(about=about, at=self.now))

    def forget_failures(self, about: str) -> None:
        """Somebody signed in: begin to count anew."""
        self.ask(delete(TRY).where(TRY.c.about == about))


def _token(row: Any) -> Token:
    return Token(row.id, row.hash, row.person, row.label, row.issued_at, row.last_used_at, row.ends_at)
