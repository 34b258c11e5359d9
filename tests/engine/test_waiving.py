"""Four eyes where staffing allows: who holds the named role lets an excluded person do the task, with a reason."""

from __future__ import annotations

import pytest

from engine import events as happened
from engine.decide import decide
from engine.effects import WriteHistory
from engine.offering import task_offer
from engine.offers import TaskOffer
from engine.refusals import FormRefusal
from engine.rehearsal import NotReadable
from tests.engine.stage import Stage, process

FOLLOW_UP = """
steps:
  repairing:
    label: Repair | 维修
    task: {role: fixer}
    due: 1 day
    next: calling
  calling:
    label: Call the customer | 回访
    task: {role: [fixer, clerk], different_person_from: [start, repairing], may_be_waived_by: boss}
    due: 1 day
    outcomes: {reached: done_well, again: calling}
  done_well: {end: success, label: Done | 完成}
  cancelled: {end: cancelled, label: Off | 取消}
"""
TO_THE_CALL = ("clerk starts", "fixer completes repairing")
SHORT_OF_PEOPLE = {"reason": "everybody else is ill"}
FOR_FIXER = ("boss waives calling for fixer", SHORT_OF_PEOPLE)


def calling(body: str = FOLLOW_UP) -> Stage:
    return Stage(body).lines(*TO_THE_CALL)


def offered(stage: Stage, person: str) -> TaskOffer:
    world = stage.world_at(stage.now)
    assert stage.case is not None
    return task_offer(stage.process, stage.case, stage.work("calling"), world.people[person], world)


def test_whoever_worked_on_it_may_do_it_once_the_boss_allows_it() -> None:
    stage = calling()
    assert stage.work("calling").excluded == ("clerk", "fixer")
    assert stage.refused("fixer completes calling.reached").code == "different_person"

    stage.lines(FOR_FIXER)

    assert (stage.work("calling").excluded, stage.work("calling").assignee) == (("clerk",), "fixer")
    stage.lines("fixer completes calling.reached")
    assert stage.ended == "done_well"


def test_history_says_who_waived_it_for_whom_and_why() -> None:
    stage = calling()
    event = happened.TaskReassigned(stage.work("calling").id, "fixer", "boss", " everybody else is ill ")

    decision = decide(stage.process, stage.case, event, stage.world_at(stage.now))

    told = next(effect for effect in decision.effects if isinstance(effect, WriteHistory))
    assert (told.kind, told.by, told.step) == ("waived", "boss", "calling")
    assert (told.details["to"], told.details["reason"]) == ("fixer", "everybody else is ill")


@pytest.mark.parametrize("reason", ["", "  "])
def test_nothing_is_waived_without_a_reason(reason: str) -> None:
    refusal = calling().refused("boss waives calling for fixer", reason=reason)

    assert isinstance(refusal, FormRefusal)
    assert refusal.fields["reason"].en == "Say why fixer may do this after all."


@pytest.mark.parametrize("who", ["tester", "clerk", "fixer", "clerk_2"])
def test_nobody_else_waives_it(who: str) -> None:
    refusal = calling().refused(f"{who} waives calling for fixer", reason="quicker")

    assert refusal.code in ("different_person", "role")


def test_a_boss_who_worked_on_it_does_not_waive_it_for_himself_but_another_boss_may() -> None:
    stage = Stage(FOLLOW_UP.replace("[fixer, clerk]", "[fixer, clerk, boss]"))
    stage.lines("boss starts", "fixer completes repairing")

    assert "themselves" in stage.refused("boss waives calling for boss", reason="quicker").text.en
    assert offered(stage, "boss").waivable == ("fixer",)
    stage.lines(("boss_2 waives calling for boss", SHORT_OF_PEOPLE), "boss completes calling.reached")
    assert stage.ended == "done_well"


def test_who_lacks_the_role_of_the_task_does_not_get_it_by_a_waiver() -> None:
    stage = calling(FOLLOW_UP.replace("role: [fixer, clerk]", "role: fixer"))

    refusal = stage.refused("boss waives calling for clerk", reason="quicker")

    assert refusal.code == "role"
    assert "clerk may not do this task" in refusal.text.en


def test_a_waiver_is_for_one_visit_the_next_one_asks_again() -> None:
    stage = calling().lines(FOR_FIXER, "fixer completes calling.again")

    assert stage.work("calling").excluded == ("clerk", "fixer")


def test_a_task_that_was_waived_and_given_back_may_be_claimed_by_the_same_person() -> None:
    stage = calling().lines(FOR_FIXER)
    released = happened.TaskReleased(stage.work("calling").id, "fixer")
    stage.case = decide(stage.process, stage.case, released, stage.world_at(stage.now)).case

    stage.lines("fixer claims calling")

    assert stage.work("calling").assignee == "fixer"


def test_a_rule_of_four_eyes_is_never_waived_even_if_it_came_with_a_newer_version() -> None:
    stage = calling()
    stage.process = process(FOLLOW_UP + "rules: [{never: repairing and calling by the same person}]\n")

    assert stage.refused("boss waives calling for fixer", reason="quicker").code == "different_person"
    assert offered(stage, "boss").waivable == ("clerk",)


def test_whom_a_case_is_about_is_not_let_do_it_either() -> None:
    about_fixer = FOLLOW_UP.replace("[start, repairing]", "[repairing, blamed]") + (
        "fields: {blamed: {type: user, role: fixer, default: fixer, label: Blamed | 被投诉人}}\n"
    )
    stage = calling(about_fixer)

    assert stage.work("calling").excluded == ("fixer",)
    assert stage.refused("boss waives calling for fixer", reason="quicker").code == "different_person"
    assert offered(stage, "boss").waivable == ()


def test_the_offer_names_whom_one_may_let_do_it() -> None:
    stage = calling()

    assert offered(stage, "boss").waivable == ("clerk", "fixer")
    assert "reassign" in [act.name for act in offered(stage, "boss").acts]
    assert offered(stage, "tester").waivable == ()
    assert "reassign" not in [act.name for act in offered(stage, "tester").acts]


def test_a_story_that_waives_what_needs_no_waiver_cannot_be_played() -> None:
    with pytest.raises(NotReadable, match="nothing to waive"):
        calling().lines(("boss waives calling for fixer_2", SHORT_OF_PEOPLE))


def test_without_the_word_in_the_file_nobody_waives_anything() -> None:
    stage = calling(FOLLOW_UP.replace(", may_be_waived_by: boss", "") + "permissions: {move: boss}\n")

    assert stage.refused("boss waives calling for fixer", reason="quicker").code == "different_person"
    assert offered(stage, "boss").waivable == ()
