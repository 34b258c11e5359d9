"""A day that a mail names and that has gone by since the draft was written: what it promises can no longer be kept.

Days that were over when it was written are history and stay. Only ever a warning.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import suppress

from engine.case import MailText

CHINESE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
ENGLISH = re.compile(r"\b(\d{1,2} [A-Z][a-z]+ \d{4})\b")


def passed_day(mail: MailText, written_on: dt.date, today: dt.date) -> dt.date | None:
    """The first day named in a mail that was still to come when it was written and is over now."""
    days = (day for line in (mail.subject, mail.body) for day in _days(line))
    return min((day for day in days if written_on < day < today), default=None)


def _days(text: str) -> Iterator[dt.date]:
    with_numbers = ((int(year), int(month), int(day)) for year, month, day in CHINESE.findall(text))
    for year, month, day in with_numbers:
        with suppress(ValueError):
            yield dt.date(year, month, day)
    for words in ENGLISH.findall(text):
        with suppress(ValueError):
            yield dt.datetime.strptime(words, "%d %B %Y").replace(tzinfo=dt.UTC).date()
