"""What Hypothesis makes up is the same on every machine and in every order of the tests: CI fails for a change, not for luck."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


def made_up() -> list[tuple[float, str]]:
    """What one and the same test is asked."""
    asked: list[tuple[float, str]] = []

    @settings(max_examples=300, database=None)
    @given(number=st.floats(), word=st.text())
    def ask(number: float, word: str) -> None:
        asked.append((number, word))

    ask()
    return asked


def test_a_file_that_is_imported_or_changed_changes_no_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = repr(made_up())
    words = "".join(f"{n}.25, 'a word no. {n}', " for n in range(9_000, 9_050))
    (tmp_path / "a_file_full_of_words.py").write_text(f"FOUND = ({words})\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert len(importlib.import_module("a_file_full_of_words").FOUND) == 100
    assert repr(made_up()) == before
