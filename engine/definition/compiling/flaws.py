"""What could not be compiled, noted where it stands, so that one reading finds every mistake and not only the first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from engine.definition.compiled import Guard, Spot, Value
from engine.definition.durations import Duration, NotUnderstood, parse_duration
from engine.definition.expressions import ExpressionProblem, parse, parse_value

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Flaw:
    """A catalogue key with its words, and where: `column` counts within the text that stands at `spot` (0: its start)."""

    key: str
    spot: Spot
    names: Mapping[str, object] = field(default_factory=dict)
    column: int = 0


class Flaws:
    """The list that grows while a definition is compiled, with readers that note a flaw and go on."""

    def __init__(self) -> None:
        self.found: list[Flaw] = []

    def note(self, key: str, spot: Spot, /, **names: object) -> None:
        """One more flaw."""
        flaw = Flaw(key, spot, names)
        if flaw not in self.found:
            self.found.append(flaw)

    def guard(self, text: str, spot: Spot, before: int = 0) -> Guard | None:
        """The condition, or None with a flaw noted. `before`: how many characters stand before it in the same text."""
        try:
            return Guard(text, parse(text), spot, before)
        except ExpressionProblem as wrong:
            self.found.append(Flaw(wrong.key, spot, wrong.names, before + wrong.column))
            return None

    def value(self, written: Any, spot: Spot) -> Value:
        """A value as written, or the formula behind a leading `=`."""
        if not isinstance(written, str):
            return Value(plain=written)
        try:
            formula = parse_value(written)
        except ExpressionProblem as wrong:
            self.found.append(Flaw(wrong.key, spot, wrong.names, wrong.column))
            return Value(plain=None, text=written)
        return Value(plain=None if formula else written, formula=formula, text=written)

    def duration(self, text: str, spot: Spot) -> Duration | None:
        """The duration, or None with a flaw noted."""
        return self.understood(parse_duration, text, spot)

    def understood(self, read: Callable[[str], T], text: str, spot: Spot) -> T | None:
        """Whatever `read` makes of the text, or None with the flaw it raised."""
        try:
            return read(text)
        except NotUnderstood as wrong:
            self.found.append(Flaw(wrong.key, spot, wrong.names))
            return None
