"""The same store three times: in memory, in an SQLite file, on a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.clock import SetClock
from adapters.database import open_store, upgrade
from adapters.ids import CountingIds
from adapters.memory import MemoryStore
from tests.contract.building import MONDAY, AnyStore

STORES = ("memory", "sqlite", "postgres")


@pytest.fixture
def clock() -> SetClock:
    return SetClock(MONDAY)


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, clock: SetClock, tmp_path: Path) -> Iterator[AnyStore]:
    match request.param:
        case "memory":
            yield MemoryStore(clock, CountingIds())
        case "sqlite":
            opened = open_store(f"sqlite:///{tmp_path}/desk.db", clock, CountingIds())
            yield opened
            opened.close()
        case _:
            server = request.getfixturevalue("postgres_server")
            with server.database(template=server.template("schema", upgrade)) as url:
                opened = open_store(url, clock, CountingIds(), prepare=False)
                yield opened
                opened.close()
