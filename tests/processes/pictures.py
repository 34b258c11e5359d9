"""Draws the pictures that `docs/processes/` shows, in both languages: `python -m tests.processes.pictures`.

A process with stages has two: their overview, and every step.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from engine.checks.report import check_process
from engine.definition.compiled import Compiled
from processes import SHARED, SITE, paths
from web.picture import picture_svg

FOLDER = Path(__file__).parents[2] / "docs" / "images"
LANGUAGES = {"en": "", "zh-Hans": ".zh"}


def shipped() -> dict[str, Compiled]:
    """Every shipped process by its id."""
    texts = {name: path.read_bytes() for name, path in paths().items()}
    found = (check_process(text, name, texts[SITE], texts[SHARED], None).process for name, text in texts.items()
             if name not in (SITE, SHARED))  # fmt: skip
    return {process.id: process for process in found if process is not None}


def drawn() -> Iterator[tuple[str, str]]:
    """The name of each picture and what it shows."""
    processes = shipped()
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
