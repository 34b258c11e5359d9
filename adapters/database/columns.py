"""What every table shares: names of constraints, and column types that keep instants in UTC and text as it was typed."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, MetaData, String
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import SQLModel

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel):
    """The base of all tables. Rows do not validate and never leave this folder."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)


class Instant(TypeDecorator[dt.datetime]):
    """An instant in UTC. Text of one width on SQLite, so that it sorts; `timestamptz` on PostgreSQL."""

    impl = String(26)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type behind it for this database."""
        return dialect.type_descriptor(DateTime(timezone=True) if dialect.name == "postgresql" else String(26))

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        """Refuses a time that does not say which zone it is in."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone; the database keeps instants in UTC.")
        return value.astimezone(dt.UTC) if dialect.name == "postgresql" else instant_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """An aware datetime in UTC."""
        return None if value is None else read_instant(value)


def instant_text(value: dt.datetime) -> str:
    """`2026-03-02 09:00:00.000000`, in UTC."""
    return value.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def read_instant(value: str | dt.datetime) -> dt.datetime:
    """What a database gives for an instant, in UTC."""
    if isinstance(value, str):
        return dt.datetime.fromisoformat(value).replace(tzinfo=dt.UTC)
    return value.astimezone(dt.UTC)


Key = String().with_variant(String(collation="C"), "postgresql")
"""Text that is compared letter by letter on both databases: ids, roles, keys, anything a page is sorted by."""

Json = JSON(none_as_null=True)

Serial = BigInteger().with_variant(Integer(), "sqlite")
"""A number the database counts up by itself."""
