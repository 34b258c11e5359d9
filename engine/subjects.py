"""What a mail is called where people read of it: its label, else its subject without what is filled in."""

from __future__ import annotations

import re

from engine.definition.compiled import Compiled
from engine.definition.texts import Text

_BLANK = re.compile(r"\{\{[^}]*\}\}")
_BETWEEN_SIGNS = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
"""A blank between two Chinese characters: where the number stood."""
_CLAUSE = re.compile(r"[,，;；](?![^{]*}})")
"""Between two parts of a subject; of several the first with words of its own names the mail."""


def mail_name(process: Compiled, id: str) -> Text | None:
    """What the mail template `id` is called; None where the process has no such mail."""
    mail = process.mails.get(id)
    if mail is None:
        return None
    return mail.label or Text(*(_short(mail.subject.say(language)) or _spelt(id) for language in ("en", "zh-Hans")))


def _short(subject: str) -> str:
    return next((bare for clause in _CLAUSE.split(subject) if (bare := _without_blanks(clause))), "")


def _without_blanks(subject: str) -> str:
    """A subject, or a part of one, without what is filled in; the number stands on the page already."""
    bare = _BETWEEN_SIGNS.sub("", " ".join(_BLANK.sub("", subject).split()))
    return bare.strip(" -–—:：·")


def _spelt(id: str) -> str:
    return id.replace("_", " ").capitalize()
