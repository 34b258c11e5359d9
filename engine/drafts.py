"""Mails to somebody outside while they wait: edited, confirmed once by who may, or put away. Nothing leaves before."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from engine import events as happened
from engine.case import MailText, Task
from engine.definition.compiled import Compiled
from engine.definition.texts import Text
from engine.effects import SendMail
from engine.facts import CaseFacts
from engine.holding import about, check_who, held_by_another
from engine.refusals import FormRefusal, Refusal
from engine.telling import Told, said_otherwise, tell_otherwise
from engine.writing import is_one_address

if TYPE_CHECKING:
    from engine.flow import Flow

SEPARATORS = re.compile(r"[\s,;，；、]+")
"""What people put between two addresses."""


def send(flow: Flow, task: Task, event: happened.TaskCompleted, told: Told | None = None) -> None:
    """The confirmed text goes out once, under a key of its own; or the customer was told another way."""
    assert task.mail is not None
    mail = event.mail or task.mail
    check_mail(task, mail)
    if told is not None:
        tell_otherwise(flow, mail, told)
    else:
        _post(flow, task, mail, event.by)
    flow.after_the_mail(task.mail.template, task.step)


def why_it_stays(process: Compiled, facts: CaseFacts, task: Task) -> Text:
    """Why nobody puts this draft away; empty where they may."""
    definition = process.mails.get(task.about)
    if definition is None or not definition.must_be_told or not facts.urgent:
        return Text()
    return Text(
        "The customer must be told this while people are in danger. Send it; with no address, enter how you told it.",
        "紧急期间必须告知客户：请发送；没有邮箱的，请登记以何种方式告知。",
    )


def _post(flow: Flow, task: Task, mail: MailText, by: str | None) -> None:
    if not is_one_address(mail.to):
        raise FormRefusal({"mail_to": _no_address(mail.to)})
    flow.effects.append(
        SendMail(
            key=f"{flow.draft.id}:mail:{task.id}",
            kind="customer",
            to=mail.to.strip(),
            subject=_one_line(mail.subject),
            body=mail.body,
            template=mail.template,
            by=by,
            task=task.id,
        )
    )
    flow.note("sent", mail.template)


def _no_address(to: str) -> Text:
    """Why this is nobody a mail can go to."""
    if not to.strip():
        return Text(
            "Write the customer's mail address first, or say how else the customer was told.",
            "请先填写客户的邮箱地址，或说明已以何种方式告知客户。",
        )
    parts = [part for part in SEPARATORS.split(to.strip()) if part]
    if len(parts) > 1 and all(is_one_address(part) for part in parts):
        return Text(
            f"A mail goes to one address; leave one of these {len(parts)}.",
            f"一封邮件只能发给一个邮箱，此处有 {len(parts)} 个，请只保留一个。",
        )
    shown = to.strip()[:80]
    return Text(
        f"“{shown}” is no mail address; write it like name@company.com.",
        f"“{shown}”不是有效的邮箱地址，请按 name@company.com 的格式填写。",
    )


def check_mail(task: Task, mail: MailText) -> None:
    wrong: dict[str, Text] = {}
    if task.mail is None or mail.template != task.mail.template:
        wrong["mail"] = Text("This is not the draft of this task.", "这不是该任务的邮件草稿。")
    subject = _one_line(mail.subject)
    if not subject or not subject.isprintable() or "\n" in mail.subject or "\r" in mail.subject or len(subject) > 300:
        wrong["mail_subject"] = Text("Write a subject of one line.", "请填写一行主题。")
    if not mail.body.strip() or len(mail.body) > 100_000:
        wrong["mail_body"] = Text("Write the text of the mail.", "请填写邮件正文。")
    if wrong:
        raise FormRefusal(wrong)


def _one_line(subject: str) -> str:
    """Wide and unbreakable spaces, as Chinese keyboards and copied texts bring them, become plain ones."""
    return " ".join(subject.split())


def edit_draft(flow: Flow, task: Task, event: happened.DraftEdited) -> str:
    """Keep a changed text; nothing leaves before it is confirmed."""
    check_who(flow, task, event.by)
    if task.assignee not in (None, event.by):
        held_by_another(flow, task)
    check_mail(task, event.mail)
    flow.draft.put(replace(task, mail=event.mail))
    about(flow, task)
    flow.details["template"] = event.mail.template
    return "draft_edited"


def settle_draft(flow: Flow, task: Task, event: happened.TaskCompleted) -> None:
    told, event = said_otherwise(task, event)
    if event.outcome == "sent":
        send(flow, task, event, told)
    elif event.outcome != "not_sent":
        raise Refusal(
            "unknown", Text("Choose: sent, not_sent.", "请选择：sent（发送）、not_sent（不发送）。"), concerns="outcome"
        )
    else:
        _put_away(flow, task, str(event.values.get("reason", "")).strip())
    flow.draft.close(task.id)


def _put_away(flow: Flow, task: Task, reason: str) -> None:
    """It does not leave; in an urgent case nobody lets that happen without a word."""
    if why_not := why_it_stays(flow.process, flow.facts(), task):
        raise Refusal("not_allowed", why_not, concerns="not_sent")
    if flow.facts().urgent and not reason:
        raise FormRefusal(
            {"reason": Text("Urgent: say why the customer is not told this.", "紧急工单：请说明为何不告知客户。")}
        )
    flow.details["reason"] = reason
