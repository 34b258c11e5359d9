"""Of a field that names a person: only people of the roles it lists may be picked, and who is not is told so."""

from __future__ import annotations

import pytest

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
