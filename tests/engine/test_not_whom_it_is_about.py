"""A step may be forbidden to the person whom a field of the case names: nobody handles a complaint about themselves."""

from __future__ import annotations

import pytest

from tests.engine.stage import Stage

ABOUT_SOMEBODY = """
fields:
  about: {type: user, label: Whom it is about | 涉及人员}
  handler: {type: user, label: Who handles it | 处理人}
steps:
  choosing:
    label: Choose | 指定
    task: {role: boss, form: {ask: [about, handler]}}
    due: 1 working day
    next: handling
  handling:
    label: Handle | 处理
    task: {role: clerk, assign_to: handler, different_person_from: [start, about]}
    due: 1 working day
    next: closed
  closed: {end: success, label: Closed | 结案}
"""


def _chosen(handler: str) -> Stage:
    return Stage(ABOUT_SOMEBODY).lines(
        "boss starts", ("boss completes choosing", {"about": "clerk_2", "handler": handler})
    )


@pytest.mark.parametrize("press", ["clerk_2 claims handling", "clerk_2 completes handling"])
def test_whom_the_case_is_about_neither_takes_nor_finishes_it(press: str) -> None:
    stage = _chosen("clerk")
    assert stage.refused(press).code in ("different_person", "claimed")
    assert stage.lines("clerk completes handling").ended == "closed"


def test_a_task_given_to_whom_it_is_about_goes_to_the_role_instead() -> None:
    stage = _chosen("clerk_2")
    assert stage.case is not None
    assert [task.assignee for task in stage.case.tasks] == [None]
    assert stage.refused("clerk_2 claims handling").code == "different_person"
