"""What pressing the buttons of the shipped factory return costs: statements and commits, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from adapters.database.counting import counting
from adapters.database.store import DatabaseStore
from tests.journeys.a_desk import ADesk, open_desk, prepare
from tests.journeys.a_return import AUTHORISED, JUDGED, RECEIVED, REPAIRED, as_tested
from tests.servers import postgres

MOST = 14  # twelve, the look for an earlier return of the same unit, and for news that came before a step listens


@pytest.fixture(params=("sqlite", "postgres"))
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ADesk]:
    """A desk with the shipped processes on each kind of database."""
    if request.param == "sqlite":
        yield from opened(tmp_path, "")
        return
    server: postgres.Postgres = request.getfixturevalue("postgres_server")
    with server.database() as url:
        yield from opened(tmp_path, url)


def opened(folder: Path, url: str) -> Iterator[ADesk]:
    desk = open_desk(folder, url)
    prepare(desk)
    yield desk
    desk.house.close()


@contextmanager
def commits(store: DatabaseStore) -> Iterator[list[str]]:
    """One entry for each commit inside the block."""
    seen: list[str] = []

    def note(_connection: Any) -> None:
        seen.append("commit")

    for engine in writing(store):
        event.listen(engine, "commit", note)
    try:
        yield seen
    finally:
        for engine in writing(store):
            event.remove(engine, "commit", note)


def writing(store: DatabaseStore) -> list[Engine]:
    """Where a commit keeps something: not the readers of SQLite."""
    return [engine for engine in store.engines() if engine is not store.reading or len(store.engines()) == 1]


def test_every_button_of_a_return_costs_at_most_fourteen_statements_and_one_commit(desk: ADesk) -> None:
    store = desk.house.store
    assert isinstance(store, DatabaseStore)
    case = desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="no power").case
    cost: dict[str, tuple[int, int]] = {}

    def press(step: str, outcome: str, by: str, **values: Any) -> None:
        task = desk.work(case, step)
        with counting(store) as counted, commits(store) as kept:
            desk.house.desk.complete_task(task.id, outcome, values, by, visit=task.visit, mail=task.mail, key=step)
        cost[step] = (counted.statements, len(kept))

    press("authorising", "authorised", "service_agent", **AUTHORISED)
    desk.house.desk.receive_event("scan", "goods.scanned", {"sn": "SN-1"}, "gate")
    press("receiving", "registered", "warehouse", **RECEIVED)
    press("reinspection", "passed", "quality_engineer", **JUDGED)
    press("repair", "repaired", "workshop", **REPAIRED)
    press("final_test", "passed", "quality_engineer", **as_tested())

    assert {step: commits for step, (_, commits) in cost.items()} == dict.fromkeys(cost, 1)
    assert {step: n for step, (n, _) in cost.items() if n > MOST} == {}, cost
    assert desk.case(case).leaves == ("shipping",)
