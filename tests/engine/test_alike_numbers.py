"""Which numbers are taken for one another, and which are not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.alike_numbers import distance, scripts_in, shape_of, taken_for

NUMBERS = st.text("AB3-9О", max_size=11)


@pytest.mark.parametrize(
    "other", ["SN-1001", "ＳＮ－１００１", "sn 1001", "SN1001", "SN–1OOl", "SN-IOO1", "ЅN-1001"]
)  # fmt: skip
def test_what_looks_the_same_has_one_shape(other: str) -> None:
    assert shape_of(other) == shape_of("SN-1001")


def test_the_nearest_comes_first_and_short_numbers_have_fewer_mistakes() -> None:
    assert taken_for("VP-40-1003", ["VP-40-1119", "VP-40-1O03", "VP-40-1008", "XX-1"]) == ["VP-40-1O03", "VP-40-1008"]
    assert taken_for("U-1", ["U-2", "U-I"]) == ["U-I"]
    assert taken_for("SN-77", ["SN-78", "SN-88"]) == ["SN-78"]


def test_chinese_characters_go_with_any_alphabet_and_two_alphabets_are_told_apart() -> None:
    assert scripts_in("泵SN-7") == {"LATIN": "SN"}
    assert scripts_in("СH-1") == {"CYRILLIC": "С", "LATIN": "H"}
    assert scripts_in("12-34") == {}


@settings(max_examples=200, derandomize=True)
@given(NUMBERS, NUMBERS)
def test_the_distance_is_the_same_from_both_sides_and_as_when_every_letter_is_compared(a: str, b: str) -> None:
    rows = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        last, rows[0] = rows[0], i
        for j, other in enumerate(b, 1):
            last, rows[j] = rows[j], min(rows[j] + 1, rows[j - 1] + 1, last + (letter != other))
    assert distance(a, b, 2) == distance(b, a, 2) == min(rows[-1], 3)


@settings(max_examples=100, derandomize=True)
@given(NUMBERS)
def test_every_number_is_taken_for_itself_and_a_shape_is_its_own(number: str) -> None:
    assert taken_for(number, [number]) == [number]
    assert shape_of(shape_of(number)) == shape_of(number)


@settings(max_examples=300, derandomize=True)
@given(NUMBERS, st.lists(NUMBERS, max_size=8))
def test_what_is_compared_at_first_sight_loses_no_number(number: str, known: list[str]) -> None:
    shape = shape_of(number)
    wrong = 0 if len(shape) < 4 else 1 if len(shape) < 8 else 2
    far = {other: distance(shape, shape_of(other), wrong) for other in known}
    assert set(taken_for(number, known, len(known))) == {other for other in known if far[other] <= wrong}
