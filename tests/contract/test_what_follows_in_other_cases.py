"""What a press sets off in other cases happens with it or not at all, and costs no look-up for every row of a table."""

from __future__ import annotations

import pytest

from adapters.accounts import StaffAccounts
from adapters.bell import LocalBell
from adapters.database.counting import counting
from adapters.database.store import DatabaseStore
from engine.case import Case
from engine.definitions import Definitions
from engine.desk import Desk
from engine.kept import PublishedVersion
from engine.people import Person
from engine.records import Record
from engine.refusals import Refusal
from engine.screens import Page, Viewer
from engine.store import UnitOfWork
from tests.contract.building import AnyStore

SITE = "site: desk\ntimezone: UTC\nroles: {clerk: Clerk | 文员}\ncalendars: {office: {days: mon-fri, hours: 09:00-17:00}}\n"
PARENT = """
process: parent
version: 1
label: Parent | 父工单
permissions: {see: clerk}
start: {role: clerk}
steps:
  waiting: {label: Wait | 等待, run: child, outcomes: {closed: {next: going_on}}}
  going_on: {label: Go on | 继续, run: stuck, outcomes: {closed: {next: done}}}
  done: {end: success, label: Done | 完成}
"""
CHILD = """
process: child
version: 1
label: Child | 子工单
permissions: {see: clerk}
start: {role: clerk}
fields:
  units:
    type: table
    label: Units | 设备
    columns: {sn: {type: record, of: serial_number, label: Serial number | 序列号}}
steps:
  working: {label: Work | 办理, task: {role: clerk, form: {optional: [units]}}, due: 1 day, next: closed}
  closed: {end: success, label: Closed | 已结案}
"""
STUCK = """
process: stuck
version: 1
label: Stuck | 卡住
start: {role: clerk}
fields: {big: {type: yes_no, label: Big | 大额}}
steps:
  choosing: {label: Choose | 选择, do: [{note: Chosen | 已选择}], next: [{when: big, then: closed}]}
  closed: {end: success, label: Closed | 已结案}
"""
EVERYTHING = Viewer("", frozenset(), frozenset(), everything=True)


@pytest.fixture
def desk(store: AnyStore) -> Desk:
    """A desk with a case that waits for another, and goes on to one that cannot be opened."""

    def publish(work: UnitOfWork) -> None:
        for name, text in (("_site", SITE), ("parent", PARENT), ("child", CHILD), ("stuck", STUCK)):
            kind = "site" if name == "_site" else "process"
            work.publish(PublishedVersion(name, 1, text, name, work.now, None, "", kind))

    store.write(publish)
    person = Person("clerk", "Clerk", frozenset({"clerk"}), "clerk@x.example")
    StaffAccounts(store, store.ids, method="scrypt:1024:8:1").create(person, None, by=None)
    return Desk(store, Definitions(), store.ids, LocalBell())


def _case(store: AnyStore, id: str) -> Case:
    case = store.read(lambda screens: screens.case(id))
    assert case is not None
    return case


def _standing(store: AnyStore) -> dict[str, tuple[str, ...]]:
    rows = store.read(lambda s: s.cases(EVERYTHING, process="", state="", text="", page=Page(size=50))).rows
    return {case.process: case.leaves for case in (_case(store, row.id) for row in rows)}


def _task(store: AnyStore, process: str) -> str:
    rows = store.read(lambda s: s.cases(EVERYTHING, process=process, state="", text="", page=Page(size=50))).rows
    return _case(store, rows[0].id).tasks[0].id


def test_a_case_that_cannot_be_opened_undoes_the_end_that_asked_for_it(store: AnyStore, desk: Desk) -> None:
    desk.start_case("parent", {}, "clerk")
    before = _standing(store)
    assert before == {"parent": ("waiting",), "child": ("working",)}

    with pytest.raises(Refusal) as refused:
        desk.complete_task(_task(store, "child"), "done", {}, "clerk")

    assert refused.value.code == "nothing_chosen"
    assert _standing(store) == before


def test_fifty_units_in_a_table_are_looked_up_together(store: AnyStore, desk: Desk) -> None:
    units = [
        Record("serial_number", f"u{n}", f"SN-{n}", f"SN-{n}", {"number": f"SN-{n}", "order": f"o{n}"})
        for n in range(50)
    ]
    orders = [Record("order", f"o{n}", f"SO-{n}", f"SO-{n}", {"number": f"SO-{n}"}) for n in range(50)]
    for records in (orders, units):
        store.write(lambda work, r=records: work.save_records(r, by=None, source="import"))
    spent: list[int] = []
    for some in (1, 50):
        case = desk.start_case("child", {}, "clerk")
        (task,) = _case(store, case.case).tasks
        rows = [{"sn": f"SN-{n}"} for n in range(some)]
        if not isinstance(store, DatabaseStore):
            desk.complete_task(task.id, "done", {"units": rows}, "clerk")
            continue
        with counting(store) as counted:
            desk.complete_task(task.id, "done", {"units": rows}, "clerk")
        spent.append(counted.statements)
        stored = _case(store, case.case)
        assert len(stored.values["units"]) == some
        assert stored.records["units.sn.u0"]["order"]["number"] == "SO-0"
    assert spent == [] or spent[1] - spent[0] <= 1
