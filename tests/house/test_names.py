"""Names and openings: every module says what it is for, and none is a drawer for odds and ends."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.files import PROJECT, ROOMS, modules, name_of

DRAWERS = {"util", "utils", "helper", "helpers", "manager", "managers", "common", "misc", "stuff", "handlers", "data"}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_opens_with_its_law(room: str) -> None:
    words = ast.get_docstring(ast.parse((PROJECT / room / "__init__.py").read_text(encoding="utf-8")))
    assert words
    assert "Law:" in words


def test_every_module_says_what_it_is_for() -> None:
    silent = [name_of(module) for module in modules() if not opens_with_words(module.read_text(encoding="utf-8"))]
    assert silent == []


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    """Name a module after what it answers."""
    assert [name_of(module) for module in modules() if own_names(module) & DRAWERS] == []


def opens_with_words(code: str) -> bool:
    """An empty file has nothing to explain."""
    return not code.strip() or bool(ast.get_docstring(ast.parse(code)))


def own_names(module: Path) -> set[str]:
    return {part.removesuffix(".py").strip("_") for part in module.relative_to(PROJECT).parts}
