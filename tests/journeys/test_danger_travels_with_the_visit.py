"""A visit that a complaint about danger to people opens begins as urgent as if the customer had asked for it."""

from __future__ import annotations

import pytest

from tests.journeys.a_desk import ADesk
from tests.journeys.test_each_rule_by_itself import COMPLAINT, FOUND


@pytest.mark.parametrize(("severity", "urgency"), [("safety", "safety"), ("major", "impaired")])
def test_the_visit_knows_whether_people_are_in_danger_and_nobody_is_told_twice(
    desk: ADesk, severity: str, urgency: str
) -> None:
    case = desk.start("complaint", "sales", **COMPLAINT | {"complaint_type": "quality", "sn": "SN-1"}).case
    accepted = {"severity": severity, "repeated": False, "department": "quality", "handler": "quality_engineer"}
    desk.press(case, "assessment", "accepted", "complaint_officer", **accepted, immediate_action="machine stopped")
    found = FOUND | {"remedy": "onsite", "prevention": "another cable"}
    desk.press(case, "investigation", "found", "quality_engineer", **found)
    desk.press(case, "answer", "sent", "sales")
    visit = desk.case(desk.case(case).open_children[0])
    assert visit.values["urgency"] == urgency
    told = [task.mail.template for task in desk.case(case).tasks if task.mail and task.mail.template == "do_not_use"]
    assert told == (["do_not_use"] if severity == "safety" else [])
    assert bool(visit.values.get("told_to_stop")) == bool(told)
    assert [task.mail.template for task in visit.tasks if task.mail] == []
