"""The parser's events, in half the time: where the library looks at one sign after another, a run of them is taken.

Nothing is decided otherwise than the library decides it, and it must not know what the events are for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import StringMark
from ruamel.yaml.parser import Parser
from ruamel.yaml.reader import Reader
from ruamel.yaml.scanner import Scanner
from ruamel.yaml.tokens import ScalarToken

BREAKS = "\n\0\r\x85\u2028\u2029"
SPACES = re.compile(" *")
SPACES_AND_TABS = re.compile("[ \t]*")
REST_OF_LINE = re.compile(f"[^{BREAKS}]*")


def _words(enders: str) -> re.Pattern[str]:
    """Plain words of one line: a colon ends them before a space, "#" after one, and each of the enders anywhere."""
    word = rf"(?:[^ \t{BREAKS}:{enders}]|:(?![ \t{BREAKS}]))+"
    return re.compile(rf"{word}(?: +(?!#){word})*")


IN_BLOCK = _words("")
IN_FLOW = _words(r",\[\]{}")


def events_of(text: str) -> Iterator[Any]:
    """YAML 1.2 and the pure parser, always: the C parser dies of deep nesting."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Reader, yaml.Scanner, yaml.Parser = _Reader, _Scanner, _Parser
    return iter(yaml.parse(text))


class _Reader(Reader):
    """Reads a text that is there as a whole."""

    def forward(self, length: int = 1) -> None:
        after = self.pointer + length
        passed = self.buffer[self.pointer : after]
        if "\n" in passed or "\r" in passed or "\ufeff" in passed or after >= len(self.buffer):
            super().forward(length)
            return
        self.pointer = after
        self.index += length
        self.column += length

    def get_mark(self) -> StringMark:
        return StringMark(self.name, self.index, self.line, self.column, self.buffer, self.pointer)

    def take(self, run: re.Pattern[str]) -> str:
        """What the run holds, with nothing of it left to be read."""
        found = run.match(self.buffer, self.pointer)
        taken = found.group() if found else ""
        if taken:
            self.forward(len(taken))
        return taken


class _Scanner(Scanner):
    """Looks whether the next token is whole once for each token, not for each kind that it might be."""

    reader: Any = None
    """Else the library asks the loader for it each time."""

    def __init__(self, loader: Any) -> None:
        self.reader = loader.reader
        super().__init__(loader)

    def reset_scanner(self) -> None:
        self._looked_after = -1
        super().reset_scanner()

    def check_token(self, *choices: Any) -> bool:
        token = self.peek_token()
        return token is not None and (not choices or isinstance(token, choices))

    def peek_token(self) -> Any:
        if self._looked_after != self.tokens_taken:
            super().peek_token()
            self._looked_after = self.tokens_taken
        return self.tokens[0] if self.tokens else None

    def scan_to_next_token(self) -> None:
        """Over spaces, comments and breaks of lines."""
        if self.reader.index == 0 and self.reader.peek() == "\ufeff":
            self.reader.forward()
        while True:
            self.reader.take(SPACES_AND_TABS if self.flow_level else SPACES)
            if self.reader.peek() == "#":
                self.reader.take(REST_OF_LINE)
            if not self.scan_line_break():
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def scan_plain(self) -> ScalarToken:
        """A text without quotes, over as many lines as it has."""
        start = end = self.reader.get_mark()
        indent = self.indent + 1
        text = ""
        between: Sequence[str] = ()
        while self.reader.peek() != "#" and (words := self.reader.take(IN_FLOW if self.flow_level else IN_BLOCK)):
            self.allow_simple_key = False
            text += "".join(between) + words
            end = self.reader.get_mark()
            between = self.scan_plain_spaces(indent, start)
            if not between or (not self.flow_level and self.reader.column < indent):
                break
        return ScalarToken(text, True, start, end)


class _Parser(Parser):
    """Knows its scanner, too."""

    scanner: Any = None

    def __init__(self, loader: Any) -> None:
        super().__init__(loader)
        self.scanner = loader.scanner
