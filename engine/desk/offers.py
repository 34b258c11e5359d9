"""What lies on the desk: tasks, cases and start forms as a person may see them now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.authority import viewer_of
from engine.case import Case
from engine.case_offering import case_offer
from engine.definition.compiled import Compiled
from engine.definition.texts import Text
from engine.desk.presses import Presses, case_of
from engine.foreseeing import perhaps_the_same, with_earlier
from engine.offering import start_offer, task_offer
from engine.offers import CaseOffer, StartOffer, TaskOffer
from engine.people import Person, World
from engine.refusals import Refusal
from engine.screen_rows import CaseRow
from engine.screens import Screens


class WhatIsOffered(Presses):
    """What a person may see and press."""

    def task_offer(self, task: str, by: str) -> TaskOffer:
        """A task as a person may see and press it now. Raises Refusal("closed") when it is no longer open."""

        def look(screens: Screens) -> TaskOffer:
            process, case, person, world = self._look_at(screens, case_of(task), by)
            found = case.task(task)
            if found is None:
                raise Refusal("closed", Text("This task is no longer open.", "该任务已关闭。"))
            return task_offer(process, case, found, person, world)

        return self.store.read(look)

    def case_offer(self, case: str, by: str) -> CaseOffer:
        """A case as a person may see and steer it now."""

        def look(screens: Screens) -> CaseOffer:
            process, found, person, world = self._look_at(screens, case, by)
            return case_offer(process, found, person, world)

        return self.store.read(look)

    def start_offer(self, process: str, by: str, values: Mapping[str, Any] | None = None) -> StartOffer:
        """The start form of a process. With what was entered so far it knows of an earlier case about the same."""

        def look(screens: Screens) -> StartOffer:
            people, definition = screens.people(), self.definitions.process(screens, process)
            world = World(screens.now, people)
            if values and definition.alike:
                world = with_earlier(definition, values, world, screens)
            return start_offer(definition, _person(people, by), world)

        return self.store.read(look)

    def perhaps_the_same(self, process: str, by: str, values: Mapping[str, Any]) -> Sequence[CaseRow]:
        """Open cases that may be about the same as what was entered so far; whether they are, a person says."""

        def look(screens: Screens) -> Sequence[CaseRow]:
            people, definition = screens.people(), self.definitions.process(screens, process)
            viewer = viewer_of(_person(people, by), self.definitions.newest(screens))
            return perhaps_the_same(definition, values, World(screens.now, people), screens, viewer)

        return self.store.read(look)

    def startable(self, by: str) -> list[StartOffer]:
        """The processes a person may start, by label."""

        def look(screens: Screens) -> list[StartOffer]:
            people = screens.people()
            world, person = World(screens.now, people), _person(people, by)
            offers = [start_offer(process, person, world) for process in self.definitions.newest(screens)]
            return [offer for offer in offers if offer.allowed]

        return self.store.read(look)

    def _look_at(self, screens: Screens, case_id: str, by: str) -> tuple[Compiled, Case, Person, World]:
        case = screens.case(case_id)
        if case is None:
            raise Refusal("unknown", Text("There is no such case.", "没有该工单。"))
        people = screens.people()
        process = self.definitions.process(screens, case.process, case.version)
        return process, case, _person(people, by), World(screens.now, people)


def _person(people: Mapping[str, Person], by: str) -> Person:
    if by not in people:
        raise Refusal("unknown", Text(f"Nobody here is called '{by}'.", f"没有名为“{by}”的人员。"))
    return people[by]
