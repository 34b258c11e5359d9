"""Records in lists, and the orders and lines of one: what people look for in them, in words, with sums of money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.records import BUILT_IN, Record
from engine.screens import Screens
from web import current, saying
from web.beside import attribute_label, value_words, warranty_of
from web.words import say

LISTED = {
    "customer": ("contact", "phone", "tier", "salesperson"),
    "order": ("customer", "product", "amount", "status", "promised_on"),
    "serial_number": ("product", "customer", "warranty_until", "status"),
}
"""What a list of these shows beside their key, as far as the site has it; of other types the first few attributes."""
FEW = 4
OF_A_LINE = ("line", "product", "quantity", "price", "freight", "seller", "ship_by")
MONEY = frozenset({"price", "freight", "amount"})


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a column. `to`: type and id of the record it names; `tone` of a badge, None for plain words."""

    words: str
    to: tuple[str, str] | None = None
    tone: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A table of records: the name and label of each column, and each record with its cells."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Record, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of an order in words, and what they come to ("" where no line has a price)."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    total: str


def listing(type: str, records: Sequence[Record], *, without: str = "") -> Listing:
    """These records of one type; `without` the column that would say the same of all."""
    kinds = current.catalogue().record_types.get(type, {})
    wanted = LISTED.get(type) or [name for name in kinds if name not in ("number", "name", "code")][:FEW]
    names = [name for name in wanted if name in kinds and name != without]
    labels = current.read(lambda screens: _labels(screens, names, kinds, records))
    return Listing(
        tuple((name, attribute_label(name)) for name in names),
        tuple((r, tuple(_cell(type, name, kinds[name], r.attributes, labels) for name in names)) for r in records),
    )


def orders_of(related: Iterable[Record]) -> tuple[list[Record], str]:
    """The orders among these records, newest first, and what all that are not cancelled come to; "" without amounts."""
    orders = [r for r in related if r.type == "order"]
    orders.sort(key=lambda r: (str(r.attributes.get("ordered_on") or ""), r.key), reverse=True)
    bought = [r.attributes.get("amount") for r in orders if r.attributes.get("status") not in ("cancelled", "已取消")]
    return orders, _sum(bought)


def lines_of(order: Record) -> Lines | None:
    """What was ordered, line by line: price by piece, freight by line."""
    lines = [line for line in order.attributes.get("lines") or () if isinstance(line, Mapping)]
    if not lines:
        return None
    names = [name for name in OF_A_LINE if any(line.get(name) not in (None, "") for line in lines)]
    priced = any(line.get("price") not in (None, "") for line in lines)
    columns = [(name, attribute_label("unit_price" if name == "price" else name)) for name in names]
    rows = [[_line_words(name, line.get(name)) for name in names] for line in lines]
    if priced:
        columns.append(("amount", attribute_label("amount")))
        rows = [[*row, _amount(_line_sum(line))] for row, line in zip(rows, lines, strict=True)]
    return Lines(tuple(columns), tuple(map(tuple, rows)), _sum(_line_sum(line) for line in lines) if priced else "")


def _labels(
    screens: Screens, names: Sequence[str], kinds: Mapping[str, str], records: Sequence[Record]
) -> dict[tuple[str, str], str]:
    """What the records are called that these refer to: one statement for each attribute that names records."""
    found: dict[tuple[str, str], str] = {}
    for name in names:
        type = kinds[name]
        if type in current.catalogue().record_types or type in BUILT_IN:
            ids = {str(r.attributes[name]) for r in records if r.attributes.get(name)}
            found |= {(type, id): label for id, label in screens.labels(type, ids).items()}
    return found


def _cell(
    type: str, name: str, kind: str, attributes: Mapping[str, Any], labels: Mapping[tuple[str, str], str]
) -> Cell:
    value = attributes.get(name)
    if value in (None, "", [], {}):
        return Cell("")
    if (kind, str(value)) in labels:
        return Cell(labels[kind, str(value)], (kind, str(value)))
    if name == "warranty_until":
        words, tone = warranty_of(attributes)
        return Cell(words, None, tone)
    return Cell(value_words(type, name, value), tone="" if name == "status" else None)


def _line_words(name: str, value: Any) -> str:
    if value in (None, ""):
        return "–"
    language = current.language()
    match name:
        case "price" | "freight":
            return saying.amount(value, language)
        case "quantity" | "line":
            return saying.number(value, language)
        case "ship_by":
            return saying.day(value, language)
        case _:
            return str(value)


def _line_sum(line: Mapping[str, Any]) -> Decimal | None:
    price = _decimal(line.get("price"))
    if price is None:
        return None
    pieces = _decimal(line.get("quantity"))
    return price * (Decimal(1) if pieces is None else pieces) + (_decimal(line.get("freight")) or Decimal(0))


def _sum(amounts: Iterable[Any]) -> str:
    known = [amount for amount in map(_decimal, amounts) if amount is not None]
    return current.money(sum(known, Decimal(0))) if known else ""


def _amount(value: Decimal | None) -> str:
    return "–" if value is None else saying.amount(value, current.language())


def _decimal(value: Any) -> Decimal | None:
    try:
        return None if value in (None, "") else Decimal(str(value))
    except InvalidOperation:
        return None


def sum_words(count: int, total: str) -> str:
    """How many orders there are and what they come to."""
    language = current.language()
    words = say("record.one_order" if count == 1 else "record.orders", language, n=saying.number(count, language))
    return say("record.orders_sum", language, orders=words, total=total) if total else words
