"""The doors of the office: lists, corrections of records, dates of records that come, newer versions of a process."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from engine.importing.importing import import_sheet
from engine.importing.plan import plan_for
from engine.importing.sheet import Row, Sheet
from engine.importing.targets import target_of
from engine.kept import PublishedVersion
from engine.store import UnitOfWork
from tests.invariants.choosing import some_case
from tests.invariants.house import ALL_ROUNDERS, SPARE, Premises


def a_list_is_imported(house: Premises) -> str:
    """Units, customers or orders from a sheet, with whatever stands in it."""
    what = house.dice.choice(["serial_number", "serial_number", "customer", "order"])
    unit = house.dice.choice(["SN-1", "SN-2", "SN-9", *SPARE])
    columns: dict[str, tuple[str, ...]] = {
        "serial_number": ("number", "warranty_until", "purchased_on", "status", "customer", "replaced_by", "custody"),
        "customer": ("code", "email", "phone"),
        "order": ("number", "customer", "status"),
    }
    cells: dict[str, Callable[[], str]] = {
        "number": lambda: unit if what == "serial_number" else "SO-1",
        "warranty_until": lambda: house.dice.choice(["", "2031-12-31", "2020-01-01", _in_days(house, 20)]),
        "purchased_on": lambda: house.dice.choice(["", _in_days(house, -32)]),
        "status": lambda: house.dice.choice(["", "active", "stock", "replaced", "scrapped"]),
        "customer": lambda: house.dice.choice(["", "C-1", "C-2"]),
        "replaced_by": lambda: house.dice.choice(["", "", "SN-2"]),
        "custody": lambda: house.dice.choice(["", "customer", "stock"]),
        "code": lambda: house.dice.choice(["C-1", "C-2"]),
        "email": lambda: "li@acme.example",
        "phone": lambda: "+86 21 5555 0199",
    }
    header = columns[what]
    sheet = Sheet(header, (Row(2, tuple(cells[name]() for name in header)),))
    site = house.desk.house.store.read(house.desk.house.definitions.site)
    plan = plan_for(sheet, target_of(what, site), {}, {})

    def work(uow: UnitOfWork) -> bool:
        return import_sheet(uow, sheet, plan, by=house.somebody(), name="walk.csv").written

    return f"{what} {'written' if house.desk.house.store.write(work) else 'refused'}"


def dates_are_looked_at(house: Premises) -> str:
    """The workers look which dates have come, two at once or one again; cases begin by themselves."""
    begun = 0
    for _ in range(2):
        while looked := house.desk.house.dates.announce_due():
            begun += looked
    return f"{'some' if begun else 'nothing'} came"


def _in_days(house: Premises, days: int) -> str:
    """A day counted from this one."""
    return (house.desk.clock.now() + dt.timedelta(days=days)).date().isoformat()


def a_record_is_corrected(house: Premises) -> str:
    """A unit or a customer is changed by hand, at the desk or over JSON."""
    by, desk = house.somebody(), house.desk.house.desk
    type, id = house.dice.choice([("serial_number", "SN-1"), ("serial_number", "SN-2"), ("customer", "C-1")])
    if type == "serial_number":
        id = house.dice.choice([id, *SPARE])
        attribute, text = house.dice.choice(
            [("status", "active"), ("status", "lost"), ("status", ""), ("warranty_until", "2033-01-01"), ("customer", "C-2"),
             ("customer", "C-1"), ("replaced_by", ""), ("replaces", "SN-9"), ("custody", "customer")]
        )  # fmt: skip
    else:
        attribute, text = house.dice.choice(
            [("phone", "+86 21 5555 0177"), ("email", ""), ("email", "li@acme.example")]
        )
    if house.dice.random() < 0.5:
        body = {"attributes": {attribute: text}, "reason": "was wrong"}
        return f"{attribute} {house.ask('PATCH', f'/records/{type}/{id}', by, body).status_code}"
    desk.change_record(type, id, {attribute: text}, by, "was wrong")
    return attribute


def a_newer_version(house: Premises) -> str:
    """The same file again with a higher version: cases stay where they are until somebody moves them."""
    case = some_case(house)
    process = house.newest(case.process)
    if process.version < 2:
        _publish_again(house, case.process, process.version)
    by = house.dice.choice(ALL_ROUNDERS)
    if house.dice.random() < 0.5:
        house.desk.house.desk.migrate_case(case.id, by)
        return "moved"
    return "published"


def _publish_again(house: Premises, process: str, version: int) -> None:
    stored = house.desk.house.store.read(lambda screens: screens.version(process))
    assert stored is not None
    text = stored.text.replace(
        f"\nversion: {version}\n", f"\nversion: {version + 1}\nmigrate: {{from: {version}}}\n", 1
    )
    again = PublishedVersion(process, version + 1, text, f"again {process}", house.desk.clock.now(), "ada", "the same")
    house.desk.house.store.write(lambda uow: uow.publish(again))
