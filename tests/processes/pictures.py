"""Draws the pictures that `docs/processes/` shows, in both languages: `python -m tests.processes.pictures`.

A process with stages has two: their overview, and every step.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.processes.shipped import NAMES, shipped
from web.picture import picture_svg

FOLDER = Path(__file__).parents[2] / "docs" / "images"
LANGUAGES = {"en": "", "zh-Hans": ".zh"}


def drawn() -> Iterator[tuple[str, str]]:
    """The name of each picture and what it shows."""
    processes = {shipped(name).id: shipped(name) for name in NAMES}
    for id, process in processes.items():
        for language, mark in LANGUAGES.items():
            if process.file.stages:
                overview = picture_svg(process, language=language, direction="down", stages=True)
                yield f"{id}{mark}.svg", overview + "\n"
            name = f"{id}.steps{mark}.svg" if process.file.stages else f"{id}{mark}.svg"
            yield name, picture_svg(process, language=language, children=processes) + "\n"


if __name__ == "__main__":
    for name, picture in drawn():
        (FOLDER / name).write_text(picture, encoding="utf-8")
