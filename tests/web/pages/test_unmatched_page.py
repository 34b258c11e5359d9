"""Events that found no case: why each of them waits stands there in the language of its reader, and in no other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.definition.texts import Text
from engine.kept import KeptEvent
from engine.people import Person
from engine.refusals import Refusal, in_either
from tests.journeys.a_desk import ADesk
from tests.web.office import PASSWORD, Visitor

WHY = Refusal("several", Text("Two cases know A | B.", "有两张工单包含 A | B。"))


def test_why_an_event_waits_is_said_in_one_language(office: ADesk, visit: Callable[[str], Visitor]) -> None:
    kept = KeptEvent("test:1", "unit.lost", {}, "test", office.clock.now(), "several", WHY.in_both)
    office.house.store.write(lambda uow: uow.keep_event(kept))
    office.house.accounts.create(Person("lin", "林", frozenset({"admin"}), language="zh-Hans"), PASSWORD, by=None)
    english, chinese = (visit(person).page("/unmatched") for person in ("ada", "lin"))
    assert WHY.text.en in english and WHY.text.zh not in english
    assert WHY.text.zh in chinese and WHY.text.en not in chinese


@pytest.mark.parametrize("kept", ["", "by ada", "one | two | three"])
def test_what_was_not_kept_in_two_languages_is_told_as_it_stands(kept: str) -> None:
    assert in_either(kept) == Text(kept, kept)
