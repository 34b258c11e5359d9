"""A customer without a mail address: whoever confirms the mail tells them another way, and that counts as sent."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from engine import events as happened
from engine.confidential import readable_history
from engine.effects import SendMail, WriteHistory
from engine.offering import task_offer
from engine.refusals import FormRefusal
from engine.screen_rows import HistoryRow
from engine.telling import WAYS
from tests.engine.stage import Stage

TELLING = """
fields:
  customer: {type: record, of: customer, label: Customer | 客户}
start: {role: clerk, form: {ask: [customer]}}
steps:
  telling:
    label: Tell | 告知
    on_enter: [{draft_mail: welcome}]
    task: {role: clerk, draft_mail: answer}
    due: 1 day
    outcomes: {sent: closed, not_sent: telling}
  closed: {end: success, label: Closed | 结案}
mails:
  answer: {subject: Answer | 答复, body: It is done. | 已处理。}
  welcome: {subject: Welcome | 欢迎, body: Hello | 您好}
rules:
  - never: closed before telling.sent
"""
HEAD = "process: trial\nversion: 1\nlabel: Trial | 试验\ncalendar: office\n"
PICTURE = {"id": "f1", "name": "message.png", "type": "image/png", "size": 10}
BY_TELEPHONE = {"told_by": "telephone", "told_words": "Ms Li, that it is done"}


def telling(email: str = "") -> Stage:
    return Stage(TELLING, HEAD, customer={"name": "ACME", "email": email}).lines("clerk starts")


def completes(stage: Stage, task: Any, **values: Any) -> None:
    stage._do(happened.TaskCompleted(task.id, "sent", "clerk", values))


def told(stage: Stage) -> list[dict[str, str]]:
    return [one for e in stage.effects if isinstance(e, WriteHistory) for one in e.details.get("told", ())]


def mails_sent(stage: Stage) -> int:
    return sum(isinstance(e, SendMail) and e.kind == "customer" for e in stage.effects)


def test_it_counts_as_sent_for_the_process_and_its_rules_and_nothing_leaves() -> None:
    stage = telling()
    completes(stage, stage.work("telling"), **BY_TELEPHONE)
    assert stage.ended == "closed" and mails_sent(stage) == 0
    assert told(stage) == [{**BY_TELEPHONE, "template": "answer", "subject": "Answer", "body": "It is done."}]


def test_a_draft_beside_the_flow_is_told_in_the_same_way() -> None:
    stage = telling()
    assert stage.case is not None
    draft = next(task for task in stage.case.tasks if task.kind == "draft")
    completes(stage, draft, **BY_TELEPHONE)
    assert [one["template"] for one in told(stage)] == ["welcome"] and mails_sent(stage) == 0
    assert all(task.kind != "draft" for task in stage.case.tasks) and stage.at == ("telling",)


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({}, {"mail_to"}),
        ({"told_by": "", "told_words": " "}, {"told_by", "told_words"}),
        ({"told_by": "telephone"}, {"told_words"}),
        ({"told_words": "Ms Li"}, {"told_by"}),
        ({"told_by": "smoke", "told_words": "x" * 2001}, {"told_by", "told_words"}),
    ],
)
def test_how_and_in_which_words_must_be_said(values: dict[str, str], wrong: set[str]) -> None:
    stage = telling()
    with pytest.raises(FormRefusal) as refused:
        completes(stage, stage.work("telling"), **values)
    assert set(refused.value.fields) == wrong and stage.at == ("telling",)


def test_where_there_is_an_address_the_mail_is_sent() -> None:
    stage = telling("li@acme.example")
    with pytest.raises(FormRefusal) as refused:
        completes(stage, stage.work("telling"), **BY_TELEPHONE)
    assert set(refused.value.fields) == {"mail_to", "told_proof"}
    completes(stage, stage.work("telling"))
    assert mails_sent(stage) == 1 and told(stage) == []


def test_who_passes_over_an_address_on_record_shows_a_proof() -> None:
    stage = telling("li@acme.example")
    emptied = replace(stage.work("telling").mail, to="")
    press = partial(happened.TaskCompleted, stage.work("telling").id, "sent", "clerk", mail=emptied)
    with pytest.raises(FormRefusal) as refused:
        stage._do(press(values=BY_TELEPHONE))
    assert set(refused.value.fields) == {"told_proof"}
    stage._do(press(values={**BY_TELEPHONE, "told_proof": [PICTURE]}))
    assert stage.ended == "closed" and mails_sent(stage) == 0
    assert [e.details["files"] for e in stage.effects if isinstance(e, WriteHistory) and "told" in e.details] == [
        [PICTURE]
    ]


@pytest.mark.parametrize("way", ["letter", "message"])
def test_what_is_written_can_be_shown(way: str) -> None:
    stage = telling()
    with pytest.raises(FormRefusal) as refused:
        completes(stage, stage.work("telling"), told_by=way, told_words="RR 12")
    assert set(refused.value.fields) == {"told_proof"}
    completes(stage, stage.work("telling"), told_by=way, told_words="RR 12", told_proof=["copy.pdf"])
    assert stage.ended == "closed"


def test_too_many_proofs_are_refused_and_none_is_dropped_in_silence() -> None:
    stage = telling()
    with pytest.raises(FormRefusal) as refused:
        completes(stage, stage.work("telling"), **BY_TELEPHONE, told_proof=[PICTURE] * 11)
    assert set(refused.value.fields) == {"told_proof"}


def test_what_has_to_be_said_in_writing_is_not_said_by_telephone() -> None:
    written = TELLING.replace("answer: {subject", "answer: {in_writing: true, subject")
    stage = Stage(written, HEAD, customer={"name": "ACME"}).lines("clerk starts")
    assert stage.case is not None
    with pytest.raises(FormRefusal) as refused:
        completes(stage, stage.work("telling"), **BY_TELEPHONE)
    assert refused.value.fields["told_by"].en == "Say how the customer was told in writing: letter, message."
    offer = task_offer(
        stage.process, stage.case, stage.work("telling"), stage._person("clerk"), stage.world_at(stage.now)
    )
    assert list(offer.ways_to_tell) == ["letter", "message"]


def test_a_mail_offers_other_ways_to_whoever_may_confirm_it() -> None:
    stage = telling()
    assert stage.case is not None
    offer = task_offer(
        stage.process, stage.case, stage.work("telling"), stage._person("clerk"), stage.world_at(stage.now)
    )
    assert offer.ways_to_tell == WAYS


def test_a_scenario_tells_it_too() -> None:
    stage = telling()
    stage.lines(("clerk completes telling.sent", BY_TELEPHONE))
    assert stage.seen.told == ["answer"] and stage.seen.sent == []


def test_what_the_mail_would_have_said_is_for_who_may_read_what_it_is_filled_with() -> None:
    secret = "客户}\n  secret: {type: text, label: Secret | 内情, visible_to: boss}"
    kept = TELLING.replace("客户}", secret, 1).replace(
        "It is done. | 已处理。", "'Done {{ secret }} | 已处理 {{ secret }}'"
    )
    stage = Stage(kept, HEAD, customer={"name": "ACME"}).lines("clerk starts")
    completes(stage, stage.work("telling"), **BY_TELEPHONE, told_proof=[PICTURE])
    assert stage.case is not None
    written = [e for e in stage.effects if isinstance(e, WriteHistory)]
    rows = [HistoryRow(n, stage.now, e.kind, e.by, e.step, 0, e.details) for n, e in enumerate(written)]
    for reader, may in (("clerk", False), ("boss", True)):
        seen = readable_history(rows, stage.process, stage.case, stage._person(reader))
        told_of = next(one for row in seen for one in row.details.get("told", ()))
        assert told_of["told_words"] == "Ms Li, that it is done" and ("body" in told_of) is may
        assert any(row.details.get("files") for row in seen) is may, "the proof is a copy of the letter"
