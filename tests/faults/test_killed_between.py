"""A process is killed before one statement of a press after the other: the desk holds all of it or nothing, never a part."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.a_desk import ADesk
from tests.journeys.a_return import AUTHORISED, JUDGED, RECEIVED, REPAIRED, as_shipped, as_tested


def authorising(desk: ADesk) -> dict[str, Any]:
    """The press after which a mail is drafted and the case listens for parcels."""
    case = desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="no power").case
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


def deaths(desk: ADesk, folder: Path, press: Mapping[str, Any]) -> Deaths:
    """Let processes die while they press."""
    desk.house.close()
    order = [sys.executable, "-m", "tests.faults.dying", str(folder), json.dumps(press)]
    told = subprocess.run(order, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    first, *others = (json.loads(line) for line in told.stdout.splitlines())
    return Deaths(**first, told=others)


@pytest.mark.parametrize(("reach", "stride"), [(authorising, 1), (shipping, 7)])
def test_a_press_is_kept_whole_or_not_at_all_wherever_its_process_dies(
    desk: ADesk, folder: Path, reach: Callable[[ADesk], dict[str, Any]], stride: int
) -> None:
    found = deaths(desk, folder, {**reach(desk), "stride": stride})
    assert len(found.told) >= found.count // stride > 5
    assert found.halves() == []
    assert found.not_done_when_pressed_again() == []


def test_the_check_sees_a_press_that_is_made_in_two_transactions(desk: ADesk, folder: Path) -> None:
    found = deaths(desk, folder, {**authorising(desk), "stride": 5, "planted": True})
    assert len(found.halves()) > 2
