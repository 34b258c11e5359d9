"""Where in a mail something is missing: a blank before a full stop, empty quotation marks, two blanks between words, a
place that was to be filled in.

The draft filled in what was known then; what was not left a gap that its reader would stumble over. Only ever a warning.
"""

from __future__ import annotations

import re

from engine.case import MailText

GAP = re.compile(
    r"(?<=\S)[ \t]+[.,;，。；、！？](?!\d)|“\s*”|\"\"|「\s*」|《\s*》|（\s*）|\(\s*\)|(?<=\w)[ \t]{2,}(?=\w)"
    r"|【[^】]*填写[^】]*】|\[[^\]]*fill in[^\]]*\]|【\s*】|\[\s*\]|_{3,}"
)
AROUND = 40
"""So many characters on each side show where it is."""


def gap(mail: MailText) -> str:
    """The first passage of a mail with a gap in it, "" when there is none."""
    for line in (mail.subject, *mail.body.splitlines()):
        if found := GAP.search(line):
            start, end = max(found.start() - AROUND, 0), found.end() + AROUND
            return f"{'…' if start else ''}{line[start:end].strip()}{'…' if end < len(line) else ''}"
    return ""
