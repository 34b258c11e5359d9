"""`check`, `try` and `graph` on the shipped files and on broken ones: exit codes, both languages, JSON for programs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import processes
from cli.__main__ import run

SMALL = "purchase_follow_up.yaml"
SHIPPED = Path(str(processes.paths()[SMALL]))


def copied(folder: Path, name: str, old: str = "", new: str = "") -> str:
    """A shipped file in a folder of its own, one place changed."""
    text = SHIPPED.with_name(name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return str(folder / name)


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    code, out, _ = answer(capsys, *arguments, "--json")
    return code, json.loads(out)


def test_a_good_file_is_good(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = answer(capsys, "check", copied(tmp_path, SMALL))
    assert code == 0
    assert f"{SMALL}: good." in out
    assert "rules proved" in out


def test_a_mistake_is_named_with_its_place_and_cure(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = copied(tmp_path, SMALL, "\npause_while:", "\npause_whlie:")
    lines = Path(file).read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if text.startswith("pause_whlie:"))
    code, out, _ = answer(capsys, "check", file)
    assert code == 1
    assert out.splitlines()[0].startswith(f"{file}:{line}:1: error P201: ")
    assert "'pause_while'" in out


def test_findings_are_said_in_chinese_to_chinese_readers(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AFTERCARE_LANGUAGE", "zh")
    code, out, _ = answer(capsys, "check", copied(tmp_path, SMALL, "\ndue:", "\ndeu:"))
    assert code == 1
    assert "处需修改" in out


def test_check_for_programs_lists_problems_and_rules(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    good, broken = (
        copied(tmp_path, SMALL),
        copied(tmp_path, "onsite_repair.yaml", "next: dispatching", "next: dispaching"),
    )
    code, found = as_json(capsys, "check", good, broken)
    assert (code, found["ok"]) == (1, False)
    assert {problem["file"] for problem in found["problems"]} == {broken}
    assert set(found["problems"][0]) == {"file", "line", "column", "level", "code", "message", "hint"}
    assert set(found["rules"][0]) == {"file", "rule", "verdict", "path"}


def test_site_and_library_beside_the_file_count(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = copied(tmp_path, "complaint.yaml")
    for name in (
        processes.SHARED,
        "eight_d.yaml",
        "factory_return.yaml",
        "onsite_repair.yaml",
        "shipment_tracking.yaml",
    ):
        copied(tmp_path, name)
    copied(tmp_path, processes.SITE, "  complaint_officer: Complaint officer | 投诉负责人\n", "")
    code, out, _ = answer(capsys, "check", file)
    assert code == 1
    assert "complaint_officer" in out
    code, _, _ = answer(capsys, "check", file, "--site", str(SHIPPED.with_name(processes.SITE)))
    assert code == 0


def test_the_site_file_itself_is_checked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = copied(tmp_path, processes.SITE, "timezone: Asia/Shanghai", "timezone: Asia/Shangai")
    assert answer(capsys, "check", file)[0] == 1


def test_a_file_that_is_not_there_is_wrong_use(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = answer(capsys, "check", str(tmp_path / "nothing.yaml"))
    assert code == 2
    assert "Cannot read" in err


def test_scenarios_are_played_and_a_wrong_expectation_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = copied(tmp_path, SMALL, "{at: call_customer, task_for: service_agent}", "{at: choose_help}")
    code, out, _ = answer(capsys, "try", file)
    assert code == 1
    assert "FAILED" in out
    assert "expected at choose_help" in out


def test_try_for_programs_tells_the_case_after_each_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, told = as_json(capsys, "try", copied(tmp_path, SMALL))
    assert (code, told["ok"]) == (0, True)
    assert told["coverage"] > 0.8
    first = told["scenarios"][0]["lines"][0]
    assert first["leaves"] == ["follow_up/call_customer"]
    assert first["tasks"][0]["role"] == ["service_agent"]
    assert {"milestone", "reminders", "mails", "drafts", "refused", "rung"} <= set(first)


def test_a_process_is_drawn_in_three_ways(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = copied(tmp_path, SMALL)
    assert answer(capsys, "graph", file)[1].startswith("stateDiagram-v2")
    assert answer(capsys, "graph", file, "--svg")[1].startswith("<svg")
    code, graph = as_json(capsys, "graph", file)
    assert code == 0
    assert ["choose_help"] in graph["configurations"]
    assert {"from", "to", "move", "trigger", "kind", "when"} == set(graph["moves"][0])


def test_neighbours_that_are_run_are_known(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name in processes.paths():
        shutil.copy(SHIPPED.with_name(name), tmp_path)
    assert "P311" not in answer(capsys, "check", str(tmp_path / "complaint.yaml"))[1]
    copied(tmp_path, "factory_return.yaml", "process: factory_return", "process: returning")
    assert "warning P311: no process 'factory_return'" in answer(capsys, "check", str(tmp_path / "complaint.yaml"))[1]
