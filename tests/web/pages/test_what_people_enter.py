"""News on a case: what a person entered stands in its history; of an ended case the page says where news goes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.journeys.a_desk import ADesk
from tests.web.office import SITE, Visitor, typed

Visit = Callable[[str], Visitor]
CALLS = """
process: calls
version: 1
label: Calls | 来电
calendar: always
subject: unit
fields:
  unit: {type: record, of: serial_number, label: Unit | 产品}
  said: {type: long_text, label: Said | 原话}
  secret: {type: text, visible_to: boss, label: Secret | 内情}
  mood: {type: choice, label: Mood | 情绪, choices: {calm: Calm | 平静, cross: Cross | 生气}}
events:
  customer.called: {match: unit, data: {unit: serial_number, text: long_text, mood: mood, number: text}, label: The customer called | 客户来电}
  secret.heard: {match: unit, data: {unit: serial_number, text: text}, label: Heard | 听闻}
  mail.bounced: {data: {template: text, to: text, reason: text}, label: A mail came back | 邮件被退回}
mails:
  answer: {to: unit.customer, subject: "Our answer {{ unit.number }} | 我们的答复 {{ unit.number }}", body: Here | 请见}
anytime:
  customer.called: {when: event.text is set, do: [{set: {said: = event.text}}]}
  secret.heard: {when: event.text is set, do: [{set: {secret: = event.text}}]}
  mail.bounced: {when: event.template == 'answer', do: [{note: Ask for the address | 请核实地址}]}
permissions: {see: agent, REOPEN}
start: {role: agent, form: {ask: [unit]}}
steps:
  look: {label: Look | 查看, task: {role: agent, form: {show: [unit.customer.salesperson]}}, due: 1 day, next: settled}
  settled: {end: success, label: Settled | 已完成}
"""
REOPEN = "reopen: {role: boss, within: 30 days, next: look}"


def a_call(office: ADesk, reopen: str = REOPEN) -> str:
    site = SITE.replace("name: text, email", "name: text, salesperson: user, email")
    text = CALLS.replace(", REOPEN", f", {reopen}" if reopen else "")
    office.house.publishing.publish_all([("_site.yaml", site), ("calls.yaml", text)], None, "try")
    office.add("customer", "C-1", name="Cui Ltd 崔", email="cui@customer.example", language="en", salesperson="bea")
    return office.start("calls", "ann", unit="U-1").case


def entries(page: str) -> list[str]:
    """The timeline, newest first, as plain words."""
    found = re.findall(r'<li class="entry.*?</li>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", entry).split()) for entry in found]


def test_what_a_person_entered_stands_in_the_history_under_their_name_in_the_readers_words(
    office: ADesk, visit: Visit
) -> None:
    case = a_call(office)
    ann, mei = visit("ann"), visit("mei")
    told = typed(text="It is hot", mood="cross", number="4711", unit="U-1")
    assert ann.send(f"/cases/{case}", f"/cases/{case}/events/customer.called", **told).status_code == 303
    newest = entries(mei.page(f"/cases/{case}"))[0]
    assert newest.startswith("Ann Agent 录入：客户来电")
    assert "情绪：生气" in newest and "编号：4711" in newest and newest.count("It is hot") == 2  # said, and the change

    back = typed(template="answer", to="old@customer.example", reason="Mailbox full")
    assert ann.send(f"/cases/{case}", f"/cases/{case}/events/mail.bounced", **back).status_code == 303
    newest = entries(mei.page(f"/cases/{case}"))[0]
    for words in (
        "Ann Agent 录入：邮件被退回",
        "邮件：我们的答复",
        "收件地址：old@customer.example",
        "原因：Mailbox full",
    ):
        assert words in newest
    beside = entries(mei.page(f"/tasks/{office.work(case, 'look').id}"))
    assert "Mailbox full" in beside[0], "who works on the case reads it beside the task"


def test_what_was_entered_into_a_hidden_field_is_read_by_nobody_else(office: ADesk, visit: Visit) -> None:
    case = a_call(office)
    for _ in ("first", "the same once more: it changes nothing and is hidden all the same"):
        news = typed(text="Gossip", unit="U-1")
        assert visit("ann").send(f"/cases/{case}", f"/cases/{case}/events/secret.heard", **news).status_code == 303
    assert "Gossip" not in visit("mei").page(f"/cases/{case}")


def test_who_sells_to_the_customer_is_shown_by_name(office: ADesk, visit: Visit) -> None:
    case = a_call(office)
    known = visit("ann").page(f"/tasks/{office.work(case, 'look').id}").partition('id="known"')[2]
    assert "Bea Bench" in known.partition("</section>")[0]


@pytest.mark.parametrize(
    ("reopen", "days", "english", "chinese"),
    [
        (REOPEN, 1, "Reopen it first (Boss).", "本工单有新情况？请先重新打开（主管）。"),
        (
            REOPEN,
            40,
            "The time for reopening is over; start a new case instead.",
            "已超过可重新打开的期限，请新建工单。",
        ),
        ("", 1, "Cases of this process are not reopened; start a new one.", "该流程的工单不能重新打开，请新建工单。"),
    ],
)
def test_the_page_of_an_ended_case_says_where_news_goes(
    office: ADesk, visit: Visit, reopen: str, days: int, english: str, chinese: str
) -> None:
    case = a_call(office, reopen)
    assert "Something new" not in visit("ann").page(f"/cases/{case}")
    office.press(case, "look", "done", "ann")
    office.pass_time(days=days)
    assert f"Something new about this case? {english}" in visit("ann").page(f"/cases/{case}")
    assert chinese in visit("mei").page(f"/cases/{case}")


def test_who_may_reopen_does_it_where_the_news_stands_and_the_case_then_takes_what_came_too_late(
    office: ADesk, visit: Visit
) -> None:
    case = a_call(office, REOPEN.replace("boss", "agent"))
    office.press(case, "look", "done", "ann")
    receive = office.house.desk.receive_event
    assert receive("1", "customer.called", {"unit": "U-1", "text": "Hot again"}, "telephone").state == "kept"
    assert receive("2", "customer.called", {"unit": "U-2", "text": "Another unit"}, "telephone").state == "kept"
    assert receive("3", "secret.heard", {"unit": "U-1", "text": "Gossip"}, "telephone").state == "kept"

    page = visit("mei").page(f"/cases/{case}")
    assert "结案后收到的消息，尚未处理" in page and "Another unit" not in page
    assert "Hot again" in page, "what the customer said is for everybody"
    assert "Gossip" not in page and "听闻" in page, "that is for the boss alone"
    assert "客户来电" in page.partition('class="card-foot late-news"')[2].partition("</div>")[0]

    ann = visit("ann")
    assert f'action="/cases/{case}/reopen"' in ann.page(f"/cases/{case}").partition("something-new")[2]
    assert ann.send(f"/cases/{case}", f"/cases/{case}/reopen", reason="Hot again").status_code == 303
    assert office.case(case).values["said"] == "Hot again"
    assert "late-news" not in ann.page(f"/cases/{case}")
