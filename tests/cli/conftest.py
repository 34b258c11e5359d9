"""A desk on disk for commands: made once with the shipped processes in it, copied for every test that asks for one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cli.opening import opened, settings_for
from tests.journeys.a_desk import bring_the_shipped_files


@pytest.fixture(scope="session")
def published_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published") / "data"
    with opened(settings_for(folder), publish=False) as house:
        house.store.write(bring_the_shipped_files)
    return folder


@pytest.fixture
def desk_data(published_desk: Path, tmp_path: Path) -> Path:
    """A data folder with the shipped processes, nobody and nothing else."""
    return shutil.copytree(published_desk, tmp_path / "data")
