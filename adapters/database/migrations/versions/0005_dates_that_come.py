"""Dates that come: records are found by a date they hold, and which dates were announced is kept."""

import datetime as dt
import re

import sqlalchemy as sa
from alembic import op

from adapters.database.append_only import protect
from adapters.database.columns import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
AT_ONCE = 1000
STORED = {
    "customer": ("customer", ()),
    "customer_order": ("order", ("promised_on",)),
    "serial_number": ("serial_number", ("warranty_until",)),
    "record": ("", ()),
}
"""Tables of records: the type of what stands there, and the columns that hold dates."""


def upgrade() -> None:
    """Go forward. The dates of records that are stored already are gathered once."""
    op.create_table(
        "record_day",
        sa.Column("type", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("attribute", KEY, nullable=False),
        sa.Column("day", KEY, nullable=False),
        sa.PrimaryKeyConstraint("type", "id", "attribute", name=op.f("pk_record_day")),
    )
    op.create_table(
        "told_date",
        sa.Column("event", KEY, nullable=False),
        sa.Column("type", KEY, nullable=False),
        sa.Column("record", KEY, nullable=False),
        sa.Column("day", KEY, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("event", "type", "record", "day", name=op.f("pk_told_date")),
    )
    op.create_table(
        "dates_look",
        sa.Column("seq", SERIAL, autoincrement=True, nullable=False),
        sa.Column("event", KEY, nullable=False),
        sa.Column("act", KEY, nullable=False),
        sa.Column("day", KEY, nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_dates_look")),
    )
    op.create_index("ix_dates_look_event", "dates_look", ["event", "act"])
    protect("told_date")
    protect("dates_look")
    gather()
    op.create_index("ix_record_day_day", "record_day", ["type", "attribute", "day", "id"])


def gather() -> None:
    """The dates of all records, in portions."""
    days = sa.table("record_day", *(sa.column(name) for name in ("type", "id", "attribute", "day")))
    for name, (type, columns) in STORED.items():
        own = ("type",) if not type else ()
        table = sa.table(name, *(sa.column(c) for c in ("id", *columns, *own)), sa.column("more", sa.JSON()))
        rows = op.get_bind().execute(sa.select(table), execution_options={"yield_per": AT_ONCE})
        for some in rows.mappings().partitions(AT_ONCE):
            found = [
                {"type": type or row["type"], "id": row["id"], "attribute": attribute, "day": value}
                for row in some
                for attribute, value in {**row["more"], **{c: row[c] for c in columns}}.items()
                if is_day(value)
            ]
            if found:
                op.get_bind().execute(sa.insert(days), found)


def is_day(value: object) -> bool:
    """Whether this is a date."""
    if not isinstance(value, str) or not DAY.fullmatch(value):
        return False
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def downgrade() -> None:
    """Go back."""
    for table in ("dates_look", "told_date", "record_day"):
        op.drop_table(table)
