"""Lines of a mail that have nothing to say: every name in them is empty, and beside the names stands at most a label."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAME = re.compile(r"\{\{\s*([A-Za-z_][\w.]*)\s*\}\}")
_LABEL = re.compile(r"[^.;!?,。；！？，]*[:：]")
"""What ends in a colon and holds no sentence: whoever wrote more before it wants it read."""


def without_empty_lines(template: str, words: Mapping[str, str]) -> str:
    """A text of several paragraphs without the lines that only label what is empty; a heading over nothing else goes with them."""
    told = (_told(paragraph.split("\n"), words) for paragraph in template.split("\n\n"))
    return "\n\n".join(paragraph for paragraph in told if paragraph is not None)


def _told(lines: list[str], words: Mapping[str, str]) -> str | None:
    """A paragraph with what is left of it, nothing when that is at most its heading."""
    left = [line for line in lines if not _says_nothing(line, words)]
    if len(left) < len(lines) and all(_is_heading(line) for line in left):
        return None
    return "\n".join(left)


def _is_heading(line: str) -> bool:
    """Whether a line only announces what should follow: it ends in its colon, with nothing told behind."""
    return line.rstrip().endswith((":", "：")) and _LABEL.fullmatch(_beside_names(line)) is not None


def lines_that_stay(template: str) -> str:
    """The lines of a text in which an empty name leaves a gap."""
    return "\n".join(line for line in template.split("\n") if "\n" not in template or not _is_label_of_names(line))


def _says_nothing(line: str, words: Mapping[str, str]) -> bool:
    return _is_label_of_names(line) and not any(words[name].strip() for name in _NAME.findall(line))


def _is_label_of_names(line: str) -> bool:
    """Whether a line holds names and beside them at most a label, so that it is left out where they are empty."""
    beside = _beside_names(line)
    return bool(_NAME.search(line)) and (not beside or _LABEL.fullmatch(beside) is not None)


def _beside_names(line: str) -> str:
    return _NAME.sub("", line).strip()
