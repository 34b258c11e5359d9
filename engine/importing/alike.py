"""New units of a list whose numbers look the same as others: taken with a warning, for a list cannot be asked why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from engine.alike_numbers import shape_of
from engine.importing.drafting import Draft


@dataclass(frozen=True, slots=True)
class Alike:
    """A new number and the one it looks the same as: one that is stored, or that stands further up in the list."""

    line: int
    number: str
    other: str


def look_alikes(drafts: Iterable[Draft], new: frozenset[str], stored: Callable[[], Sequence[str]]) -> tuple[Alike, ...]:
    """In the order of the list. Only what looks the very same is told: numbers of one series differ by a letter anyway.
    All stored numbers are read once, and only for a list that brings something new."""
    if not new:
        return ()
    seen = {shape_of(number): number for number in stored() if number not in new}
    found: list[Alike] = []
    for draft in drafts:
        if draft.key in new:
            other = seen.setdefault(shape_of(draft.key), draft.key)
            if other != draft.key:
                found.append(Alike(draft.line, draft.key, other))
    return tuple(found)
