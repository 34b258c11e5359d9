"""Dictionaries that can take back what a failed transaction did to them. Values are frozen; only the shelves change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Journal:
    """What was changed since the transaction began, so that it can be undone in reverse order."""

    def __init__(self) -> None:
        self._undo: list[tuple[dict[Any, Any], Any, bool, Any]] = []

    def note(self, shelf: dict[Any, Any], key: Any) -> None:
        """What stood under a key, before it changes."""
        self._undo.append((shelf, key, key in shelf, shelf.get(key)))

    def forget(self) -> None:
        """The transaction is kept."""
        self._undo.clear()

    def take_back(self) -> None:
        """The transaction failed."""
        while self._undo:
            shelf, key, was_there, value = self._undo.pop()
            if was_there:
                dict.__setitem__(shelf, key, value)
            else:
                dict.pop(shelf, key, None)


@dataclass(slots=True, eq=False)
class Shelves:
    """Makes shelves that share one journal."""

    journal: Journal = field(default_factory=Journal)

    def new(self) -> Shelf[Any, Any]:
        """An empty shelf."""
        return Shelf(self.journal)


class Shelf(dict[K, V], Generic[K, V]):
    """A dictionary that notes what stood there before. Change it by item only."""

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self._journal = journal

    def __setitem__(self, key: K, value: V) -> None:
        self._journal.note(self, key)
        super().__setitem__(key, value)

    def __delitem__(self, key: K) -> None:
        self._journal.note(self, key)
        super().__delitem__(key)

    def drop(self, key: K) -> None:
        """Take a value away if it is there."""
        if key in self:
            del self[key]
