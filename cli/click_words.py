"""What click itself says in help pages, in the reader's language. Must not know any command."""

from __future__ import annotations

from collections.abc import Iterable

import click

from cli.language import in_words

CHINESE = {
    "Usage: ": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Show this message and exit.": "显示本说明。",
}


class SpokenFormatter(click.HelpFormatter):
    """Headings and click's own help lines, said in both languages."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, spoken(prefix or "Usage: "))

    def write_heading(self, heading: str) -> None:
        super().write_heading(spoken(heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(name, spoken(text)) for name, text in rows], col_max, col_spacing)


class SpokenContext(click.Context):
    formatter_class = SpokenFormatter


def in_both_languages(command: click.Command) -> click.Command:
    """The command, and those below it, with help pages in the reader's language."""
    command.context_class = SpokenContext
    if isinstance(command, click.Group):
        for below in command.commands.values():
            in_both_languages(below)
    return command


def spoken(words: str) -> str:
    """Click's words in the reader's language; other words as they are."""
    return in_words(words, CHINESE.get(words, words))
