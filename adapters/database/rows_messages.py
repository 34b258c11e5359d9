"""The tables of what leaves or reaches a case: mails, calls, notices, incidents, events and what cases listen for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Column, Index, Text, text
from sqlmodel import Field

from adapters.database.columns import Instant, Json, Key, Row

WAITING = text("state = 'waiting'")


class StoredMail(Row, table=True):
    """A mail and what became of it. While a worker holds it, `token` is the worker's and `due_at` the end of its lease.
    `left_in` is the letter in which it left with others."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_waiting", "due_at", "id", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_outbox_case_id", "case_id"),
        Index("ix_outbox_created_at", "created_at", "id"),
        Index("ix_outbox_state", "state", "created_at", "id"),
    )

    id: str = Field(primary_key=True, sa_type=Key)
    key: str = Field(unique=True, sa_type=Key)
    case_id: str = Field(sa_type=Key)
    number: str
    kind: str
    to: str
    subject: str
    body: str = Field(sa_type=Text)
    template: str
    role: str
    by: str | None
    task: str
    not_before: dt.datetime | None = Field(sa_type=Instant)
    until: dt.datetime | None = Field(sa_type=Instant)
    left_in: str | None
    checksum: str
    message_id: str
    state: str
    created_at: dt.datetime = Field(sa_type=Instant)
    due_at: dt.datetime = Field(sa_type=Instant)
    token: str | None
    attempts: int
    last_error: str
    sent_at: dt.datetime | None = Field(sa_type=Instant)


class StoredCall(Row, table=True):
    """A call to an outside system that waits to be made; it goes when its answer has reached the case."""

    __tablename__ = "call"
    __table_args__ = (Index("ix_call_waiting", "due_at", "key", sqlite_where=WAITING, postgresql_where=WAITING),)

    key: str = Field(primary_key=True, sa_type=Key)
    case_id: str
    operation: str
    values: Any = Field(sa_column=Column("values", Json, nullable=False))
    state: str
    created_at: dt.datetime = Field(sa_type=Instant)
    due_at: dt.datetime = Field(sa_type=Instant)
    token: str | None
    attempts: int


class StoredNotice(Row, table=True):
    """A reminder before one person. It goes with its task."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_unread", "person", "at", sqlite_where=text("unread = 1"), postgresql_where=text("unread")),
        Index("ix_notice_person", "person", "at"),
    )

    id: str = Field(primary_key=True, sa_type=Key)
    person: str = Field(sa_type=Key)
    at: dt.datetime = Field(sa_type=Instant)
    case_id: str
    number: str
    task: str
    text_en: str
    text_zh: str
    unread: bool


class StoredIncident(Row, table=True):
    """Something an administrator must look at. `queue` and `item` name what goes back into its queue when it is settled."""

    __tablename__ = "incident"
    __table_args__ = (
        Index("ix_incident_at", "at"),
        Index("ix_incident_case_id", "case_id"),
        Index("ix_incident_open", "at", sqlite_where=text("state = 'open'"), postgresql_where=text("state = 'open'")),
    )

    id: str = Field(primary_key=True, sa_type=Key)
    key: str = Field(unique=True, sa_type=Key)
    at: dt.datetime = Field(sa_type=Instant)
    case_id: str
    number: str
    text_en: str
    text_zh: str
    state: str
    queue: str
    item: str
    settled_by: str | None
    settled_at: dt.datetime | None = Field(sa_type=Instant)


class StoredSubscription(Row, table=True):
    """What an open case listens for."""

    __tablename__ = "subscription"
    __table_args__ = (Index("ix_subscription_case_id", "case_id"),)

    name: str = Field(primary_key=True, sa_type=Key)
    key: str = Field(primary_key=True, sa_type=Key)
    value: str = Field(primary_key=True, sa_type=Key)
    case_id: str = Field(primary_key=True, sa_type=Key)
    step: str = Field(primary_key=True, sa_type=Key)


class StoredEvent(Row, table=True):
    """An event that no single case took."""

    __tablename__ = "event_inbox"
    __table_args__ = (
        Index("ix_event_inbox_waiting", "name", "received_at", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_event_inbox_received_at", "received_at"),
    )

    id: str = Field(primary_key=True, sa_type=Key)
    name: str
    values: Any = Field(sa_column=Column("values", Json, nullable=False))
    source: str
    received_at: dt.datetime = Field(sa_type=Instant)
    state: str
    reason: str


class StoredSeen(Row, table=True):
    """An id of a sender whose event was taken: the same one again has no effect."""

    __tablename__ = "event_seen"

    id: str = Field(primary_key=True, sa_type=Key)
    at: dt.datetime = Field(sa_type=Instant)
