"""A unit comes back, nothing is found, it runs for a day and goes home; when it comes back again it is analysed."""

from __future__ import annotations

from typing import Any

import pytest

from engine.refusals import Refusal
from tests.journeys.a_desk import ADesk
from tests.journeys.a_return import as_judged, as_shipped, as_tested, ended, received

NOTHING = {"fault_confirmed": "not_found", "basis": "it runs"}
DAY_UNDER_LOAD = {"soak_hours": 24, "soak_result": "it runs"}


def judged(desk: ADesk, **more: Any) -> str:
    """A return of the unit, judged as one without a fault."""
    case = received(desk)
    desk.press(case, "reinspection", "passed", "quality_engineer", **as_judged("no_fault", **NOTHING, **more))
    return case


def goes_home(desk: ADesk, case: str, number: str) -> None:
    desk.press(case, "final_test", "passed", "quality_engineer_2", **as_tested(kind="soak", burn_in_hours=24))
    desk.press(case, "shipping", "shipped", "shipping_clerk", **as_shipped(tracking_no=number))
    ended(desk, case, number)


def test_the_second_time_somebody_looks_deeper(desk: ADesk) -> None:
    first = judged(desk)
    assert desk.case(first).leaves == ("long_test",)
    with pytest.raises(Refusal):  # a day is a day
        desk.press(first, "long_test", "nothing_found", "workshop", **DAY_UNDER_LOAD)
    desk.pass_time(days=1)
    desk.press(first, "long_test", "nothing_found", "workshop", **DAY_UNDER_LOAD)
    goes_home(desk, first, "SF11111111")
    desk.pass_time(days=20)
    second = judged(desk, same_fault=True)
    assert desk.case(second).leaves == ("deep_analysis",)
    earlier = desk.case(second).earlier
    assert earlier is not None and earlier["number"] == desk.case(first).number
