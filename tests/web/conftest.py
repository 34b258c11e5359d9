"""Every test of the pages works on a copy of one prepared office: real database, real files, a clock that is set."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.a_desk import ADesk, open_desk
from tests.web.office import Visitor, furnish, office_app


@pytest.fixture(scope="session")
def furnished_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office as it is in the morning."""
    folder = tmp_path_factory.mktemp("office")
    desk = open_desk(folder)
    furnish(desk)
    desk.house.close()
    return folder


@pytest.fixture
def office(furnished_folder: Path, tmp_path: Path) -> Iterator[ADesk]:
    """An office of its own for each test."""
    folder = tmp_path / "data"
    shutil.copytree(furnished_folder, folder)
    desk = open_desk(folder)
    yield desk
    desk.house.close()


@pytest.fixture
def visit(office: ADesk) -> Callable[[str], Visitor]:
    """Somebody who has signed in; "" for a passer-by."""
    app = office_app(office)

    def come(name: str) -> Visitor:
        visitor = Visitor(app)
        if name:
            assert visitor.sign_in(name).status_code == 303
        return visitor

    return come
