"""Our faster way through a text finds the very events, places and mistakes that the library finds sign by sign."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

import processes
from engine.definition.yaml_events import events_of

FILES = {name: path.read_text("utf-8") for name, path in processes.paths().items()}
MARKS = ("start_mark", "end_mark", "context_mark", "problem_mark")
WORDS = ("value", "style", "anchor", "tag", "implicit", "flow_style", "explicit", "version", "tags", "context", "problem")  # fmt: skip
SIGNS = [
    " ", "  ", "\t", "\n", "\r", "\r\n", "\x85", "\u2028", "\u2029", "\ufeff", "\u3000", "\xa0", "\x0b", "\x1c",
    ": ", ":", ":\n", " :", "::", ", ", ",", ",:", " #", "#", "# why\n", "?", "? ", "?a", "- ", "-", "--- ", "---\n", "...\n",
    "{", "}", "[", "]", "{{ a }}", "|\n  a\n", ">-\n  a\n", '"', "'", "\\", '"a b"', '"a\n  b"', "&a ", "*a", "!t ", "!!str ",
    "%YAML 1.1\n", "%", "@", "`", "~", "a", "a:b", "a b", "a #b", "a# b", "x\n  y", "key: value", "k: {a: b, c: [d, e f]}",
    "[a: b]", "{a:}", "{?a: b}", '{"a":b}', "\n  k: ", "\n    ", "  - x\n", "\t- ", "https://x:y ", "中文", "：", "，", "<<: ",
]  # fmt: skip


def by_the_library(text: str) -> Iterator[Any]:
    return iter(YAML(typ="safe", pure=True).parse(text))


def heard(way: Callable[[str], Iterator[Any]], text: str) -> list[Any]:
    """Every event with its places, and the mistake at which they end."""
    told: list[Any] = []
    try:
        told += (described(event) for event in way(text))
    except MarkedYAMLError as mistake:
        told.append(described(mistake))
    except Exception as leak:
        told.append(type(leak))
    return told


def described(found: Any) -> list[Any]:
    marks = [getattr(found, name, None) for name in MARKS]
    places = [mark and (mark.index, mark.line, mark.column) for mark in marks]
    return [type(found), *places, *(str(getattr(found, word, None)) for word in WORDS)]


def damaged(chance: random.Random) -> str:
    """A piece of a shipped file, shifted to the margin, with a few signs put in."""
    text = chance.choice(list(FILES.values()))
    begin = text.rfind("\n", 0, chance.randrange(len(text))) + 1
    piece = text[begin : begin + chance.randint(20, 500)]
    margin = piece[: len(piece) - len(piece.lstrip(" "))]
    lines = "\n".join(line.removeprefix(margin) for line in piece.split("\n"))
    for _ in range(chance.randint(0, 4)):
        at = chance.randrange(len(lines) + 1)
        lines = lines[:at] + chance.choice(SIGNS) + lines[at + chance.randint(0, 3) :]
    return lines


def test_a_shipped_file_is_the_same() -> None:
    told = heard(events_of, FILES["_shared.yaml"])
    assert len(told) > 500
    assert told == heard(by_the_library, FILES["_shared.yaml"])


def test_whatever_is_put_together_or_spoilt_is_the_same() -> None:
    chance = random.Random(7)
    texts = ["".join(chance.choices(SIGNS, k=chance.randint(1, 30))) for _ in range(600)]
    texts += [damaged(chance) for _ in range(300)]
    for text in texts:
        assert heard(events_of, text) == heard(by_the_library, text), repr(text)
