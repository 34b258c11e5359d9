"""A template's names become words as a customer reads them; a sentence that brings its own full stop gets no second one."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.writing import clock_in_words
from tests.engine.stage import Stage

ANSWER = """
fields:
  customer: {type: record, of: customer, label: Customer | 客户}
  cause: {type: text, label: Cause | 原因}
steps:
  answer:
    label: Answer | 答复
    task: {role: clerk, form: {ask: [cause]}}
    due: 1 day
    timers: standard
    next: sending
  sending:
    label: Send | 发送
    task: {role: clerk, draft_mail: result}
    due: 1 day
    timers: standard
    outcomes: {sent: closed, not_sent: answer}
  closed: {end: success, label: Closed | 结案}
mails:
  result:
    subject: Answer | 答复
    body: "Cause: {{ cause }}. Thank you. | 原因：{{ cause }}。谢谢。"
"""


@pytest.mark.parametrize(
    ("language", "typed", "read"),
    [
        ("zh-Hans", "货架松动。", "原因：货架松动。谢谢。"),
        ("zh-Hans", "货架松动", "原因：货架松动。谢谢。"),
        ("en", "The shelf was loose.", "Cause: The shelf was loose. Thank you."),
        ("en", "Is it loose?", "Cause: Is it loose? Thank you."),
        ("en", "loose", "Cause: loose. Thank you."),
        ("en", "and so on ...", "Cause: and so on ... Thank you."),
    ],
)
def test_one_full_stop_is_enough(language: str, typed: str, read: str) -> None:
    stage = Stage(ANSWER, customer={"name": "ACME", "email": "a@b.example", "language": language})
    stage.lines("clerk starts", ("clerk completes answer", {"cause": typed}))
    assert stage.work("sending").mail.body == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [("货架", "发现货架已松动。"), ("VP-40", "发现 VP-40 已松动。"), ("泵 电机", "发现泵 电机已松动。")],
)
def test_a_blank_stands_in_chinese_only_beside_other_letters(typed: str, read: str) -> None:
    found = ANSWER.replace("原因：{{ cause }}。谢谢。", "发现 {{ cause }} 已松动。")
    stage = Stage(found, customer={"name": "ACME", "email": "a@b.example", "language": "zh-Hans"})
    stage.lines("clerk starts", ("clerk completes answer", {"cause": typed}))
    assert stage.work("sending").mail.body == read


@pytest.mark.parametrize(
    ("language", "read"),
    [
        ("en", "Cause: 13 November 2026, 09:30 (Shanghai time, UTC+8). Thank you."),
        ("zh-Hans", "原因：2026年11月13日 09:30。谢谢。"),
    ],
)
def test_who_reads_english_may_be_abroad_and_is_told_by_whose_clock_a_time_is(language: str, read: str) -> None:
    at = ANSWER.replace("cause: {type: text,", "cause: {type: datetime,")
    stage = Stage(at, customer={"name": "ACME", "email": "a@b.example", "language": language})
    stage.lines("clerk starts", ("clerk completes answer", {"cause": "2026-11-13 09:30"}))
    assert stage.work("sending").mail.body == read


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("America/New_York", "New York time, UTC-5"),
        ("Asia/Kolkata", "Kolkata time, UTC+5:30"),
        ("UTC", "UTC"),
        ("Europe/London", "London time, UTC"),
    ],
)
def test_a_clock_is_named_by_its_place_and_how_far_it_is_ahead(zone: str, said: str) -> None:
    assert clock_in_words(dt.datetime(2026, 11, 13, 9, tzinfo=dt.UTC), zone) == said


def test_of_a_table_a_mail_tells_the_columns_it_names() -> None:
    number = "number: {type: text, label: Number | 单号}, state: {type: text, label: State | 状态}"
    answer = ANSWER.replace(
        "  cause:", "  parcels: {type: table, label: Parcels | 包裹, columns: {" + number + "}}\n  cause:"
    )
    answer = answer.replace("[cause]", "[cause, parcels]").replace("{{ cause }}. Thank", "{{ parcels }}. Thank")
    answer = answer.replace("    body:", "    columns: {parcels: [number]}\n    body:")
    stage = Stage(answer, customer={"name": "ACME", "email": "a@b.example", "language": "en"})

    rows = [{"number": "SF1", "state": "announced"}, {"number": "SF2", "state": "moving"}]
    stage.lines("clerk starts", ("clerk completes answer", {"cause": "loose", "parcels": rows}))

    assert stage.work("sending").mail.body == "Cause: SF1\nSF2. Thank you."


def test_a_sentence_before_a_label_is_read_though_nothing_stands_under_it() -> None:
    report = r"您好！\n\n请三天内寄回，否则须收费。我司地址：\n{{ cause }}\n\n{{ case.number }} 原因：\n{{ cause }}\n\n谢谢。"
    found = ANSWER.replace("原因：{{ cause }}。谢谢。", report).replace("ask: [cause]", "optional: [cause]")
    stage = Stage(found, customer={"name": "ACME", "email": "a@b.example", "language": "zh-Hans"})
    stage.lines("clerk starts", "clerk completes answer")
    assert stage.work("sending").mail.body == "您好！\n\n请三天内寄回，否则须收费。我司地址：\n\n谢谢。"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("货架松动", "您好！\n\n原因：\n货架松动\n更换：货架松动\n\n谢谢。"),
        (None, "您好！\n\n谢谢。"),
    ],
)
def test_a_line_that_only_labels_what_is_empty_is_left_out_with_its_heading(typed: str | None, read: str) -> None:
    report = r"您好！\n\n原因：\n{{ cause }}\n更换：{{ cause }}\n\n谢谢。"
    found = ANSWER.replace("原因：{{ cause }}。谢谢。", report).replace("ask: [cause]", "optional: [cause]")
    stage = Stage(found, customer={"name": "ACME", "email": "a@b.example", "language": "zh-Hans"})
    stage.lines("clerk starts", ("clerk completes answer", {"cause": typed} if typed else {}))
    assert stage.work("sending").mail.body == read


def test_a_label_that_is_empty_takes_no_other_line_with_it() -> None:
    report = r"您好！\n\n单号：{{ customer.name }}\n原因：{{ cause }}\n\n谢谢。"
    found = ANSWER.replace("原因：{{ cause }}。谢谢。", report).replace("ask: [cause]", "optional: [cause]")
    stage = Stage(found, customer={"name": "ACME", "email": "a@b.example", "language": "zh-Hans"})
    stage.lines("clerk starts", "clerk completes answer")
    assert stage.work("sending").mail.body == "您好！\n\n单号：ACME\n\n谢谢。"
