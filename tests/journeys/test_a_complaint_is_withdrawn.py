"""The customer thinks better of it on the telephone: a withdrawal is recorded with the customer's own words, and only then."""

from __future__ import annotations

import pytest

from engine.refusals import FormRefusal
from tests.journeys.a_desk import ADesk


def test_a_withdrawal_is_entered_by_hand_with_what_the_customer_said(desk: ADesk) -> None:
    case = desk.start(
        "complaint", "service_agent", customer="C-1", complaint_type="price", complaint_text="too dear"
    ).case
    by_hand = {event.name: event for event in desk.house.desk.case_offer(case, "service_agent").events}
    assert by_hand["complaint.withdrawn"].allowed

    with pytest.raises(FormRefusal) as refused:
        desk.house.desk.press_event(case, "complaint.withdrawn", {"text": ""}, "service_agent")
    assert list(refused.value.fields) == ["text"]

    desk.house.desk.press_event(case, "complaint.withdrawn", {"text": "We found it ourselves."}, "service_agent")
    assert desk.case(case).ended == "withdrawn"
