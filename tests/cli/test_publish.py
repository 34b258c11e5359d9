"""`publish`: a changed file is the next version, an unchanged one is not, a broken one changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import processes
from cli.__main__ import run


def shipped(folder: Path, old: str = "", new: str = "") -> str:
    text = processes.paths()["complaint.yaml"].read_text(encoding="utf-8")
    assert old in text
    (folder / "complaint.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return str(folder / "complaint.yaml")


def test_a_changed_file_becomes_the_next_version_once(
    desk_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = shipped(tmp_path, "label: Complaint | 客户投诉", "label: Customer complaint | 客户投诉")
    given = ["publish", file, "--reason", "clearer name", "--by", "admin", "--data", str(desk_data)]
    assert run(given) == 0
    assert capsys.readouterr().out == "complaint: version 2 is published.\n"
    assert run(given) == 0
    assert capsys.readouterr().out == "complaint: unchanged, version 2 stays.\n"


def test_a_broken_file_is_not_published(desk_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = shipped(tmp_path, "next: investigation", "next: investgation")
    assert run(["publish", file, "--data", str(desk_data)]) == 1
    said = capsys.readouterr().err
    assert "error P" in said
    assert said.splitlines()[-1] == "Nothing was published."
