"""What waits comes by mail in the morning: to whom it concerns, once, and also after a morning when nobody was at work."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from engine.digest_post import Digests
from engine.screen_rows import MailRow
from engine.screens import Page
from engine.staff_hours import TOGETHER
from tests.journeys.a_desk import MONDAY, ADesk
from tests.journeys.a_return import arrives
from workers.ticker import tick

AT_RISK, MY_DAY = "Returns at risk", "Overdue and due today"


def digests(desk: ADesk) -> list[MailRow]:
    rows = desk.house.store.read(lambda screens: screens.mails(page=Page(size=200))).rows
    return [mail for mail in rows if not mail.case]


def told(desk: ADesk) -> Counter[tuple[str, str]]:
    """How many mails each person got, by their subject."""
    return Counter((mail.to.partition("@")[0], mail.subject) for mail in digests(desk))


def a_return(desk: ADesk) -> str:
    """A return that Sales opened on Monday morning; the warehouse has its task."""
    return desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="no power").case


def mornings_pass(desk: ADesk, days: int) -> None:
    for _ in range(days):
        desk.clock.advance(dt.timedelta(days=1))
        desk.house.digests.send_due()


def test_a_return_at_risk_is_told_to_the_service_managers_on_mondays_alone(desk: ADesk) -> None:
    case = a_return(desk)
    mornings_pass(desk, 21)  # nothing has arrived yet: its clock stands, however long that lasts
    arrives(desk, case)
    mornings_pass(desk, 21)

    # 15 working days from its arrival end on 14 April. Two thirds are used on 7 April: that Monday is a holiday.
    at_risk = [mail for mail in digests(desk) if AT_RISK in mail.subject]
    managers = ("service_manager", "service_manager_2", "service_manager_3")
    assert Counter(mail.to.partition("@")[0] for mail in at_risk) == dict.fromkeys(managers, 2)
    assert {mail.created_at for mail in at_risk} == {MONDAY + dt.timedelta(days=36), MONDAY + dt.timedelta(days=42)}


def test_who_holds_a_task_is_told_of_it_on_the_day_it_is_due_and_every_morning_after(desk: ADesk) -> None:
    case = a_return(desk)
    task = next(task for task in desk.case(case).tasks if task.kind == "work")
    person = next(role for role in task.roles)
    desk.house.desk.claim_task(task.id, person)
    assert task.due_at is not None
    due_on = (task.due_at - MONDAY + dt.timedelta(hours=9)).days
    assert mornings_of(desk, person, 5) == [0] * due_on + [1] * (5 - due_on)
    assert told(desk)[(person, f"{MY_DAY} (1)")] == 5 - due_on
    own = next(mail for mail in digests(desk) if mail.to.startswith(f"{person}@"))
    assert f"http://localhost:8000/tasks/{task.id}" in own.body


def test_what_nobody_has_taken_is_told_every_morning_to_all_who_may_take_it_until_it_is_done(desk: ADesk) -> None:
    case = a_return(desk)
    task = next(task for task in desk.case(case).tasks if task.kind == "work")
    assert task.assignee is None and task.due_at is not None
    person, late = task.roles[0], (task.due_at - MONDAY).days + 1
    desk.clock.advance(dt.timedelta(days=late))
    assert sum(mornings_of(desk, person, 20)) == len(working_days(MONDAY + dt.timedelta(days=late), 20))
    newest = max((mail for mail in digests(desk) if mail.to.startswith(f"{person}@")), key=lambda mail: mail.created_at)
    assert "(nobody has taken it yet)" in newest.body and f"/tasks/{task.id}" in newest.body


LATE = """
process: late
version: 1
label: Late | 迟办
calendar: office
permissions: {see: service_agent}
start: {role: service_agent, form: {}}
steps:
  look:
    label: Look | 查看
    task: {role: service_agent}
    due: 1 working hour
    timers:
      - {at: due, task: service_manager}
      - {at: 1 working day after due, every: 1 working day, at_most: 4, mail: [service_manager, sales_manager]}
    next: over
  over: {end: success, label: Over | 结束}
"""


def test_a_mail_that_comes_back_every_day_is_not_written_to_whom_the_digest_lists_the_matter(desk: ADesk) -> None:
    desk.house.publishing.publish_all([("late.yaml", LATE)], None, "try")
    case = desk.start("late", "service_agent").case
    for _ in range(5):
        desk.pass_time(days=1)
    told = desk.house.store.read(lambda screens: screens.mails(case_id=case, page=Page(size=200))).rows
    count = Counter(mail.to.partition("@")[0] for mail in told)
    assert (count["service_manager"], count["sales_manager"]) == (1, 4)


def mornings_of(desk: ADesk, person: str, days: int) -> list[int]:
    """How many digests somebody gets on each of these days."""
    found = []
    for _ in range(days):
        before = sum(mail.to.startswith(f"{person}@") for mail in digests(desk))
        desk.house.digests.send_due()
        found.append(sum(mail.to.startswith(f"{person}@") for mail in digests(desk)) - before)
        desk.clock.advance(dt.timedelta(days=1))
    return found


def working_days(first: dt.datetime, days: int) -> list[dt.datetime]:
    """No holiday lies in March."""
    return [day for n in range(days) if (day := first + dt.timedelta(days=n)).weekday() < 5]


@contextmanager
def two_workers(desk: ADesk) -> Iterator[None]:
    """Two tickers over one house, each with digests of its own memory."""
    house, stop = desk.house, threading.Event()
    second = Digests(house.store, house.definitions, house.bell, house.settings.base_url)

    class Other:
        desk, bell, delivery, digests, dates = house.desk, house.bell, house.delivery, second, house.dates

    threads = [threading.Thread(target=tick, args=(each, stop)) for each in (house, Other())]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(20)


def test_after_an_outage_a_missed_morning_is_made_up_for_once_by_two_workers(desk: ADesk) -> None:
    case = a_return(desk)
    task = next(task for task in desk.case(case).tasks if task.kind == "work")
    desk.house.desk.claim_task(task.id, task.roles[0])
    desk.clock.set(MONDAY + dt.timedelta(days=3, hours=6))  # Thursday, 15:00: three mornings passed unseen

    with two_workers(desk):
        enough = threading.Event()
        for _ in range(200):
            found = digests(desk)
            if (found and all(mail.state == "sent" for mail in found)) or enough.wait(0.05):
                break
            if found:
                desk.clock.advance(TOGETHER)
    for _ in range(3):
        assert desk.house.digests.send_due() == 0

    mine = [mail for mail in digests(desk) if mail.to.startswith(f"{task.roles[0]}@")]
    assert sum(f"{MY_DAY} (1)\n" in f"{mail.subject}\n{mail.body}" for mail in mine) == 1
    assert set(Counter(mail.to for mail in digests(desk)).values()) == {1}, "with what was told in the same minute"
    assert {mail.state for mail in digests(desk)} == {"sent"}
