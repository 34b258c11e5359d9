"""The demo company's people, customers, suppliers, orders and units, with dates that count from the day they are loaded."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from adapters.wiring import House
from engine.people import Person
from engine.records import KEY_OF, Record, label_of

SHELVES = (
    ("suppliers.csv", "supplier"),
    ("customers.csv", "customer"),
    ("orders.csv", "order"),
    ("serial_numbers.csv", "serial_number"),
)
IN_DAYS = "_in_days"


def load_people(house: House, password: str) -> list[Person]:
    """Everybody of the demo company, with one password that everybody may know."""
    people = [
        Person(row["id"], row["name"], frozenset(row["roles"].split(";")), row["email"], True, row["language"])
        for row in rows("people.csv")
    ]
    for person in people:
        house.accounts.create(person, password, by=None)
    return people


def load_records(house: House, today: dt.date) -> int:
    """All records, in one transaction; returns how many there are."""
    shelves = [[record_of(type, row, today) for row in rows(file)] for file, type in SHELVES]

    def work(uow: Any) -> int:
        return sum(uow.save_records(shelf, by=None, source="sale") for shelf in shelves)

    return house.store.write(work)


def rows(file: str) -> Iterator[Mapping[str, str]]:
    """The rows of one of the demo's lists."""
    text = files("cli").joinpath("demo_company", file).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def record_of(type: str, row: Mapping[str, str], today: dt.date) -> Record:
    """A row as a record; an empty cell is left out."""
    attributes: dict[str, Any] = {}
    for name, cell in row.items():
        if not cell:
            continue
        if name.endswith(IN_DAYS):
            attributes[dated(name)] = (today + dt.timedelta(days=int(cell))).isoformat()
        else:
            attributes[name] = value_of(name, cell)
    key = row[KEY_OF.get(type, "code")]
    return Record(type, key, key, label_of(type, attributes), attributes)


def value_of(name: str, cell: str) -> str | int | bool:
    """The JSON value of a cell."""
    match name:
        case "quantity":
            return int(cell)
        case "do_not_call":
            return cell == "yes"
        case _:
            return cell


def dated(name: str) -> str:
    """`promised_in_days` is `promised_on`; `warranty_until_in_days` is `warranty_until`."""
    bare = name.removesuffix(IN_DAYS)
    return bare if bare.endswith("_until") else f"{bare}_on"
