"""What followed is told in words, never as a program writes it down."""

from __future__ import annotations

import pytest

from engine.screen_rows import HistoryRow
from tests.engine.stage import process
from tests.journeys.a_desk import MONDAY
from web.followed import Teller
from web.timeline import timeline

WITH_MAIL = """
fields:
  sn: {type: text, label: Unit | 设备}
  number: {type: text, label: Number | 编号}
  visit_at: {type: text, label: When | 时间}
mails:
  letter: {to: owner, subject: "SUBJECT", body: Read this | 请阅读}
steps:
  write:
    label: Write | 撰写
    task: {role: clerk, form: {ask: [sn]}}
    due: 1 working day
    next: written
  written: {end: success, label: Written | 已写}
  cancelled: {end: cancelled, label: Cancelled | 已取消}
"""


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"code": "C-9", "name": "Hefei Glass", "phone": "+86 21 5555 0109"}, "Hefei Glass"),
        ({"id": "SN-2", "number": "SN-2"}, "SN-2"),
        ("factory", "在厂"),
        (True, "是"),
        ("Repair shop", "Repair shop"),
    ],
)
def test_what_was_written_into_a_record_is_told_in_words(written: object, told: str) -> None:
    teller = Teller(None, "zh-Hans", str, str, str)
    (sentence,) = teller.sentences({"recorded": {"record": "SN-1", "customer": written}})
    assert sentence == f"已记录：SN-1（客户 {told}）"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Written down: SN-1 (Salesperson Ann, Warranty until 2 Mar 2027, Status replaced)"),
        ("zh-Hans", "已记录：SN-1（业务员 Ann、质保至 2027年3月2日、状态 已换出）"),
    ],
)
def test_people_days_and_states_of_a_record_are_told_as_such(language: str, told: str) -> None:
    teller = Teller(process(WITH_MAIL.replace("SUBJECT", "Letter | 信函")), language, str.title, str, str)
    written = {"record": "SN-1", "reason": "swap", "salesperson": "ann", "warranty_until": "2027-03-02"}
    assert teller.sentences({"recorded": written | {"status": "replaced"}}) == [told]


def test_who_is_reminded_twice_is_named_once_and_what_is_noted_stands_as_sentences() -> None:
    teller = Teller(None, "zh-Hans", str.title, str, str)
    both = [{"whom": "assignee", "people": ["ann", "ben"]}, {"whom": "boss", "people": ["ben", "cleo"]}]
    noted = [{"en": "Done.", "zh-Hans": "已完成。"}, {"en": "Nothing open.", "zh-Hans": "无未结事项。"}]
    assert teller.sentences({"reminded": both, "noted": noted}) == ["已提醒：Ann、Ben、Cleo", "已完成。无未结事项。"]


def test_what_was_written_into_one_record_stands_together() -> None:
    written = [{"record": "SN-1", "custody": "factory"}, {"record": "SN-1", "location": "workshop"}]
    assert Teller(None, "zh-Hans", str, str, str).sentences({"recorded": written}) == [
        "已记录：SN-1（保管方 在厂、所在位置 返修车间）"
    ]


def test_of_a_mail_that_came_back_it_is_told_which_it_was_and_from_where() -> None:
    details = {"to": "li@acme.example", "reason": "550 unknown", "subject": "[T-1] Our answer"}
    row = HistoryRow(1, MONDAY, "bounced", None, "", 0, details)
    (entry,) = timeline([row], None, Teller(None, "zh-Hans", str, str, str))
    assert (entry.quote, entry.notes) == ("550 unknown", ("[T-1] Our answer（收件人：li@acme.example）",))


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("Please send back {{ sn }}, number {{ number }} | 请寄回 {{ sn }}，返修单号 {{ number }}", "请寄回"),
        ("{{ number }}, your repair | {{ number }}，您的维修", "您的维修"),
        ("Appointment {{ visit_at }} | 上门服务预约 {{ visit_at }}", "上门服务预约"),
    ],
)
def test_a_draft_is_called_by_the_words_of_its_subject_without_gaps(subject: str, name: str) -> None:
    teller = Teller(process(WITH_MAIL.replace("SUBJECT", subject)), "zh-Hans", str, str, str)
    assert teller.sentences({"drafted": "letter"}) == [f"已起草邮件：{name}"]


def test_a_draft_is_called_by_its_label_where_its_file_gives_it_one() -> None:
    labelled = WITH_MAIL.replace("to: owner, ", "to: owner, label: Report to the customer | 给客户的报告, ")
    teller = Teller(process(labelled.replace("SUBJECT", "Your case | 您的工单")), "zh-Hans", str, str, str)
    assert teller.sentences({"drafted": "letter"}) == ["已起草邮件：给客户的报告"]


def test_what_a_customer_said_stands_in_the_line_of_the_event_that_brought_it() -> None:
    body = WITH_MAIL.replace("  sn: {", "  words: {type: long_text, label: Words | 原话}\n  sn: {")
    changes = {"words": [None, "nobody called back"], "number": ["1", "2"]}
    teller = Teller(process(body), "en", str, str, str)

    def quoted(kind: str) -> str:
        row = HistoryRow(1, MONDAY, kind, "ann", "", 0, {"event": "chased", "changes": changes})
        return timeline([row], process(body), teller)[0].quote

    assert (quoted("arrived"), quoted("completed")) == ("nobody called back", "")
