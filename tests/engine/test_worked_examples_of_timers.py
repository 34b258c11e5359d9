"""When a task is due, warned of and escalated, through the whole engine: ten examples that were worked out by hand.

The office is open 09:00-12:00 and 13:30-18:00 from Monday to Friday; 1 to 7 October 2026 are holidays, Saturday the 10th
makes up for one.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from engine import events as happened
from engine.case import Case, Task
from engine.decide import Decision, decide
from engine.definition.calendars import is_open
from engine.definition.compiled import Compiled
from engine.definition.compiling import compile_process, compile_site
from engine.definition.reading import read_process, read_site
from engine.effects import SendMail
from engine.rehearsal import Rehearsal
from engine.staff_hours import TOGETHER
from tests.engine.stage import SITE

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = (
    "{days: mon-fri, hours: [09:00-12:00, 13:30-18:00], open: [2026-10-10], closed: [2026-10-01, 2026-10-02, "
    "2026-10-03, 2026-10-04, 2026-10-05, 2026-10-06, 2026-10-07]}"
)
WORK = """
process: trial
version: 1
label: Trial | 试验
calendar: office
start: {role: clerk}
permissions: {move: boss}
steps:
  work:
    label: Work | 工作
    task: {role: fixer, may_pause: true}
    due: DUE
    timers:
      - {at: 75 % of due, remind: assignee}
      - {at: due, task: boss, mail: boss}
      - {at: 1 working day after due, task: tester}
    next: done_well
  done_well: {end: success, label: Done | 完成}
  cancelled: {end: cancelled, label: Off | 取消}
"""
WARNING, L1, L2 = 0, 1, 2


def process(due: str) -> Compiled:
    site_model = read_site(SITE.replace("{days: mon-fri, hours: 09:00-17:00}", HOURS), "_site.yaml").model
    assert site_model is not None
    site, flaws = compile_site(site_model)
    model = read_process(WORK.replace("DUE", due), "trial.yaml", site.languages).model
    assert model is not None
    compiled, more = compile_process(model, site, None)
    assert not flaws
    assert not more
    return compiled


class Office(Rehearsal):
    """A rehearsal that is told what o'clock it is, and keeps what rang when and the mails."""

    def __init__(self, due: str, start: str) -> None:
        self.mails: list[SendMail] = []
        self.rang: dict[int, dt.datetime] = {}
        super().__init__(process(due), {"start_at": f"2026-{start}"})
        self.play("clerk starts", {})

    def _notice(self, before: Case | None, decision: Decision) -> None:
        self.mails += [effect for effect in decision.effects if isinstance(effect, SendMail)]
        super()._notice(before, decision)

    def until(self, clock: str) -> None:
        """Time passes until it is so late; what comes due rings."""
        minutes = (at(clock) - self.now) // dt.timedelta(minutes=1)
        self.play(f"{minutes} minutes pass", {})
        self.rang |= {rung["row"]: dt.datetime.fromisoformat(rung["at"]) for rung in self.seen.rung}

    def pause(self, pauses: list[tuple[str, str]]) -> None:
        for since, until in pauses:
            self.until(since)
            self.play("fixer pauses work", {"until": "2026-12-31 09:00"})
            self.until(until)
            self.play("fixer resumes work", {})

    @property
    def task(self) -> Task:
        assert self.case is not None
        return next(task for task in self.case.tasks if task.kind == "work")

    def press(self, event: happened.Event) -> None:
        self.case = decide(self.process, self.case, event, self.world_at(self.now)).case


def at(clock: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2026-{clock}").replace(tzinfo=SHANGHAI).astimezone(dt.UTC)


LONG = ("03-16 15:00", "03-18 11:00")
EXAMPLES = [
    ("1", "4 working hours", "03-13 17:00", [], "03-16 12:00"),
    ("2 begun at lunch", "4 working hours", "03-16 12:30", [], "03-16 17:30"),
    ("3 begun on Saturday", "4 working hours", "03-14 10:00", [], "03-16 14:30"),
    ("4", "2 working days", "03-13 16:00", [], "03-17 16:00"),
    ("5 paused over a night", "2 working days", "03-16 10:00", [LONG], "03-19 16:30"),
    (
        "6 paused three times",
        "2 working days",
        "03-16 10:00",
        [LONG, ("03-18 16:00", "03-18 20:00"), ("03-19 08:00", "03-19 10:00")],
        "03-20 10:30",
    ),
    ("7 over a holiday week", "2 working days", "09-30 16:00", [], "10-09 16:00"),
    ("8 into a make-up day", "1 working day", "10-09 16:00", [], "10-10 16:00"),
    ("8 over a make-up day", "2 working days", "10-09 16:00", [], "10-12 16:00"),
    ("9 calendar days", "3 days", "03-12 10:00", [], "03-15 10:00"),
]


@pytest.mark.parametrize(
    ("due", "start", "pauses", "expected"), [e[1:] for e in EXAMPLES], ids=[e[0] for e in EXAMPLES]
)
def test_a_task_is_due_when_it_was_worked_out(
    due: str, start: str, pauses: list[tuple[str, str]], expected: str
) -> None:
    office = Office(due, start)
    office.pause(pauses)

    assert office.task.due_at == at(expected)
    office.until(_a_minute_before(expected))
    assert L1 not in office.rang
    office.until(expected)
    assert office.rang[L1] == at(expected)


def _a_minute_before(clock: str) -> str:
    before = at(clock).astimezone(SHANGHAI) - dt.timedelta(minutes=1)
    return f"{before:%m-%d %H:%M}"


def test_a_pause_shifts_the_warning_and_every_level_and_never_out_of_working_time() -> None:
    office = Office("2 working days", "03-16 10:00")
    office.pause([LONG])
    office.until("03-23 09:00")

    assert office.rang == {WARNING: at("03-19 11:15"), L1: at("03-19 16:30"), L2: at("03-20 16:30")}
    # The tenth: adding the length of the pause on the wall to the due time would say Friday, 06:00.
    calendar = office.process.calendar_of[""]
    assert at("03-20 06:00") not in office.rang.values()
    assert all(is_open(calendar, moment) for moment in office.rang.values())


def test_nothing_rings_while_a_task_is_paused() -> None:
    office = Office("4 working hours", "03-16 09:00")
    office.until("03-16 09:30")
    office.play("fixer pauses work", {"until": "2026-12-31 09:00"})
    office.until("03-25 12:00")

    assert office.rang == {}


def test_on_a_sunday_the_task_comes_at_its_time_and_the_mail_waits_until_monday() -> None:
    office = Office("3 days", "03-12 10:00")
    office.until("03-15 10:00")

    assert office.case is not None
    raised = [task for task in office.case.tasks if task.kind == "escalation"]
    assert [(task.roles, task.opened_at) for task in raised] == [(("boss",), at("03-15 10:00"))]
    told = [mail for mail in office.mails if mail.to == "boss@example.com"]
    assert [mail.not_before for mail in told] == [at("03-16 09:00") + TOGETHER]


def test_reassigning_a_task_does_not_begin_its_time_anew() -> None:
    office = Office("2 working days", "03-16 10:00")
    office.until("03-17 15:00")
    due, timers = office.task.due_at, office.case.timers if office.case else ()
    office.play("fixer_2 claims work", {})
    office.press(happened.TaskReassigned(office.task.id, "fixer", "fixer_2", "ill"))

    assert office.task.assignee == "fixer"
    assert (office.task.due_at, office.case.timers if office.case else ()) == (due, timers)
    office.until("03-20 10:00")
    assert (office.rang[L1], office.rang[L2]) == (at("03-18 10:00"), at("03-19 10:00"))
