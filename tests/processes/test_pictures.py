"""Whoever reads about a process sees the picture of this very version."""

from __future__ import annotations

from tests.processes.pictures import FOLDER, drawn


def test_every_picture_beside_the_pages_is_the_one_the_process_makes() -> None:
    stale = [name for name, picture in drawn() if (FOLDER / name).read_text(encoding="utf-8") != picture]
    assert stale == [], "run  python -m tests.processes.pictures"
