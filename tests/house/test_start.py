"""The start script, on a small project of its own: it sets up once, passes everything on, and refuses in one sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
SAYS = "import os, sys\nprint(os.getcwd(), *sys.argv[1:])\nsys.exit(7)\n"


def small_project(folder: Path) -> Path:
    """Nothing to install, so that no network is needed; the command prints where it is and what it got, and answers 7."""
    for made in ("requirements", "cli", "elsewhere"):
        (folder / made).mkdir(parents=True)
    for empty in ("pyproject.toml", "requirements/run.lock", "requirements/test.lock", "requirements/installer.lock"):
        (folder / empty).write_text("")
    (folder / "cli" / "__main__.py").write_text(SAYS)
    shutil.copy(PROJECT / "aftercare", folder)
    return folder


@pytest.fixture(scope="module")
def first_answers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, str, int]]]:
    """A project that is started for the first time, by two at once, and what they were told."""
    project = small_project(tmp_path_factory.mktemp("aftercare") / "with a space")
    return project, [finish(process) for process in (start(project, "up"), start(project, "check"))]


@pytest.fixture(scope="module")
def project(first_answers: tuple[Path, list[tuple[str, str, int]]]) -> Path:
    """A project that has been started once."""
    return first_answers[0]


def start(project: Path, *arguments: str, **settings: str) -> subprocess.Popen[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return subprocess.Popen(
        [sys.executable, str(project / "aftercare"), *arguments],
        cwd=project / "elsewhere",
        env={**kept, **settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def finish(process: subprocess.Popen[str]) -> tuple[str, str, int]:
    out, err = process.communicate(timeout=120)
    return out, err, process.returncode


def test_of_two_first_starts_at_once_one_sets_up_and_the_other_waits(
    first_answers: tuple[Path, list[tuple[str, str, int]]],
) -> None:
    answers = first_answers[1]
    assert [code for _, _, code in answers] == [7, 7]
    assert sum("First start" in err for _, err, _ in answers) == 1


def test_the_second_start_only_passes_the_command_on(project: Path) -> None:
    out, err, code = finish(start(project, "check", "返厂.yaml", "--json"))
    assert (out, err, code) == (f"{project / 'elsewhere'} check 返厂.yaml --json\n", "", 7)


def test_a_changed_lock_is_installed_and_the_environment_is_kept(project: Path) -> None:
    marker = project / ".venv" / "kept"
    marker.touch()
    (project / "requirements" / "run.lock").write_text("# changed\n")
    assert "First start" in finish(start(project, "up"))[1]
    assert finish(start(project, "up"))[1] == ""
    assert marker.exists()


def test_testing_asks_for_more_than_running(project: Path) -> None:
    assert "First start" in finish(start(project, "test"))[1]
    assert finish(start(project, "test"))[1] == ""
    # What tests need includes what running needs.
    (project / "requirements" / "run.lock").write_text("# changed again\n")
    assert finish(start(project, "up"))[1] == ""


def test_a_python_without_venv_gets_one_sentence_with_the_cure(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "ensurepip.py").write_text("raise ImportError\n")
    bare = {"PYTHONPATH": str(tmp_path / "bare"), "PATH": str(tmp_path)}
    out, err, code = finish(start(project, "up", **bare))
    assert (out, code, len(err.splitlines())) == ("", 2, 1)
    assert "sudo apt-get install python" in err
    assert "请先安装" in finish(start(project, "up", **bare, LANG="zh_CN.UTF-8", PYTHONUTF8="1"))[1]


def test_a_place_that_cannot_be_written_gets_one_sentence_with_the_cure(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    (tmp_path / "a file").touch()
    _, err, code = finish(start(project, "up", AFTERCARE_VENV=str(tmp_path / "a file" / "venv")))
    assert (code, len(err.splitlines())) == (2, 1)
    assert "AFTERCARE_VENV" in err


def test_the_environment_may_stand_elsewhere_and_is_made_anew_when_its_python_is_gone(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    (tmp_path / "venv" / "bin").mkdir(parents=True)
    (tmp_path / "venv" / "bin" / "python").symlink_to("/nowhere/python3")
    _, err, code = finish(start(project, "up", AFTERCARE_VENV=str(tmp_path / "venv")))
    assert ("First start" in err, code) == (True, 7)
    assert (tmp_path / "venv" / "pyvenv.cfg").exists()
    assert not (project / ".venv").exists()
