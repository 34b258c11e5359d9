"""New identifiers: ones nobody can guess for the product, counted ones for tests and rehearsals."""

from __future__ import annotations

import itertools
import secrets

from engine.ports import Clock

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Without i, l, o and u: nobody misreads one, and none spells a word."""

TIME_LETTERS = 9
ORDER_LETTERS = 4
CHANCE_LETTERS = 13

_born = itertools.count()
"""How many ids this program has made: what is born in one moment is listed, rung and told in the order of its birth."""


class RandomIds:
    """26 letters and digits: first the time in milliseconds, so that rows born together lie together in the indexes,
    then how many were born before, then 65 bits of chance."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def new(self) -> str:
        """A new id that nobody can guess."""
        milliseconds = int(self._clock.now().timestamp() * 1000)
        born = _letters(milliseconds, TIME_LETTERS) + _letters(next(_born), ORDER_LETTERS)
        return born + _letters(secrets.randbits(CHANCE_LETTERS * 5), CHANCE_LETTERS)


class CountingIds:
    """`x1`, `x2`, …: the same in every run."""

    def __init__(self, prefix: str = "x") -> None:
        self._prefix = prefix
        self._numbers = itertools.count(1)

    def new(self) -> str:
        """The next one."""
        return f"{self._prefix}{next(self._numbers)}"


def _letters(number: int, count: int) -> str:
    return "".join(ALPHABET[(number >> 5 * place) & 31] for place in reversed(range(count)))
