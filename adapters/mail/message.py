"""Puts one mail of the outbox into the form that travels. Must not know how it travels."""

from __future__ import annotations

import datetime as dt
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from adapters.mail.address import NotAnAddress, read_address
from engine.kept import OutgoingMail
from engine.ports import MailRefused

# 7bit: Chinese is encoded, so that a server without 8BITMIME delivers it unharmed.
POLICY = SMTP.clone(cte_type="7bit")
MESSAGE_ID = re.compile(r"<[A-Za-z0-9.!#$%&'*+/=?^_`{|}~:-]+@[A-Za-z0-9.:-]+>")


def message_of(mail: OutgoingMail, sender: Address, at: dt.datetime) -> EmailMessage:
    """The message; raises `MailRefused` for good when its address, subject or id cannot be right."""
    message = EmailMessage(policy=POLICY)
    message["From"] = sender
    message["To"] = recipient_of(mail)
    message["Subject"] = one_line(mail.order.subject)
    message["Date"] = at
    message["Message-ID"] = id_of(mail, sender.domain)
    if mail.order.kind == "staff":  # no holiday answers to a robot
        message["Auto-Submitted"] = "auto-generated"
    message.set_content(in_lines(mail.order.body))
    return message


def recipient_of(mail: OutgoingMail) -> Address:
    """Exactly one address, whatever the order says: `a@x, b@y` is none."""
    try:
        return read_address(mail.order.to)
    except NotAnAddress:
        raise MailRefused(
            f"{mail.order.to!r} is not one mail address; correct it and send again.", for_good=True
        ) from None


def one_line(subject: str) -> str:
    """A subject with a line break would become a header of its own."""
    if not subject.isprintable():
        raise MailRefused("The subject has a line break or another invisible character; remove it.", for_good=True)
    return subject


def id_of(mail: OutgoingMail, domain: str) -> str:
    """The same for every copy of this mail, so that a mailbox can tell a second copy from a second mail."""
    given = mail.message_id if "@" in mail.message_id else f"{mail.message_id}@{domain}"
    bracketed = given if given.startswith("<") else f"<{given}>"
    if not MESSAGE_ID.fullmatch(bracketed):
        raise MailRefused(f"{mail.message_id!r} cannot be a Message-ID.", for_good=True)
    return bracketed


def in_lines(body: str) -> str:
    """Line ends as mail has them; other invisible characters have no business in a letter."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or c.isprintable() or c == "\u3000")
