"""What lies on the desk: tasks, cases and start forms as a person may see them now, and records kept by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.authority import must
from engine.case import Case
from engine.case_offering import case_offer
from engine.casework import Casework
from engine.definition.compiled import Compiled
from engine.definition.texts import Text
from engine.desk.presses import Presses, case_of
from engine.foreseeing import with_earlier
from engine.offering import start_offer, task_offer
from engine.offers import CaseOffer, StartOffer, TaskOffer
from engine.people import Person, World
from engine.records import Record
from engine.refusals import Refusal
from engine.registering import add_record, change_record
from engine.screens import Screens


class WhatIsOffered(Presses):
    """What a person may see and press, and the records they may add or correct."""

    # -- what is offered -----------------------------------------------------------------------------------------------

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

    # -- records by hand -----------------------------------------------------------------------------------------------

    def add_record(self, type: str, typed: Mapping[str, str], by: str, *, because: str = "") -> Record:
        """A record that nobody has imported: what was typed, attribute by attribute, and why something unlikely is right.
        Raises FormRefusal, Doubtful among them, and Refusal("role")."""

        def work(desk: Casework) -> Record:
            must(desk.uow.people().get(by), "add_records")
            site = self.definitions.site(desk.uow)
            return add_record(desk.uow, site, type, typed, by=by, reason="by hand 手工登记", because=because)

        return self._write(work)

    def change_record(self, type: str, id: str, typed: Mapping[str, str], by: str, reason: str) -> Record:
        """A record corrected by hand, with the reason. Raises FormRefusal, and Refusal("role")."""

        def work(desk: Casework) -> Record:
            must(desk.uow.people().get(by), "change_records")
            return change_record(desk.uow, self.definitions.site(desk.uow), type, id, typed, by=by, reason=reason)

        return self._write(work)


def _person(people: Mapping[str, Person], by: str) -> Person:
    if by not in people:
        raise Refusal("unknown", Text(f"Nobody here is called '{by}'.", f"没有名为“{by}”的人员。"))
    return people[by]
