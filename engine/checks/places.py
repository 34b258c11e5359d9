"""Where a flaw stands in its file: from the keys it was found under to line and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.definition.compiled import Spot
from engine.definition.compiling import Flaw
from engine.definition.problems import Place, Problem, problem
from engine.definition.yaml_tree import Scalar, Series, Tree

_MOST_LINES = 40  # a mail is not longer; what is not found stands where its text begins


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read: its tree, and its lines."""

    tree: Tree
    lines: tuple[str, ...]

    @classmethod
    def of(cls, tree: Tree, text: str | bytes) -> Source:
        """The source of a text and the tree read from it."""
        decoded = text.decode("utf-8-sig", "replace") if isinstance(text, bytes) else text.removeprefix("\ufeff")
        return cls(tree, tuple(decoded.split("\n")))


def to_problem(flaw: Flaw, sources: Mapping[str, Source]) -> Problem:
    """The flaw as a problem at its place; `sources` holds the "process" and the "library" as far as they were read."""
    source = sources.get(flaw.spot.file)
    place = place_of(flaw.spot, flaw.column, source) if source else Place(f"_{flaw.spot.file}")
    if source and "written" in flaw.names:
        place = _first(str(flaw.names["written"]), place, source)
    return problem(flaw.key, place, **flaw.names)


def _first(written: str, start: Place, source: Source) -> Place:
    """Where a part of a text stands that may go over several lines: the first such part from its beginning on."""
    for n, line in enumerate(source.lines[start.line - 1 : start.line + _MOST_LINES]):
        column = line.find(written, start.column - 1 if n == 0 else 0)
        if column >= 0:
            return Place(start.file, start.line + n, column + 1)
    return start


def place_of(spot: Spot, column: int, source: Source) -> Place:
    """The place of what stands at the spot; keys that a shorthand left out are jumped over."""
    path = source.tree.walk(spot.path)
    node = source.tree.at(path)
    if isinstance(node, Series):
        return node.place
    if not isinstance(node, Scalar):
        return source.tree.key_place_of(path)
    if column < 1:
        return node.place
    line = source.lines[node.place.line - 1][node.place.column - 1 :]
    if node.plain and line.startswith(node.text):
        return node.place._replace(column=node.place.column + column - 1)
    if line[1:].startswith(node.text):  # in quotes on one line
        return node.place._replace(column=node.place.column + column)
    return node.place
