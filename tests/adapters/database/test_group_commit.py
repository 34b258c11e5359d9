"""The writer thread of SQLite: works that wait are committed together, and each fails or succeeds alone."""

from __future__ import annotations

import sqlite3
import threading
from typing import Any

import pytest

from adapters.database import open_store
from adapters.database.store import DatabaseStore, SqliteStore
from tests.contract.building import a_case, begun, changed, open_case


class Oops(Exception):
    """Something went wrong in the middle."""


def in_threads(*acts: Any) -> list[Any]:
    """Run these at once; what each returned or raised."""
    answers: list[Any] = [None] * len(acts)

    def run(place: int) -> None:
        try:
            answers[place] = acts[place]()
        except BaseException as raised:
            answers[place] = raised

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


class Gate:
    """Holds the writer until as many works wait as are wanted in one batch."""

    def __init__(self, store: SqliteStore) -> None:
        self.store = store
        self.inside, self.go_on = threading.Event(), threading.Event()

    def hold(self) -> None:
        def work(unit: Any) -> None:
            self.inside.set()
            self.go_on.wait(20)

        self.store.write(work)


def test_works_that_wait_share_a_commit_and_a_failing_one_takes_no_other_with_it(sqlite: DatabaseStore) -> None:
    assert isinstance(sqlite, SqliteStore)
    gate = Gate(sqlite)
    holder = threading.Thread(target=gate.hold)
    holder.start()
    assert gate.inside.wait(20)
    commits = sqlite.writer.commits

    def keep(n: int) -> Any:
        return lambda: sqlite.write(lambda unit: unit.save(begun(a_case(f"c{n}"))) or n)

    def fail() -> None:
        def work(unit: Any) -> None:
            unit.save(begun(a_case("bad")))
            unit.flush()
            raise Oops

        sqlite.write(work)

    def release() -> None:
        while sqlite.writer.waiting() < 5:
            threading.Event().wait(0.001)
        gate.go_on.set()

    answers = in_threads(keep(0), keep(1), fail, keep(2), keep(3), release)
    holder.join()
    assert answers[:2] + answers[3:5] == [0, 1, 2, 3]
    assert isinstance(answers[2], Oops)
    assert sqlite.writer.commits == commits + 2
    assert [sqlite.read(lambda s, n=n: s.case(f"c{n}")) is not None for n in range(4)] == [True] * 4
    assert sqlite.read(lambda s: s.case("bad")) is None


def test_an_answer_comes_after_the_commit(sqlite: DatabaseStore, sqlite_url: str) -> None:
    """Whoever was answered is seen by a program of its own, on a connection of its own."""
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    for n in range(20):
        open_case(sqlite, f"c{n}")
        assert other.execute('SELECT count(*) FROM "case"').fetchone() == (n + 1,)
    other.close()


def test_the_file_is_kept_as_a_power_cut_demands(sqlite: DatabaseStore) -> None:
    assert isinstance(sqlite, SqliteStore)
    for engine in sqlite.engines():
        with engine.connect() as connection:
            said = {
                m: connection.exec_driver_sql(f"PRAGMA {m}").scalar()
                for m in ("journal_mode", "synchronous", "busy_timeout")
            }
        assert said == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 10000}


def test_eight_people_at_once_never_find_the_database_locked(sqlite: DatabaseStore) -> None:
    """Writers, readers and a second program on the same file."""
    assert isinstance(sqlite, SqliteStore)
    second = SqliteStore(str(sqlite.engines()[0].url), sqlite.clock, None, dict)
    for n in range(8):
        open_case(sqlite, f"c{n}", values={"n": 0})

    def add_one(id: str) -> Any:
        def work(unit: Any) -> None:
            case = unit.case(id)
            unit.save(changed(case, values={"n": case.values["n"] + 1}))

        return work

    def complete(store: DatabaseStore, own: int) -> Any:
        def act() -> str:
            for turn in range(12):
                store.write(add_one(f"c{(own + turn) % 8}"))
                assert store.read(lambda s: s.case(f"c{own}")) is not None
            return "done"

        return act

    answers = in_threads(*(complete(sqlite if n % 2 else second, n) for n in range(8)))
    second.close()
    assert answers == ["done"] * 8
    total = sum(c.values["n"] for n in range(8) if (c := sqlite.read(lambda s, n=n: s.case(f"c{n}"))))
    assert total == 96


def test_a_closed_store_says_so(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    open_case(store)
    store.close()
    with pytest.raises(RuntimeError, match="closed"):
        store.write(lambda unit: None)
