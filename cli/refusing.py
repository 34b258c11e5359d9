"""Refusals on a terminal: one sentence in the reader's language and an exit code. Must not know what was refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

from cli.language import in_words, readers_language
from engine.definition.texts import Text
from engine.refusals import FormRefusal, Refusal

FINDINGS, WRONG_USE = 1, 2


class Refused(click.ClickException):
    """A sentence for the terminal; `code` is the exit code."""

    def __init__(self, sentence: str, code: int = WRONG_USE) -> None:
        super().__init__(sentence)
        self.exit_code = code  # type: ignore[misc]  # click reads it from the instance

    def show(self, file: IO[Any] | None = None) -> None:
        """The sentence alone, on standard error."""
        click.echo(self.message, err=True)


def refuse(english: str, chinese: str, code: int = WRONG_USE) -> Refused:
    """A refusal to raise."""
    return Refused(in_words(english, chinese), code)


@contextmanager
def in_sentences(code: int = WRONG_USE) -> Iterator[None]:
    """What the house refuses becomes a sentence here, with its exit code."""
    try:
        yield
    except FormRefusal as refusal:
        lines = [f"{name}: {said(text)}" for name, text in refusal.fields.items()]
        raise Refused("\n".join([said(refusal.text), *lines]), code) from refusal
    except Refusal as refusal:
        raise Refused(said(refusal.text), code) from refusal


def said(text: Text) -> str:
    """A text in the language of the terminal's reader."""
    return text.say(readers_language())
