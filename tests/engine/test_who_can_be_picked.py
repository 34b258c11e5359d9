"""Of a field that names a person: only people of the roles it lists may be picked, and who is not is told so."""

from __future__ import annotations

import pytest

from engine.offering import task_offer
from engine.refusals import FormRefusal
from tests.engine.stage import Stage

CHOSEN_BY_THE_BOSS = """
fields:
  handler: {type: user, role: [clerk, fixer], label: Who handles it | 处理人}
steps:
  choosing:
    label: Choose | 指定
    task: {role: boss, form: {ask: [handler]}}
    due: 1 working day
    next: handling
  handling:
    label: Handle | 处理
    task: {role: [clerk, fixer], assign_to: handler}
    due: 1 working day
    next: closed
  closed: {end: success, label: Closed | 结案}
"""


@pytest.mark.parametrize("handler", ["clerk", "fixer"])
def test_whoever_has_one_of_the_roles_can_be_picked_and_has_the_work(handler: str) -> None:
    stage = Stage(CHOSEN_BY_THE_BOSS).lines("boss starts", ("boss completes choosing", {"handler": handler}))
    assert stage.lines(f"{handler} completes handling").ended == "closed"


def test_who_has_none_of_the_roles_is_refused_with_their_names() -> None:
    stage = Stage(CHOSEN_BY_THE_BOSS).lines("boss starts")
    refusal = stage.refused("boss completes choosing", handler="boss")
    assert isinstance(refusal, FormRefusal)
    assert refusal.fields["handler"].zh == "boss不是文员、维修员。"


REFUSED_LATER = """
owner: starter
fields:
  about: {type: user, label: Whom it is about | 涉及人员}
  handler: {type: user, role: [clerk, fixer, tester, boss], label: Who handles it | 处理人}
  is_hard: {type: yes_no, label: Hard | 复杂}
steps:
  noting:
    label: Note | 记录
    task: {role: boss, form: {ask: [about, is_hard]}}
    due: 1 working day
    next: choosing
  choosing:
    label: Choose | 指定
    task: {role: boss, form: {ask: [handler]}}
    due: 1 working day
    next: handling
  handling:
    label: Handle | 处理
    task: {role: [clerk, fixer, tester, boss], assign_to: handler, different_person_from: WHO}
    due: 1 working day
    next: closed
  closed: {end: success, label: Closed | 结案}
rules:
  - never: handling when handler == about
    because: Not whom it is about. | 不能是涉及人员。
  - never: handling when is_hard and handler == clerk_who_noted
    because: Hard ones are for somebody else. | 复杂的须由他人处理。
"""


def _not_offered(different_person_from: str, together: str = "") -> tuple[str, ...]:
    text = REFUSED_LATER.replace("WHO", different_person_from).replace("clerk_who_noted", "owner")
    text = text.replace("{ask: [handler]}", f"{{ask: [{together}handler]}}")
    stage = Stage(text).lines("clerk starts", ("boss completes noting", {"about": "fixer", "is_hard": True}))
    world = stage.world_at(stage.now)
    assert stage.case is not None
    *_, handler = task_offer(stage.process, stage.case, stage.work("choosing"), world.people["boss"], world).asked
    return handler.not_these


def test_whom_a_rule_or_four_eyes_would_refuse_afterwards_is_not_offered_but_who_is_refused_only_perhaps_is() -> None:
    assert _not_offered("[noting]") == ("boss", "fixer")


def test_whom_a_field_on_the_same_form_names_is_offered_for_that_may_be_put_right_there() -> None:
    assert _not_offered("[noting, about]", together="about, ") == ("boss",)


def test_who_may_be_let_do_it_all_the_same_is_offered() -> None:
    assert _not_offered("[noting], may_be_waived_by: boss") == ("fixer",)
