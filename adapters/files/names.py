"""Makes a sender's file name fit to be shown and downloaded. It never becomes a path of ours."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
ENDING = re.compile(r"\.[^.\s]{1,15}$")


def clean_name(name: str) -> str:
    """The last part of `name` without path, control and direction characters, at most 120 long; `file` when nothing is left."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name.encode("utf-8", "ignore").decode()))[-1]
    # Direction marks turn "gpj.exe" around before a reader's eyes; quotes and colons break downloads.
    visible = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in last if c not in '"<>|:*?')
    line = " ".join(visible.split()).strip(". ")
    ending = found.group() if (found := ENDING.search(line)) else ""
    return (
        line if 0 < len(line) <= LONGEST else (line[: LONGEST - len(ending)].rstrip(". ") + ending if line else "file")
    )
