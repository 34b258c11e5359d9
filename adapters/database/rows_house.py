"""The tables of the house itself: people and their ways in, published versions, counters, keys, administrative acts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Column, Index, Text
from sqlmodel import Field

from adapters.database.columns import Instant, Json, Key, Row, Serial


class StoredAccount(Row, table=True):
    """A member of staff and the hash of the password; no hash: nobody can sign in. An absence is all of `away_since` and
    `away_until`, and perhaps who stands in."""

    __tablename__ = "account"

    id: str = Field(primary_key=True, sa_type=Key)
    name: str
    email: str
    roles: Any = Field(sa_column=Column(Json, nullable=False))
    active: bool
    language: str
    password_hash: str | None
    away_since: dt.datetime | None = Field(default=None, sa_type=Instant)
    away_until: dt.datetime | None = Field(default=None, sa_type=Instant)
    deputy: str | None = Field(default=None, sa_type=Key)


class StoredSession(Row, table=True):
    """A session, known by the hash of its secret."""

    __tablename__ = "session"
    __table_args__ = (Index("ix_session_person", "person"), Index("ix_session_started_at", "started_at"))

    id: str = Field(primary_key=True, sa_type=Key)
    person: str = Field(sa_type=Key)
    csrf: str
    started_at: dt.datetime = Field(sa_type=Instant)
    seen_at: dt.datetime = Field(sa_type=Instant)


class StoredToken(Row, table=True):
    """An API token, known by the hash of its secret."""

    __tablename__ = "token"
    __table_args__ = (Index("ix_token_person", "person"),)

    id: str = Field(primary_key=True, sa_type=Key)
    hash: str = Field(unique=True, sa_type=Key)
    person: str = Field(sa_type=Key)
    label: str
    issued_at: dt.datetime = Field(sa_type=Instant)
    last_used_at: dt.datetime | None = Field(sa_type=Instant)
    ends_at: dt.datetime | None = Field(sa_type=Instant)


class StoredTry(Row, table=True):
    """A sign-in that failed, so that guessing is slowed down in every process alike."""

    __tablename__ = "failed_sign_in"
    __table_args__ = (Index("ix_failed_sign_in_about", "about", "at"), Index("ix_failed_sign_in_at", "at"))

    seq: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    about: str = Field(sa_type=Key)
    at: dt.datetime = Field(sa_type=Instant)


class StoredVersion(Row, table=True):
    """A published version of a process, a library or the site. Never changed."""

    __tablename__ = "process_version"

    process: str = Field(primary_key=True, sa_type=Key)
    number: int = Field(primary_key=True)
    kind: str
    text: str = Field(sa_type=Text)
    checksum: str
    published_at: dt.datetime = Field(sa_type=Instant)
    published_by: str | None
    reason: str


class StoredCounter(Row, table=True):
    """A number that only grows: case numbers by process and year, the revision of the list of people."""

    __tablename__ = "counter"

    name: str = Field(primary_key=True, sa_type=Key)
    value: int


class StoredAnswer(Row, table=True):
    """What was answered to an idempotency key."""

    __tablename__ = "remembered"
    __table_args__ = (Index("ix_remembered_at", "at"),)

    key: str = Field(primary_key=True, sa_type=Key)
    answer: str = Field(sa_type=Text)
    at: dt.datetime = Field(sa_type=Instant)


class StoredAct(Row, table=True):
    """An administrative act. Only ever appended to."""

    __tablename__ = "audit"

    seq: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    at: dt.datetime = Field(sa_type=Instant)
    action: str
    by: str | None
    about: str
    details: Any = Field(sa_column=Column(Json, nullable=False))
