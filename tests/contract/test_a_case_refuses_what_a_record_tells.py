"""What a change of a record tells the cases is no condition of the change: one case that refuses it is left to a clerk."""

from __future__ import annotations

from adapters.accounts import StaffAccounts
from adapters.bell import LocalBell
from engine.definitions import Definitions
from engine.desk import Desk
from engine.kept import PublishedVersion
from engine.people import Person
from engine.store import UnitOfWork
from tests.contract.building import AnyStore

SITE = """
site: desk
timezone: UTC
roles: {service_supervisor: Supervisor | 主管}
calendars: {office: {days: mon-fri, hours: 09:00-17:00}}
records:
  order: {outside: true, key: number, number: text, status: text}
record_events:
  order.cancelled: {record: order, attribute: status, becomes: cancelled}
"""
WATCHING = """
process: NAME
version: 1
label: Watching | 关注
start: {role: service_supervisor, form: {ask: [order]}}
fields: {order: {type: record, of: order, label: Order | 订单}}
events: {order.cancelled: {match: order, data: {status: KIND}}}
steps:
  working:
    label: Work | 办理
    task: {role: service_supervisor}
    due: 1 day
    events: {order.cancelled: {next: over}}
    next: over
  over: {end: success, label: Over | 结束}
"""


def _desk(store: AnyStore) -> Desk:
    """A desk with a process that takes the news, and one that cannot: it wants a number where a word is told."""

    def publish(work: UnitOfWork) -> None:
        work.publish(PublishedVersion("_site", 1, SITE, "_site", work.now, None, "", "site"))
        for name, kind in (("content", "text"), ("picky", "number")):
            text = WATCHING.replace("NAME", name).replace("KIND", kind)
            work.publish(PublishedVersion(name, 1, text, name, work.now, None, "", "process"))

    store.write(publish)
    person = Person("lead", "Lead", frozenset({"service_supervisor"}), "lead@x.example")
    StaffAccounts(store, store.ids, method="scrypt:1024:8:1").create(person, None, by=None)
    return Desk(store, Definitions(), store.ids, LocalBell())


def test_the_record_is_changed_the_other_case_is_told_and_a_clerk_sees_what_was_refused(store: AnyStore) -> None:
    desk = _desk(store)
    desk.add_record("order", {"number": "SO-1", "status": "placed"}, "lead")
    told, refusing = (desk.start_case(name, {"order": "SO-1"}, "lead").case for name in ("content", "picky"))

    desk.change_record("order", "SO-1", {"status": "cancelled"}, "lead", "called off")

    def found(id: str) -> tuple[str, ...]:
        case = store.read(lambda screens: screens.case(id))
        assert case is not None
        return case.leaves

    assert (found(told), found(refusing)) == (("over",), ("working",))
    (left,) = store.read(lambda screens: screens.unmatched())
    assert (left.name, left.state, left.reason) == (
        "order.cancelled",
        "several",
        "'status' of 'order.cancelled' must be a number, like 12. | 事件“order.cancelled”的“status”应为数字，例如 12。",
    )
