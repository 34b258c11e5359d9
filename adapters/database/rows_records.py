"""The tables of customers, orders and serial numbers, and of every other record type a site declares."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Column, Index, UniqueConstraint
from sqlmodel import Field

from adapters.database.columns import Instant, Json, Key, Row, Serial


class StoredCustomer(Row, table=True):
    """A customer. `more` holds the attributes of the site that have no column, `folded` what look-ups search."""

    __tablename__ = "customer"
    __table_args__ = (Index("ix_customer_name", "name"),)

    id: str = Field(primary_key=True, sa_type=Key)
    key: str = Field(unique=True, sa_type=Key)
    label: str
    folded: str
    name: str | None = Field(sa_type=Key)
    email: str | None
    phone: str | None
    more: Any = Field(sa_column=Column(Json, nullable=False))


class StoredOrder(Row, table=True):
    """An order of a customer; its lines stand in `order_line`, `line_count` says how many (None: the order never had any)."""

    __tablename__ = "customer_order"
    __table_args__ = (Index("ix_customer_order_customer", "customer"),)

    id: str = Field(primary_key=True, sa_type=Key)
    key: str = Field(unique=True, sa_type=Key)
    label: str
    folded: str
    customer: str | None = Field(sa_type=Key)
    promised_on: str | None
    status: str | None
    line_count: int | None
    more: Any = Field(sa_column=Column(Json, nullable=False))


class StoredLine(Row, table=True):
    """One line of an order."""

    __tablename__ = "order_line"

    order_id: str = Field(primary_key=True, sa_type=Key)
    position: int = Field(primary_key=True)
    values: Any = Field(sa_column=Column("values", Json, nullable=False))


class StoredUnit(Row, table=True):
    """A serial number: one unit that was sold. Its warranty end changes through `warranty_change` alone."""

    __tablename__ = "serial_number"
    __table_args__ = (Index("ix_serial_number_customer", "customer"), Index("ix_serial_number_order", "order"))

    id: str = Field(primary_key=True, sa_type=Key)
    key: str = Field(unique=True, sa_type=Key)
    label: str
    folded: str
    customer: str | None = Field(sa_type=Key)
    order: str | None = Field(sa_type=Key)
    product: str | None
    warranty_until: str | None
    location: str | None
    more: Any = Field(sa_column=Column(Json, nullable=False))


class StoredWarrantyChange(Row, table=True):
    """The one way a warranty end may change. Only ever appended to."""

    __tablename__ = "warranty_change"
    __table_args__ = (Index("ix_warranty_change_serial_number", "serial_number"),)

    seq: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    serial_number: str = Field(sa_type=Key)
    at: dt.datetime = Field(sa_type=Instant)
    by: str | None
    old: str | None
    new: str | None
    source: str
    reason: str


class StoredRecord(Row, table=True):
    """A record of a type that the site declares."""

    __tablename__ = "record"
    __table_args__ = (UniqueConstraint("type", "key"),)

    type: str = Field(primary_key=True, sa_type=Key)
    id: str = Field(primary_key=True, sa_type=Key)
    key: str = Field(sa_type=Key)
    label: str
    folded: str
    more: Any = Field(sa_column=Column(Json, nullable=False))


class StoredReference(Row, table=True):
    """A record of a declared type that refers to another record, so that it is found from there."""

    __tablename__ = "record_reference"
    __table_args__ = (Index("ix_record_reference_target", "target_type", "target_id"),)

    type: str = Field(primary_key=True, sa_type=Key)
    id: str = Field(primary_key=True, sa_type=Key)
    attribute: str = Field(primary_key=True, sa_type=Key)
    target_type: str = Field(sa_type=Key)
    target_id: str = Field(sa_type=Key)


class StoredDay(Row, table=True):
    """A date that a record holds, so that it is found on the day."""

    __tablename__ = "record_day"
    __table_args__ = (Index("ix_record_day_day", "type", "attribute", "day", "id"),)

    type: str = Field(primary_key=True, sa_type=Key)
    id: str = Field(primary_key=True, sa_type=Key)
    attribute: str = Field(primary_key=True, sa_type=Key)
    day: str = Field(sa_type=Key)


class StoredToldDate(Row, table=True):
    """A date of a record that was announced. Only ever appended to: no date is told twice."""

    __tablename__ = "told_date"

    event: str = Field(primary_key=True, sa_type=Key)
    type: str = Field(primary_key=True, sa_type=Key)
    record: str = Field(primary_key=True, sa_type=Key)
    day: str = Field(primary_key=True, sa_type=Key)
    at: dt.datetime = Field(sa_type=Instant)


class StoredLook(Row, table=True):
    """What became of the dates of an event on a day: looked, held or meant. Only ever appended to."""

    __tablename__ = "dates_look"
    __table_args__ = (Index("ix_dates_look_event", "event", "act"),)

    seq: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    event: str = Field(sa_type=Key)
    act: str = Field(sa_type=Key)
    day: str = Field(sa_type=Key)
    by: str | None
    at: dt.datetime = Field(sa_type=Instant)


class StoredRecordChange(Row, table=True):
    """One attribute of one record changed. Only ever appended to."""

    __tablename__ = "record_change"
    __table_args__ = (Index("ix_record_change_type", "type", "id"),)

    seq: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    type: str = Field(sa_type=Key)
    id: str = Field(sa_type=Key)
    at: dt.datetime = Field(sa_type=Instant)
    by: str | None
    attribute: str
    old: Any = Field(sa_column=Column(Json, nullable=True))
    new: Any = Field(sa_column=Column(Json, nullable=True))
    reason: str
