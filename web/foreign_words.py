"""What in a mail its reader cannot read: Chinese in an English mail, a piece of English in a Chinese one.

Only ever a warning, so it is silent where it might be wrong: names that the case or the house knows, addresses and codes
are nobody's language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from engine.case import Case, MailText
from engine.people import Person

CHINESE = r"\u3400-\u4dbf\u4e00-\u9fff"
HAS_CHINESE = re.compile(f"[{CHINESE}]")
WITHOUT_CHINESE = re.compile(rf"[^{CHINESE}，。：；、！？（）“”\n]+")
ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
WORD = re.compile(r"[^\W\d_]+")
FEWEST_WORDS = 3
LONGEST = 80


def unreadable(mail: MailText, case: Case, people: Iterable[Person]) -> str:
    """The first passage of a mail that is not in its language, "" when there is none."""
    names = sorted(_names(case, people), key=len, reverse=True)
    find = _chinese_line if mail.language == "en" else _english_piece
    found = next(filter(None, (find(line, names) for line in (mail.subject, *mail.body.splitlines()))), "").strip()
    return f"{found[:LONGEST]}…" if len(found) > LONGEST else found


def _chinese_line(line: str, names: Iterable[str]) -> str:
    return line if HAS_CHINESE.search(_without(line, names)) else ""


def _english_piece(line: str, names: Iterable[str]) -> str:
    """Some words on end of which two begin small: names and models are written large."""
    for found in WITHOUT_CHINESE.finditer(_without(line, names)):
        words = WORD.findall(found[0])
        if len(words) >= FEWEST_WORDS and sum(word.islower() and len(word) > 1 for word in words) > 1:
            return found[0]
    return ""


def _without(line: str, names: Iterable[str]) -> str:
    line = ADDRESS.sub(" ", line)
    for name in names:
        line = line.replace(name, " ")
    return line


def _names(case: Case, people: Iterable[Person]) -> set[str]:
    """What is called the same in every language: people, and whatever stands in the records of the case."""
    called = (*(person.name for person in people), *_texts(case.records))
    return {name for name in called if len(name) > 1}


def _texts(value: Any) -> Iterable[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for part in value.values():
                yield from _texts(part)
        case list() | tuple():
            for part in value:
                yield from _texts(part)
