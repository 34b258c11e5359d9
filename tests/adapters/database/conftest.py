"""Stores on real databases, for what only a database can promise."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.clock import SetClock
from adapters.database import open_store, upgrade
from adapters.database.store import DatabaseStore
from adapters.ids import CountingIds
from tests.contract.building import MONDAY


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/desk.db"


@pytest.fixture
def sqlite(sqlite_url: str, migrated_sqlite: Path, tmp_path: Path) -> Iterator[DatabaseStore]:
    shutil.copy(migrated_sqlite, tmp_path / "desk.db")
    store = open_store(sqlite_url, SetClock(MONDAY), CountingIds(), prepare=False)
    yield store
    store.close()


@pytest.fixture(params=("sqlite", "postgres"))
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/desk.db"
        return
    with request.getfixturevalue("postgres_server").database() as url:
        yield url


@pytest.fixture(params=("sqlite", "postgres"))
def database(request: pytest.FixtureRequest) -> Iterator[DatabaseStore]:
    """A store on each kind of database."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite")
        return
    server = request.getfixturevalue("postgres_server")
    with server.database(template=server.template("schema", upgrade)) as url:
        store = open_store(url, SetClock(MONDAY), CountingIds(), prepare=False)
        yield store
        store.close()
