"""A house with every door open: the shipped processes, people of every role, five who hold all roles, and a program."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.invariants.house import Premises, move_in, prepare_premises


@pytest.fixture(scope="session")
def prepared_premises(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The house as it is in the morning, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("premises")
    prepare_premises(folder)
    return folder


@pytest.fixture
def premises(prepared_premises: Path, tmp_path: Path) -> Iterator[Premises]:
    """A house of its own for each test."""
    folder = tmp_path / "data"
    shutil.copytree(prepared_premises, folder)
    house = move_in(folder, seed=1)
    yield house
    house.close()
