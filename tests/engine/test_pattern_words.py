"""A person is not asked to read a pattern."""

from __future__ import annotations

import pytest

from engine.pattern_words import pattern_words


@pytest.mark.parametrize(
    ("pattern", "english", "chinese"),
    [
        ("[A-Za-z0-9-]{6,30}", "6 to 30 of A-Z a-z 0-9 -", "6–30 位（A-Z a-z 0-9 -）"),
        ("[A-Z]{2}[0-9]{6,}", "2 of A-Z, then 6 or more of 0-9", "2 位（A-Z），然后至少 6 位（0-9）"),
        ("[^0-9]{3}", "3 other than 0-9", "3 位（0-9 除外）"),
        (r"\d+", "1 or more of 0-9", "至少 1 位（0-9）"),
        (
            "[A-Z]-?[0-9]{3}",
            "1 of A-Z, then 0 to 1 of -, then 3 of 0-9",
            "1 位（A-Z），然后0–1 位（-），然后3 位（0-9）",
        ),
    ],
)
def test_a_pattern_is_told_in_words(pattern: str, english: str, chinese: str) -> None:
    words = pattern_words(pattern)
    assert (words.en, words.zh) == (english, chinese)
