"""Plays the demo company's cases through the desk with a clock of its own, so that everything about them is real: history,
mails, reminders, escalations. Every line happens at its time, and what comes due in between rings in between."""

from __future__ import annotations

import binascii
import datetime as dt
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

from adapters.clock import SetClock
from adapters.wiring import House
from engine.case import Case, Task
from engine.definition.opening_hours import Calendar


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happens in one story."""

    at: dt.datetime
    story: int
    process: str
    by: str
    what: str
    values: Mapping[str, Any]
    in_child: bool = False


class WrongStory(Exception):
    """A line that the desk does not take; for those who write stories."""


def play(house: House, clock: SetClock, now: dt.datetime) -> int:
    """Plays every story up to `now`; returns how many there are. The clock goes only forwards."""
    site = house.store.read(house.definitions.site)
    lines = sorted(
        read_lines(now.astimezone(ZoneInfo(site.timezone)), site.calendar("office")),
        key=lambda line: (line.at, line.story),
    )
    clock.set(lines[0].at - dt.timedelta(days=1))
    stage = Stage(house, clock)
    for line in lines:
        stage.pass_until(line.at)
        stage.play(line)
    stage.pass_until(now)
    return len(stage.cases)


def read_lines(today: dt.datetime, office: Calendar) -> Iterator[Line]:
    """All lines of all stories, with their moments: on days when the office works."""
    text = files("cli").joinpath("demo_company", "cases.yaml").read_text(encoding="utf-8")
    stories: Sequence[Mapping[str, Any]] = YAML(typ="safe", pure=True).load(text)
    for number, story in enumerate(stories):
        for back, at, by, what, *values in story["lines"]:
            moment = on(working_day(office, today.date(), -back), at, today.tzinfo)
            inside, _, act = what.rpartition(": ")
            given = dated(values[0] if values else {}, today, office)
            yield Line(moment, number, story["process"], by, act, given, bool(inside))


def working_day(office: Calendar, today: dt.date, days: int) -> dt.date:
    """So many open days away."""
    step = dt.timedelta(days=1 if days > 0 else -1)
    day = today
    for _ in range(abs(days)):
        day += step
        while not office.hours_on(day):
            day += step
    return day


def on(day: dt.date, at: str, zone: dt.tzinfo | None) -> dt.datetime:
    """A moment of a day on the site's clock."""
    return dt.datetime.combine(day, dt.time.fromisoformat(at), zone)


def dated(values: Mapping[str, Any], today: dt.datetime, office: Calendar) -> dict[str, Any]:
    """Values with dates counted from today."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            day = working_day(office, today.date(), value.get("working_days", 0)) + dt.timedelta(
                days=value.get("in_days", 0)
            )
            found[name] = (
                on(day, value["at"], today.tzinfo).astimezone(dt.UTC).isoformat() if "at" in value else day.isoformat()
            )
        else:
            found[name] = value
    return found


class Stage:
    """The desk with the clock in hand."""

    def __init__(self, house: House, clock: SetClock) -> None:
        self._house = house
        self._clock = clock
        self.cases: dict[int, str] = {}

    def pass_until(self, moment: dt.datetime) -> None:
        """Everything that comes due before then rings at its own moment. What was confirmed leaves."""
        while (due := self._next_due(moment)) is not None:
            self._clock.set(due)
            self._house.desk.ring_due_timers()
        self._clock.set(moment)
        while self._house.delivery.send_mails():
            pass

    def _next_due(self, until: dt.datetime) -> dt.datetime | None:
        """The first moment until then at which something comes due; never one that is past."""
        begun = self._clock.now()
        self._clock.set(until)
        first = self._house.store.write(lambda uow: uow.due_timers(1))
        self._clock.set(begun)
        return max(begun, first[0].fire_at) if first else None

    def play(self, line: Line) -> None:
        """One line."""
        values = {name: self._files(value, line.by) for name, value in line.values.items()}
        word, _, rest = line.what.partition(" ")
        match word:
            case "start":
                self.cases[line.story] = self._house.desk.start_case(line.process, values, line.by).case
            case "mail":
                task = self._task(line, lambda t: t.kind == "draft" and t.mail is not None and t.mail.template == rest)
                self._house.desk.complete_task(task.id, "sent", {}, line.by, mail=task.mail)
            case "claim":
                self._house.desk.claim_task(self._step(line, rest).id, line.by)
            case "comment":
                self._house.desk.comment(self.cases[line.story], line.by, str(values["text"]))
            case "event":
                received = self._house.desk.receive_event(f"{line.story}-{line.at:%m%d%H%M}", rest, values, line.by)
                if received.state != "taken":
                    raise WrongStory(f"story {line.story}: nobody heard {rest}: {received.state}")
            case _:
                self._complete(line, values)

    def _complete(self, line: Line, values: Mapping[str, Any]) -> None:
        """`step.outcome`, or the step alone where there is only one button."""
        step, _, outcome = line.what.partition(".")
        task = self._step(line, step)
        seen = self._house.desk.task_offer(task.id, line.by).seen
        self._house.desk.complete_task(task.id, outcome or "done", values, line.by, mail=task.mail, seen=seen)

    def _step(self, line: Line, step: str) -> Task:
        return self._task(line, lambda task: task.kind == "work" and task.step == step)

    def _task(self, line: Line, fits: Any) -> Task:
        case = self._case(line)
        found = next((task for task in case.tasks if fits(task)), None)
        if found is None:
            raise WrongStory(f"story {line.story}: no task for '{line.what}', the case is at {', '.join(case.leaves)}")
        return found

    def _case(self, line: Line) -> Case:
        id = self.cases[line.story]
        if line.in_child:
            id = self._house.store.read(lambda screens: screens.family(id)[1][-1].id)
        case = self._house.store.read(lambda screens: screens.case(id))
        assert case is not None, "it was started by this very stage"
        return case

    def _files(self, value: Any, by: str) -> Any:
        if isinstance(value, list) and all(isinstance(name, str) and name.endswith(".png") for name in value):
            return [dict(self._house.files.put(name, picture(), by=by)) for name in value]
        return value


def picture(width: int = 64, height: int = 48) -> bytes:
    """A small grey picture with a dark corner."""
    lines = b"".join(b"\x00" + bytes(70 if x + y < 40 else 200 for x in range(width)) for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(lines)) + _chunk(b"IEND", b"")


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", binascii.crc32(name + content))
