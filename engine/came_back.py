"""A mail to a customer that came back: the mail server says so, or somebody finds it in a mailbox. The owner corrects the address
or calls, unless the process itself puts it before somebody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine import events as happened
from engine.definition.texts import Text
from engine.letters import address_of
from engine.owners_task import ask_owner
from engine.subjects import mail_name

if TYPE_CHECKING:
    from engine.flow import Flow


def mail_came_back(flow: Flow, event: happened.MailBounced, *, tell: bool) -> str:
    """A customer mail that could not be delivered: the owner corrects the address or calls, unless the process itself
    (`tell` is False) has put that before somebody."""
    flow.details |= {"to": event.to, "reason": event.reason, "subject": event.subject}
    if tell:
        _to_the_owner(flow, Text(event.to, event.to), event.key)
    return "bounced"


def found_in_a_mailbox(flow: Flow, said: Mapping[str, Any]) -> None:
    """A person tells that a mail came back, and the case goes on where it is: its owner is told by a task, too."""
    template = str(said.get("template") or "")
    to = str(said.get("to") or "") or address_of(flow.process, template, flow.facts())
    name = mail_name(flow.process, template) or Text(template, template)
    what = Text(f"{name.say('en')} {to}".strip(), f"{name.say('zh-Hans')} {to}".strip())
    _to_the_owner(flow, what, f"told:{flow.draft.seq}")


def _to_the_owner(flow: Flow, what: Text, key: str) -> None:
    label = Text(
        f"Mail came back: {what.say('en')} – correct the address or call",
        f"邮件被退回：{what.say('zh-Hans')}，请更正地址或致电客户",
    )
    ask_owner(flow, label, f"bounced:{key}", flow.draft.owner)
