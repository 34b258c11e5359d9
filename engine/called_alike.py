"""A number as people write it: small, wide, with blanks or without hyphens. It is the one on record where that is only one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from engine.definition.expressions import told_apart_by
from engine.people import RecordKey
from engine.screen_rows import Found

MOST_SEPARATORS = 6
LONGEST = 100
"""Longer texts are no numbers."""


def as_people_write_it(
    unknown: Iterable[RecordKey], keys_of_length: Callable[[str, int, int], Sequence[str]]
) -> dict[RecordKey, RecordKey]:
    """Of texts that name no record to the letter: the key of the only one that each can mean."""

    @cache
    def called(type: str, length: int) -> Mapping[str, Sequence[str]]:  # read once, however many numbers are unknown
        keys: dict[str, list[str]] = {}
        for key in keys_of_length(type, length, length + MOST_SEPARATORS):
            keys.setdefault(told_apart_by(key), []).append(key)
        return keys

    meant = {}
    for type, text in unknown:
        bare = told_apart_by(text)
        if bare and len(text) <= LONGEST:
            same = called(type, len(bare)).get(bare, ())
            if len(same) == 1:
                meant[type, text] = (type, same[0])
    return meant


def the_one_meant(text: str, found: Iterable[Found]) -> str:
    """The id of the only one of these whose number people write so; to the letter comes first. "" for none."""
    listed = list(found)
    for same in ([one.id for one in listed if one.key == text], [one.id for one in listed if _reads(one.key, text)]):
        if same:
            return same[0] if len(same) == 1 else ""
    return ""


def _reads(key: str, text: str) -> bool:
    return told_apart_by(key) == told_apart_by(text) != ""
