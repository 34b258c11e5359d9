"""A house that was prepared once: as a data folder with SQLite, and as a database to copy on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.a_desk import ADesk, open_desk, prepare
from tests.servers import postgres


def prepare_at(folder: Path, database_url: str = "") -> None:
    """The shipped processes, people and records."""
    desk = open_desk(folder, database_url)
    prepare(desk)
    desk.house.close()


@pytest.fixture(scope="session")
def prepared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with everything a desk begins with; copied for each test."""
    folder = tmp_path_factory.mktemp("prepared")
    prepare_at(folder)
    return folder


@pytest.fixture
def folder(prepared_folder: Path, tmp_path: Path) -> Path:
    """A copy of it; its database is `aftercare.db`."""
    return Path(shutil.copytree(prepared_folder, tmp_path / "data"))


@pytest.fixture
def desk(folder: Path) -> Iterator[ADesk]:
    """A desk on SQLite in `folder`."""
    opened = open_desk(folder)
    yield opened
    opened.house.close()


@pytest.fixture
def prepared_postgres(postgres_server: postgres.Postgres, tmp_path: Path) -> Iterator[str]:
    """A database on PostgreSQL with the same."""
    template = postgres_server.template("desk", lambda url: prepare_at(tmp_path / "preparing", url))
    with postgres_server.database(template=template) as url:
        yield url
