"""Mails to staff wait for the opening of the desk, unless the process says that a case cannot wait."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from engine.case import Case
from engine.decide import Decision
from engine.effects import Remind, SendMail
from engine.staff_hours import TOGETHER
from tests.engine.checks.a_loan import FILES, checked
from tests.engine.stage import Stage

SUNDAY_NIGHT = "2026-03-01 22:00"
SHANGHAI = ZoneInfo("Asia/Shanghai")
COMPLAINT = """
urgent_when: severity is safety
fields:
  severity: {type: choice, label: Severity | 严重程度, choices: {minor: Minor | 一般, safety: Danger | 人身安全}}
start: {role: [clerk, boss], form: {optional: [severity]}}
steps:
  looking:
    label: Look into it | 调查
    task: {role: clerk, form: {optional: [severity]}}
    due: 2 hours
    timers:
      - {at: entry, mail: boss}
      - {at: due, remind: assignee, task: boss}
      - {at: 1 hour after due, every: 1 hour, at_most: 3, mail: boss}
    outcomes: {again: {next: looking}, done: done_well}
  done_well: {end: success, label: Done | 完成}
  cancelled: {end: cancelled, label: Off | 取消}
"""


class Post(Stage):
    """A stage that keeps the mails of every line: when they may leave, on the clock of the desk."""

    def __init__(self, complaint: str = COMPLAINT) -> None:
        self.mails: list[SendMail] = []
        head = "process: trial\nversion: 1\nlabel: Trial | 试验\ncalendar: office\n"
        super().__init__(complaint, head, start_at=SUNDAY_NIGHT)

    def _notice(self, before: Case | None, decision: Decision) -> None:
        self.mails += [effect for effect in decision.effects if isinstance(effect, SendMail)]
        super()._notice(before, decision)

    def leave_at(self) -> list[dt.datetime | None]:
        return [mail.not_before.astimezone(SHANGHAI) if mail.not_before else None for mail in self.mails]


MONDAY_OPENING = dt.datetime(2026, 3, 2, 9, tzinfo=SHANGHAI) + TOGETHER


def test_mails_of_a_safety_complaint_leave_on_sunday_night() -> None:
    stage = Post()
    stage.lines(("clerk starts", {"severity": "safety"}), "4 hours pass")

    # Written at once, the reminder at due, and an hour later once more: none of them waits.
    assert stage.leave_at() == [None] * 4
    assert {mail.kind for mail in stage.mails} == {"staff"}


def test_mails_of_another_complaint_wait_for_the_opening_on_monday() -> None:
    for values in ({"severity": "minor"}, {}):
        stage = Post()
        stage.lines(("clerk starts", values), "4 hours pass")

        assert stage.leave_at() == [MONDAY_OPENING] * 4


def test_what_waited_before_a_case_became_urgent_still_waits_and_the_next_mail_leaves_at_once() -> None:
    stage = Post()
    stage.lines("clerk starts", ("clerk completes looking.again", {"severity": "safety"}))

    assert stage.leave_at() == [MONDAY_OPENING, None]


def test_a_case_that_is_no_longer_urgent_waits_again() -> None:
    stage = Post()
    stage.lines(("clerk starts", {"severity": "safety"}), ("clerk completes looking.again", {"severity": "minor"}))

    assert stage.leave_at() == [None, MONDAY_OPENING]


def test_a_case_knows_for_its_lists_that_it_is_urgent_until_it_is_calm_or_over() -> None:
    stage, told = Post(), []
    for line in (
        ("clerk starts", {"severity": "safety"}),
        ("clerk completes looking.again", {"severity": "minor"}),
        ("clerk completes looking.again", {"severity": "safety"}),
        "clerk completes looking.done",
    ):
        stage.lines(line)
        told.append(stage.case is not None and stage.case.urgent)

    assert told == [True, False, True, False]


def test_what_an_urgent_case_tells_of_a_task_that_waits_goes_with_that_and_what_moves_the_case_on_stays() -> None:
    waits, moves = "{at: due, mail: boss, template: waits}", "{at: due, mail: boss, template: waits, next: done_well}"
    words = "mails:\n  waits: {to: boss, subject: It waits | 无人处理, body: Look | 请查看}\n"
    for row, goes in ((waits, True), (moves, False)):
        stage = Post(COMPLAINT.replace("{at: entry, mail: boss}", row, 1) + words)
        stage.lines(("clerk starts", {"severity": "safety"}), "2 hours pass")
        told = [said for said in stage.effects if isinstance(said, Remind) and said.text.en.endswith("waits")]
        assert [bool(said.task) for said in told] == [goes]


def test_a_condition_of_urgency_is_checked_like_any_other() -> None:
    loan = FILES["loan.yaml"]
    wrong = loan.replace("\nfields:", "\nurgent_when: staate is broken\nfields:", 1)

    problems = checked({**FILES, "loan.yaml": wrong}).problems

    assert [problem.code for problem in problems] == ["P401"]
    assert wrong.splitlines()[problems[0].place.line - 1].startswith("urgent_when:")
