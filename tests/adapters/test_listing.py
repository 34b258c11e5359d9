"""What lists are told about a case, and the keys of their pages."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from adapters.listing import closed_tasks, near, offered_to, shortened, step_labels
from adapters.paging import key_of, start_of, values_of
from engine.alike_numbers import distance
from engine.definition.texts import Text
from engine.effects import WriteHistory
from tests.contract.building import MONDAY, a_case, a_task, begun, changed, paused

LETTERS = st.text("abc返", max_size=7)


def test_a_task_is_offered_to_its_holder_or_its_one_person_or_its_roles() -> None:
    assert offered_to(a_task(roles=("sales", "warehouse"))) == ("sales", "warehouse")
    assert offered_to(a_task(only="bo")) == ("user:bo",)
    assert offered_to(a_task(only="bo", assignee="anna")) == ("user:anna",)
    assert offered_to(paused(a_task())) == ("paused|warehouse",)
    assert offered_to(paused(a_task()), urgent=True) == ("paused|urgent|warehouse",)
    assert offered_to(a_task(kind="draft"), urgent=True) == ("urgent|warehouse", "draft|warehouse")
    assert offered_to(a_task(kind="draft", assignee="anna")) == ("user:anna", "draft|user:anna")


def test_a_task_that_went_without_being_completed_has_no_outcome() -> None:
    case = a_case(tasks=(a_task("c1.1"), a_task("c1.2", step="packing")))
    done = WriteHistory("completed", "anna", "receiving", 1, {"outcome": "ok"})
    found = {c.task.id: (c.outcome, c.by) for c in closed_tasks(changed(case, tasks=(), change={"history": [done]}))}
    assert found == {"c1.1": ("ok", "anna"), "c1.2": ("", "anna")}


def test_a_step_without_a_label_stands_under_its_name() -> None:
    labels = {"a": Text("A", "甲"), "b": {"en": "B", "zh": "乙"}, "c": "C"}
    change = begun(a_case(leaves=("a", "b", "c", "d")), labels=labels)
    assert step_labels(change) == (Text("A", "甲"), Text("B", "乙"), Text("C", "C"), Text("d", "d"))


def test_a_subject_is_one_line_of_bounded_length() -> None:
    assert shortened(" SN-1\n 坏了 ") == "SN-1 坏了"
    assert len(shortened("长" * 500)) == 200
    assert shortened("长" * 500).endswith("…")


@given(LETTERS, LETTERS)
def test_the_distance_of_two_keys_is_the_same_from_both_sides_and_never_too_small(a: str, b: str) -> None:
    found = distance(a, b, 2)
    assert found == distance(b, a, 2)
    assert (found == 0) == (a == b)
    assert found >= min(3, abs(len(a) - len(b)))


@given(LETTERS, st.integers(0, 6), st.sampled_from("abc返"))
def test_one_wrong_letter_is_a_distance_of_one_at_most(key: str, place: int, letter: str) -> None:
    assert distance(key, key[:place] + letter + key[place:], 2) == 1
    assert distance(key, key[:place] + letter + key[place + 1 :], 2) <= 1
    assert near(key[:place] + letter + key[place:], [key]) == [key]


@given(st.datetimes(timezones=st.just(dt.UTC)), st.text())
def test_a_page_key_gives_back_what_was_put_in(at: dt.datetime, id: str) -> None:
    assert start_of(key_of(at, id)) == (at, id)
    assert values_of(key_of(id), 1) == [id]


@given(st.text())
def test_any_text_as_a_page_key_is_harmless(text: str) -> None:
    start = start_of(text)
    assert start is None or start[0].tzinfo is not None


def test_a_page_key_of_another_list_is_no_key() -> None:
    assert start_of(key_of("a")) is None
    assert start_of(key_of("not a time", "x")) is None
    assert start_of(key_of("2026-03-02T09:00:00", "x")) is None
    assert start_of(key_of(MONDAY, "x")) == (MONDAY, "x")
