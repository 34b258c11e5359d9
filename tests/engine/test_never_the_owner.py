"""Whom a case is about never answers for it, and confirms nothing that waits beside its flow, however that comes about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import events as happened
from engine.case import Case, Task
from engine.decide import decide
from engine.effects import SendMail
from engine.people import Absence, World
from engine.refusals import Refusal
from tests.engine.stage import Stage

ABOUT = """
owner_not: about
fields:
  customer: {type: record, of: customer, label: Customer | 客户}
  about: {type: user, label: Whom it is about | 涉及人员}
permissions: {see: [clerk, boss], cancel: [boss, tester], move: boss}
mails:
  thanks: {subject: Thank you | 谢谢, body: Thank you | 谢谢}
steps:
  noting:
    label: Note | 登记
    task: {role: [clerk, boss], assign_to: owner, different_person_from: about, form: {optional: [about]}}
    due: 1 working day
    timers:
      - {at: due, remind: owner}
    next: handling
  handling:
    label: Handle | 处理
    on_enter: [draft_mail: thanks]
    task: {role: [clerk, boss], assign_to: owner, different_person_from: about, form: {optional: [about]}}
    due: 1 working day
    timers:
      - {at: due, task: boss}
    outcomes: {done: closed, again: handling}
  closed: {end: success, label: Closed | 结案}
  cancelled: {end: cancelled, label: Off | 取消}
"""
HEAD = """
process: trial
version: 1
label: Trial | 试验
calendar: office
start: {role: [clerk, boss], form: {optional: [customer, about]}}
"""
ACME = {"name": "ACME", "email": "li@acme.example"}


def begun(by: str = "clerk", about: str | None = None) -> Stage:
    return Stage(ABOUT, HEAD, customer=ACME).lines((f"{by} starts", {"about": about} if about else {}))


def told(stage: Stage) -> Case:
    assert stage.case is not None
    return stage.case


def draft(stage: Stage) -> Task:
    return next(task for task in told(stage).tasks if task.kind == "draft")


def given_to(stage: Stage, owner: str, by: str = "boss") -> Refusal | Case:
    stage._person(owner)
    world = World(stage.now, stage._people)
    try:
        return decide(stage.process, told(stage), happened.OwnerChanged(owner, by, "holiday"), world).case
    except Refusal as refusal:
        return refusal


def test_who_takes_down_a_case_about_themselves_does_not_answer_for_it() -> None:
    stage = begun("clerk", about="clerk")
    assert (told(stage).owner, told(stage).starter) == ("boss", "clerk")
    assert [task.assignee for task in told(stage).tasks] == ["boss"]
    mails = [effect for effect in stage.effects if isinstance(effect, SendMail)]
    assert [mail.to for mail in mails] == ["boss@example.com"]


def test_an_owner_whom_the_case_turns_out_to_be_about_gives_way_and_gets_nothing_more() -> None:
    stage = begun().lines("clerk completes noting")
    assert (told(stage).owner, draft(stage).assignee) == ("clerk", "clerk")
    stage.lines(("clerk completes handling.again", {"about": "clerk"}))
    assert told(stage).owner == "boss"
    assert {(task.assignee, task.excluded) for task in told(stage).tasks} == {("boss", ("clerk",))}
    assert stage.refused("clerk completes handling.done").code in ("different_person", "claimed")


def test_a_draft_that_waits_goes_from_whom_the_case_is_about_to_its_owner() -> None:
    stage = begun().lines("clerk completes noting")
    waiting = draft(stage)
    assert waiting.assignee == "clerk"
    pressed = happened.TaskCompleted(waiting.id, "sent", "clerk", {}, waiting.mail)
    stage.lines(("clerk completes handling.again", {"about": "clerk"}))
    world = World(stage.now, stage._people)
    with pytest.raises(Refusal) as refused:
        decide(stage.process, told(stage), pressed, world)
    assert refused.value.code == "different_person"
    assert decide(stage.process, told(stage), replace(pressed, by="boss"), world).changed


def test_a_case_is_not_given_to_whom_it_is_about() -> None:
    stage = begun(about="clerk_2")
    refusal = given_to(stage, "clerk_2")
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.text.zh) == ("different_person", "本工单涉及clerk_2，须由其他人负责。")
    other = given_to(stage, "clerk_3")
    assert isinstance(other, Case) and other.owner == "clerk_3"


def test_an_escalation_of_the_whole_case_is_neither_taken_over_by_nor_given_to_whom_it_is_about() -> None:
    timers = "due: 1 day\ntimers:\n  - {at: due, task: boss}\nsteps:"
    body = ABOUT.replace("steps:", timers, 1)
    stage = Stage(body, HEAD, customer=ACME).lines(("clerk starts", {"about": "boss_2"}), "2 days pass")
    raised = next(task for task in told(stage).tasks if task.kind == "escalation" and not task.step)
    assert raised.excluded == ("boss_2",)
    for event in (
        happened.TaskCompleted(raised.id, "take_over", "boss_2", {}),
        happened.TaskCompleted(raised.id, "reassign", "boss", {"to": "boss_2"}),
    ):
        stage._person("boss_2"), stage._person("boss")
        with pytest.raises(Refusal) as refused:
            decide(stage.process, told(stage), event, World(stage.now, stage._people))
        assert refused.value.code == "different_person"


def test_who_stands_in_for_an_owner_away_is_not_written_to_about_themselves() -> None:
    stage = begun(about="clerk_2")
    stage._person("clerk_2")
    away = Absence(stage.now, stage.now.replace(year=2027), "clerk_2")
    stage._people["clerk"] = replace(stage._person("clerk"), absence=away)
    before = len(stage.effects)
    stage.lines("2 days pass")
    mails = {effect.to for effect in stage.effects[before:] if isinstance(effect, SendMail)}
    assert mails == {"clerk@example.com"}


def test_where_nobody_else_is_left_an_administrator_is_told() -> None:
    body = ABOUT.replace("cancel: [boss, tester], move: boss", "cancel: boss").replace("[clerk, boss]", "boss")
    stage = Stage(body, HEAD.replace("[clerk, boss]", "boss"), customer=ACME).lines(("boss starts", {"about": "boss"}))
    assert told(stage).owner == "boss"
    assert any(type(effect).__name__ == "RaiseIncident" for effect in stage.effects)


PEOPLE = ("clerk", "clerk_2", "boss", "boss_2", "tester")


@given(
    st.sampled_from(PEOPLE[:4]),
    st.lists(st.tuples(st.sampled_from(["about", "owner"]), st.sampled_from(PEOPLE)), max_size=6),
)
@settings(max_examples=40, derandomize=True, deadline=None)
def test_whatever_is_entered_and_whoever_it_is_given_to_nobody_answers_for_a_case_about_themselves(
    by: str, presses: list[tuple[str, str]]
) -> None:
    stage = begun(by)
    for person in PEOPLE:
        stage._person(person)
    stage.lines(f"{by} completes noting")
    for what, person in presses:
        if what == "owner":
            after = given_to(stage, person)
            stage.case = after if isinstance(after, Case) else stage.case
        else:
            holder = stage.work("handling").assignee or next(
                p for p in PEOPLE if p not in stage.work("handling").excluded
            )
            stage.lines((f"{holder} completes handling.again", {"about": person}))
        case = told(stage)
        assert case.owner != case.values.get("about")
        assert all(task.assignee != case.values.get("about") for task in case.tasks)
