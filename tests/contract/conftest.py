"""The same store three times: in memory, in an SQLite file, on a PostgreSQL server."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from adapters.clock import SetClock
from adapters.database import open_store, upgrade
from adapters.ids import CountingIds
from adapters.memory import MemoryStore
from tests.contract.building import MONDAY, AnyStore
from tests.servers import postgres

STORES = ("memory", "sqlite", "postgres")


@pytest.fixture
def clock() -> SetClock:
    return SetClock(MONDAY)


@pytest.fixture(scope="session")
def emptied_postgres(postgres_server: postgres.Postgres) -> Iterator[Callable[[], str]]:
    """The same database for each test, emptied first."""
    with postgres_server.database(template=postgres_server.template("schema", upgrade)) as url:

        def emptied() -> str:
            postgres_server.empty(url, keeping="alembic_version")
            return url

        yield emptied


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, clock: SetClock, tmp_path: Path, migrated_sqlite: Path) -> Iterator[AnyStore]:
    match request.param:
        case "memory":
            yield MemoryStore(clock, CountingIds())
        case "sqlite":
            file = shutil.copy(migrated_sqlite, tmp_path)
            opened = open_store(f"sqlite:///{file}", clock, CountingIds(), prepare=False)
            yield opened
            opened.close()
        case _:
            url = request.getfixturevalue("emptied_postgres")()
            opened = open_store(url, clock, CountingIds(), prepare=False)
            yield opened
            opened.close()
