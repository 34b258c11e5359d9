"""A process is killed before one statement of a press after the other: the desk holds all of it or nothing, never a part."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.a_desk import ADesk, open_desk
from tests.journeys.a_return import AUTHORISED, JUDGED, RECEIVED, REPAIRED, as_shipped, as_tested


def authorising(desk: ADesk, unit: str) -> dict[str, Any]:
    """The press after which a mail is drafted and the case listens for parcels."""
    case = desk.start("factory_return", "service_agent", sn=unit, complaint_text="no power").case
    return pressing(desk, case, "authorising", "authorised", "service_agent", **AUTHORISED)


def shipping(desk: ADesk) -> dict[str, Any]:
    """The press that writes the unit's record and opens a case for the parcel."""
    case = desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="no power").case
    desk.press(case, "authorising", "authorised", "service_agent", **AUTHORISED)
    desk.house.desk.receive_event("scan-1", "goods.scanned", {"sn": "SN-1"}, "gate")
    desk.press(case, "receiving", "registered", "warehouse", **RECEIVED)
    desk.press(case, "reinspection", "passed", "quality_engineer", **JUDGED)
    desk.press(case, "repair", "repaired", "workshop", **REPAIRED)
    desk.press(case, "final_test", "passed", "quality_engineer", **as_tested())
    return pressing(desk, case, "shipping", "shipped", "shipping_clerk", **as_shipped())


def pressing(desk: ADesk, case: str, step: str, outcome: str, by: str, **values: Any) -> dict[str, Any]:
    return {"task": desk.work(case, step).id, "outcome": outcome, "by": by, "values": values}


@dataclass(frozen=True, slots=True)
class Deaths:
    """What there was, what an unharmed process leaves, and what each killed one left behind."""

    before: dict[str, str]
    after: dict[str, str]
    count: int
    told: list[dict[str, Any]]

    def halves(self) -> list[int]:
        """The statements at which a death left neither the state before nor the state after."""
        assert self.before != self.after
        return [one["n"] for one in self.told if one["left"] not in (self.before, self.after)]

    def not_done_when_pressed_again(self) -> list[int]:
        return [one["n"] for one in self.told if one["again"] != self.after]


@pytest.fixture(scope="module")
def deaths(prepared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Deaths]:
    """Processes that died while they pressed: before every statement, before some of a longer press, and of a planted fault."""
    folder = Path(shutil.copytree(prepared_folder, tmp_path_factory.mktemp("dying") / "data"))
    desk = open_desk(folder)
    presses = {
        "authorising": {**authorising(desk, "SN-2"), "stride": 1},
        "shipping": {**shipping(desk), "stride": 7},
        "planted": {**authorising(desk, "SN-9"), "stride": 12, "planted": True},
    }
    desk.house.close()
    order = [sys.executable, "-m", "tests.faults.dying", str(folder), json.dumps(presses)]
    told = subprocess.run(order, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    lines = [json.loads(line) for line in told.stdout.splitlines()]
    return {name: said_of(name, lines) for name in presses}


def said_of(name: str, lines: list[dict[str, Any]]) -> Deaths:
    first, *others = (line for line in lines if line["press"] == name)
    return Deaths(first["before"], first["after"], first["count"], others)


@pytest.mark.parametrize(("press", "stride"), [("authorising", 1), ("shipping", 7)])
def test_a_press_is_kept_whole_or_not_at_all_wherever_its_process_dies(
    deaths: dict[str, Deaths], press: str, stride: int
) -> None:
    found = deaths[press]
    assert len(found.told) >= found.count // stride > 5
    assert found.halves() == []
    assert found.not_done_when_pressed_again() == []


def test_the_check_sees_a_press_that_is_made_in_two_transactions(deaths: dict[str, Deaths]) -> None:
    assert len(deaths["planted"].halves()) > 2
