"""Who answers for a new case: its starter; of one that another case opened, the owner of that one, where it is theirs to see."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from engine import events as happened
from engine.decide import decide
from engine.effects import StartCase
from engine.people import Person, World
from tests.engine.stage import HEAD, Stage, process

WORK = """
steps:
  working: {label: Work | 处理, task: {role: fixer}, due: 1 day, next: done}
  done: {end: success, label: Done | 完成}
  cancelled: {end: cancelled, label: Cancelled | 取消}
"""
CHILD = "permissions: {see: [clerk, fixer], cancel: boss}\n" + WORK
BY_PATH = "fields: {keeper: {type: user, label: Keeper | 负责人}}\nowner: keeper\n" + CHILD
PEOPLE = {
    "clerk": Person("clerk", "Clerk", frozenset({"clerk"})),
    "boss": Person("boss", "Boss", frozenset({"boss"})),
    "tester": Person("tester", "Tester", frozenset({"tester"})),
    "fixer": Person("fixer", "Fixer", frozenset({"fixer"})),
}
MONDAY = dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC)


def _owner(body: str, by: str | None, opener: str | None, left: str = "", **values: str) -> str | None:
    """Whose a case becomes that `by` began by a press in a case of `opener`; `left` does not work here any more."""
    people = {id: replace(person, active=id != left) for id, person in PEOPLE.items()}
    start = happened.CaseStarted("c1", "TRIAL-1", values, by, owner=opener, trusted=True)
    return decide(process(body), None, start, World(MONDAY, people, {}, None)).case.owner


def test_what_somebody_starts_is_theirs() -> None:
    assert _owner(CHILD, by="clerk", opener=None) == "clerk"


def test_what_another_case_opened_belongs_to_the_owner_of_that_one_and_not_to_who_pressed_there() -> None:
    assert _owner(CHILD, by="boss", opener="clerk") == "clerk"


@pytest.mark.parametrize(("opener", "left"), [("tester", ""), ("clerk", "clerk")], ids=["may not see it", "has left"])
def test_it_belongs_to_who_pressed_where_the_owner_of_the_other_case_cannot_answer_for_it(
    opener: str, left: str
) -> None:
    assert _owner(CHILD, by="boss", opener=opener, left=left) == "boss"


def test_where_nobody_pressed_it_is_the_other_owners_even_if_such_cases_are_not_theirs_to_see() -> None:
    assert _owner(CHILD, by=None, opener="tester") == "tester"


def test_whom_the_process_names_comes_before_everybody() -> None:
    assert _owner(BY_PATH, by="boss", opener="clerk", keeper="fixer") == "fixer"
    assert _owner(BY_PATH, by="boss", opener="clerk") == "clerk"


def test_a_child_is_told_whose_the_opening_case_is() -> None:
    stage = Stage(
        "permissions: {cancel: boss}\nsteps:\n"
        "  deciding: {label: Decide | 决定, task: {role: boss}, due: 1 day, next: opening}\n"
        "  opening: {label: Open | 新建, do: [{start: other}], next: done}\n"
        "  done: {end: success, label: Done | 完成}\n"
        "  cancelled: {end: cancelled, label: Cancelled | 取消}\n",
        HEAD,
    )
    stage.lines("clerk starts", "boss completes deciding")
    (order,) = [effect for effect in stage.effects if isinstance(effect, StartCase)]
    assert (order.owner, order.by) == ("clerk", "boss")
