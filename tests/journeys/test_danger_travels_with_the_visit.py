"""A visit that a complaint about danger to people opens begins as urgent as if the customer had asked for it."""

from __future__ import annotations

import pytest

from tests.journeys.a_desk import ADesk
from tests.journeys.test_each_rule_by_itself import COMPLAINT, FOUND


@pytest.mark.parametrize(
    ("severity", "urgency", "told"),
    [("safety", "safety", True), ("safety", "safety", False), ("major", "impaired", True)],
)
def test_the_visit_asks_the_customer_to_stop_unless_the_complaint_has_done_so(
    desk: ADesk, severity: str, urgency: str, told: bool
) -> None:
    case = desk.start("complaint", "sales", **COMPLAINT | {"complaint_type": "quality", "sn": "SN-1"}).case
    accepted = {"severity": severity, "repeated": False, "department": "quality", "handler": "quality_engineer"}
    desk.press(case, "assessment", "accepted", "complaint_officer", **accepted, immediate_action="machine stopped")
    drafts = [task for task in desk.case(case).tasks if task.about == "do_not_use"]
    assert len(drafts) == (1 if severity == "safety" else 0)
    for draft in drafts if told else ():
        desk.house.desk.complete_task(draft.id, "sent", {}, "sales", mail=draft.mail)
    found = FOUND | {"remedy": "onsite", "prevention": "another cable"}
    found |= {"use_again": "stays_off"} if severity == "safety" else {}
    desk.press(case, "investigation", "found", "quality_engineer", **found)
    answer = desk.work(case, "answer").mail
    assert answer is not None and ("Please do not use it until" in answer.body) == (severity == "safety")
    desk.press(case, "answer", "sent", "sales")
    visit = desk.case(desk.case(case).open_children[0])
    assert visit.values["urgency"] == urgency
    assert bool(visit.values.get("told_to_stop")) == (severity == "safety" and told)
    assert len([task for task in visit.tasks if task.kind == "draft"]) == (
        1 if severity == "safety" and not told else 0
    )
