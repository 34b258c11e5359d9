"""From the text of a file to a tree with exact places, or to problems in our own words.

It must not know the process language, and nothing the parser says or raises may leave this module unexplained.
"""

from __future__ import annotations

import re
from typing import Any

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from engine.definition.problems import Place, Problem, problem
from engine.definition.yaml_events import events_of
from engine.definition.yaml_limits import MAX_DEPTH, MAX_NODES, checked_text, forbidden_in
from engine.definition.yaml_mistakes import mistake
from engine.definition.yaml_tree import Block, Entry, Node, Scalar, Series, Tree

MAX_FINDINGS = 50


def read_tree(text: str | bytes, file: str) -> Tree | list[Problem]:
    """The file as a tree, or every reason why it is none. Never raises for any text whatever."""
    checked = checked_text(text, file)
    if isinstance(checked, Problem):
        return [checked]
    builder = _Builder(checked, file)
    try:
        root = builder.document()
    except _Refused as refused:
        builder.found.append(refused.problem)
    except MarkedYAMLError as error:
        builder.found.append(mistake(error, checked, file))
    except Exception:  # noqa: BLE001  the parser also leaks KeyError, ValueError ...; whatever it is, it gets a line
        builder.found.append(problem("P121", builder.last))
    errors = [found for found in builder.found if found.level == "error"]
    return errors[:MAX_FINDINGS] if errors else Tree(root, file, tuple(builder.found))


class _Refused(Exception):
    """Reading stops here: what follows cannot be judged."""

    def __init__(self, reason: Problem) -> None:
        super().__init__(reason.code)
        self.problem = reason


class _Builder:
    """Builds nodes from parse events, counting as it goes, so that no bomb is ever unfolded."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.found: list[Problem] = []
        self.last = Place(file)
        self._nodes = 0
        self._is_over = False
        self._events = events_of(text)

    def document(self) -> Node:
        event = self._next()
        while not isinstance(event, DocumentStartEvent):
            if self._is_over:
                raise _Refused(problem("P120", Place(self.file)))
            event = self._next()
        if event.version is not None or event.tags:
            self.found.append(problem("P112", Place(self.file, self._line_of_percent())))
        root = self._node(self._next(), depth=1, inside=False)
        while not self._is_over:
            event = self._next()
            if isinstance(event, DocumentStartEvent):
                raise _Refused(problem("P116", self._place(event)))
        if isinstance(root, Scalar) and root.plain and not root.text:
            raise _Refused(problem("P120", Place(self.file)))
        return root

    def _next(self) -> Any:
        event = next(self._events, None)
        self._is_over = event is None
        if event is not None:
            self.last = self._place(event)
            wrong = forbidden_in(event.value, self.last) if isinstance(event, ScalarEvent) else None
            if wrong is not None:
                raise _Refused(wrong)
        return event

    def _place(self, event: Any) -> Place:
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _node(self, event: Any, depth: int, inside: bool) -> Node:
        self._count(event, depth)
        self._refuse_anchor_and_tag(event)
        match event:
            case ScalarEvent():
                return self._scalar(event, inside)
            case MappingStartEvent():
                return self._block(event, depth, inside or bool(event.flow_style))
            case SequenceStartEvent():
                return self._series(event, depth, inside or bool(event.flow_style))
            case _:
                return Scalar("", self._place(event))

    def _count(self, event: Any, depth: int) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise _Refused(problem("P113.nodes", self._place(event), limit=MAX_NODES))
        if depth > MAX_DEPTH:
            raise _Refused(problem("P113.depth", self._place(event), limit=MAX_DEPTH))

    def _refuse_anchor_and_tag(self, event: Any) -> None:
        if isinstance(event, AliasEvent):
            self.found.append(problem("P110.alias", self._place(event), name=event.anchor))
            return
        if event.anchor is not None:
            self.found.append(problem("P110.anchor", self._place(event), name=event.anchor))
        if event.tag is not None:
            self.found.append(problem("P111", self._place(event)))
        if len(self.found) > MAX_FINDINGS:
            raise _Refused(self.found.pop())

    def _scalar(self, event: Any, inside: bool) -> Scalar:
        if inside:
            self._warn_of_question_mark(event)
        return Scalar(event.value, self._place(event), plain=not event.style)

    def _warn_of_question_mark(self, event: Any) -> None:
        if not event.style and "?" in event.value:
            place = self._place(event)
            shift = event.value.index("?") if event.start_mark.line == event.end_mark.line else 0
            self.found.append(problem("P119", place._replace(column=place.column + shift)))

    def _series(self, start: Any, depth: int, inside: bool) -> Series:
        items: list[Node] = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            items.append(self._node(event, depth + 1, inside))
        return Series(tuple(items), self._place(start))

    def _block(self, start: Any, depth: int, inside: bool) -> Block:
        entries: dict[str, Entry] = {}
        while not isinstance(event := self._next(), MappingEndEvent):
            key = self._key(event, start, inside)
            value = self._next()
            if inside:
                self._refuse_lonely_key(event, value)
            entry = Entry(key, self._place(event), self._node(value, depth + 1, inside))
            if key in entries:
                place = entries[key].key_place
                self.found.append(problem("P101", entry.key_place, key=key, line=place.line, column=place.column))
            entries.setdefault(key, entry)
        return Block(tuple(entries.values()), self._place(start))

    def _key(self, event: Any, block: Any, inside: bool) -> str:
        """A key is a word. A block or list as a key is nearly always `{{ name }}` without quotes."""
        if not isinstance(event, ScalarEvent | AliasEvent):
            doubled = self.text.startswith("{{", block.start_mark.index)
            raise _Refused(problem("P106.braces" if doubled else "P117", self._place(block if doubled else event)))
        self._count(event, 0)
        self._refuse_anchor_and_tag(event)
        if isinstance(event, AliasEvent):
            return f"*{event.anchor}"
        if inside:
            self._warn_of_question_mark(event)
        if event.value == "<<" and not event.style:
            self.found.append(problem("P110.merge", self._place(event)))
        elif not event.value:
            self.found.append(problem("P117", self._place(event)))
        return str(event.value)

    def _refuse_lonely_key(self, key: Any, value: Any) -> None:
        """`{label: Yes, please}`: the comma ended the text, and "please" became a key that has no colon."""
        if not isinstance(value, ScalarEvent) or value.value or value.start_mark.index != key.end_mark.index:
            return
        text = str(getattr(key, "value", ""))
        kind = "P109.wide" if "：" in text else "P109.space" if re.match(r"\w+:\S", text) else "P105.lonely"
        self.found.append(problem(kind, self._place(key), text=text))

    def _line_of_percent(self) -> int:
        return next(n for n, line in enumerate(self.text.split("\n"), start=1) if line.startswith("%"))
