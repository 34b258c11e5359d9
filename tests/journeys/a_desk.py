"""A whole house for journeys: real SQLite, the shipped processes, a clock that is set, and one person of every role."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import processes
from adapters.clock import SetClock
from adapters.settings import Settings
from adapters.wiring import House, open_house
from engine.case import Case, MailText, Task
from engine.checks.report import checksum_of
from engine.desk import Done
from engine.kept import PublishedVersion
from engine.people import Person
from engine.publishing import kind_of
from engine.records import Record
from engine.screen_rows import HistoryRow
from engine.store import UnitOfWork

MONDAY = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)  # 09:00 in Shanghai
PASSWORD = "journey-2026"


@dataclass(frozen=True, slots=True)
class ADesk:
    """A house and the shortest words for working in it. People are called after their role; `technician_2` is a second one."""

    house: House
    clock: SetClock

    def start(self, process: str, by: str, **values: Any) -> Done:
        """Start a case."""
        return self.house.desk.start_case(process, values, by)

    def case(self, case_id: str) -> Case:
        """The case as it stands."""
        found = self.house.store.read(lambda screens: screens.case(case_id))
        assert found is not None
        return found

    def work(self, case_id: str, step: str) -> Task:
        """The open task of a step."""
        return next(t for t in self.case(case_id).tasks if t.kind == "work" and t.step.endswith(step))

    def press(self, case_id: str, step: str, outcome: str, by: str, **values: Any) -> Done:
        """Press a button of a step's task, looking at it first; a draft is confirmed as it stands."""
        task = self.work(case_id, step)
        mail: MailText | None = task.mail
        seen = self.house.desk.task_offer(task.id, by).seen
        return self.house.desk.complete_task(task.id, outcome, values, by, mail=mail, seen=seen)

    def history(self, case_id: str) -> list[HistoryRow]:
        """The timeline."""
        return list(self.house.store.read(lambda screens: screens.history(case_id)))

    def pass_time(self, **length: float) -> int:
        """Time passes; everything that comes due rings. Returns how many timers rang."""
        self.clock.advance(dt.timedelta(**length))
        rung = 0
        while n := self.house.desk.ring_due_timers():
            rung += n
        return rung

    def add(self, type: str, key: str, **attributes: Any) -> None:
        """A record whose id is its key."""
        name = {"customer": "code"}.get(type, "number")
        record = Record(type, key, key, str(attributes.get("name", key)), {name: key, **attributes})

        def work(uow: UnitOfWork) -> None:
            uow.save_record(record, by=None, source="journey")

        self.house.store.write(work)


def open_desk(folder: Path, database_url: str = "", **more: Any) -> ADesk:
    """A desk on a database that was prepared (or is empty); its clock stands at Monday 09:00 in Shanghai."""
    clock = SetClock(MONDAY)
    settings = Settings(data=folder, database_url=database_url or f"sqlite:///{folder}/aftercare.db", **more)
    return ADesk(open_house(settings, clock=clock, cheap_passwords=True), clock)


def bring_the_shipped_files(work: UnitOfWork) -> None:
    """As publishing leaves them. That nothing stands against publishing them is shown once, in `tests/processes`."""
    for name, file in processes.paths().items():
        text = file.read_text("utf-8")
        kind = kind_of(text)
        called = name.removesuffix(".yaml") if kind == "process" else f"_{kind}"
        work.publish(PublishedVersion(called, 1, text, checksum_of(text), work.now, None, "first", kind))


def prepare(desk: ADesk) -> None:
    """The shipped processes, three people of every role, and three units of one customer."""
    house = desk.house
    house.store.write(bring_the_shipped_files)
    site = house.store.read(house.definitions.site)
    for role in site.roles:
        for person in (role, f"{role}_2", f"{role}_3"):
            house.accounts.create(Person(person, person, frozenset({role}), f"{person}@example.com"), PASSWORD, by=None)
    known: Mapping[str, Any] = {"name": "ACME", "email": "li@acme.example", "contact": "Ms Li", "salesperson": "sales"}
    desk.add("customer", "C-1", **known)
    for unit in ("SN-1", "SN-2", "SN-9"):
        desk.add("serial_number", unit, customer="C-1", product="Pump", warranty_until="2027-01-01")
