"""What one move does to a promise, in its fixed order: outcomes of C clear, B counts, A is tested, beginning Cs clear."""

from __future__ import annotations

import pytest

from engine.definition.compiled import CompiledRule, Spot
from engine.promises import Happening, after_move, happening, happens
from tests.engine.loaded import EXAMPLES, process


def rule(form: str, a: str, b: str, *c: str) -> CompiledRule:
    """A rule of one of the ordered forms."""
    return CompiledRule(form, "", Spot("process", ()), frozenset({a}), frozenset({b}), frozenset(c))  # type: ignore[arg-type]  # a form by its name


def move(*finished: str, begun: tuple[str, ...] = (), end: str = "") -> Happening:
    """A move that finishes and begins these."""
    return Happening(frozenset(finished), frozenset(begun), end)


PASSED_AND_SHIPPING = move("inspection", "inspection.passed", begun=("shipping",))


@pytest.mark.parametrize(
    ("promise", "mark", "now", "after", "is_broken"),
    [
        (rule("never_before", "shipping", "inspection.passed"), False, PASSED_AND_SHIPPING, True, False),
        (rule("never_before", "shipping", "inspection.passed"), False, move(begun=("shipping",)), False, True),
        (rule("never_before", "shipping", "inspection.passed"), True, move(begun=("shipping",)), True, False),
        (rule("never_before", "shipping", "inspection", "shipping"), True, move(begun=("shipping",)), False, False),
        (rule("never_before", "shipping", "inspection", "shipping"), True, move("shipping"), True, False),
        (rule("never_before", "shipping", "inspection.passed", "inspection.failed"), True, move("inspection", "inspection.failed", begun=("shipping",)), False, True),
        (rule("never_before", "inspection.passed", "repair"), False, move("inspection.passed"), False, True),
        (rule("never_after", "shipping", "inspection.passed"), False, PASSED_AND_SHIPPING, True, True),
        (rule("never_after", "shipping", "inspection.passed"), False, move(begun=("shipping",)), False, False),
        (rule("never_after", "shipping", "shipping"), False, move("shipping"), True, False),
        (rule("always_after", "call", "shipping"), False, move("shipping", begun=("call",)), True, False),
        (rule("always_after", "call", "shipping"), True, move(begun=("call",)), True, False),
        (rule("always_after", "call", "shipping"), True, move("call", begun=("over",), end="over"), False, False),
        (rule("always_after", "call", "shipping"), True, move(begun=("over",), end="over"), True, True),
        (rule("always_after", "call", "shipping", "cancelled"), True, move(begun=("cancelled",), end="cancelled"), False, False),
        (rule("always_after", "over", "shipping"), True, move("over", begun=("over",), end="over"), False, False),
        (rule("same_person", "a", "b"), False, move("b", begun=("a",)), False, False),
    ],
)  # fmt: skip
def test_one_move(promise: CompiledRule, mark: bool, now: Happening, after: bool, is_broken: bool) -> None:
    new, broken = after_move(promise, mark, now)

    assert broken == is_broken
    assert broken or new == after


def test_a_step_that_must_not_happen_happens_when_it_begins_and_an_outcome_when_it_is_chosen() -> None:
    assert happens({"shipping"}, move(begun=("shipping",)))
    assert not happens({"shipping"}, move("shipping"))
    assert happens({"inspection.passed"}, move("inspection.passed"))


def test_an_end_is_finished_by_reaching_it_and_only_an_end_of_the_case_ends_it() -> None:
    steps = process(EXAMPLES, "factory_return").steps

    reached = happening(steps, (), ("returned",))
    inside = happening(steps, (), ("follow_up/solved_end",))

    assert reached == Happening(frozenset({"returned"}), frozenset({"returned"}), "returned")
    assert inside.finished == {"follow_up/solved_end"} and inside.end == ""
