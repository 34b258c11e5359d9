"""What makes a case urgent and whom to call, as its process words it: what staff read first wherever they hear of the case."""

from __future__ import annotations

from engine.definition.compiled import Compiled
from engine.definition.texts import LANGUAGES, Text
from engine.facts import CaseFacts
from engine.writing import fill

SHORT = 160
"""So many characters of it stand in a notice, which is one line."""


def urgent_words(process: Compiled, facts: CaseFacts) -> Text:
    """The whole of it; empty while the case can wait, or where the process has no words for it."""
    words = process.file.urgent_says
    if words is None or not facts.urgent:
        return Text()
    return Text(*(fill(words.say(language), process, facts, language).strip() for language in LANGUAGES))


def with_urgent_words(text: Text, words: Text) -> Text:
    """One line that says what it said before, and why it cannot wait."""
    if not words:
        return text
    return Text(f"{text.en} – {_short(words.en, '; ')}", f"{text.zh}——{_short(words.zh, '；')}")


def _short(words: str, between: str) -> str:
    line = between.join(" ".join(line.split()) for line in words.splitlines() if line.strip())
    return line if len(line) <= SHORT else f"{line[: SHORT - 1].rstrip()}…"
