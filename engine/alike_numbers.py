"""Numbers that people take for one another: by a wrong letter or two, or by letters that only look the same. Pure text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

MOST_WRONG = 2
SHORT, MIDDLING = 4, 8
"""Of a number with fewer letters than this none may be wrong, or one: else every short one were like every other."""

_CYRILLIC = dict(
    zip("\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425", "ABEKMHOPCTYX", strict=True)
)
_MORE_CYRILLIC = dict(zip("\u0405\u0406\u0408\u051a\u051c\u050c\u04ba\u04c0\u0417", "SIJQWGHI3", strict=True))
_GREEK = dict(
    zip(
        "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03f9",
        "ABEZHIKMNOPTYXC",
        strict=True,
    )
)
_ARMENIAN = dict(zip("\u0555\u054d\u053c\u054f", "OULS", strict=True))
_ONE_STROKE = {"O": "0", "I": "1", "L": "1", "|": "1"}
_SEPARATORS = " -_./\u00b7\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc"
_LETTERS = str.maketrans(_CYRILLIC | _MORE_CYRILLIC | _GREEK | _ARMENIAN)
_STROKES = str.maketrans(_ONE_STROKE | dict.fromkeys(_SEPARATORS))
_PLAIN = {letter: _STROKES.get(ord(chr(letter).upper()), chr(letter).upper()) for letter in range(128)}
"""All of it at once for a number of plain letters, as nearly all are."""
_BESIDE_ANY_SCRIPT = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO")


def shape_of(number: str) -> str:
    """The number as the eye takes it: wide, small, Cyrillic and Greek letters as the Latin capitals they look like, O as
    0, I and l as 1, and nothing of what only separates."""
    if number.isascii():
        return number.translate(_PLAIN)
    return unicodedata.normalize("NFKC", number).upper().translate(_LETTERS).translate(_STROKES)


def taken_for(number: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Of the known numbers those that may be taken for this one, the nearest first."""
    shape = shape_of(number)
    wrong = 0 if len(shape) < SHORT else 1 if len(shape) < MIDDLING else MOST_WRONG
    may_be = _worth_comparing(shape, wrong)
    shapes = ((shape_of(other), other) for other in known)
    found = ((distance(shape, one, wrong), other) for one, other in shapes if may_be(one))
    return [other for far, other in sorted(pair for pair in found if pair[0] <= wrong)][:most]


def _worth_comparing(shape: str, wrong: int) -> Callable[[str], bool]:
    """Cut into one part more than letters may be wrong, a number keeps one part as it is: the first at the start, the
    last at the end. This alone tells most of a large stock apart, without comparing letter by letter."""
    if wrong == 0:
        return lambda other: other == shape
    size = len(shape) // (wrong + 1)
    begins, ends = shape[:size], shape[size * wrong :]
    if wrong == 1:
        return lambda other: other.startswith(begins) or other.endswith(ends)
    between = shape[size : size * wrong]
    return lambda other: other.startswith(begins) or other.endswith(ends) or between in other


def scripts_in(number: str) -> dict[str, str]:
    """The alphabets whose letters stand in a number, by name, with those letters. Chinese characters go with every one."""
    found: dict[str, str] = {}
    for letter in number:
        if letter.isalpha():
            script = "LATIN" if letter.isascii() else unicodedata.name(letter, "?").partition(" ")[0]
            if script not in _BESIDE_ANY_SCRIPT:
                found[script] = found.get(script, "") + letter
    return found


def distance(a: str, b: str, at_most: int) -> int:
    """Letters to insert, drop or replace to turn `a` into `b`; more than `at_most` counts as one more than that."""
    if abs(len(a) - len(b)) > at_most:
        return at_most + 1
    a, b = _where_they_differ(a, b)
    above = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (letter != other)))
        if min(row) > at_most:
            return at_most + 1
        above = row
    return min(above[-1], at_most + 1)


def _where_they_differ(a: str, b: str) -> tuple[str, str]:
    """Both without what they begin and end with alike: numbers of one series are compared fast."""
    shorter, start, end = min(len(a), len(b)), 0, 0
    while start < shorter and a[start] == b[start]:
        start += 1
    while end < shorter - start and a[len(a) - 1 - end] == b[len(b) - 1 - end]:
        end += 1
    return a[start : len(a) - end], b[start : len(b) - end]
