"""News that is told while somebody presses: the press waits for it and is not made over it."""

from __future__ import annotations

import threading

import pytest

from adapters.accounts import StaffAccounts
from adapters.bell import LocalBell
from engine import events as happened
from engine.casework import Casework
from engine.definitions import Definitions
from engine.desk import Desk
from engine.kept import PublishedVersion
from engine.people import Person
from engine.refusals import Overtaken, Refusal
from engine.store import UnitOfWork
from tests.contract.building import AnyStore

SITE = "site: desk\ntimezone: UTC\nroles: {clerk: Clerk | 文员}\ncalendars: {office: {days: mon-fri, hours: 09:00-17:00}}\n"
SENT = """
process: sent
version: 1
label: Sent | 发货
fields:
  parcels:
    type: table
    label: Parcels | 包裹
    columns: {number: {type: text, label: Number | 单号}, state: {type: text, optional: true, label: State | 状态}}
events: {parcel.there: {match: {number: parcels.number}}}
start: {role: clerk, form: {ask: [parcels]}}
anytime: {parcel.there: {do: [{set: {row.state: there}}]}}
steps:
  correcting: {label: Correct | 更正, task: {role: clerk, form: {ask: [parcels]}}, due: 1 day, next: done}
  done: {end: success, label: Done | 完成}
"""


@pytest.fixture
def desk(store: AnyStore) -> Desk:
    def publish(work: UnitOfWork) -> None:
        work.publish(PublishedVersion("_site", 1, SITE, "_site", work.now, None, "", "site"))
        work.publish(PublishedVersion("sent", 1, SENT, "sent", work.now, None, "", "process"))

    store.write(publish)
    person = Person("clerk", "Clerk", frozenset({"clerk"}), "clerk@x.example")
    StaffAccounts(store, store.ids, method="scrypt:1024:8:1").create(person, None, by=None)
    return Desk(store, Definitions(), store.ids, LocalBell())


def test_a_press_in_the_very_moment_of_news_does_not_write_over_it(store: AnyStore, desk: Desk) -> None:
    case = desk.start_case("sent", {"parcels": [{"number": "A1"}]}, "clerk").case
    task = store.read(lambda screens: screens.case(case)).tasks[0].id  # type: ignore[union-attr]
    seen = desk.task_offer(task, "clerk").seen
    pressing, refused = threading.Event(), list[Refusal]()

    def press() -> None:
        pressing.set()
        try:
            desk.complete_task(task, "done", {"parcels": [{"number": "A9"}]}, "clerk", seen=seen, key="one")
        except Refusal as refusal:
            refused.append(refusal)

    hand = threading.Thread(target=press)

    def news(uow: UnitOfWork) -> None:
        casework = Casework(uow, Definitions(), store.ids)
        casework.handle(case, happened.EventArrived("parcel.there", {"number": "A1"}))
        hand.start()
        assert pressing.wait(10)

    store.write(news)
    hand.join(10)
    assert [type(one) for one in refused] == [Overtaken]
    standing = store.read(lambda screens: screens.case(case))
    assert standing is not None
    assert standing.values["parcels"] == [{"number": "A1", "state": "there"}]
    assert standing.task(task) is not None
