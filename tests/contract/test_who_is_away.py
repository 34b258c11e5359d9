"""Somebody is away, wherever it is kept: open tasks are handed on when it begins, once, with one letter; and nobody is
forgotten when a case is opened again after the one that waited for it has ended."""

from __future__ import annotations

import datetime as dt

import pytest

from adapters.accounts import StaffAccounts
from adapters.bell import LocalBell
from adapters.clock import SetClock
from engine.case import Case
from engine.definitions import Definitions
from engine.desk import Desk
from engine.kept import PublishedVersion
from engine.people import Absence, Person
from engine.refusals import FormRefusal, Refusal
from engine.screens import Page
from engine.store import UnitOfWork
from tests.contract.building import DAY, HOUR, MONDAY, AnyStore

SITE = """
site: desk
timezone: UTC
roles: {clerk: Clerk | 文员, boss: Boss | 主管}
calendars: {office: {days: mon-sun, hours: 00:00-24:00}}
"""
PARENT = """
process: parent
version: 1
label: Parent | 父工单
number: P-{seq}
permissions: {see: boss, reopen: {role: boss, within: 30 days, next: calling}, cancel: boss}
start: {role: boss}
steps:
  waiting: {label: Wait | 等待, run: child, outcomes: {closed: {next: calling}}}
  calling: {label: Call | 回访, task: {role: boss}, due: 1 day, next: done}
  done: {end: success, label: Done | 完成}
  cancelled: {end: cancelled, label: Off | 取消}
"""
CHILD = """
process: child
version: 1
label: Child | 子工单
number: C-{seq}
permissions: {see: clerk, reopen: {role: clerk, within: 30 days, next: working}}
start: {role: clerk}
steps:
  working: {label: Work | 办理, task: {role: clerk}, due: 1 day, next: closed}
  closed: {end: success, label: Closed | 已结案}
"""


@pytest.fixture
def desk(store: AnyStore) -> Desk:
    def publish(work: UnitOfWork) -> None:
        for name, text in (("_site", SITE), ("parent", PARENT), ("child", CHILD)):
            kind = "site" if name == "_site" else "process"
            work.publish(PublishedVersion(name, 1, text, name, work.now, None, "", kind))

    store.write(publish)
    accounts = accounts_of(store)
    for id, role in (("mia", "clerk"), ("noa", "clerk"), ("ove", "boss"), ("pia", "boss")):
        accounts.create(Person(id, id.title(), frozenset({role}), f"{id}@x.example"), None, by=None)
    return Desk(store, Definitions(), store.ids, LocalBell())


def accounts_of(store: AnyStore) -> StaffAccounts:
    return StaffAccounts(store, store.ids, method="scrypt:1024:8:1")


def go_away(store: AnyStore, person: str, deputy: str | None, since: dt.datetime | None = None) -> Absence:
    until = (since or MONDAY) + 3 * DAY
    return accounts_of(store).set_absence(person, by="ada", since=since, until=until, deputy=deputy)


def case_of(store: AnyStore, id: str) -> Case:
    case = store.read(lambda screens: screens.case(id))
    assert case is not None
    return case


def holder(store: AnyStore, id: str) -> str | None:
    return case_of(store, id).tasks[0].assignee


def letters(store: AnyStore) -> list[tuple[str, str]]:
    rows = store.read(lambda screens: screens.mails(page=Page(size=100))).rows
    return sorted((row.to, row.subject) for row in rows)


def started(desk: Desk, store: AnyStore, count: int = 1) -> list[str]:
    """Cases whose task Mia holds."""
    cases = [desk.start_case("child", {}, "mia").case for _ in range(count)]
    for case in cases:
        desk.claim_task(case_of(store, case).tasks[0].id, "mia")
    return cases


def test_an_absence_that_begins_now_hands_on_what_is_open_with_one_letter_each(store: AnyStore, desk: Desk) -> None:
    cases = started(desk, store, 3)
    go_away(store, "mia", "noa")
    assert desk.hand_on_for_who_is_away("mia") == 1
    assert [holder(store, case) for case in cases] == ["noa"] * 3
    told = letters(store)
    assert [to for to, _ in told] == ["mia@x.example", "noa@x.example"]
    assert all("Mia is away until" in subject and "3 tasks" in subject for _, subject in told)
    history = store.read(lambda screens: screens.history(cases[0]))
    assert (history[-1].kind, history[-1].by) == ("handed_on", "mia")
    assert desk.hand_on_for_who_is_away() == 0 and letters(store) == told


def test_an_absence_that_begins_later_is_seen_when_it_begins(store: AnyStore, clock: SetClock, desk: Desk) -> None:
    (case,) = started(desk, store)
    go_away(store, "mia", "noa", MONDAY + 4 * HOUR)
    clock.advance(3 * HOUR)
    desk.ring_due_timers()
    assert holder(store, case) == "mia"
    clock.advance(HOUR)
    desk.ring_due_timers()
    assert holder(store, case) == "noa"


def test_coming_back_takes_nothing_back_and_new_work_comes_again(store: AnyStore, clock: SetClock, desk: Desk) -> None:
    (case,) = started(desk, store)
    go_away(store, "mia", None)
    desk.hand_on_for_who_is_away()
    assert holder(store, case) is None
    task = case_of(store, case).tasks[0].id
    with pytest.raises(Refusal):
        desk.claim_task(task, "mia")
    accounts_of(store).end_absence("mia", by="mia")
    desk.ring_due_timers()
    assert holder(store, case) is None
    desk.claim_task(task, "mia")
    clock.advance(HOUR)
    desk.ring_due_timers()
    assert holder(store, case) == "mia"


def test_after_its_end_an_absence_counts_no_longer(store: AnyStore, clock: SetClock, desk: Desk) -> None:
    go_away(store, "mia", "noa")
    clock.advance(3 * DAY)
    (case,) = started(desk, store)
    desk.ring_due_timers()
    assert holder(store, case) == "mia"


@pytest.mark.parametrize(
    ("until", "deputy", "field"),
    [
        (None, None, "until"),
        (MONDAY - HOUR, None, "until"),
        (MONDAY + 400 * DAY, None, "until"),
        (MONDAY + DAY, "mia", "deputy"),
        (MONDAY + DAY, "ghost", "deputy"),
        (MONDAY + DAY, "gone", "deputy"),
    ],
)
def test_an_absence_that_cannot_be_is_refused_at_its_field(
    store: AnyStore, desk: Desk, until: dt.datetime | None, deputy: str | None, field: str
) -> None:
    accounts = accounts_of(store)
    accounts.create(Person("gone", "Gone", active=False), None, by=None)
    with pytest.raises(FormRefusal) as refused:
        accounts.set_absence("mia", by="mia", since=None, until=until, deputy=deputy)
    assert list(refused.value.fields) == [field] and refused.value.fields[field].zh
    assert store.read(lambda screens: screens.people())["mia"].absence is None


def test_who_has_left_is_not_away(store: AnyStore, desk: Desk) -> None:
    accounts = accounts_of(store)
    accounts.create(Person("gone", "Gone", active=False), None, by=None)
    with pytest.raises(Refusal) as refused:
        accounts.set_absence("gone", by="ada", since=None, until=MONDAY + DAY, deputy="mia")
    assert refused.value.code == "conflict" and refused.value.text.zh
    assert store.read(lambda screens: screens.people())["gone"].absence is None


def test_it_is_kept_as_it_was_entered_and_who_entered_it_is_on_record(store: AnyStore, desk: Desk) -> None:
    shanghai = dt.timezone(8 * HOUR)
    kept = go_away(store, "mia", "noa", (MONDAY + DAY).astimezone(shanghai))
    assert store.read(lambda screens: screens.people())["mia"].absence == kept
    assert go_away(store, "noa", None, MONDAY - DAY).since == MONDAY, "what was done until now stands"
    acts = [act for act in store.read(lambda screens: screens.audit()) if act["action"] == "absence_entered"]
    assert [(act["by"], act["about"]) for act in acts] == [("ada", "noa"), ("ada", "mia")]


# -- a case that is opened again alone ---------------------------------------------------------------------------------


def a_closed_pair(desk: Desk, store: AnyStore) -> tuple[str, str]:
    parent = desk.start_case("parent", {}, "ove").case
    (child,) = case_of(store, parent).open_children
    desk.complete_task(case_of(store, child).tasks[0].id, "done", {}, "mia")
    desk.complete_task(case_of(store, parent).tasks[0].id, "done", {}, "ove")
    assert case_of(store, parent).ended == case_of(store, parent).leaves[0] == "done"
    return parent, child


def test_the_owner_of_the_closed_case_gets_a_task_in_the_open_one_and_is_told(store: AnyStore, desk: Desk) -> None:
    parent, child = a_closed_pair(desk, store)
    desk.reopen_case(child, "mia", "it came back")
    (told,) = [task for task in case_of(store, child).tasks if task.kind == "escalation"]
    assert (told.assignee, told.about) == ("ove", "parent:P-000001")
    assert [to for to, subject in letters(store) if "opened again" in subject] == ["ove@x.example"]
    for case, kind in ((parent, "child_reopened_alone"), (child, "reopened_alone")):
        assert store.read(lambda screens, id=case: screens.history(id))[-1].kind == kind
    assert case_of(store, parent).ended == "done"


def test_a_case_opened_again_waits_for_the_one_that_was_opened_before(store: AnyStore, desk: Desk) -> None:
    parent, child = a_closed_pair(desk, store)
    desk.reopen_case(child, "mia", "it came back")
    desk.reopen_case(parent, "ove", "so does this")
    desk.complete_task(case_of(store, parent).tasks[0].id, "done", {}, "ove")
    assert case_of(store, parent).is_open and case_of(store, parent).open_children == (child,)
    work = next(task for task in case_of(store, child).tasks if task.kind == "work")
    desk.complete_task(work.id, "done", {}, "mia")
    assert not case_of(store, child).is_open and case_of(store, parent).ended == "done"


def test_when_the_owner_of_the_closed_case_is_away_the_deputy_sees_to_it(store: AnyStore, desk: Desk) -> None:
    _, child = a_closed_pair(desk, store)
    go_away(store, "ove", "pia")
    desk.reopen_case(child, "mia", "it came back")
    (told,) = [task for task in case_of(store, child).tasks if task.kind == "escalation"]
    assert told.assignee == "pia"
    assert {to for to, subject in letters(store) if "opened again" in subject} == {"ove@x.example", "pia@x.example"}


def test_when_the_owner_of_the_closed_case_has_left_it_is_put_before_who_answers_here(
    store: AnyStore, desk: Desk
) -> None:
    _, child = a_closed_pair(desk, store)
    accounts_of(store).change("ove", by=None, active=False)
    desk.reopen_case(child, "mia", "it came back")
    (told,) = [task for task in case_of(store, child).tasks if task.kind == "escalation"]
    assert told.assignee == case_of(store, child).owner


# -- a case that is called off while others belong to it ---------------------------------------------------------------


def told_of_cancelling(store: AnyStore) -> list[str]:
    return sorted(to for to, subject in letters(store) if "was cancelled" in subject)


def test_who_answers_for_an_open_case_is_told_when_the_one_that_waits_for_it_is_called_off(
    store: AnyStore, desk: Desk
) -> None:
    parent = desk.start_case("parent", {}, "ove").case
    (child,) = case_of(store, parent).open_children
    desk.cancel_case(parent, "ove", "no longer wanted")
    assert case_of(store, parent).ended == "cancelled" and case_of(store, child).is_open
    owner = case_of(store, child).owner
    assert told_of_cancelling(store) == [f"{owner}@x.example"]
    assert store.read(lambda screens: screens.notices(str(owner)))[0].case == child


def test_so_is_who_answers_for_one_that_no_step_waited_for_any_more(store: AnyStore, desk: Desk) -> None:
    parent = desk.start_case("parent", {}, "ove").case
    (child,) = case_of(store, parent).open_children
    desk.complete_task(case_of(store, child).tasks[0].id, "done", {}, "mia")
    desk.reopen_case(child, "mia", "it came back")
    assert case_of(store, parent).is_open and not case_of(store, parent).children
    desk.cancel_case(parent, "ove", "no longer wanted")
    assert told_of_cancelling(store) == [f"{case_of(store, child).owner}@x.example"]
