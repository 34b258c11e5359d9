"""What is asked about a mail before it leaves: is something missing, is a promised day over, can its reader read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from engine.case import Case, MailText
from web import current, saying
from web.foreign_words import unreadable
from web.gaps import gap
from web.passed_days import passed_day
from web.words import say


def doubts(mail: MailText, case: Case, written_at: dt.datetime) -> Iterator[str]:
    """A sentence for each doubt; who confirms the mail may still send it."""
    language, zone = current.language(), current.zone()
    if found := gap(mail):
        yield say("mail.gap", language, what=found)
    day = passed_day(mail, written_at.astimezone(zone).date(), current.now().astimezone(zone).date())
    if day:
        yield say("mail.passed_day", language, day=saying.day(day, language))
    if found := unreadable(mail, case, current.people().values()):
        yield say("mail.unreadable", language, tongue=say(f"language.{mail.language}", language), what=found)
