"""Journeys run through a whole house: real database, real files, a clock that is set."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.a_desk import ADesk, open_desk, prepare


@pytest.fixture(scope="session")
def prepared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with everything a desk begins with, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("prepared")
    desk = open_desk(folder)
    prepare(desk)
    desk.house.close()
    return folder


@pytest.fixture
def desk(prepared_folder: Path, tmp_path: Path) -> Iterator[ADesk]:
    """A desk on SQLite."""
    folder = tmp_path / "data"
    shutil.copytree(prepared_folder, folder)
    opened = open_desk(folder)
    yield opened
    opened.house.close()
