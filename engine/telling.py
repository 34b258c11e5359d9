"""A customer without a mail address is told another way: by whom, how and in which words is kept with the text of the mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from engine import events as happened
from engine.case import MailText, Task
from engine.definition.texts import Text
from engine.refusals import FormRefusal

if TYPE_CHECKING:
    from engine.flow import Flow

WAYS: Mapping[str, Text] = {
    "telephone": Text("by telephone", "电话"),
    "letter": Text("by letter", "信函"),
    "in_person": Text("in person", "当面"),
    "message": Text("by text or chat message", "短信或即时消息"),
}
BY, WORDS = "told_by", "told_words"
"""What comes with `sent` beside the fields of a form."""
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Told:
    """How a customer was told, one of `WAYS`, and in which words."""

    by: str
    words: str


def said_otherwise(task: Task, event: happened.TaskCompleted) -> tuple[Told | None, happened.TaskCompleted]:
    """How the customer was told, if not by the mail of this task; and the event with the values of its form alone."""
    values: dict[str, Any] = dict(event.values)
    if task.mail is None or event.outcome != "sent" or not {BY, WORDS} & set(values):
        return None, event
    by, words = (str(values.pop(key, None) or "").strip() for key in (BY, WORDS))
    return Told(by, words), replace(event, values=values)


def may_be_told_otherwise(mail: MailText) -> bool:
    """A mail that has an address is sent, or it is said why not."""
    return not mail.to.strip()


def tell_otherwise(flow: Flow, mail: MailText, told: Told) -> None:
    """The mail counts as sent; nothing leaves, and history keeps what the customer got to know."""
    wrong: dict[str, Text] = {}
    if not may_be_told_otherwise(mail):
        wrong["mail_to"] = Text(
            "There is a mail address: send the mail, or take the address away if it is wrong.",
            "已有邮箱地址：请发送邮件；如地址有误，请先清空。",
        )
    if told.by not in WAYS:
        wrong[BY] = Text(
            f"Say how the customer was told: {', '.join(WAYS)}.",
            f"请选择告知方式：{'、'.join(w.zh for w in WAYS.values())}。",
        )
    if not told.words:
        wrong[WORDS] = Text("Write whom you told, and what was said.", "请填写告知了谁、说了什么。")
    elif len(told.words) > LONGEST:
        wrong[WORDS] = Text(f"Write at most {LONGEST} characters.", f"最多 {LONGEST} 个字符。")
    if wrong:
        raise FormRefusal(wrong)
    flow.note(
        "told", {BY: told.by, WORDS: told.words, "template": mail.template, "subject": mail.subject, "body": mail.body}
    )
