"""What is wrong in a file, where, and how to mend it. Every sentence stands in a catalogue in both languages.

A problem is made from a catalogue key such as `P401.choice`: the part before the dot is the code the author sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from engine.definition.texts import Text

Level = Literal["error", "warning"]


class Place(NamedTuple):
    """Where something stands: file name, line and column, both counted from 1."""

    file: str = ""
    line: int = 1
    column: int = 1


class Sentence(NamedTuple):
    """A catalogue entry: message and hint, with `{names}` to fill, in both languages. `zh_hint` and `hint` may be empty."""

    en: str
    zh: str
    hint: str = ""
    zh_hint: str = ""
    level: Level = "error"


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding on a definition. `code` is stable (P401); `message` and `hint` are filled in both languages."""

    code: str
    place: Place
    message: Text
    hint: Text = Text()
    level: Level = "error"

    def line(self, language: str = "en") -> str:
        """`file:line:column: error P401: message`, with the hint on a second line when there is one."""
        head = f"{self.place.file}:{self.place.line}:{self.place.column}: {self.level} {self.code}: "
        hint = self.hint.say(language)
        return head + self.message.say(language) + (f"\n    hint: {hint}" if hint else "")


def problem(key: str, place: Place, /, **names: object) -> Problem:
    """The problem for a catalogue key, its `{names}` filled in (a Text in the language of each sentence).

    Raises KeyError for a key that has no sentence.
    """
    sentence = catalogue()[key]
    words = {name: value.say("en") if isinstance(value, Text) else str(value) for name, value in names.items()}
    zh_words = {name: value.say("zh-Hans") if isinstance(value, Text) else str(value) for name, value in names.items()}
    return Problem(
        code=key.split(".", 1)[0],
        place=place,
        message=Text(sentence.en.format(**words), sentence.zh.format(**zh_words)),
        hint=Text(sentence.hint.format(**words), sentence.zh_hint.format(**zh_words)),
        level=sentence.level,
    )


def catalogue() -> dict[str, Sentence]:
    """Every sentence by its key; one module of `engine.definition.messages` per group of checks."""
    from engine.definition import messages  # here, because the message modules import Sentence from this one

    return messages.CATALOGUE
