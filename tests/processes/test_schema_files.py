"""Whoever opens a shipped file in an editor gets the completion of this very version of the language."""

from __future__ import annotations

import re

import pytest

from processes import paths
from tests.processes.schema_files import FILES, FOLDER, written


@pytest.mark.parametrize("name", FILES)
def test_the_schema_beside_the_processes_is_the_one_the_language_makes(name: str) -> None:
    current = written(FILES[name]())
    assert (FOLDER / name).read_text(encoding="utf-8") == current, "run  python -m tests.processes.schema_files"


@pytest.mark.parametrize("name", paths())
def test_the_first_line_of_a_shipped_file_points_to_a_schema_that_is_there(name: str) -> None:
    first = paths()[name].read_text(encoding="utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=\.\./schema/(\S+)", first)
    assert found
    assert (FOLDER / found[1]).is_file()
