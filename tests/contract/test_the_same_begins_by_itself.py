"""A case that another case starts while one about the same is open: nobody is asked, so both histories name the other."""

from __future__ import annotations

import pytest

from adapters.accounts import StaffAccounts
from adapters.bell import LocalBell
from engine.definitions import Definitions
from engine.desk import Desk
from engine.kept import PublishedVersion
from engine.people import Person
from engine.screens import Page, Viewer
from engine.store import UnitOfWork
from tests.contract.building import AnyStore

SITE = "site: desk\ntimezone: UTC\nroles: {clerk: Clerk | 文员}\ncalendars: {office: {days: mon-sun, hours: 00:00-24:00}}\n"
PARCEL = """
process: parcel
version: 1
label: Parcel | 包裹
number: P-{seq}
alike: {by: [[number]], within: 30 days}
fields: {number: {type: text, label: Number | 单号}}
permissions: {see: clerk}
start: {role: clerk, form: {ask: [number]}}
steps:
  under_way: {label: Under way | 运输中, task: {role: clerk}, due: 1 day, next: there}
  there: {end: success, label: There | 到达}
"""
RETURN = """
process: sending_back
version: 1
label: Sending back | 寄回
fields: {number: {type: text, label: Number | 单号}}
permissions: {see: clerk}
start: {role: clerk, form: {ask: [number]}}
steps:
  sending: {label: Send | 发货, do: [{start: parcel, with: {number: = number}}], next: sent}
  sent: {end: success, label: Sent | 已发货}
"""
EVERYTHING = Viewer("", frozenset(), frozenset(), everything=True)


@pytest.fixture
def desk(store: AnyStore) -> Desk:
    def publish(work: UnitOfWork) -> None:
        for name, text in (("_site", SITE), ("parcel", PARCEL), ("sending_back", RETURN)):
            kind = "site" if name == "_site" else "process"
            work.publish(PublishedVersion(name, 1, text, name, work.now, None, "", kind))

    store.write(publish)
    accounts = StaffAccounts(store, store.ids, method="scrypt:1024:8:1")
    for id in ("cleo", "carl"):
        accounts.create(Person(id, id, frozenset({"clerk"}), f"{id}@x.example"), None, by=None)
    return Desk(store, Definitions(), store.ids, LocalBell())


def told(store: AnyStore, person: str) -> list[str]:
    return [notice.text.en for notice in store.read(lambda screens: screens.notices(person))]


def begun(store: AnyStore, number: str) -> str:
    rows = store.read(lambda s: s.cases(EVERYTHING, process="parcel", state="", text=number, page=Page(size=9))).rows
    return next(row.id for row in rows if row.number == number)


def test_both_owners_are_told_and_both_histories_name_the_other(store: AnyStore, desk: Desk) -> None:
    first = desk.start_case("parcel", {"number": "T-1"}, "carl")
    desk.start_case("sending_back", {"number": " t-1"}, "cleo")
    says = "{} is open about the same: see that only one of the two goes on"
    assert told(store, "cleo") == [says.format("P-000001")] and told(store, "carl") == [says.format("P-000002")]
    second = begun(store, "P-000002")
    opened, beside = store.read(lambda s: (s.history(second), s.history(first.case)))
    assert [row.details["noted"][0]["en"] for row in opened if "noted" in row.details] == told(store, "cleo")
    assert [row.kind for row in beside] == ["started", "same_again"]


def test_nobody_is_told_of_another_number_and_the_open_one_is_found_behind_one_that_has_ended(
    store: AnyStore, desk: Desk
) -> None:
    ended = desk.start_case("parcel", {"number": "T-1"}, "carl").case
    desk.start_case("sending_back", {"number": "T-2"}, "cleo")
    desk.start_case("parcel", {"number": "T-3"}, "cleo")
    newer = desk.start_case("parcel", {"number": "T-3"}, "cleo").case
    for case in (ended, newer):
        task = store.read(lambda screens, id=case: screens.case(id)).tasks[0].id  # type: ignore[misc]
        desk.complete_task(task, "done", {}, "carl")
    desk.start_case("sending_back", {"number": "T-1"}, "cleo")
    assert told(store, "cleo") == [] and told(store, "carl") == []
    desk.start_case("sending_back", {"number": "T-3"}, "carl")
    says = "{} is open about the same: see that only one of the two goes on"
    assert told(store, "carl") == [says.format("P-000003")] and told(store, "cleo") == [says.format("P-000006")]
