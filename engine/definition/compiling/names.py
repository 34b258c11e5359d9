"""Which step a name means where it is written: its own level first, then the levels around it; a fragment sees only itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.definition.compiled import Spot, YamlPath


@dataclass
class Level:
    """The steps of a process, of one branch, or of one use of a fragment."""

    kind: Literal["process", "branch", "fragment"]
    spot: Spot
    outer: Level | None = None
    prefix: str = ""
    inside: tuple[str, ...] = ()
    joined: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def declare(self, id: str) -> str:
        """The full name of a step of this level."""
        self.names[id] = self.prefix + id
        return self.names[id]

    def at(self, *keys: str | int) -> Spot:
        """A place under this level's steps."""
        return Spot(self.spot.file, (*self.spot.path, *keys))

    def outwards(self) -> Iterator[Level]:
        """This level and those it may name steps of."""
        level: Level | None = self
        while level is not None:
            yield level
            level = None if level.kind == "fragment" else level.outer

    def find(self, id: str) -> str | None:
        """The full name of the step that `id` means here."""
        return next((level.names[id] for level in self.outwards() if id in level.names), None)

    def find_anywhere_around(self, id: str) -> str | None:
        """As `find`, but a setting of a fragment may also name a step of the process that uses it."""
        level: Level | None = self
        while level is not None:
            if id in level.names:
                return level.names[id]
            level = level.outer
        return None

    def known(self) -> list[str]:
        """The names that may be written here, for suggestions."""
        found = {id for level in self.outwards() for id in level.names}
        return sorted(found | ({"join"} if self.kind == "branch" else set()))

    def fill(self, written: Any) -> Any:
        """`$setting` becomes its value; a list may hold settings that are lists themselves."""
        if isinstance(written, str) and written.startswith("$"):
            return self.settings.get(written[1:], written)
        if isinstance(written, list | tuple):
            filled = [self.fill(part) for part in written]
            flat = [x for part in filled for x in (part if isinstance(part, list | tuple) else (part,))]
            return tuple(flat)
        return written


def under(spot: Spot, *keys: str | int) -> Spot:
    """A place below another."""
    path: YamlPath = (*spot.path, *keys)
    return Spot(spot.file, path)
