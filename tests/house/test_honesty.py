"""What everybody promised here: tests run real parts and always run, and the product has no loose ends."""

from __future__ import annotations

import re

import pytest

from tests.house.files import modules, name_of, tracked

# Written in halves, so that this file does not find itself.
NOT_IN_TESTS = [
    r"unittest\.mo" + r"ck|from mo" + r"ck import",
    r"monkeypatch\.set" + r"attr",
    r"pytest\.sk" + r"ip|mark\.sk" + r"ip|import" + r"orskip",
    r"xf" + r"ail\(|mark\.xf" + r"ail",
    r"\bsle" + r"ep\(",
]
NOT_IN_THE_PRODUCT = [
    r"\bTO" + r"DO\b|\bFIX" + r"ME\b|\bXX" + r"X\b",
    r"NotImplemented" + r"Error",
    # An exception from the types carries its reason behind it.
    r"# type: ig" + r"nore(\[[\w, -]+\])?\s*$",
]


def found(pattern: str, words: str) -> list[int]:
    return [number for number, line in enumerate(words.splitlines(), 1) if re.search(pattern, line)]


@pytest.mark.parametrize("pattern", NOT_IN_TESTS)
def test_tests_use_real_parts_and_always_run(pattern: str) -> None:
    tests = [path for path in tracked() if name_of(path).startswith("tests/") and path.suffix == ".py"]
    places = {name_of(path): found(pattern, path.read_text(encoding="utf-8")) for path in tests}
    assert {name: lines for name, lines in places.items() if lines} == {}


@pytest.mark.parametrize("pattern", NOT_IN_THE_PRODUCT)
def test_the_product_has_no_loose_ends(pattern: str) -> None:
    places = {name_of(path): found(pattern, path.read_text(encoding="utf-8")) for path in modules()}
    assert {name: lines for name, lines in places.items() if lines} == {}
