"""One letter in place of several mails that leave to the same member of staff at the same time. Pure text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.effects import SendMail
from engine.kept import OutgoingMail

BETWEEN = "\n\n———\n\n"
URGENT = re.compile(r"\burgent\b|紧急", re.IGNORECASE)
"""What says so gives the letter its name: a list of the morning with urgent cases in it."""


def goes_along(mail: OutgoingMail) -> bool:
    """Whether a mail may leave with others: one for staff that can wait, and that was never tried (a second copy must be
    the same letter as the first)."""
    return mail.order.kind == "staff" and mail.order.not_before is not None and mail.attempt == 1


def one_letter(mails: Sequence[OutgoingMail], language: str) -> SendMail:
    """What each of the mails says, one after the other: what is about a case first, lists of what waits at the end."""
    once = {(mail.order.subject, mail.order.body): mail for mail in mails}  # what came back at the weekend is told once
    about_cases_first = sorted(once.values(), key=lambda mail: not mail.case)
    said = [f"{n}. {mail.order.subject}\n{mail.order.body}" for n, mail in enumerate(about_cases_first, start=1)]
    subjects, count = [mail.order.subject for mail in about_cases_first], len(once)
    first = next((subject for subject in subjects if URGENT.search(subject)), subjects[0])
    more = (
        f"{count} 项工作提醒：{first} 等"
        if language.startswith("zh")
        else f"{count} things need you: {first}, and {count - 1} more"
    )
    subject = more if count > 1 else first
    return SendMail(f"together:{mails[0].id}", "staff", mails[0].order.to, subject, BETWEEN.join(said))
