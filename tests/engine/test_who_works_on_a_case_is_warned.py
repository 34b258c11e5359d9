"""The ladder of a whole case reminds its owner and whoever works on it, each of them once; who works on it hears that it is
called off."""

from __future__ import annotations

from dataclasses import replace

from engine.case import Case
from engine.decide import Decision
from engine.effects import Remind, SendMail
from engine.people import Absence
from tests.engine.stage import Stage

PROMISE = """
permissions: {cancel: boss}
due: 2 days
timers:
  - {at: 1 day before due, remind: [owner, assignee]}
start: {role: [clerk, boss]}
steps:
  looking:
    label: Look into it | 调查
    task: {role: [clerk, boss]}
    due: 5 days
    timers: [{at: due, remind: assignee}]
    outcomes: {done: done_well}
  done_well: {end: success, label: Done | 完成}
  cancelled: {end: cancelled, label: Off | 取消}
"""


class Told(Stage):
    """A stage that keeps whom the ladder has told, and whom it has written to."""

    def __init__(self) -> None:
        self.people: list[tuple[str, ...]] = []
        self.letters = 0
        head = "process: trial\nversion: 1\nlabel: Trial | 试验\ncalendar: office\n"
        super().__init__(PROMISE, head)

    def _notice(self, before: Case | None, decision: Decision) -> None:
        self.people += [effect.people for effect in decision.effects if isinstance(effect, Remind)]
        self.letters += sum(isinstance(effect, SendMail) for effect in decision.effects)
        super()._notice(before, decision)


def _warned_while(*lines: str) -> Told:
    stage = Told()
    stage.lines("clerk starts", *lines, "1 day passes")
    return stage


def test_the_one_who_works_on_it_is_warned_beside_the_owner() -> None:
    stage = _warned_while("boss claims looking")

    assert stage.people == [("clerk",), ("boss",)]
    assert stage.letters == 2


def test_the_owner_who_works_on_it_is_written_to_once() -> None:
    stage = _warned_while("clerk claims looking")

    assert stage.people == [("clerk",), ("clerk",)]
    assert stage.letters == 1


def test_while_nobody_works_on_it_only_the_owner_is_written_to() -> None:
    assert _warned_while().letters == 1


def test_who_was_about_to_do_something_hears_that_the_case_is_called_off_by_somebody_else() -> None:
    stage = Told()
    stage.lines("clerk starts", "clerk claims looking", "boss cancels")
    assert (stage.people, stage.letters) == ([("clerk",)], 1)


def test_who_stands_in_hears_it_too_unless_they_called_it_off() -> None:
    for by, told in (("boss", ("clerk", "boss_2")), ("boss_2", ("clerk",))):
        stage = Told()
        stage.lines("boss starts", "clerk claims looking")
        away = Absence(stage.now, stage.now.replace(year=2027), "boss_2")
        stage._people |= {"boss_2": stage._person("boss_2"), "clerk": replace(stage._person("clerk"), absence=away)}
        stage.lines(f"{by} cancels")
        assert (stage.people, stage.letters) == ([told], len(told))


def test_who_calls_a_case_off_is_not_told_so_nor_is_a_role_that_nobody_stands_for() -> None:
    for before in ([], ["boss claims looking"]):
        stage = Told()
        stage.lines("clerk starts", *before, "boss cancels")
        assert (stage.people, stage.letters) == ([], 0)
