"""Long lists in portions: databases bound how much one statement may carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
AT_ONCE = 400
"""Rows in one statement; a look-up of records names each twice."""


def portions(items: Sequence[T]) -> Iterator[list[T]]:
    """The same items in the same order, some at a time."""
    rest = iter(items)
    while some := list(islice(rest, AT_ONCE)):
        yield some
