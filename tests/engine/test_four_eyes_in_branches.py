"""Four eyes hold between steps that are open side by side, whichever is finished first."""

from __future__ import annotations

import pytest

from tests.engine.stage import Stage

SIDE_BY_SIDE = """
steps:
  opinions:
    label: Opinions | 意见
    parallel:
      here:
        first: {label: First | 甲, task: {role: [clerk, boss]}, due: 1 working day, next: join}
      there:
        second: {label: Second | 乙, task: {role: [clerk, boss]}, due: 1 working day, next: join}
    next: closed
  closed: {end: success, label: Closed | 结案}
rules:
  - never: first and second by the same person
"""


@pytest.mark.parametrize(("one", "other"), [("first", "second"), ("second", "first")])
def test_who_did_one_branch_may_not_do_the_other_that_was_open_already(one: str, other: str) -> None:
    stage = Stage(SIDE_BY_SIDE).lines("clerk starts", f"clerk completes {one}")
    assert stage.refused(f"clerk completes {other}").code == "different_person"
    assert stage.refused(f"clerk claims {other}").code == "different_person"
    assert stage.lines(f"clerk_2 completes {other}").ended == "closed"


def test_what_such_a_person_held_goes_back_to_its_role() -> None:
    stage = Stage(SIDE_BY_SIDE).lines("clerk starts", "clerk claims first", "clerk claims second")
    stage.lines("clerk completes first")
    assert stage.case is not None and [task.assignee for task in stage.case.tasks] == [None]
    assert stage.lines("boss completes second").ended == "closed"
