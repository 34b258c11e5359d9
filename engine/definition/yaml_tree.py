"""A YAML file as plain nodes that know their place: what was written, and where each key and value stands.

It must not know the process language: a tree is the same for a process, a library and a site file.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any, Self, assert_never

from engine.definition.problems import Place, Problem

Path = tuple[str | int, ...]


class WrittenInt(int):
    """A whole number that still knows how it was written: `010` is the number 10 and the text "010"."""

    written: str

    def __new__(cls, value: int, written: str) -> Self:
        number = super().__new__(cls, value)
        number.written = written
        return number

    def __getnewargs__(self) -> tuple[int, str]:  # type: ignore[override]  # copying must hand over the text as well
        return int(self), self.written

    def __str__(self) -> str:
        return self.written


class WrittenFloat(float):
    """A number with a point that still knows how it was written: `1.10` is the number 1.1 and the text "1.10"."""

    written: str

    def __new__(cls, value: float, written: str) -> Self:
        number = super().__new__(cls, value)
        number.written = written
        return number

    def __getnewargs__(self) -> tuple[float, str]:  # type: ignore[override]  # copying must hand over the text as well
        return float(self), self.written

    def __str__(self) -> str:
        return self.written


@dataclass(frozen=True, slots=True)
class Scalar:
    """One written value. `text` is what stands in the file, without the quotes; `plain` means that it had none."""

    text: str
    place: Place
    plain: bool = True

    @property
    def value(self) -> Any:
        """The value under YAML 1.2: true/false, numbers and nothing; everything else, dates too, stays text."""
        return _value(self.text) if self.plain else self.text


@dataclass(frozen=True, slots=True)
class Entry:
    """One `key: value` of a block, with the place of the key."""

    key: str
    key_place: Place
    node: Node


@dataclass(frozen=True, slots=True)
class Block:
    """`name: value` entries, over several lines or inside { }, in the order they were written."""

    entries: tuple[Entry, ...]
    place: Place

    def entry(self, key: str | int) -> Entry | None:
        """The entry with this key, if there is one."""
        return next((entry for entry in self.entries if entry.key == key), None)


@dataclass(frozen=True, slots=True)
class Series:
    """A list, over several lines or inside [ ]."""

    items: tuple[Node, ...]
    place: Place


Node = Scalar | Block | Series


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole file. A path is made of keys and list positions: `("steps", "repair", "timers", 0, "at")`."""

    root: Node
    file: str
    warnings: tuple[Problem, ...] = ()

    def plain(self) -> Any:
        """The file as dictionaries, lists, texts, numbers, true/false and None. `str()` of a number is as written."""
        return _plain(self.root)

    def at(self, path: Path) -> Node | None:
        """The node at this path, or None when nothing stands there."""
        node: Node | None = self.root
        for part in path:
            node = _child(node, part)
        return node

    def place_of(self, path: Path) -> Place:
        """Where the value at this path stands; if the path leads nowhere, the last thing on the way to it."""
        return self._nearest(path).place

    def key_place_of(self, path: Path) -> Place:
        """Where the key of this value stands (a list item or the whole file has none: then its own place)."""
        for length in range(len(path), 0, -1):
            holder = self.at(path[: length - 1])
            entry = holder.entry(path[length - 1]) if isinstance(holder, Block) else None
            if entry is not None:
                return entry.key_place
            if self.at(path[:length]) is not None:
                return self.place_of(path[:length])
        return self.root.place

    def walk(self, path: tuple[Any, ...]) -> Path:
        """The part of `path` that exists in the file; steps that a shorthand left out are jumped over."""
        node, found = self.root, []
        for part in path:
            child = _child(node, part)
            if child is not None:
                node = child
                found.append(part)
        return tuple(found)

    def _nearest(self, path: Path) -> Node:
        node = self.root
        for part in path:
            child = _child(node, part)
            if child is None:
                break
            node = child
        return node


def _child(node: Node | None, part: str | int) -> Node | None:
    match node:
        case Block():
            entry = node.entry(part)
            return entry.node if entry else None
        case Series():
            return node.items[part] if isinstance(part, int) and 0 <= part < len(node.items) else None
        case Scalar() | None:
            return None
        case _:
            assert_never(node)


def _plain(node: Node) -> Any:
    match node:
        case Scalar():
            return node.value
        case Block():
            return {entry.key: _plain(entry.node) for entry in node.entries}
        case Series():
            return [_plain(item) for item in node.items]
        case _:
            assert_never(node)


_INT = re.compile(r"[-+]?[0-9]+\Z")
_BASED = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_WORDS = (
    {"": None, "~": None, "null": None, "Null": None, "NULL": None}
    | dict.fromkeys(("true", "True", "TRUE"), True)
    | dict.fromkeys(("false", "False", "FALSE"), False)
)


def _value(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text):
        return WrittenInt(int(text), text)
    if _BASED.match(text):
        return WrittenInt(int(text, 0), text)
    if _FLOAT.match(text):
        number = float(text)
        return WrittenFloat(number, text) if math.isfinite(number) else text
    return text
