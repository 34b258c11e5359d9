"""The tables of cases and their open work. The case itself is one document; the columns beside it serve lists."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Column, Index, Text, false, text
from sqlmodel import Field

from adapters.database.columns import Instant, Json, Key, Row, Serial

OPEN = text("state = 'open'")


class StoredCase(Row, table=True):
    """A case. `listed` holds the records, subscriptions and texts of likeness as last saved, so that unchanged
    ones cost no statement; `records_changed` says that one of these records changed since."""

    __tablename__ = "case"
    __table_args__ = (
        # What a search reads stands in the index: it never opens the documents of cases it does not show.
        Index("ix_case_process", "process", "opened_at", "id", "ended", "number", "subject"),
        Index("ix_case_owner", "owner", "opened_at", "id"),
        Index("ix_case_starter", "starter", "opened_at", "id"),
        Index(
            "ix_case_open_version",
            "process",
            "version",
            sqlite_where=text("ended IS NULL"),
            postgresql_where=text("ended IS NULL"),
        ),
    )

    id: str = Field(primary_key=True, sa_type=Key)
    number: str = Field(unique=True, sa_type=Key)
    process: str = Field(sa_type=Key)
    version: int
    revision: int
    subject: str
    category: str
    milestone: str | None
    owner: str | None = Field(sa_type=Key)
    starter: str | None = Field(sa_type=Key)
    opened_at: dt.datetime = Field(sa_type=Instant)
    ended_at: dt.datetime | None = Field(sa_type=Instant)
    ended: str | None
    due_at: dt.datetime | None = Field(sa_type=Instant)
    round: int
    urgent: bool = Field(sa_column_kwargs={"server_default": false()})
    steps: str = Field(sa_type=Text)
    listed: str = Field(sa_type=Text)
    records_changed: bool
    document: str = Field(sa_type=Text)


class StoredCaseRecord(Row, table=True):
    """Under which records a case is listed."""

    __tablename__ = "case_record"
    __table_args__ = (Index("ix_case_record_case_id", "case_id"),)

    type: str = Field(primary_key=True, sa_type=Key)
    record_id: str = Field(primary_key=True, sa_type=Key)
    case_id: str = Field(primary_key=True, sa_type=Key)


class StoredLikeness(Row, table=True):
    """By which texts a later case of the same process finds this one: see `engine.likeness`."""

    __tablename__ = "case_likeness"

    process: str = Field(primary_key=True, sa_type=Key)
    key: str = Field(primary_key=True, sa_type=Key)
    case_id: str = Field(primary_key=True, sa_type=Key)


class StoredLink(Row, table=True):
    """A case that another case started."""

    __tablename__ = "case_link"
    __table_args__ = (Index("ix_case_link_parent_id", "parent_id"),)

    child_id: str = Field(primary_key=True, sa_type=Key)
    parent_id: str = Field(sa_type=Key)
    step: str
    visit: int


class StoredTask(Row, table=True):
    """A task, open or closed. `due_key` is the due time, far in the future where there is none."""

    __tablename__ = "task"
    __table_args__ = (
        Index("ix_task_open_case", "case_id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_task_open_process", "process", "urgent", "due_key", "id", sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: str = Field(primary_key=True, sa_type=Key)
    case_id: str = Field(sa_type=Key)
    process: str = Field(sa_type=Key)
    state: str
    kind: str
    step: str
    visit: int
    label_en: str
    label_zh: str
    roles: str
    assignee: str | None
    only_person: str | None
    excluded: str
    due_at: dt.datetime | None = Field(sa_type=Instant)
    due_key: dt.datetime = Field(sa_type=Instant)
    opened_at: dt.datetime = Field(sa_type=Instant)
    urgent: bool = Field(sa_column_kwargs={"server_default": false()})
    paused: bool
    resume_at: dt.datetime | None = Field(sa_type=Instant)
    level: int
    outcome: str | None
    completed_by: str | None
    completed_at: dt.datetime | None = Field(sa_type=Instant)


class StoredCandidate(Row, table=True):
    """A line of a list of open tasks: a role's or one person's, in order of due time. See `adapters.listing.offered_to`."""

    __tablename__ = "candidate"
    __table_args__ = ({"sqlite_with_rowid": False},)

    who: str = Field(primary_key=True, sa_type=Key)
    due_key: dt.datetime = Field(primary_key=True, sa_type=Instant)
    task_id: str = Field(primary_key=True, sa_type=Key)
    process: str
    roles: str
    excluded: str


class StoredTimer(Row, table=True):
    """A row of a ladder that has not rung. A timer whose clock stands still has no `fire_at`; a lifted one is not armed."""

    __tablename__ = "timer"
    __table_args__ = (
        Index("ix_timer_armed", "fire_at", "id", sqlite_where=text("armed = 1"), postgresql_where=text("armed")),
    )

    id: str = Field(primary_key=True, sa_type=Key)
    case_id: str = Field(sa_type=Key)
    fire_at: dt.datetime | None = Field(sa_type=Instant)
    armed: bool


class StoredHistory(Row, table=True):
    """The timeline of a case. Only ever appended to: triggers refuse anything else."""

    __tablename__ = "history"

    case_id: str = Field(primary_key=True, sa_type=Key)
    seq: int = Field(primary_key=True)
    at: dt.datetime = Field(sa_type=Instant)
    kind: str
    by: str | None
    step: str
    visit: int
    details: Any = Field(sa_column=Column(Json, nullable=False))


class StoredKpi(Row, table=True):
    """A measured value."""

    __tablename__ = "kpi_fact"
    __table_args__ = (Index("ix_kpi_fact_process", "process", "at"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    process: str
    case_id: str
    at: dt.datetime = Field(sa_type=Instant)
    kpi: str
    value: float
    per: str
    on_time: bool | None
