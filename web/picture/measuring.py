"""How wide a text will be drawn, and where it breaks: a Chinese character is one em, Latin ones are a little less."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NARROW, _MIDDLE, _WIDE = frozenset("iljtfI.,:;!|'`()[]{}/ "), frozenset('rsczJ-"*'), frozenset("mwMW@%&—…")
_PIECES = re.compile(r"[⺀-鿿豈-﫿！-｠　-〿][，。、：；！？）》”]*|[^\s⺀-鿿豈-﫿！-｠　-〿]+\s*|\s+")


@lru_cache(maxsize=16384)
def width(text: str, size: float) -> float:
    """Pixels, rather too many than too few."""
    return sum(_em(letter) for letter in text) * size


@lru_cache(maxsize=4096)
def _em(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if unicodedata.combining(letter):
        return 0.0
    if letter in _NARROW:
        return 0.33
    if letter in _WIDE:
        return 0.92
    if letter in _MIDDLE:
        return 0.48
    return 0.68 if letter.isupper() else 0.585


def wrapped(text: str, size: float, wide: float, most: int) -> list[str]:
    """At most `most` lines no wider than `wide`, of much the same length; what does not fit ends in an ellipsis."""
    return list(_wrapped(text, size, wide, most))


@lru_cache(maxsize=8192)  # the labels of a process are the same on every page
def _wrapped(text: str, size: float, wide: float, most: int) -> tuple[str, ...]:
    text = " ".join(_shown(text).split())
    lines = _broken(text, size, wide)
    if len(lines) > most:
        cut = lines[most - 1]
        while cut and width(cut + "…", size) > wide:
            cut = cut[:-1]
        return (*lines[: most - 1], cut.rstrip() + "…")
    for share in (0.5, 0.6, 0.7, 0.8, 0.9):
        balanced = _broken(text, size, wide * share)
        if len(balanced) == len(lines) and widest(text, size) <= wide * share:
            return tuple(balanced)
    return tuple(lines)


def _broken(text: str, size: float, wide: float) -> list[str]:
    """Each line as full as it can be; a word that is too long is broken."""
    lines: list[str] = []
    here = ""
    for piece in _PIECES.findall(text):
        if width((here + piece).rstrip(), size) <= wide:
            here += piece
            continue
        if here.strip():
            lines.append(here.strip())
        here = piece
        while width(here.rstrip(), size) > wide and len(here) > 1:
            fits = _fitting(here, size, wide)
            lines.append(here[:fits])
            here = here[fits:]
    return [*lines, here.strip()] if here.strip() else lines


def widest(text: str, size: float) -> float:
    """The width of the longest piece that should not be broken."""
    words = [piece.strip() for piece in _PIECES.findall(_shown(text))]
    short = _shown(text).strip()
    if len(short) <= 4:  # a few Chinese characters stay together
        words.append(short)
    return max((width(word, size) for word in words), default=0.0)


def _fitting(text: str, size: float, wide: float) -> int:
    """How many letters of a single long word fit, at least one."""
    n = 1
    while n < len(text) and width(text[: n + 1], size) <= wide:
        n += 1
    return n


def _shown(text: str) -> str:
    """Without characters that XML cannot hold or that turn the direction of writing."""
    return "".join(c for c in text if c in "\t\n " or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
