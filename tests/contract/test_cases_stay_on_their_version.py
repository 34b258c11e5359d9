"""A case runs on the version it began with, whatever is published meanwhile; only new cases take the newest."""

from __future__ import annotations

import pytest

from adapters.accounts import StaffAccounts
from adapters.bell import LocalBell
from engine.definitions import Definitions
from engine.desk import Desk
from engine.kept import PublishedVersion
from engine.people import Person
from tests.contract.building import AnyStore

SITE = "site: desk\ntimezone: UTC\nroles: {clerk: Clerk | 文员}\ncalendars: {office: {days: mon-fri, hours: 09:00-17:00}}\n"
FIRST = """
process: visit
version: 1
label: Visit | 上门
permissions: {see: clerk}
start: {role: clerk}
steps:
  working: {label: Work | 办理, task: {role: clerk}, due: 1 day, next: closed}
  closed: {end: success, label: Closed | 已结案}
  dropped: {end: failure, label: Dropped | 已放弃}
"""
SECOND = FIRST.replace("version: 1", "version: 2").replace("next: closed}", "next: dropped}")


@pytest.fixture
def desk(store: AnyStore) -> Desk:
    publish(store, "_site", 1, SITE, "site")
    publish(store, "visit", 1, FIRST, "process")
    StaffAccounts(store, store.ids, method="scrypt:1024:8:1").create(
        Person("mia", "Mia", frozenset({"clerk"})), None, by=None
    )
    return Desk(store, Definitions(), store.ids, LocalBell())


def publish(store: AnyStore, name: str, number: int, text: str, kind: str) -> None:
    store.write(
        lambda work: work.publish(PublishedVersion(name, number, text, f"{name}{number}", work.now, None, "", kind))
    )


def ended(store: AnyStore, desk: Desk, id: str) -> tuple[int, str | None]:
    case = store.read(lambda screens: screens.case(id))
    assert case is not None
    desk.complete_task(case.tasks[0].id, "done", {}, "mia")
    case = store.read(lambda screens: screens.case(id))
    assert case is not None
    return case.version, case.ended


def test_a_running_case_goes_on_as_its_own_version_says_and_a_new_one_as_the_newest(
    store: AnyStore, desk: Desk
) -> None:
    older = desk.start_case("visit", {}, "mia").case
    publish(store, "visit", 2, SECOND, "process")
    newer = desk.start_case("visit", {}, "mia").case
    assert ended(store, desk, older) == (1, "closed")
    assert ended(store, desk, newer) == (2, "dropped")
