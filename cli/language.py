"""Which of the two languages the terminal's reader gets. Must not know what is said."""

from __future__ import annotations

import os

import click

from engine.definition.texts import Language, Text


def say(english: str, chinese: str, *, err: bool = False) -> None:
    """Prints the sentence in the reader's language."""
    click.echo(in_words(english, chinese), err=err)


def in_words(english: str, chinese: str) -> str:
    """The sentence in the reader's language."""
    return Text(en=english, zh=chinese).say(readers_language())


def readers_language() -> Language:
    """The terminal's language: `AFTERCARE_LANGUAGE`, else the locale; English where neither is Chinese."""
    for name in ("AFTERCARE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if spoken := os.environ.get(name):
            return "zh-Hans" if spoken.lower().startswith("zh") else "en"
    return "en"
