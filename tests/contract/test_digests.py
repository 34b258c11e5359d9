"""A digest is one mail a person and day, whoever sends it: the same on every store."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace

import pytest

from adapters.accounts import StaffAccounts
from adapters.bell import LocalBell
from adapters.clock import SetClock
from adapters.database.counting import counting
from adapters.database.store import DatabaseStore
from engine.definition.texts import Text
from engine.definitions import Definitions
from engine.digest_post import Digests
from engine.effects import SendMail
from engine.kept import PublishedVersion
from engine.people import Person
from engine.screen_rows import MailRow
from engine.screens import Page
from engine.store import UnitOfWork
from tests.contract.building import MONDAY, AnyStore, a_case, a_task, begun, save

SITE = """
site: digests
timezone: UTC
roles: {boss: Boss | 主管, clerk: Clerk | 文员, guest: Guest | 访客}
calendars: {office: {days: mon-fri, hours: 09:00-17:00}}
digests:
  late: {label: Late | 逾期, to: [boss, guest], at: 09:00, list: [{overdue: true}]}
  here: {label: To receive | 待收货, to: boss, at: 10:00, list: [{process: factory_return, in: [receiving]}]}
  mending: {label: To repair | 待维修, to: boss, at: 12:00, list: [{process: factory_return, in: [fixing]}]}
  mine: {label: My day | 今日, to: everybody, at: 09:00, list: [{mine: [overdue, today]}]}
"""
PROCESS = """
process: factory_return
version: 1
label: Return | 返厂
permissions: {see: [boss, clerk]}
start: {role: clerk}
steps:
  receiving: {label: Receive | 收货, task: {role: clerk}, due: 1 working day, next: closed}
  fixing: {label: Fix | 修理, task: {role: clerk}, due: 1 working day, next: closed}
  unpacking: {label: Receive | 收货, task: {role: clerk}, due: 1 working day, next: closed}
  closed: {end: success, label: Closed | 已结案}
"""
HOUR = dt.timedelta(hours=1)
ADDRESS = "https://desk.example/"


@pytest.fixture
def house(store: AnyStore, clock: SetClock) -> AnyStore:
    """A site with two digests, a boss, a clerk and a guest, and a case that is late."""

    def publish(work: UnitOfWork) -> None:
        site = PublishedVersion("_site", 1, SITE, "s1", work.now, None, "", "site")
        work.publish(site)
        work.publish(replace(site, process="factory_return", text=PROCESS, checksum="p1", kind="process"))

    store.write(publish)
    return store


def people(store: AnyStore) -> None:
    accounts = StaffAccounts(store, store.ids, method="scrypt:1024:8:1")
    for id, language in (("boss", "en"), ("clerk", "zh-Hans"), ("guest", "en")):
        accounts.create(Person(id, id, frozenset({id}), f"{id}@x.example", language=language), None, by=None)


def post(store: AnyStore) -> Digests:
    return Digests(store, Definitions(), LocalBell(), ADDRESS)


def mails(store: AnyStore) -> list[MailRow]:
    return list(store.read(lambda screens: screens.mails(page=Page(size=200))).rows)


def test_a_mail_of_no_case_is_queued_once_under_its_key_and_claimed_like_any_other(store: AnyStore) -> None:
    order = SendMail(key="digest:late:2026-03-02:boss", kind="staff", to="b@x.example", subject="Late (1)", body="R-1")

    store.write(lambda work: work.queue_mail(order))
    store.write(lambda work: (work.queue_mail(order), work.queue_mail(replace(order, body="R-2"))))

    assert [(mail.case, mail.number, mail.body, mail.state) for mail in mails(store)] == [("", "", "R-1", "waiting")]
    claimed = store.write(lambda work: work.claim_mails(10, HOUR))
    assert [(mail.case, mail.order) for mail in claimed] == [("", order)]
    assert store.write(lambda work: work.mail_sent(claimed[0]))


def test_a_mail_of_no_case_that_cannot_be_sent_is_an_incident(store: AnyStore) -> None:
    order = SendMail(key="digest:late:2026-03-02:boss", kind="staff", to="b@x.example", subject="Late (1)", body="R-1")
    store.write(lambda work: work.queue_mail(order))
    claimed = store.write(lambda work: work.claim_mails(1, HOUR))

    assert store.write(lambda work: work.mail_failed(claimed[0], "no such address", again_at=None))

    incidents = store.read(lambda screens: screens.incidents())
    assert [(incident.case, incident.number) for incident in incidents] == [("", "")]


def test_everybody_gets_what_concerns_them_once(house: AnyStore, clock: SetClock) -> None:
    people(house)
    late = a_task("c1.1", roles=("clerk",), assignee="clerk", due_at=MONDAY - HOUR)
    save(house, begun(a_case("c1", tasks=(late,), due_at=MONDAY - HOUR, opened_at=MONDAY - 9 * HOUR, urgent=True)))
    workers = [post(house), post(house)]

    assert [worker.send_due() for worker in workers + workers] == [2, 0, 0, 0]

    told = {(mail.to, mail.subject): mail.body for mail in mails(house)}
    assert set(told) == {("boss@x.example", "1 urgent - Late (1)"), ("clerk@x.example", "紧急 1 项，今日（1）")}
    assert told["boss@x.example", "1 urgent - Late (1)"].startswith("Urgent: FR-2026-c1 · ")
    assert told["boss@x.example", "1 urgent - Late (1)"].endswith("\nhttps://desk.example/cases/c1")
    assert told["clerk@x.example", "紧急 1 项，今日（1）"].startswith("紧急：FR-2026-c1 · ")
    assert told["clerk@x.example", "紧急 1 项，今日（1）"].endswith("\nhttps://desk.example/tasks/c1.1")
    clock.advance(dt.timedelta(days=1))
    assert workers[0].send_due() == 2
    assert workers[1].send_due() == 0


def test_cases_are_listed_by_the_step_they_stand_in_to_whoever_may_see_them(house: AnyStore, clock: SetClock) -> None:
    people(house)
    receive, fix = Text("Receive", "收货"), Text("Fix", "修理")
    save(house, begun(a_case("c1"), labels={"receiving": receive}))
    save(house, begun(a_case("c2", leaves=("fixing",)), labels={"fixing": fix}))
    save(
        house, begun(a_case("c3", leaves=("unpacking",)), labels={"unpacking": receive})
    )  # called the same, another step
    save(house, begun(a_case("c4", leaves=("closed",), ended="closed", ended_at=MONDAY), labels={"closed": receive}))
    clock.advance(2 * HOUR)

    assert post(house).send_due() == 1

    (mail,) = mails(house)
    assert (mail.to, mail.subject) == ("boss@x.example", "To receive (1)")
    assert mail.body.startswith("FR-2026-c1 · Receive · SN-1001 张三\n")


def test_many_cases_and_many_readers_cost_no_statement_each(house: AnyStore, clock: SetClock) -> None:
    people(house)
    fix, began = {"fixing": Text("Fix", "修理")}, MONDAY - 9 * HOUR
    for n in range(30):
        mine = (a_task(f"c{n}.1", roles=("guest",)),) if n < 2 else ()
        case = a_case(f"c{n}", leaves=("fixing",), tasks=mine, due_at=MONDAY - HOUR, opened_at=began)
        save(house, begun(case, labels=fix))
    clock.advance(4 * HOUR)

    if isinstance(house, DatabaseStore):
        with counting(house) as counted:
            assert post(house).send_due() == 3
        assert counted.statements < 45  # four digests that are due, and nothing for each of the thirty cases
    else:
        assert post(house).send_due() == 3

    subjects = sorted((mail.to, mail.subject) for mail in mails(house))
    assert subjects == [
        ("boss@x.example", "Late (30)"),
        ("boss@x.example", "To repair (30)"),
        ("guest@x.example", "Late (2)"),
    ]


def test_a_day_with_nothing_to_list_has_no_mail_even_if_something_comes_up_later(
    house: AnyStore, clock: SetClock
) -> None:
    people(house)
    worker = post(house)
    assert worker.send_due() == 0

    save(house, begun(a_case("c1", due_at=MONDAY - HOUR, opened_at=MONDAY - 9 * HOUR)))

    assert worker.send_due() == post(house).send_due() == 0


def test_before_anything_is_published_there_is_nothing_to_send(store: AnyStore) -> None:
    assert post(store).send_due() == 0


def test_two_workers_at_the_same_moment_send_it_once(house: AnyStore) -> None:
    people(house)
    save(house, begun(a_case("c1", due_at=MONDAY - HOUR, opened_at=MONDAY - 9 * HOUR)))
    begin, sent = threading.Barrier(2), list[int]()

    def work() -> None:
        worker = post(house)
        begin.wait(10)
        sent.append(worker.send_due())

    workers = [threading.Thread(target=work) for _ in range(2)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join(20)

    assert sorted(sent) == [0, 1]
    assert len(mails(house)) == 1
