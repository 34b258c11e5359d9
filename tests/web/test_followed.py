"""What followed is told in words, never as a program writes it down."""

from __future__ import annotations

import pytest

from web.followed import Teller


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"code": "C-9", "name": "Hefei Glass", "phone": "+86 21 5555 0109"}, "Hefei Glass"),
        ({"id": "SN-2", "number": "SN-2"}, "SN-2"),
        ("factory", "在厂"),
        (True, "是"),
        ("Repair shop", "Repair shop"),
    ],
)
def test_what_was_written_into_a_record_is_told_in_words(written: object, told: str) -> None:
    teller = Teller(None, "zh-Hans", str, str, str)
    (sentence,) = teller.sentences({"recorded": {"record": "SN-1", "customer": written}})
    assert sentence.endswith(told)
    assert "{" not in sentence
