"""Values that only a program can send are refused like any slip of the hand; none of them is a fault."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.definition.model import FieldDef
from engine.definition.texts import Text
from engine.entered import WrongValue, cleaned
from engine.people import World
from engine.typed_values import typed
from tests.engine.loaded import SHIPPED, compiled

NOW = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)
TYPES = ["text", "long_text", "email", "phone", "number", "money", "yes_no", "choice", "choices", "date", "datetime"]
TYPES += ["user", "record", "files"]
ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
MOMENTS = st.datetimes().map(str) | st.datetimes(timezones=st.just(dt.timezone(dt.timedelta(hours=14)))).map(str)


def clean(type: str, value: Any) -> Any:
    given: dict[str, Any] = {"type": type, "label": Text("It", "它")}
    given |= {"choices": {"a": Text("A", "甲"), "b": Text("B", "乙")}} if type.startswith("choice") else {}
    given |= {"of": "customer"} if type == "record" else {}
    return cleaned(FieldDef(**given), value, compiled(SHIPPED)["shipment_tracking"], World(NOW))


@given(st.sampled_from(TYPES), ANY | MOMENTS | st.dates().map(str))
def test_any_value_is_taken_or_refused_in_a_sentence(type: str, value: Any) -> None:
    sentence = refusal_of(type, value)
    assert bool(sentence.en) == bool(sentence.zh)
    typed(type, value)


def refusal_of(type: str, value: Any) -> Text:
    """Why a value is refused; empty when it is taken."""
    try:
        clean(type, value)
    except WrongValue as wrong:
        return wrong.text
    return Text()


@pytest.mark.parametrize("value", [[["a"]], [{"a": 1}], {"a": 1}])
def test_a_choice_that_is_a_list_or_an_object_is_none_of_those_offered(value: Any) -> None:
    with pytest.raises(WrongValue):
        clean("choices", value)


def test_the_same_choice_twice_is_one() -> None:
    assert clean("choices", ["a", "A", "b"]) == ["a", "b"]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1899-12-31T12:00:00"])
def test_a_moment_that_no_calendar_counts_is_refused(moment: str) -> None:
    with pytest.raises(WrongValue):
        clean("datetime", moment)
    assert typed("datetime", moment) is None


@pytest.mark.parametrize("blank", ["\u200b", " \u202e\u2060 ", "\u3000", "\u3164\ufe0f", "\u2800"])
@pytest.mark.parametrize("type", ["text", "long_text"])
def test_what_nobody_can_see_answers_nothing(type: str, blank: str) -> None:
    assert clean(type, blank) is None


@pytest.mark.parametrize("text", ["👩\u200d🔧", "\u202bשלום", "."])
def test_marks_inside_of_words_stay(text: str) -> None:
    assert clean("long_text", text) == text
