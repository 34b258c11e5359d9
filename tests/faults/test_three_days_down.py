"""Nobody was at work from Monday to Friday. Then two workers come back at once, to hundreds of timers that are overdue."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, func, select

from adapters.database.store import DatabaseStore
from adapters.database.tables import OUTBOX, TIMER
from engine.authority import viewer_of
from engine.definition.compiled import Compiled
from engine.screens import Page, TaskFilter
from engine.staff_hours import TOGETHER
from tests.journeys.a_desk import MONDAY, ADesk, open_desk
from tests.servers.smtp import MailServer

CASES, TIMERS = 100, 700
FRIDAY = MONDAY + dt.timedelta(days=4, hours=1)
SOON = FRIDAY + 5 * TOGETHER
"""When what is told to the same person has been gathered."""
LONGEST_LOOK = 20.0
"""How many seconds; a look that waited for the workers to end would take longer than a busy machine needs."""


@pytest.fixture(params=("sqlite", "postgres"))
def stopped(request: pytest.FixtureRequest, folder: Path) -> Iterator[ADesk]:
    """A desk on each kind of database, on Monday morning; one person alone reads the mails to service managers."""
    url = "" if request.param == "sqlite" else str(request.getfixturevalue("prepared_postgres"))
    desk = open_desk(folder, url)
    for person in ("service_manager_2", "service_manager_3"):
        desk.house.accounts.change(person, by=None, active=False)
    yield desk
    desk.house.close()


@contextmanager
def a_late_worker(desk: ADesk, mail: MailServer) -> Iterator[subprocess.Popen[str]]:
    """A worker process that stands ready; it must end well."""
    settings = desk.house.settings
    given = [settings.database_url, str(settings.data), str(mail.port)]
    order = [sys.executable, "-m", "tests.faults.late_worker", *given]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(order, text=True, **pipes) as worker:  # type: ignore[call-overload]  # the pipes by name
        try:
            assert worker.stdout.readline() == "ready\n"
            yield worker
            worker.send_signal(signal.SIGTERM)
            _, said = worker.communicate(timeout=60)
            assert (worker.returncode, said) == (0, "")
        finally:
            worker.kill()


@contextmanager
def two_workers(desk: ADesk, mail: MailServer) -> Iterator[Callable[[dt.datetime], None]]:
    """Both begin at once when they are told what time it is."""
    with ExitStack() as at_work:
        workers = [at_work.enter_context(a_late_worker(desk, mail)) for _ in range(2)]

        def it_is(now: dt.datetime) -> None:
            for worker in workers:
                assert worker.stdin
                worker.stdin.write(f"{now.isoformat()}\n")
                worker.stdin.flush()

        yield it_is


def looks_at_the_inbox_until_all_rang(desk: ADesk, processes: Sequence[Compiled], seconds: float = 150) -> list[float]:
    """How long each look at the inbox took while the workers were busy."""
    took: list[float] = []
    pause, end = threading.Event(), time.monotonic() + seconds
    while left := overdue(desk):
        assert time.monotonic() < end, f"{left} timers are still overdue"
        began = time.monotonic()
        seen = desk.house.store.read(
            lambda s: s.inbox(viewer_of(s.people()["service_supervisor"], processes), TaskFilter(), Page())
        )
        took.append(time.monotonic() - began)
        assert len(seen.rows) <= 50
        pause.wait(0.1)
    return took


def overdue(desk: ADesk) -> int:
    """Timers whose moment has come; looking locks none of them."""
    store = desk.house.store
    assert isinstance(store, DatabaseStore)
    wanted = select(func.count()).where(TIMER.c.armed, TIMER.c.fire_at <= FRIDAY)
    with store.reading.begin() as connection:
        return connection.execute(wanted).scalar_one()


def outbox(desk: ADesk) -> Sequence[Row[Any]]:
    """Every mail that was written, and what became of it."""
    store = desk.house.store
    assert isinstance(store, DatabaseStore)
    with store.reading.begin() as connection:
        return connection.execute(select(OUTBOX)).all()


def waits_until_every_mail_has_left(desk: ADesk, seconds: float = 150) -> None:
    pause, end = threading.Event(), time.monotonic() + seconds
    while left := [mail for mail in outbox(desk) if mail.state == "waiting"]:
        assert time.monotonic() < end, f"{len(left)} mails still wait"
        pause.wait(0.1)


def rang(desk: ADesk, case: str) -> Sequence[str]:
    """When the timers of a case that rang were due, in the order in which they rang; one for urgent cases is passed over."""
    return [row.details["due_at"] for row in desk.history(case) if row.kind in {"rang", "passed_over"}]


def test_each_rings_once_in_order_and_no_mail_is_doubled(stopped: ADesk, smtp_server: MailServer) -> None:
    desk = stopped
    cases = [
        desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="no power").case for _ in range(CASES)
    ]
    desk.clock.set(FRIDAY)
    expected = {
        case: sorted(timer.fire_at for timer in desk.case(case).timers if timer.fire_at and timer.fire_at <= FRIDAY)
        for case in cases
    }
    assert sum(map(len, expected.values())) == overdue(desk) == TIMERS

    processes = desk.house.store.read(desk.house.definitions.newest)
    with two_workers(desk, smtp_server) as it_is:
        it_is(FRIDAY)
        took = looks_at_the_inbox_until_all_rang(desk, processes)
        it_is(SOON)
        waits_until_every_mail_has_left(desk)

    assert max(took) < LONGEST_LOOK
    for case in cases:
        assert rang(desk, case) == [moment.isoformat() for moment in expected[case]]
    # The last row repeats every working day: Thursday's and Friday's turns are one ring, the next is on Monday, the office's next working day
    assert {timer.fire_at for case in cases for timer in desk.case(case).timers if timer.row == 3 and timer.step} == {
        MONDAY + dt.timedelta(days=7)
    }
    letters = Counter(letter.message["Message-ID"] for letter in smtp_server.letters)
    left = {mail.id: mail for mail in outbox(desk) if mail.state == "sent"}
    assert set(letters.values()) == {1} and set(letters) == {mail.message_id for mail in left.values()}
    told = [mail for mail in outbox(desk) if mail.case_id]
    assert {mail.case_id for mail in told} == set(cases)
    assert all(mail.id in left or mail.left_in in left for mail in told)
    assert len(letters) < len(told)
    assert all(sum(task.kind == "escalation" for task in desk.case(case).tasks) == 2 for case in cases)
