"""News from outside about a case that has ended: whoever answers for it hears of it at once and once, wherever it is kept."""

from __future__ import annotations

import datetime as dt

import pytest

from adapters.accounts import StaffAccounts
from adapters.bell import LocalBell
from adapters.clock import SetClock
from adapters.database.counting import counting
from adapters.database.store import DatabaseStore
from engine.definitions import Definitions
from engine.desk import Desk
from engine.kept import PublishedVersion
from engine.people import Person
from engine.store import UnitOfWork
from tests.contract.building import DAY, AnyStore

SITE = "site: desk\ntimezone: UTC\nroles: {clerk: Clerk | 文员, boss: Boss | 主管}\ncalendars: {office: {days: mon-sun, hours: 00:00-24:00}}\n"
RETURN = """
process: sending
version: 1
label: Sending | 寄送
number: S-{seq}
fields: {number: {type: text, label: Number | 单号}}
events:
  parcel.there: {match: number, label: Delivered | 已签收}
  parcel.told: {match: number, data: {text: text}, label: Told | 告知}
permissions: {see: [clerk, boss], reopen: {role: boss, within: 30 days, next: looking}}
start: {role: clerk, form: {ask: [number]}}
anytime: {parcel.told: {do: [{note: Told | 告知}]}}
steps:
  looking: {label: Look | 查找, task: {role: clerk}, due: 1 day, events: {parcel.there: there}, next: lost}
  there: {end: success, label: There | 到达}
  lost: {end: failure, label: Lost | 遗失}
"""
CAME = "Came after the end: Delivered. If something is to be done, reopen the case (Boss)."


@pytest.fixture
def desk(store: AnyStore) -> Desk:
    def publish(work: UnitOfWork) -> None:
        work.publish(PublishedVersion("_site", 1, SITE, "_site", work.now, None, "", "site"))
        work.publish(PublishedVersion("sending", 1, RETURN, "sending", work.now, None, "", "process"))

    store.write(publish)
    accounts = StaffAccounts(store, store.ids, method="scrypt:1024:8:1")
    for id, role in (("cleo", "clerk"), ("bert", "boss")):
        accounts.create(Person(id, id, frozenset({role}), f"{id}@x.example"), None, by=None)
    return Desk(store, Definitions(), store.ids, LocalBell())


@pytest.fixture
def ended(desk: Desk) -> str:
    return ends(desk)


def ends(desk: Desk, number: str = "T-1") -> str:
    done = desk.start_case("sending", {"number": number}, "cleo")
    assert done.task is None
    task = desk.store.read(lambda screens: screens.case(done.case)).tasks[0].id  # type: ignore[union-attr]
    desk.complete_task(task, "done", {}, "cleo")
    return done.case


def told(store: AnyStore, person: str) -> list[str]:
    return [notice.text.en for notice in store.read(lambda screens: screens.notices(person))]


def mailed(store: AnyStore, case: str) -> list[str]:
    return sorted(mail.to for mail in store.read(lambda screens: screens.mails(case_id=case)).rows)


def test_the_owner_is_told_once_what_came_and_who_may_open_the_case_again(
    store: AnyStore, desk: Desk, ended: str
) -> None:
    for id in ("1", "1", "2"):  # the same message again, and the same words in another one
        assert desk.receive_event(id, "parcel.there", {"number": "t-1"}, "carrier").state in ("kept", "repeated")
    assert told(store, "cleo") == [CAME] and told(store, "bert") == []
    assert mailed(store, ended) == ["cleo@x.example"]
    last = store.read(lambda screens: screens.history(ended))[-1]
    assert (last.kind, last.by, last.details["event"]) == ("heard_too_late", None, "parcel.there")
    desk.receive_event("3", "parcel.told", {"number": "T-1", "text": "on the stairs"}, "carrier")
    assert len(told(store, "cleo")) == 2


def test_news_about_another_number_or_of_one_that_is_open_troubles_nobody(
    store: AnyStore, desk: Desk, ended: str
) -> None:
    desk.receive_event("1", "parcel.there", {"number": "T-2"}, "carrier")
    desk.start_case("sending", {"number": "T-1"}, "cleo")
    assert desk.receive_event("2", "parcel.there", {"number": "T-1"}, "carrier").state == "taken"
    assert told(store, "cleo") == [] and mailed(store, ended) == []


def test_where_the_owner_is_away_or_has_left_whoever_may_open_it_again_is_told(
    store: AnyStore, desk: Desk, ended: str, clock: SetClock
) -> None:
    accounts = StaffAccounts(store, store.ids, method="scrypt:1024:8:1")
    accounts.set_absence("cleo", by="cleo", since=None, until=clock.now() + DAY, deputy=None)
    desk.receive_event("1", "parcel.there", {"number": "T-1"}, "carrier")
    assert told(store, "bert") == [CAME] and CAME in told(store, "cleo")
    accounts.change("cleo", active=False, by="bert")
    desk.receive_event("2", "parcel.told", {"number": "T-1", "text": "it is here"}, "carrier")
    assert told(store, "bert")[0].startswith("Came after the end: Told.")


def test_what_can_no_longer_be_opened_again_tells_nobody(
    store: AnyStore, desk: Desk, ended: str, clock: SetClock
) -> None:
    clock.advance(dt.timedelta(days=40))
    desk.receive_event("1", "parcel.there", {"number": "T-1"}, "carrier")
    assert told(store, "cleo") == [] and mailed(store, ended) == []


def test_of_many_that_have_ended_the_last_one_tells_and_costs_what_one_alone_costs(
    store: AnyStore, desk: Desk, ended: str, clock: SetClock
) -> None:
    cases = [ended]
    for _ in range(6):
        clock.advance(dt.timedelta(minutes=1))
        cases.append(ends(desk, "T-2"))
    spent = []
    if isinstance(store, DatabaseStore):
        for number in ("T-1", "T-2"):
            with counting(store) as counted:
                desk.receive_event(number, "parcel.there", {"number": number}, "carrier")
            spent.append(counted.statements)
        assert spent[0] == spent[1]
    desk.receive_event("T-2 again", "parcel.told", {"number": "T-2", "text": "on the stairs"}, "carrier")
    assert [len(mailed(store, case)) > 0 for case in cases[1:]] == [False] * 5 + [True]
