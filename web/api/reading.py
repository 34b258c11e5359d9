"""Reads and writes the JSON of this interface: what no form or database could hold is refused before anybody sees it."""

from __future__ import annotations

import json
from typing import Any

from flask.json.provider import DefaultJSONProvider

LARGEST_NUMBER = 10**15
DEEPEST = 20


class StrictJson(DefaultJSONProvider):
    """JSON without NUL, half characters, endless numbers and staircases; raises ValueError, which is answered with 400."""

    sort_keys = False
    ensure_ascii = False

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """The value in a text."""
        text = s.decode("utf-8") if isinstance(s, bytes) else s
        try:
            value = json.loads(text, parse_constant=_no_number, parse_float=_a_float, parse_int=_an_int)
        except RecursionError:
            raise ValueError("too deep") from None
        _must_be_plain(value, DEEPEST)
        return value


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _an_int(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > LARGEST_NUMBER:
        raise ValueError("a number has at most 15 digits")
    return int(text)


def _a_float(text: str) -> float:
    number = float(text)
    if abs(number) > LARGEST_NUMBER:
        raise ValueError("a number has at most 15 digits")
    return number


def _must_be_plain(value: Any, left: int) -> None:
    """No text that a database cannot hold, and no deeper than somebody can mean."""
    if not left:
        raise ValueError("too deep")
    match value:
        case str():
            _must_be_text(value)
        case dict():
            for name, inner in value.items():
                _must_be_text(name)
                _must_be_plain(inner, left - 1)
        case list():
            for inner in value:
                _must_be_plain(inner, left - 1)
        case _:
            return


def _must_be_text(text: str) -> None:
    if "\0" in text:
        raise ValueError("a text holds a NUL character")
    text.encode("utf-8")  # UnicodeEncodeError, a ValueError, for half of a pair
