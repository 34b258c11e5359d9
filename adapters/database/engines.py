"""How connections to the two databases are made: every setting that durability and correctness hang on is here."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, QueuePool, create_engine, event, make_url

MARKS = (
    "PRAGMA busy_timeout = 10000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA journal_size_limit = 4194304",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
)
as_json = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def is_postgres(url: str) -> bool:
    """True when a URL names a PostgreSQL database."""
    return make_url(url).get_backend_name() == "postgresql"


def sqlite_file(url: str) -> Path:
    """The file of an SQLite URL."""
    name = make_url(url).database
    if not name or name == ":memory:":
        raise ValueError("SQLite needs a file (sqlite:///folder/aftercare.db): several connections share one database.")
    return Path(name)


def sqlite_engine(url: str, *, writing: bool) -> Engine:
    """Connections to an SQLite file. Writing ones begin with BEGIN IMMEDIATE: no update can be lost, none fails half-way."""
    file = sqlite_file(url)
    file.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        json_serializer=as_json,
        poolclass=QueuePool,
        pool_size=1 if writing else 16,
        max_overflow=0 if writing else -1,
        connect_args={"check_same_thread": False, "cached_statements": 256, "timeout": 10},
    )

    @event.listens_for(engine, "connect")
    def _mark(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        for mark in MARKS:
            connection.execute(mark)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def postgres_engine(url: str, *, connections: int = 16) -> Engine:
    """Connections to PostgreSQL, in UTC, at READ COMMITTED; a transaction left lying about is ended by the server."""
    wanted = make_url(url).set(drivername="postgresql+psycopg")
    return create_engine(
        wanted,
        json_serializer=as_json,
        isolation_level="READ COMMITTED",
        pool_size=connections,
        max_overflow=0,
        pool_timeout=30,
        pool_recycle=1800,
        connect_args={
            "options": "-c timezone=UTC -c idle_in_transaction_session_timeout=60000",
            "connect_timeout": 10,
            "prepare_threshold": 2,
        },
    )
