"""How a record becomes a row and a row a record: attributes with a column of their own, the others in `more`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, Table

from adapters.database.tables import CUSTOMER, ORDER, RECORD, UNIT
from adapters.references import folded
from engine.records import Record

TABLES: Mapping[str, Table] = {"customer": CUSTOMER, "order": ORDER, "serial_number": UNIT}
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "customer": ("name", "email", "phone"),
    "order": ("customer", "promised_on", "status"),
    "serial_number": ("customer", "order", "product", "warranty_until", "location"),
}


def table_of(type: str) -> Table:
    """Where records of a type are kept."""
    return TABLES.get(type, RECORD)


def row_of(record: Record) -> dict[str, Any]:
    """The columns of a record's row. An attribute with a column that holds no text stands in `more`."""
    columns = COLUMNS.get(record.type, ())
    in_columns = {name: value for name in columns if isinstance(value := record.attributes.get(name), str)}
    lines = lines_of(record)
    elsewhere = {*in_columns, *(("lines",) if lines is not None else ())}
    row: dict[str, Any] = {"id": record.id, "key": record.key, "label": record.label, "folded": folded(record)}
    row |= dict.fromkeys(columns) | in_columns
    row["more"] = {name: value for name, value in record.attributes.items() if name not in elsewhere}
    if record.type == "order":
        row["line_count"] = None if lines is None else len(lines)
    if record.type not in TABLES:
        row["type"] = record.type
    return row


def lines_of(record: Record) -> list[Any] | None:
    """The lines of an order, where it has any."""
    lines = record.attributes.get("lines") if record.type == "order" else None
    return lines if isinstance(lines, list) else None


def record_of(type: str, row: RowMapping, lines: list[Any] | None) -> Record:
    """The record of a row."""
    columns = {name: row[name] for name in COLUMNS.get(type, ()) if row[name] is not None}
    with_lines = {"lines": lines} if lines is not None else {}
    return Record(type, row["id"], row["key"], row["label"], {**row["more"], **columns, **with_lines})
