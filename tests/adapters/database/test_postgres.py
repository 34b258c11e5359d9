"""What only PostgreSQL can promise: rows locked by one worker are passed over by others, and lost connections are renewed."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import text

from adapters.database import open_store, upgrade
from adapters.database.store import DatabaseStore
from engine.effects import SendMail
from engine.records import Record
from engine.store import UnitOfWork
from tests.contract.building import HOUR, a_case, a_timer, begun, changed, save


@pytest.fixture
def postgres(postgres_server: Any) -> Iterator[DatabaseStore]:
    """A store by the server's clock."""
    with postgres_server.database(template=postgres_server.template("schema", upgrade)) as url:
        store = open_store(url, prepare=False)
        yield store
        store.close()


def long_ago(store: DatabaseStore) -> dt.datetime:
    return store.write(lambda unit: unit.now) - 24 * HOUR


def while_held(store: DatabaseStore, hold: Any, meanwhile: Any) -> Any:
    """Run `meanwhile` while another transaction is in the middle of `hold`."""
    held, go_on = threading.Event(), threading.Event()

    def work(unit: Any) -> None:
        hold(unit)
        held.set()
        assert go_on.wait(20)

    holder = threading.Thread(target=lambda: store.write(work))
    holder.start()
    assert held.wait(20)
    try:
        return meanwhile()
    finally:
        go_on.set()
        holder.join()


def test_the_time_is_the_servers(postgres: DatabaseStore) -> None:
    with postgres.reading.connect() as connection:
        told = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    assert abs(postgres.write(lambda unit: unit.now) - told) < dt.timedelta(minutes=1)


def test_timers_that_another_worker_holds_are_passed_over(postgres: DatabaseStore) -> None:
    past = long_ago(postgres)
    for n in range(3):
        timers = (a_timer(f"c{n}:1", past + n * HOUR), a_timer(f"c{n}:2", past + n * HOUR))
        save(postgres, begun(a_case(f"c{n}", timers=timers)))
    rest = while_held(
        postgres,
        lambda unit: unit.due_timers(2),
        lambda: [t.id for t in postgres.write(lambda unit: unit.due_timers(10))],
    )
    assert rest == ["c1:1", "c1:2", "c2:1", "c2:2"]


def test_timers_of_a_case_somebody_works_on_wait_for_the_next_round(postgres: DatabaseStore) -> None:
    past = long_ago(postgres)
    for n in range(2):
        save(postgres, begun(a_case(f"c{n}", timers=(a_timer(f"c{n}:1", past),))))
    rest = while_held(
        postgres, lambda unit: unit.case("c0"), lambda: [t.id for t in postgres.write(lambda u: u.due_timers(10))]
    )
    assert rest == ["c1:1"]


def test_mails_that_another_worker_claims_are_passed_over(postgres: DatabaseStore) -> None:
    mails = [SendMail(f"m{n}", "staff", "a@example.com", "s", "b") for n in range(2)]
    save(postgres, begun(a_case(), mails=mails))
    lease = dt.timedelta(seconds=30)
    rest = while_held(
        postgres,
        lambda unit: unit.claim_mails(1, lease),
        lambda: postgres.write(lambda unit: unit.claim_mails(5, lease)),
    )
    assert len(rest) == 1


def test_work_goes_on_after_the_server_dropped_every_connection(postgres: DatabaseStore, postgres_server: Any) -> None:
    case = save(postgres, begun(a_case()))
    with postgres.reading.connect() as connection:
        name = connection.execute(text("SELECT current_database()")).scalar_one()
    import psycopg

    with psycopg.connect(postgres_server.admin, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
    save(postgres, changed(case, owner="bo"))
    now = postgres.read(lambda s: s.case("c1"))
    assert now is not None
    assert now.owner == "bo"


def test_a_deadlock_is_tried_again(postgres: DatabaseStore) -> None:
    """Two transactions take two cases in opposite order: the server ends one of them, which then runs again."""
    for id in ("c1", "c2"):
        save(postgres, begun(a_case(id, values={"n": 0})))
    together = threading.Barrier(2)

    def add_to(first: str, second: str) -> Any:
        tries = []

        def work(unit: Any) -> None:
            one = unit.case(first)
            if not tries:
                tries.append(1)
                together.wait(20)
            two = unit.case(second)
            for case in (one, two):
                unit.save(changed(case, values={"n": case.values["n"] + 1}))

        return lambda: postgres.write(work)

    threads = [threading.Thread(target=add_to("c1", "c2")), threading.Thread(target=add_to("c2", "c1"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = [postgres.read(lambda s, i=id: s.case(i)) for id in ("c1", "c2")]
    assert [case.values["n"] for case in found if case] == [2, 2]


def test_two_cases_that_change_one_record_at_once_do_not_undo_each_other(postgres: DatabaseStore) -> None:
    unit = Record("serial_number", "u1", "SN-1", "SN-1", {"number": "SN-1"})
    postgres.write(lambda uow: uow.save_record(unit, by=None, source="test"))
    first_wrote = threading.Event()

    def change(attribute: str, value: str) -> Callable[[UnitOfWork], None]:
        return lambda uow: uow.write_attribute("serial_number", "u1", attribute, value, by=None, reason="test")

    def first(uow: UnitOfWork) -> None:
        change("location", "workshop")(uow)
        uow.flush()  # type: ignore[attr-defined]  # the database's own unit of work
        first_wrote.set()
        _until_somebody_waits_for_a_lock(postgres)

    def second() -> None:
        assert first_wrote.wait(30)
        postgres.write(change("custody", "factory"))

    other = threading.Thread(target=second)
    other.start()
    postgres.write(first)
    other.join(30)
    found = postgres.read(lambda screens: screens.record("serial_number", "u1"))
    assert found is not None and (found.attributes["location"], found.attributes["custody"]) == ("workshop", "factory")


def test_of_two_swaps_of_one_unit_at_once_the_second_sees_what_the_first_did(postgres: DatabaseStore) -> None:
    unit = Record("serial_number", "u1", "SN-1", "SN-1", {"number": "SN-1", "status": "active"})
    postgres.write(lambda uow: uow.save_record(unit, by=None, source="test"))
    first_wrote, seen_by_the_second = threading.Event(), []

    def swap(uow: UnitOfWork) -> str:
        found = uow.record("serial_number", "u1")
        assert found is not None
        status = str(found["status"])
        if status == "active":
            seen = {"status": status}
            uow.write_attribute("serial_number", "u1", "status", "replaced", by=None, reason="swap", seen=seen)
        return status

    def first(uow: UnitOfWork) -> None:
        assert swap(uow) == "active"
        uow.flush()  # type: ignore[attr-defined]  # the database's own unit of work
        first_wrote.set()
        _until_somebody_waits_for_a_lock(postgres)

    def second() -> None:
        assert first_wrote.wait(30)

        def work(uow: UnitOfWork) -> None:
            seen_by_the_second.append("tried")
            seen_by_the_second.append(swap(uow))

        postgres.write(work)

    other = threading.Thread(target=second)
    other.start()
    postgres.write(first)
    other.join(30)
    assert seen_by_the_second == ["tried", "tried", "replaced"]
    assert len(postgres.read(lambda s: s.record_history("serial_number", "u1"))) == 3


def _until_somebody_waits_for_a_lock(store: DatabaseStore) -> None:
    """Asks the server again and again, at most half a minute."""
    end = time.monotonic() + 30
    with store.reading.connect() as connection:
        while time.monotonic() < end:
            if connection.execute(text("select count(*) from pg_locks where not granted")).scalar():
                return
    raise AssertionError("nobody waited for the record")
