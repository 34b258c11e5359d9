"""Who is away does nothing: tasks go to the deputy, or to the role, as late as they are, and both are written to."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import events as happened
from engine.case import Task
from engine.decide import decide
from engine.effects import Remind, SendMail, WriteHistory
from engine.offering import task_offer
from engine.people import Absence, Person, World
from engine.refusals import Refusal
from tests.engine.stage import Stage

WORK = """
fields:
  handler: {type: user, label: Handler | 处理人}
  about: {type: user, label: Whom it is about | 涉及人员}
owner: starter
steps:
  choosing:
    label: Choose | 指定
    task: {role: boss, form: {optional: [handler, about]}}
    due: 1 working day
    next: handling
  handling:
    label: Handle | 处理
    task: {role: clerk, assign_to: handler, different_person_from: [about], may_pause: true}
    due: 1 working day
    timers:
      - {at: due, remind: assignee}
      - {at: 1 working day after due, task: owner}
    outcomes: {done: finishing, again: choosing}
  finishing:
    label: Finish | 收尾
    task: {role: clerk, same_person_as: handling}
    due: 1 working day
    next: closed
  closed: {end: success, label: Closed | 结案}
  cancelled: {end: cancelled, label: Off | 取消}
permissions: {cancel: [tester]}
"""
WEEK = dt.timedelta(days=7)


def away(stage: Stage, person: str, deputy: str | None, *, since: dt.timedelta = dt.timedelta()) -> None:
    """Somebody is away for a week."""
    known = stage._person(person)
    begins = stage.now + since
    stage._people[person] = replace(known, absence=Absence(begins, begins + WEEK, deputy))


def given_to(handler: str, *absences: tuple[str, str | None], about: str | None = None) -> Stage:
    """A case whose handling is for one person, while some people are away."""
    stage = Stage(WORK)
    for person in ("clerk_2", "clerk_3", "fixer"):
        stage._person(person)
    for person, deputy in absences:
        away(stage, person, deputy)
    return stage.lines("boss starts", ("boss completes choosing", {"handler": handler, "about": about}))


def held(stage: Stage, step: str = "handling") -> Task:
    task = stage.work(step)
    assert isinstance(task, Task)
    return task


def test_a_task_for_somebody_who_is_away_goes_to_the_deputy() -> None:
    assert held(given_to("clerk_2", ("clerk_2", "clerk_3"))).assignee == "clerk_3"
    assert held(given_to("clerk_2")).assignee == "clerk_2"


def test_both_are_written_to_and_history_says_for_whom_and_until_when() -> None:
    stage = given_to("clerk_2", ("clerk_2", "clerk_3"))
    mails = [effect for effect in stage.effects if isinstance(effect, SendMail)]
    assert [mail.to for mail in mails] == ["clerk_2@example.com", "clerk_3@example.com"]
    assert "For clerk_2, who is away until" in mails[0].subject and "to clerk_3" in mails[0].subject
    (notice,) = [effect for effect in stage.effects if isinstance(effect, Remind)]
    assert notice.people == ("clerk_2", "clerk_3")
    told = [effect for effect in stage.effects if isinstance(effect, WriteHistory)][-1].details
    assert told["handed_on"] == [{"task": held(stage).id, "from": "clerk_2", "to": "clerk_3"}]
    assert "离岗至" in told["noted"][0]["zh-Hans"] and "clerk_3" in told["noted"][0]["zh-Hans"]


@pytest.mark.parametrize(
    ("deputy", "why"),
    [("fixer", "has not the role"), (None, "nobody was named"), ("ghost", "is not known"), ("clerk_2", "is the same")],
)
def test_a_deputy_who_may_not_hold_it_leaves_it_to_the_role(deputy: str | None, why: str) -> None:
    task = held(given_to("clerk_2", ("clerk_2", deputy)))
    assert (task.assignee, task.roles) == (None, ("clerk",)), why


def test_a_deputy_whom_the_case_is_about_gets_nothing_of_it() -> None:
    stage = given_to("clerk_2", ("clerk_2", "clerk_3"), about="clerk_3")
    assert held(stage).assignee is None and held(stage).excluded == ("clerk_3",)


def test_a_deputy_who_is_away_too_is_stood_in_for_and_a_circle_ends_at_the_role() -> None:
    chain = given_to("clerk", ("clerk", "clerk_2"), ("clerk_2", "clerk_3"))
    assert held(chain).assignee == "clerk_3"
    circle = given_to("clerk", ("clerk", "clerk_2"), ("clerk_2", "clerk"))
    assert held(circle).assignee is None


def test_who_did_it_before_is_not_waited_for_while_away() -> None:
    stage = given_to("clerk_2")
    away(stage, "clerk_2", "clerk_3")
    stage.lines("clerk_2 completes handling.done")
    task = held(stage, "finishing")
    assert (task.assignee, task.only) == ("clerk_3", None)
    stage.lines("clerk_3 completes finishing")
    assert stage.ended == "closed"


def test_an_owners_task_goes_to_the_deputy_and_without_one_to_who_answers_for_such_cases() -> None:
    for deputy, holder, roles in (("tester", "tester", ()), (None, None, ("tester", "clerk", "boss", "admin"))):
        stage = given_to("clerk_2")
        away(stage, "boss", deputy)
        stage.lines("3 working days pass")
        assert stage.case is not None and stage.case.owner == "boss"
        (escalation,) = [task for task in stage.case.tasks if task.kind == "escalation"]
        assert (escalation.assignee, escalation.roles) == (holder, roles)


def test_a_reminder_reaches_the_deputy_of_who_still_holds_it() -> None:
    stage = given_to("clerk_2")
    away(stage, "clerk_2", "clerk_3", since=dt.timedelta(hours=2))
    stage.lines("1 working day passes")
    reminded = [effect for effect in stage.effects if isinstance(effect, Remind) and effect.to == "assignee"]
    assert reminded[0].people == ("clerk_2", "clerk_3")


def began(stage: Stage, person: str) -> None:
    """The absence of somebody is seen to."""
    assert stage.case is not None
    decision = decide(stage.process, stage.case, happened.HolderAway(person), stage.world_at(stage.now))
    stage.case, stage.effects = decision.case, list(decision.effects)


def test_open_tasks_are_handed_on_when_an_absence_begins_and_no_clock_is_reset() -> None:
    stage = given_to("clerk_2")
    stage.lines("2 working hours pass")
    before = held(stage)
    assert stage.case is not None
    timers = stage.case.timers
    away(stage, "clerk_2", "clerk_3")
    began(stage, "clerk_2")
    assert held(stage) == replace(before, assignee="clerk_3")
    assert stage.case.timers == timers
    assert not [effect for effect in stage.effects if isinstance(effect, SendMail)], "one letter tells of all"
    assert [effect.kind for effect in stage.effects if isinstance(effect, WriteHistory)] == ["handed_on"]


def test_a_paused_task_is_handed_on_as_it_is() -> None:
    stage = given_to("clerk_2").lines(("clerk_2 pauses handling", {"reason": "waits for a part"}))
    before = held(stage)
    away(stage, "clerk_2", "clerk_3")
    began(stage, "clerk_2")
    assert held(stage) == replace(before, assignee="clerk_3") and held(stage).paused


def test_coming_back_changes_nothing_and_an_absence_that_has_not_begun_neither() -> None:
    stage = given_to("clerk_2", ("clerk_2", "clerk_3"))
    stage._people["clerk_2"] = replace(stage._people["clerk_2"], absence=None)
    stage.lines("1 working hour passes", "clerk_3 completes handling.again", ("boss completes choosing", {}))
    assert held(stage).assignee == "clerk_2"
    away(stage, "clerk_2", "clerk_3", since=dt.timedelta(days=2))
    before = stage.case
    began(stage, "clerk_2")
    assert stage.case is before and held(stage).assignee == "clerk_2"


def test_who_is_away_takes_nothing_on_until_they_say_that_they_are_back() -> None:
    stage = given_to("clerk_2", ("clerk_2", None))
    refusal = stage.refused("clerk_2 claims handling")
    assert "You are entered as away until" in refusal.text.en and "离岗" in refusal.text.zh
    assert stage.case is not None
    world = stage.world_at(stage.now)
    for person, allowed in (("clerk_2", False), ("clerk_3", True)):
        offer = task_offer(stage.process, stage.case, held(stage), world.people[person], world)
        assert next(act.allowed for act in offer.acts if act.name == "claim") is allowed


def test_a_task_put_before_somebody_who_is_away_goes_to_the_deputy() -> None:
    stage = given_to("clerk_3", ("clerk_2", "clerk"))
    assert stage.case is not None
    event = happened.TaskReassigned(held(stage).id, "clerk_2", "clerk_3", "knows it better")
    stage.case = decide(stage.process, stage.case, event, stage.world_at(stage.now)).case
    assert held(stage).assignee == "clerk"


def test_nobody_else_may_hand_on_what_somebody_at_work_holds() -> None:
    stage = given_to("clerk_2")
    with pytest.raises(Refusal):
        stage.lines("clerk claims handling")
    before = stage.case
    began(stage, "clerk_2")
    assert stage.case is before


NAMES = ("a", "b", "c", "d", "e")


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), st.sampled_from((*NAMES, None))), st.sampled_from(NAMES))
def test_whoever_stands_in_is_there_and_asking_always_ends(deputies: dict[str, str | None], who: str) -> None:
    now = dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC)
    people = {
        name: Person(name, name, absence=Absence(now, now + WEEK, deputies[name]) if name in deputies else None)
        for name in NAMES
    }
    found = World(now, people).stand_in_of(people[who])
    assert found is None or (found.away_at(now) is None and found.id != who)
    if who in deputies and deputies[who] is not None and deputies[who] not in deputies:
        assert found is people[str(deputies[who])]
