"""A mail that could not be delivered: the process goes where it says, else the owner is told by a task."""

from __future__ import annotations

import datetime as dt

from engine import events as happened
from engine.decide import decide
from engine.news_by_hand import what_is_missing
from engine.people import World
from tests.engine.stage import Stage

HEARS_IT = """
events: {mail.bounced: {data: {template: text}, label: Mail came back | 邮件退回}}
anytime: {mail.bounced: {when: event.template is answer, next: correcting}}
"""
STEPS = """
steps:
  calling: {label: Call | 致电, task: {role: clerk}, due: 1 working day, next: closed}
  correcting: {label: Correct the address | 更正地址, task: {role: clerk}, due: 1 working day, next: closed}
  closed: {end: success, label: Closed | 结案}
"""


def _came_back(stage: Stage, template: str) -> Stage:
    assert stage.case is not None
    event = happened.MailBounced("m1", "li@acme.example", "Our answer", "550 unknown", template)
    clerk = {person.id: person for person in (stage._person("clerk"),)}
    stage.case = decide(stage.process, stage.case, event, World(stage.now, clerk, {})).case
    return stage


def _kinds(stage: Stage) -> list[str]:
    assert stage.case is not None
    return [task.kind for task in stage.case.tasks]


def test_the_process_says_where_it_goes_and_nobody_is_told_twice() -> None:
    stage = _came_back(Stage(HEARS_IT + STEPS).lines("clerk starts"), "answer")
    assert stage.at == ("correcting",)
    assert _kinds(stage) == ["work"]


def test_of_another_mail_the_owner_is_told_by_a_task_and_the_case_stays() -> None:
    stage = _came_back(Stage(HEARS_IT + STEPS).lines("clerk starts"), "reminder")
    assert stage.at == ("calling",)
    assert _kinds(stage) == ["work", "escalation"]


def test_a_process_that_names_no_such_event_has_its_owner_told() -> None:
    stage = _came_back(Stage(STEPS.replace("next: closed}", "next: correcting}", 1)).lines("clerk starts"), "answer")
    assert stage.at == ("calling",)
    assert _kinds(stage) == ["work", "escalation"]


HEARS_AND_STAYS = """
fields: {wrong: {type: yes_no, label: Wrong | 有误}}
events: {mail.bounced: {data: {template: text, to: text}, label: Mail came back | 邮件退回}}
anytime: {mail.bounced: {when: event.template is answer, do: [set: {wrong: yes}]}}
mails: {answer: {label: Our answer | 答复, subject: Answer | 答复, body: Done | 已处理}}
"""


def test_one_that_somebody_found_in_a_mailbox_is_put_before_the_owner_as_well() -> None:
    steps = STEPS.replace(
        "next: closed}", "draft_mail: answer}, due: 1 day, outcomes: {sent: correcting, not_sent: correcting}}", 1
    )
    steps = steps.replace("{role: clerk}, due: 1 working day, draft_mail", "{role: clerk, draft_mail", 1)
    stage = Stage(HEARS_AND_STAYS + steps).lines("clerk starts")
    stage.lines(("mail.bounced arrives", {"template": "answer", "to": "li@acme.example"}))
    assert stage.at == ("calling",) and _kinds(stage) == ["work", "escalation"]
    assert stage.case is not None
    assert stage.case.tasks[-1].label.en == "Mail came back: Our answer li@acme.example – correct the address or call"


def test_which_mail_it_was_is_asked_by_name() -> None:
    stage = Stage(HEARS_IT + STEPS).lines("clerk starts")
    assert stage.case is not None
    missing = what_is_missing(stage.process, stage.case.leaves, "mail.bounced", {"reason": "unknown"})
    assert missing is not None and set(missing.fields) == {"template"}


def test_more_time_for_an_ended_case_lets_no_ladder_of_it_ring_again() -> None:
    ladder = "due: 3 days\ntimers: [{at: due, task: boss}]\n"
    stage = Stage(ladder + STEPS).lines("clerk starts", "clerk completes calling")
    _came_back(stage, "answer")
    assert stage.case is not None and stage.ended == "closed"
    more = {"due_at": (stage.now + dt.timedelta(days=5)).isoformat(), "reason": "they are on holiday"}
    stage._do(happened.TaskCompleted(stage.case.tasks[0].id, "extend", "clerk", more))
    assert stage.case.timers == ()
