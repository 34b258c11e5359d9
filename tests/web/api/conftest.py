"""The house is built once for all tests here; each test works in a copy of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.api.room import Room, move_in, prepare


@pytest.fixture(scope="session")
def prepared_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    prepare(folder)
    return folder


@pytest.fixture(scope="module")
def looked_at(prepared_house: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A house for all tests of a module that change nothing in it."""
    room = move_in(prepared_house, tmp_path_factory.mktemp("looked at") / "copy")
    yield room
    room.house.close()


@pytest.fixture
def room(prepared_house: Path, tmp_path: Path) -> Iterator[Room]:
    room = move_in(prepared_house, tmp_path / "copy")
    yield room
    room.house.close()
