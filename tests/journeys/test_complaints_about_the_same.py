"""Complaints that belong together: three customers about one thing are all answered, the second of one customer follows the
first one's standard, a serious one has its 8D report beside it, and an answer that comes back is no answer."""

from __future__ import annotations

from typing import Any

import pytest

from engine.effects import SendMail
from engine.refusals import FormRefusal
from tests.journeys.a_desk import ADesk

RECORDED: dict[str, Any] = {
    "complaint_type": "price", "complaint_text": "too dear", "channel": "phone", "wish": "refund",
    "occurred_at": "2026-03-01T09:00:00+00:00", "solve_by": "2026-03-04T09:00:00+00:00",
}  # fmt: skip
ACCEPTED: dict[str, Any] = {"severity": "minor", "repeated": False, "department": "sales", "handler": "sales_manager"}
FOUND: dict[str, Any] = {
    "cause": "the old list", "cause_code": "billing", "action_taken": "list replaced", "remedy": "explain",
    "opinion": "the new list applies",
}  # fmt: skip


def _recorded(desk: ADesk, by: str = "sales", customer: str = "C-1", **more: Any) -> str:
    related: dict[str, Any] = {} if "order" in more else {"not_order_related": True}
    return desk.start("complaint", by, customer=customer, **RECORDED | related | more).case


def _answered(desk: ADesk, case: str) -> None:
    desk.press(case, "assessment", "accepted", "complaint_officer", **ACCEPTED)
    desk.press(case, "investigation", "found", "sales_manager", **FOUND)
    desk.press(case, "answer", "sent", "sales")


def _mails_to(desk: ADesk, address: str) -> list[str]:
    mails = desk.house.store.read(lambda screens: screens.mails()).rows
    return [mail.body for mail in mails if mail.to == address]


def test_three_customers_with_one_complaint_all_get_its_answer(desk: ADesk) -> None:
    desk.add("customer", "C-2", name="Beta", email="wu@beta.example", contact="Mr Wu", salesperson="sales_2")
    desk.add("customer", "C-3", name="Gamma", email="hu@gamma.example", contact="Ms Hu", salesperson="sales_2")
    first, *others = [_recorded(desk), _recorded(desk, "sales_2", "C-2"), _recorded(desk, "sales_2", "C-3")]
    for joined in others:
        desk.press(joined, "assessment", "duplicate", "complaint_officer")
        number = desk.case(first).number
        desk.press(joined, "link_duplicate", "done", "complaint_officer", duplicate_of=number)
        desk.press(joined, "tell_merged", "sent", "sales_2")
        assert desk.case(joined).leaves == ("waiting_for_the_other",)
    assert desk.case(first).values["joined"] == 2

    _answered(desk, first)
    for joined in others:
        assert desk.case(joined).leaves == ("pass_on_answer",)
        desk.press(joined, "pass_on_answer", "sent", "sales_2")
        assert desk.case(joined).ended == "merged"
    for address in ("li@acme.example", "wu@beta.example", "hu@gamma.example"):
        assert any("the new list applies" in body for body in _mails_to(desk, address))


def test_a_complaint_about_the_same_order_is_known_and_follows_the_standard_of_the_first(desk: ADesk) -> None:
    desk.add("order", "SO-1", customer="C-1")
    first = _recorded(desk, order="SO-1")
    desk.press(first, "assessment", "accepted", "complaint_officer", **ACCEPTED | {"standard_used": "PS-3"})
    second = _recorded(desk, order="SO-1")
    earlier = desk.case(second).earlier
    assert earlier is not None
    assert (earlier["number"], earlier["open"]) == (desk.case(first).number, True)

    with pytest.raises(FormRefusal) as refused:
        desk.press(second, "assessment", "accepted", "complaint_officer", **ACCEPTED)
    assert set(refused.value.fields) == {"standard_used", "why_not_raised", "why_not_merged"}
    more = {"severity": "major", "standard_used": "PS-3", "why_not_merged": "another invoice"}
    desk.press(second, "assessment", "accepted", "complaint_officer", **ACCEPTED | more)
    assert desk.case(second).leaves == ("investigation",)


def test_a_serious_quality_complaint_has_its_8d_report_and_does_not_wait_for_it(desk: ADesk) -> None:
    case = _recorded(desk, complaint_type="quality", sn="SN-1")
    serious = {"severity": "major", "department": "quality", "handler": "quality_engineer"}
    desk.press(case, "assessment", "accepted", "complaint_officer", **ACCEPTED | serious)
    assert desk.case(case).leaves == ("investigation",)
    assert desk.case(case).open_children == ()

    _, children = desk.house.store.read(lambda screens: screens.family(case))
    (report,) = [desk.case(row.id) for row in children]
    assert (report.process, report.leaves) == ("eight_d", ("d1_team",))
    assert report.values["complaint_number"] == desk.case(case).number
    assert report.values["product"] == "Pump"


def test_an_answer_that_comes_back_opens_the_complaint_again_for_the_person_who_answers_for_it(desk: ADesk) -> None:
    case = _recorded(desk)
    _answered(desk, case)
    assert desk.case(case).paused
    bounced = SendMail("m1", "customer", "li@acme.example", "Our answer", "…", "result")
    desk.house.desk.mail_bounced(case, bounced, "550 no such mailbox")

    returned = desk.case(case)
    assert (returned.leaves, returned.paused) == (("answer_returned",), False)
    assert [(task.kind, task.assignee) for task in returned.tasks if task.kind != "draft"] == [("work", "sales")]

    desk.press(case, "answer_returned", "corrected", "sales", new_email="li@new.example")
    desk.press(case, "answer", "sent", "sales")
    assert any("the new list applies" in body for body in _mails_to(desk, "li@new.example"))


def test_a_result_that_was_sent_back_gets_a_new_draft_and_nothing_leaves_before_that_is_confirmed(desk: ADesk) -> None:
    case = _recorded(desk)
    desk.press(case, "assessment", "accepted", "complaint_officer", **ACCEPTED)
    desk.press(case, "investigation", "found", "sales_manager", **FOUND)
    desk.press(case, "answer", "not_sent", "sales")
    desk.press(case, "other_way", "back", "sales", why_back="which list?")
    desk.press(case, "investigation", "found", "sales_manager", **FOUND | {"opinion": "the list of May applies"})
    draft = desk.work(case, "answer").mail
    assert draft is not None and "the list of May applies" in draft.body
    assert _mails_to(desk, "li@acme.example") == []
    desk.press(case, "answer", "sent", "sales")
    assert [("May" in body) for body in _mails_to(desk, "li@acme.example")] == [True]
