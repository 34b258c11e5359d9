"""Nobody was at work for some days: every level rings once and in order, is marked late, and writes one mail to a person.
And somebody left the company meanwhile: their tasks go to the role, as late as they are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

from engine import events as happened
from engine.decide import decide
from engine.effects import Remind, SendMail, WriteHistory
from tests.engine.stage import Stage

LADDER = """
steps:
  work:
    label: Work | 工作
    task: {role: fixer}
    due: 1 working day
    timers:
      - {at: 75 % of due, remind: assignee}
      - {at: due, remind: assignee, task: boss, mail: boss}
      - {at: 1 working day after due, remind: assignee, mail: boss}
      - {at: 2 working days after due, task: tester, mail: [boss, tester]}
    next: done_well
  done_well: {end: success, label: Done | 完成}
  cancelled: {end: cancelled, label: Off | 取消}
permissions: {move: boss}
"""


class Outage:
    """A case that rings everything at one moment, in the order in which it was due."""

    def __init__(self, body: str = LADDER, days: int = 7) -> None:
        self.stage = Stage(body).lines("clerk starts", "fixer claims work")
        self.now = self.stage.now + dt.timedelta(days=days)
        self.history: list[WriteHistory] = []
        self.mails: list[SendMail] = []
        self.notices: list[Remind] = []

    def catch_up(self) -> Outage:
        assert self.stage.case is not None
        due = [(t.fire_at, t.id) for t in self.stage.case.timers if t.fire_at is not None and t.fire_at <= self.now]
        for _, timer in sorted(due):
            self.ring(timer)
        return self

    def ring(self, timer: str) -> None:
        decision = decide(self.stage.process, self.stage.case, happened.TimerRang(timer), self.stage.world_at(self.now))
        self.stage.case = decision.case
        self.history += [effect for effect in decision.effects if isinstance(effect, WriteHistory)]
        self.mails += [effect for effect in decision.effects if isinstance(effect, SendMail)]
        self.notices += [effect for effect in decision.effects if isinstance(effect, Remind)]

    def written_to(self) -> Counter[str]:
        return Counter(mail.to.partition("@")[0] for mail in self.mails)


def test_every_level_rings_once_in_order_and_is_marked_late() -> None:
    outage = Outage().catch_up().catch_up()

    moments = [row.details["due_at"] for row in outage.history]
    assert [row.kind for row in outage.history] == ["rang"] * 4
    assert moments == sorted(moments)
    assert all(row.details["late"] for row in outage.history)
    assert outage.stage.case is not None
    raised = [task.roles for task in outage.stage.case.tasks if task.kind == "escalation"]
    assert raised == [("boss",), ("tester",)]


def test_the_levels_write_one_mail_to_each_person_and_all_their_notices() -> None:
    outage = Outage().catch_up()

    assert outage.written_to() == {"fixer": 1, "boss": 1, "tester": 1}
    assert [notice.people for notice in outage.notices] == [("fixer",)] * 3


def test_levels_that_ring_in_their_time_write_each_their_mail_and_are_not_late() -> None:
    outage = Outage()
    assert outage.stage.case is not None
    for timer in sorted(outage.stage.case.timers, key=lambda timer: (timer.fire_at or outage.now, timer.id)):
        outage.now = timer.fire_at or outage.now
        outage.ring(timer.id)

    assert outage.written_to() == {"fixer": 3, "boss": 3, "tester": 1}
    assert not any("late" in row.details for row in outage.history)


def test_a_mail_is_not_left_to_a_level_that_will_never_ring() -> None:
    leaving = LADDER.replace("remind: assignee, mail: boss}", "next: done_well}")
    outage = Outage(leaving).catch_up()

    assert outage.stage.ended == "done_well"
    assert outage.written_to() == {"fixer": 1, "boss": 1}


def test_a_mail_with_a_text_of_its_own_is_always_written() -> None:
    special = LADDER.replace("task: boss, mail: boss}", "task: boss, mail: boss, template: special}") + (
        "mails: {special: {to: owner, subject: Special | 专用, body: Read this | 请阅读}}\n"
    )
    outage = Outage(special).catch_up()

    assert outage.written_to()["boss"] == 2
    assert sum("Special" in mail.subject for mail in outage.mails) == 1


def test_who_left_the_company_gets_no_mail_and_the_task_goes_to_the_role_as_late_as_it_is() -> None:
    stage = Outage().stage
    before = stage.work("work")
    stage._people["fixer"] = replace(stage._people["fixer"], active=False)
    back = happened.TaskReassigned(before.id, None, None, "left")
    decision = decide(stage.process, stage.case, back, stage.world_at(stage.now))
    assert stage.case is not None
    timers = stage.case.timers
    stage.case = decision.case

    assert stage.work("work") == replace(before, assignee=None)
    assert stage.case.timers == timers
    stage.lines("2 days pass")
    assert "fixer" not in stage.seen.reminded
    stage.lines("fixer_2 completes work")
    assert stage.ended == "done_well"
