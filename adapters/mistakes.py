"""The incidents a store raises itself: a timer that could not be handled, a mail nobody will take."""

from __future__ import annotations

from engine.definition.texts import Text
from engine.effects import RaiseIncident
from engine.kept import OutgoingMail


def lifted(timer_id: str, reason: str) -> RaiseIncident:
    """A timer was taken out of the queue."""
    return RaiseIncident(
        key=f"timer {timer_id}",
        text=Text(
            f"A timer could not be handled and waits for you: {reason} Settle this to try it again.",
            f"一个定时器无法处理，等待您的处理：{reason} 处理完毕后将重试。",
        ),
    )


def final_failure(mail: OutgoingMail, reason: str) -> RaiseIncident:
    """A mail was given up."""
    to, subject = mail.order.to, mail.order.subject
    return RaiseIncident(
        key=f"mail {mail.id}",
        text=Text(
            f"The mail '{subject}' to {to} was not accepted: {reason} Correct the address or call; settle this to send again.",
            f"发往 {to} 的邮件“{subject}”未被接受：{reason} 请更正地址或致电；处理完毕后将重新发送。",
        ),
    )
