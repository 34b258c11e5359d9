"""What a text must look like, in words: `[A-Z]{2}[0-9]{6,8}` is "2 of A-Z, then 6 to 8 of 0-9"."""

from __future__ import annotations

import re

from engine.definition.texts import Text

_PART = re.compile(r"(\[(?:\\.|[^\]\\])+\]|\\.|[^\[\]{}()*+?|\\])(\{\d+(?:,\d*)?\}|[*+?])?")
_CLASSES = {r"\d": "0-9", r"\w": "A-Z a-z 0-9 _", r"\s": "␣", ".": "…"}
_COUNTS = {"*": ("0", ""), "+": ("1", ""), "?": ("0", "1")}


def pattern_words(pattern: str) -> Text:
    """The pattern of a field in words, part by part."""
    parts = [_told(part, count) for part, count in _PART.findall(pattern)]
    return Text(", then ".join(part.en for part in parts), "，然后".join(part.zh for part in parts))


def _told(part: str, count: str) -> Text:
    letters = " ".join(re.findall(r"\\?.-\\?.|\\?.", part[1:-1])) if part.startswith("[") else _CLASSES.get(part, part)
    letters = letters.replace("\\", "")
    english, chinese = _times(count)
    if part.startswith("[^"):
        others = letters[1:].strip()
        return Text(f"{english} other than {others}", f"{chinese}（{others} 除外）")
    return Text(f"{english} of {letters}", f"{chinese}（{letters}）")


def _times(count: str) -> tuple[str, str]:
    least, most = _COUNTS.get(count) or _between(count)
    if not most:
        return f"{least} or more", f"至少 {least} 位"
    return (least, f"{least} 位") if least == most else (f"{least} to {most}", f"{least}–{most} 位")


def _between(count: str) -> tuple[str, str]:
    least, comma, most = count.strip("{}").partition(",")
    return (least, most if comma else least) if least else ("1", "1")
