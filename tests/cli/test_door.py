"""The door of the command line: whatever happens inside, a person gets a sentence and a program an exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cli.__main__ import run
from cli.commands import ENTRIES

PROJECT = Path(__file__).resolve().parents[2]


@click.group()
def desk() -> None:
    """A desk with four commands, one of which breaks."""


@desk.command()
def finds() -> int:
    return 1


@desk.command()
@click.argument("number", type=int)
def counts(number: int) -> None:
    click.echo(str(number))


@desk.command()
def refuses() -> None:
    raise click.ClickException("The file is not there; name another one.")


@desk.command()
def breaks() -> None:
    raise RuntimeError("the shelf fell down")


@desk.command()
def is_stopped() -> None:
    raise KeyboardInterrupt


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_command_that_says_nothing_is_good_and_one_that_answers_a_number_is_that() -> None:
    assert run(["counts", "3"], desk) == 0
    assert run(["finds"], desk) == 1


def test_wrong_use_is_two_and_names_the_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["counts", "three"], desk) == 2
    assert "'three' is not a valid integer" in capsys.readouterr().err


def test_a_refusal_is_its_own_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["refuses"], desk) == 1
    assert capsys.readouterr().err == "Error: The file is not there; name another one.\n"


def test_a_break_is_one_sentence_and_the_details_are_logged(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["breaks"], desk) == 3
    said = capsys.readouterr().err
    assert said == "Aftercare broke: RuntimeError: the shelf fell down. Details: .aftercare/errors.log\n"
    logged = (tmp_path / ".aftercare" / "errors.log").read_text(encoding="utf-8")
    assert "Traceback" in logged
    assert "the shelf fell down" in logged


def test_with_debug_a_break_shows_where(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERCARE_DEBUG", "1")
    assert run(["breaks"], desk) == 3
    assert "Traceback" in capsys.readouterr().err


def test_a_break_where_nothing_can_be_written_is_still_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / ".aftercare").touch()
    assert run(["breaks"], desk) == 3
    assert "AFTERCARE_DEBUG=1" in capsys.readouterr().err


def test_a_stopped_command_says_nothing_more(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["is-stopped"], desk) == 130
    assert capsys.readouterr().err.strip() == ""


def typed(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1", **settings}
    order = [sys.executable, "-P", "-m", "cli", *arguments]
    return subprocess.run(order, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=60)


def test_help_lists_every_command_in_both_languages() -> None:
    english, chinese = typed("--help"), typed("--help", AFTERCARE_LANGUAGE="zh")
    assert (english.returncode, chinese.returncode) == (0, 0)
    for entry in ENTRIES:
        assert f"  {entry.name} " in english.stdout
        assert entry.chinese in chinese.stdout


def test_without_a_word_it_says_how_to_begin() -> None:
    answer = typed()
    assert (answer.returncode, answer.stdout.splitlines()[-1]) == (0, "Begin with: ./aftercare up")


def test_an_unknown_command_is_refused_with_the_known_ones() -> None:
    answer = typed("chekc")
    assert answer.returncode == 2
    assert "There is no command 'chekc'; the commands are up, demo, check" in answer.stderr


def test_help_imports_no_web_framework_and_no_database() -> None:
    """So that `check` and `--help` answer at once."""
    code = "import sys, cli.__main__; print({'flask', 'sqlalchemy', 'pydantic', 'redis', 'rq'} & set(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True)
    assert answer.stdout == "set()\n"
