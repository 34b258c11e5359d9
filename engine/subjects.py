"""What a mail is called where people read of it: its subject without what is filled in."""

from __future__ import annotations

import re

_BLANK = re.compile(r"\{\{[^}]*\}\}")
_BETWEEN_SIGNS = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
"""A blank between two Chinese characters: where the number stood."""


def without_blanks(subject: str) -> str:
    """A subject, or a part of one, without what is filled in; the number stands on the page already."""
    bare = _BETWEEN_SIGNS.sub("", " ".join(_BLANK.sub("", subject).split()))
    return bare.strip(" -–—:：·")
