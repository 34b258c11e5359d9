"""Every sentence for authors exists in English and Chinese, and both are filled with the same words."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from engine.definition.problems import Place, Sentence, catalogue, problem
from engine.definition.texts import Text

ALL = sorted(catalogue().items())


def filled(text: str) -> set[str]:
    """The names a sentence is filled with; `{kind_zh}` is the Chinese of `{kind}`."""
    return {name.removesuffix("_zh") for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize(("key", "sentence"), ALL, ids=[key for key, _ in ALL])
def test_a_sentence_says_the_same_in_both_languages(key: str, sentence: Sentence) -> None:
    assert re.fullmatch(r"P\d{3}(\.[a-z0-9_]+)?", key)
    assert re.search("[一-鿿]", sentence.zh)
    assert not re.search("[一-鿿]", re.sub(r"[|\"'“{][^a-z]*", "", sentence.en))
    assert filled(sentence.en) == filled(sentence.zh)
    assert filled(sentence.hint) == filled(sentence.zh_hint)
    assert bool(sentence.hint) == bool(sentence.zh_hint)


def test_a_word_in_both_languages_is_said_in_that_of_the_sentence() -> None:
    told = problem("P436.kind", Place("a.yaml", 3, 5), text="x", kind=Text("a date", "日期"))

    assert told.line() == (
        "a.yaml:3:5: error P436: 'x' does not fit: a date is needed here\n"
        "    hint: write such a value, or a formula that begins with ="
    )
    assert told.line("zh-Hans").startswith("a.yaml:3:5: error P436: “x”不合适：此处需要日期")


def test_a_key_without_a_sentence_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        problem("P999", Place())
