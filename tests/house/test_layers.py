"""The walls of the house stand, and they do stop somebody who walks through."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
ROOMS = ("engine", "adapters", "web", "workers", "cli")
LINT = "from importlinter.cli import lint_imports_command as run; run()"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", LINT, "--no-cache"], cwd=folder, capture_output=True, text=True)


def test_every_room_imports_only_what_stands_below_it() -> None:
    answer = lint(PROJECT)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("engine", "import adapters"),
        ("engine", "import flask"),
        ("engine", "import sqlmodel"),
        ("engine", "import transitions"),
        ("adapters", "import web"),
        ("web", "import workers"),
        ("workers", "import web"),
        ("web", "import cli"),
    ],
)
def test_a_step_through_a_wall_is_noticed(tmp_path: Path, room: str, line: str) -> None:
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    for name in ROOMS:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("")
    # The one module that may.
    (tmp_path / "engine" / "machine.py").write_text("import transitions\n")
    assert lint(tmp_path).returncode == 0
    (tmp_path / room / "guest.py").write_text(line + "\n")
    answer = lint(tmp_path)
    assert answer.returncode == 1, answer.stdout
    assert "guest" in answer.stdout
