"""A customer without a mail address is told another way: by whom, how, in which words and with which proof is kept with the
text of the mail. What has to be said in writing is not said by telephone, and nobody passes over an address that is known
without a proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from engine import events as happened
from engine.case import MailText, Task
from engine.definition.compiled import Compiled
from engine.definition.texts import Text
from engine.letters import address_of
from engine.refusals import FormRefusal

if TYPE_CHECKING:
    from engine.flow import Flow

WAYS: Mapping[str, Text] = {
    "telephone": Text("by telephone", "电话"),
    "letter": Text("by letter", "信函"),
    "in_person": Text("in person", "当面"),
    "message": Text("by text or chat message", "短信或即时消息"),
}
WRITTEN = ("letter", "message")
"""Ways that leave something to show: a copy, a picture of the message."""
BY, WORDS, PROOF = "told_by", "told_words", "told_proof"
"""What comes with `sent` beside the fields of a form."""
LONGEST, MOST = 2000, 10


@dataclass(frozen=True, slots=True)
class Told:
    """How a customer was told, one of `WAYS`, in which words, and the files that show it."""

    by: str
    words: str
    proof: tuple[Mapping[str, Any], ...] = ()


def ways_to_tell(process: Compiled, mail: MailText) -> Mapping[str, Text]:
    """In which ways a customer may be told what this mail says, when no mail can go."""
    definition = process.mails.get(mail.template)
    written = definition is not None and definition.in_writing
    return {way: label for way, label in WAYS.items() if not written or way in WRITTEN}


def said_otherwise(task: Task, event: happened.TaskCompleted) -> tuple[Told | None, happened.TaskCompleted]:
    """How the customer was told, if not by the mail of this task; and the event with the values of its form alone."""
    values: dict[str, Any] = dict(event.values)
    if task.mail is None or event.outcome != "sent" or not {BY, WORDS, PROOF} & set(values):
        return None, event
    by, words = (str(values.pop(key, None) or "").strip() for key in (BY, WORDS))
    return Told(by, words, _files(values.pop(PROOF, None))), replace(event, values=values)


def _files(value: Any) -> tuple[Mapping[str, Any], ...]:
    """As the store of files describes them; a file of a scenario is its name."""
    listed: Sequence[Any] = value if isinstance(value, list | tuple) else [value] if value else []
    return tuple(f if isinstance(f, Mapping) else {"id": str(f), "name": str(f), "size": 0} for f in listed)


def tell_otherwise(flow: Flow, mail: MailText, told: Told) -> None:
    """The mail counts as sent; nothing leaves, and history keeps what the customer got to know."""
    wrong = _what_is_wrong(flow, mail, told)
    if wrong:
        raise FormRefusal(wrong)
    if told.proof:
        flow.details["files"] = list(told.proof)
    flow.note(
        "told", {BY: told.by, WORDS: told.words, "template": mail.template, "subject": mail.subject, "body": mail.body}
    )


def _what_is_wrong(flow: Flow, mail: MailText, told: Told) -> dict[str, Text]:
    wrong: dict[str, Text] = {}
    ways = ways_to_tell(flow.process, mail)
    if mail.to.strip():
        wrong["mail_to"] = Text(
            "There is a mail address: send the mail, or take the address away if it is wrong.",
            "已有邮箱地址：请发送邮件；如地址有误，请先清空。",
        )
    if told.by not in ways:
        only = " in writing" if len(ways) < len(WAYS) else ""
        wrong[BY] = Text(
            f"Say how the customer was told{only}: {', '.join(ways)}.",
            f"请选择{'书面' if only else ''}告知方式：{'、'.join(way.zh for way in ways.values())}。",
        )
    if not told.words:
        wrong[WORDS] = Text("Write whom you told, and what was said.", "请填写告知了谁、说了什么。")
    elif len(told.words) > LONGEST:
        wrong[WORDS] = Text(f"Write at most {LONGEST} characters.", f"最多 {LONGEST} 个字符。")
    if len(told.proof) > MOST:
        wrong[PROOF] = Text(f"At most {MOST} files.", f"最多 {MOST} 个文件。")
    elif not told.proof and told.by in WRITTEN:
        wrong[PROOF] = Text("Add a copy of the letter or a picture of the message.", "请上传信函副本或短信、聊天截图。")
    elif not told.proof and address_of(flow.process, mail.template, flow.facts()):
        wrong[PROOF] = Text(
            "There is a mail address on record: add a proof that the customer was told without it.",
            "系统中已有该客户的邮箱：未发邮件而另行告知的，请上传凭证。",
        )
    return wrong
