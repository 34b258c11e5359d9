"""A care campaign: budget first, one item for each customer, and who wants no care is skipped, whenever that is said."""

from __future__ import annotations

from typing import Any

import pytest

from engine.case import Case
from engine.refusals import Refusal
from engine.screens import Viewer
from tests.journeys.a_desk import ADesk

DRAFT: dict[str, Any] = {"content": "A good spring", "occasion_on": "2026-03-20", "ends_on": "2026-04-10"}


@pytest.fixture(autouse=True)
def customers(desk: ADesk) -> None:
    desk.add("customer", "C-2", name="Bolt", email="wu@bolt.example", contact="Mr Wu", salesperson="sales")
    desk.add("customer", "C-3", name="Quiet", email="no@quiet.example", contact="Ms No", do_not_call=True)


def approved(desk: ADesk, *audience: dict[str, Any], care_type: str = "greeting", **more: Any) -> str:
    """A campaign that runs for these customers."""
    campaign = desk.start("customer_care", "care_officer", title="Spring", care_type=care_type).case
    desk.press(campaign, "drafting", "done", "care_officer", **{**DRAFT, **more})
    desk.press(campaign, "choosing", "chosen", "care_officer", audience=list(audience))
    desk.press(campaign, "approval", "approved", "service_manager")
    return campaign


def items(desk: ADesk, campaign: str) -> dict[str, Case]:
    """The items of a campaign by customer."""
    rows = desk.house.store.read(lambda screens: screens.family(campaign))[1]
    return {str(case.values["customer"]): case for case in (desk.case(row.id) for row in rows)}


def reply(desk: ADesk, item: str, **values: Any) -> None:
    """The greeting leaves, and the customer is asked."""
    desk.press(item, "preparing", "ready", "care_officer")
    desk.press(item, "writing", "sent", "care_officer")
    desk.pass_time(days=5)
    desk.press(item, "follow_on", "replied", "care_officer", **values)


def test_opt_out_is_skipped(desk: ADesk) -> None:
    campaign = approved(desk, {"customer": "C-1"}, {"customer": "C-2"}, {"customer": "C-3"})
    found = items(desk, campaign)
    assert {customer: case.ended for customer, case in found.items()} == {"C-1": None, "C-2": None, "C-3": "skipped"}
    assert [row["opted_out"] for row in desk.case(campaign).values["audience"]] == [False, False, True]
    mails = desk.house.store.read(lambda screens: screens.mails(case_id=found["C-3"].id)).rows
    assert list(mails) == []

    reply(desk, found["C-1"].id, reply="positive")
    assert desk.case(campaign).leaves == ("items",)
    reply(desk, found["C-2"].id, reply="neutral")
    desk.press(campaign, "closing", "done", "care_officer", spent="0", lessons="earlier next year")
    assert desk.case(campaign).ended == "closed"


def test_who_says_so_before_it_leaves_gets_nothing_either(desk: ADesk) -> None:
    found = items(desk, approved(desk, {"customer": "C-1"}, {"customer": "C-2"}))
    change = {"do_not_call": "yes"}
    desk.house.desk.change_record("customer", "C-2", change, "service_supervisor", "asked us to stop")
    with pytest.raises(Refusal) as refused:
        desk.press(found["C-2"].id, "preparing", "ready", "care_officer")
    assert refused.value.code == "rule"
    desk.press(found["C-2"].id, "preparing", "leave_out", "care_officer", left_out_because="wants no care")
    assert desk.case(found["C-2"].id).ended == "left_out"


def test_who_wants_no_more_is_left_alone_by_the_next_campaign(desk: ADesk) -> None:
    first = items(desk, approved(desk, {"customer": "C-1"}))["C-1"].id
    desk.press(first, "preparing", "ready", "care_officer")
    desk.press(first, "writing", "sent", "care_officer")
    desk.pass_time(days=5)
    desk.press(first, "follow_on", "no_more", "care_officer")
    second = items(desk, approved(desk, {"customer": "C-1"}, {"customer": "C-2"}))
    assert second["C-1"].ended == "skipped"


def test_one_customer_stands_in_a_campaign_once_and_costs_no_more_than_the_budget(desk: ADesk) -> None:
    for audience in ([{"customer": "C-1"}, {"customer": "C-1"}], [{"customer": "C-1", "cost": "900"}]):
        with pytest.raises(Refusal) as refused:
            approved(desk, *audience, care_type="gift", budget="500")
        assert refused.value.code == "rule"


def test_a_longer_warranty_is_kept_on_record_and_a_bad_word_becomes_a_complaint(desk: ADesk) -> None:
    row = {"customer": "C-1", "sn": "SN-1"}
    item = items(desk, approved(desk, row, care_type="warranty_extension", warranty_days=90))["C-1"].id
    desk.press(item, "preparing", "ready", "care_officer")
    assert desk.case(item).values["new_until"] == "2027-04-01"
    with pytest.raises(Refusal):
        desk.press(item, "choosing_unit", "extend", "care_officer", sn="SN-1", new_until="2028-01-01")
    desk.press(item, "choosing_unit", "extend", "care_officer", sn="SN-1", new_until="2027-04-01")
    changes = desk.house.store.read(lambda screens: screens.warranty_changes("SN-1"))
    assert [(each.new, each.source) for each in changes][-1] == ("2027-04-01", "care_gift")

    desk.press(item, "writing_warranty", "sent", "care_officer")
    desk.pass_time(days=5)
    desk.press(item, "follow_on", "replied", "care_officer", reply="negative", reply_text="the pump is loud")
    everybody = Viewer("service_manager", frozenset(), everything=True)
    (complaint,) = desk.house.store.read(lambda screens: screens.search(everybody, "CMP-"))
    assert desk.case(complaint.id).values["complaint_text"] == "the pump is loud"
