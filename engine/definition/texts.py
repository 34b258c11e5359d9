"""A text in both languages of the desk: what a label, a help line or a message of ours is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "zh-Hans"]
LANGUAGES: tuple[Language, ...] = ("en", "zh-Hans")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in English and simplified Chinese. A missing language shows the other one."""

    en: str = ""
    zh: str = ""

    def say(self, language: str) -> str:
        """The text for `language` ("en" or "zh-Hans"), falling back to the other one when it is missing."""
        return (self.zh or self.en) if language.startswith("zh") else (self.en or self.zh)

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)
