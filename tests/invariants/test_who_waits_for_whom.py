"""INV-06, 18 and 20: nobody is forgotten, a case does not close over an open child, and a new round begins anew."""

from __future__ import annotations

import pytest

from engine.refusals import Refusal
from tests.invariants.house import Premises
from tests.invariants.law import hold
from tests.invariants.stories import replaced, returned_unit, two_complaints_about_the_same, waiting_for_its_test
from tests.journeys.a_return import CALL, as_shipped, as_tested, confirmed, delivered, ended


def on_its_way(house: Premises) -> tuple[str, str]:
    """A return in delivery, and its parcel."""
    case = waiting_for_its_test(house.desk)
    house.desk.press(case, "final_test", "passed", "quality_engineer", **as_tested())
    house.desk.press(case, "shipping", "shipped", "shipping_clerk", **as_shipped())
    (child,) = house.desk.case(case).open_children
    return case, child


def test_a_return_does_not_close_while_its_parcel_is_taken_up_again(premises: Premises) -> None:
    desk = premises.desk
    case, child = on_its_way(premises)
    delivered(desk, child)
    assert desk.case(child).ended == "delivered" and desk.case(case).leaves == ("follow_up/call_customer",)
    desk.house.desk.reopen_case(child, "sales", "a scratch was found later")
    assert desk.case(case).open_children == (child,)
    desk.press(case, "follow_up/call_customer", "reached", "service_agent", **CALL)
    assert desk.case(case).is_open, "its parcel is open again"
    hold(premises.witness)
    confirmed(desk, child)
    assert desk.case(child).ended == "delivered" and desk.case(case).ended == "returned"
    hold(premises.witness)


def test_a_parcel_may_be_taken_up_again_after_its_return_has_closed(premises: Premises) -> None:
    desk = premises.desk
    case, child = on_its_way(premises)
    delivered(desk, child)
    desk.press(case, "follow_up/call_customer", "reached", "service_agent", **CALL)
    assert desk.case(case).ended == "returned"
    desk.house.desk.reopen_case(child, "sales", "a scratch was found later")
    assert desk.case(child).is_open and desk.case(case).ended == "returned"
    hold(premises.witness)


def test_moving_by_hand_to_the_end_does_not_close_over_an_open_child(premises: Premises) -> None:
    case, child = on_its_way(premises)
    for end in ("returned", "settled", "not_received", "line_done"):
        with pytest.raises(Refusal):
            premises.desk.house.desk.move_case(case, end, "service_manager", "it will arrive")
    assert premises.desk.case(case).is_open and premises.desk.case(child).is_open


def test_the_cases_of_somebody_who_leaves_get_an_owner_who_is_there(premises: Premises) -> None:
    desk = premises.desk
    case = returned_unit(desk, "SN-1")
    assert desk.case(case).owner == "service_agent"
    desk.house.accounts.change("service_agent", by=None, active=False)
    desk.house.desk.give_back_tasks_of("service_agent", None)
    owner = desk.case(case).owner
    assert owner is not None and premises.desk.house.store.read(lambda s: s.people())[owner].active
    said = next(row for row in desk.history(case) if row.kind == "owner_changed")
    assert said.details["owner"] == ["service_agent", owner]
    hold(premises.witness)


def test_a_case_reopened_after_its_owner_left_is_answered_for_by_whoever_opened_it(premises: Premises) -> None:
    desk = premises.desk
    case = desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="no power").case
    desk.house.desk.cancel_case(case, "service_supervisor", "typed twice")
    desk.house.accounts.change("service_agent", by=None, active=False)
    desk.house.desk.give_back_tasks_of("service_agent", None)
    desk.house.desk.reopen_case(case, "service_supervisor", "it was not")
    assert desk.case(case).owner == "service_supervisor"
    hold(premises.witness)


def test_a_case_whose_ladders_have_all_ended_is_put_before_its_owner_again_and_again(premises: Premises) -> None:
    desk = premises.desk
    _, waiting = two_complaints_about_the_same(desk)
    for _ in range(25):
        desk.pass_time(days=5)
        for task in desk.case(waiting).tasks:
            by = task.assignee or task.roles[0]
            if task.kind == "escalation":
                desk.house.desk.complete_task(task.id, "noted", {"comment": "still waiting"}, by)
            elif task.mail:
                desk.house.desk.complete_task(task.id, "not_sent", {}, by)
        hold(premises.witness)
    case = desk.case(waiting)
    assert case.leaves == ("waiting_for_the_other",)
    (task,) = case.tasks
    assert (task.kind, task.about, task.assignee) == ("escalation", "forgotten", case.owner)


def test_nobody_takes_a_case_by_saying_that_its_owner_has_left(premises: Premises) -> None:
    desk = premises.desk
    case = returned_unit(desk, "SN-1")
    desk.house.accounts.change("service_agent", by=None, active=False)
    with pytest.raises(Refusal) as refused:
        desk.house.desk.change_owner(case, "workshop", "workshop", "mine now")
    assert refused.value.code == "role"


def test_nobody_makes_somebody_the_owner_who_does_not_work_here(premises: Premises) -> None:
    case = returned_unit(premises.desk, "SN-1")
    for nobody in ("nobody", ""):
        with pytest.raises(Refusal):
            premises.desk.house.desk.change_owner(case, nobody, "service_manager", "why not")
    answer = premises.ask("POST", f"/cases/{case}/owner", "service_manager", {"owner": "nobody", "reason": "x"})
    assert answer.status_code >= 400
    assert premises.desk.case(case).owner == "service_agent"


def test_a_new_round_keeps_what_was_entered_and_revives_no_pass(premises: Premises) -> None:
    desk = premises.desk
    case, _ = on_its_way(premises)
    ended(premises.desk, case)
    before = dict(desk.case(case).values)
    desk.house.desk.reopen_case(case, "service_supervisor", "it was not")
    now = desk.case(case)
    assert now.round == 2 and {**now.values, **before} == dict(now.values) | before
    assert now.values["tested_unit"] == "SN-1" and now.values["repaired_by"] == "workshop"
    for step in ("shipping", "delivery", "register_swap"):
        with pytest.raises(Refusal):
            desk.house.desk.move_case(case, step, "service_manager", "it had passed")
    assert not set(now.facts) & {"final_test.passed", "reinspection.passed"}
    hold(premises.witness)


def test_a_return_that_is_taken_up_again_with_a_swap_on_record_leaves_one_live_unit(premises: Premises) -> None:
    case = replaced(premises.desk)
    ended(premises.desk, case)
    premises.desk.house.desk.reopen_case(case, "service_supervisor", "it was not")
    hold(premises.witness)
