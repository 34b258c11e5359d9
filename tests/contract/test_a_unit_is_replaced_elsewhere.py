"""A case that swaps a unit says so, and every other case about that unit goes on about the new one: plain words of the
language, in two processes that know nothing of each other but the name of the event."""

from __future__ import annotations

import datetime as dt
import threading
from contextlib import suppress

import pytest

from adapters.accounts import StaffAccounts
from adapters.bell import LocalBell
from engine.case import Case
from engine.definitions import Definitions
from engine.desk import Desk
from engine.kept import PublishedVersion
from engine.people import Person
from engine.records import Record
from engine.refusals import Refusal
from engine.store import UnitOfWork
from tests.contract.building import AnyStore

SITE = """
site: desk
timezone: UTC
roles: {clerk: Clerk | 文员}
calendars: {office: {days: mon-fri, hours: 09:00-17:00}}
records:
  serial_number: {key: number, number: text, customer: text, status: text, warranty_until: date, replaces: text, replaced_by: text}
"""
HEARD = """
events:
  unit.replaced: {match: {old: sn}, data: {old: serial_number, new: serial_number}, label: Unit replaced | 设备已更换}
anytime:
  unit.replaced: {do: [{set: {sn: = event.new, was: = event.old}}]}
start: {role: clerk, form: {ask: [sn]}}
"""
FIELDS = """
  sn: {type: record, of: serial_number, label: Unit | 设备}
  was: {type: record, of: serial_number, label: Was | 原设备}
  new_unit: {type: record, of: serial_number, label: New unit | 新机}
"""
SWAP = f"""
process: swap
version: 1
label: Swap | 换机
fields:{FIELDS}{HEARD}
steps:
  choosing:
    label: Choose | 选择
    task: {{role: clerk, form: {{ask: [new_unit]}}}}
    due: 1 day
    next: swapping
  swapping:
    label: Swap | 换机
    do:
      - swap_unit: {{old: sn, new: new_unit}}
      - {{emit: unit.replaced, with: {{old: = sn, new: = new_unit}}}}
    next: asking
  asking: {{label: Ask | 询问, task: {{role: clerk}}, due: 1 day, next: closed}}
  closed: {{end: success, label: Closed | 已结案}}
"""
HOLDS = f"""
process: holds
version: 1
label: Holds | 持有
fields:{FIELDS}{HEARD}
steps:
  looking: {{label: Look | 查看, task: {{role: clerk}}, due: 1 day, next: closed}}
  closed: {{end: success, label: Closed | 已结案}}
"""


@pytest.fixture
def desk(store: AnyStore) -> Desk:
    """A desk with both processes and four units."""

    def furnish(work: UnitOfWork) -> None:
        for name, text in (("_site", SITE), ("swap", SWAP), ("holds", HOLDS)):
            kind = "site" if name == "_site" else "process"
            work.publish(PublishedVersion(name, 1, text, name, work.now, None, "", kind))
        for n in range(1, 5):
            says = {"number": f"SN-{n}", "status": "stock", "warranty_until": "2027-01-01"}
            unit = Record("serial_number", f"SN-{n}", f"SN-{n}", f"SN-{n}", says)
            work.save_record(unit, by=None, source="import")

    store.write(furnish)
    person = Person("clerk", "Clerk", frozenset({"clerk"}), "clerk@x.example")
    StaffAccounts(store, store.ids, method="scrypt:1024:8:1").create(person, None, by=None)
    return Desk(store, Definitions(), store.ids, LocalBell())


def case_of(store: AnyStore, id: str) -> Case:
    case = store.read(lambda screens: screens.case(id))
    assert case is not None
    return case


def swapped(store: AnyStore, desk: Desk, old: str = "SN-1", new: str = "SN-2") -> str:
    """A case that has just swapped a unit for another."""
    case = desk.start_case("swap", {"sn": old}, "clerk").case
    (task,) = case_of(store, case).tasks
    desk.complete_task(task.id, "done", {"new_unit": new}, "clerk")
    return case


def test_every_other_case_about_the_unit_goes_on_about_the_new_one(store: AnyStore, desk: Desk) -> None:
    held = [desk.start_case("holds", {"sn": "SN-1"}, "clerk").case for _ in range(2)]
    other = desk.start_case("holds", {"sn": "SN-3"}, "clerk").case
    twin = desk.start_case("swap", {"sn": "SN-1"}, "clerk").case
    swapped(store, desk)
    for case in (*held, twin):
        found = case_of(store, case)
        assert (found.values["sn"], found.values["was"]) == ("SN-2", "SN-1")
        assert found.records["sn"]["number"] == "SN-2" and found.records["sn"]["replaces"]
    assert case_of(store, other).values == {"sn": "SN-3"}


def test_the_case_that_swaps_does_not_hear_itself(store: AnyStore, desk: Desk) -> None:
    found = case_of(store, swapped(store, desk))
    assert found.leaves == ("asking",)
    assert (found.values["sn"], found.values["new_unit"], found.values.get("was")) == ("SN-1", "SN-2", None)


def test_a_second_swap_finds_the_cases_under_the_new_unit(store: AnyStore, desk: Desk) -> None:
    held = desk.start_case("holds", {"sn": "SN-1"}, "clerk").case
    swapped(store, desk)
    swapped(store, desk, "SN-2", "SN-4")
    assert case_of(store, held).values["sn"] == "SN-4"


def test_who_begins_about_the_old_unit_soon_after_is_told_and_no_clerk_has_to_look(store: AnyStore, desk: Desk) -> None:
    swapped(store, desk)
    late = desk.start_case("holds", {"sn": "SN-1"}, "clerk").case
    assert case_of(store, late).values["sn"] == "SN-2"
    swapped(store, desk, "SN-3", "SN-4")
    store.clock.advance(dt.timedelta(days=8))
    assert store.read(lambda screens: screens.unmatched()) == []


def test_cases_that_swap_one_unit_at_once_leave_one_alive(store: AnyStore, desk: Desk) -> None:
    """All of them have read the unit while it lived: who comes later is refused, or replaces what took its place."""
    new = ("SN-2", "SN-3", "SN-4")
    together = threading.Barrier(len(new))
    cases = [desk.start_case("swap", {"sn": "SN-1"}, "clerk").case for _ in new]
    tasks = [case_of(store, case).tasks[0].id for case in cases]

    def swap(task: str, number: str) -> None:
        together.wait(30)
        with suppress(Refusal):
            desk.complete_task(task, "done", {"new_unit": number}, "clerk")

    hands = [threading.Thread(target=swap, args=each) for each in zip(tasks, new, strict=True)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    units = [store.read(lambda screens, n=n: screens.record("serial_number", n)) for n in ("SN-1", *new)]
    assert [unit.attributes["status"] for unit in units if unit].count("active") == 1
