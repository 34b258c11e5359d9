"""`migrate`: running cases go on in the newest version where it says how; those it forgets stay, with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.__main__ import run
from cli.opening import opened, settings_for
from engine.people import Person

FIRST = """\
process: short_check
version: 1
label: Short check | 快速检查
start: {role: service_agent}
permissions: {see: [service_agent], cancel: service_agent}
steps:
  looking: {label: Look | 查看, task: {role: service_agent}, due: 1 day, next: closed}
  closed: {end: success, label: Closed | 已结案}
  cancelled: {end: cancelled, label: Cancelled | 已取消}
"""
SECOND = FIRST.replace("version: 1", "version: 2").replace("looking", "inspecting")
SAID_HOW = "migrate: {from: 1, steps: {looking: inspecting}}\n"


def test_a_running_case_goes_on_in_the_newest_version(desk_data: Path, tmp_path: Path) -> None:
    case = begun(desk_data, tmp_path)
    assert publish(desk_data, tmp_path, SECOND + SAID_HOW) == 0
    assert run(["migrate", "short_check", "--data", str(desk_data)]) == 0
    assert standing(desk_data, case) == (2, ("inspecting",))


def test_a_case_that_nothing_is_said_about_stays_and_the_reason_is_told(
    desk_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = begun(desk_data, tmp_path)
    assert publish(desk_data, tmp_path, SECOND) == 0
    capsys.readouterr()
    assert run(["migrate", "short_check", "--data", str(desk_data)]) == 1
    told = capsys.readouterr()
    assert told.out == "0 moved, 1 stayed.\n"
    assert told.err.endswith("Version 2 does not say how to move cases of version 1.\n")
    assert standing(desk_data, case) == (1, ("looking",))


@pytest.mark.parametrize("wrong", [["nothing_such"], ["complaint", "CP-2026-000001"]])
def test_an_unknown_process_or_number_is_wrong_use(desk_data: Path, wrong: list[str]) -> None:
    assert run(["migrate", *wrong, "--data", str(desk_data)]) == 2


def begun(data: Path, folder: Path) -> str:
    """A case of the first version."""
    assert publish(data, folder, FIRST) == 0
    with opened(settings_for(data)) as house:
        house.accounts.create(Person("ann", "Ann", frozenset({"service_agent"}), "", True, "en"), None, by=None)
        return house.desk.start_case("short_check", {}, "ann").case


def publish(data: Path, folder: Path, text: str) -> int:
    (folder / "short_check.yaml").write_text(text, encoding="utf-8")
    return run(["publish", str(folder / "short_check.yaml"), "--data", str(data)])


def standing(data: Path, case: str) -> tuple[int, tuple[str, ...]]:
    """The version and the steps of a case."""
    with opened(settings_for(data)) as house:
        found = house.store.read(lambda screens: screens.case(case))
    assert found is not None
    return found.version, found.leaves
