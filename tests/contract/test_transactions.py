"""`Store.write` and `read`: all of it or nothing of it, one after the other, answered after the commit."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest

from adapters.clock import SetClock
from tests.contract.building import HOUR, MONDAY, AnyStore, a_case, a_task, begun, changed, open_case


class Oops(Exception):
    """Something went wrong in the middle."""


def test_what_a_work_returns_comes_back(store: AnyStore) -> None:
    assert store.write(lambda work: 42) == 42
    assert store.read(lambda screens: "seen") == "seen"


def test_nothing_of_a_failing_work_is_kept(store: AnyStore) -> None:
    case = open_case(store, tasks=(a_task(),))

    def work(unit: Any) -> None:
        unit.save(changed(case, tasks=(), owner="bo"))
        unit.save(begun(a_case("c2")))
        unit.remember("key", "answer")
        unit.next_number("a", 2026)
        raise Oops

    with pytest.raises(Oops):
        store.write(work)
    assert store.read(lambda screens: screens.case("c1")) == case
    assert store.read(lambda screens: screens.task("c1.1")) is not None
    assert store.read(lambda screens: screens.case("c2")) is None
    assert store.write(lambda unit: unit.remembered("key")) is None
    assert store.write(lambda unit: unit.next_number("a", 2026)) == 1


def test_a_store_goes_on_after_a_failing_work(store: AnyStore) -> None:
    def fail(unit: Any) -> None:
        raise Oops

    for _ in range(3):
        with pytest.raises(Oops):
            store.write(fail)
    open_case(store)
    assert store.read(lambda screens: screens.case("c1")) is not None


def test_a_write_inside_a_write_is_refused_with_advice(store: AnyStore) -> None:
    def outer(unit: Any) -> None:
        store.write(lambda inner: None)

    with pytest.raises(RuntimeError, match="inside another write"):
        store.write(outer)
    assert store.write(lambda unit: 1) == 1


def test_everything_in_a_transaction_has_one_now(store: AnyStore, clock: SetClock) -> None:
    def work(unit: Any) -> None:
        first = unit.now
        clock.advance(HOUR)
        assert unit.now == first

    store.write(work)
    assert store.write(lambda unit: unit.now) == MONDAY + HOUR
    assert store.read(lambda screens: screens.now) == MONDAY + HOUR


def test_eight_writers_lose_no_update(store: AnyStore) -> None:
    open_case(store, values={"n": 0})
    troubles: list[BaseException] = []

    def add_one(unit: Any) -> None:
        case = unit.case("c1")
        unit.save(changed(case, values={"n": case.values["n"] + 1}))

    def worker() -> None:
        try:
            for _ in range(5):
                store.write(add_one)
        except BaseException as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=worker) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    case = store.read(lambda screens: screens.case("c1"))
    assert case is not None
    assert case.values["n"] == 40
    assert case.revision == 41
    assert len(store.read(lambda screens: screens.history("c1"))) == 41


def test_an_answer_is_remembered_once(store: AnyStore) -> None:
    from engine.refusals import Refusal

    store.write(lambda unit: unit.remember("k1", "done"))
    assert store.write(lambda unit: unit.remembered("k1")) == "done"
    assert store.write(lambda unit: unit.remembered("k2")) is None
    with pytest.raises(Refusal) as refused:
        store.write(lambda unit: unit.remember("k1", "again"))
    assert refused.value.code == "conflict"
    assert store.write(lambda unit: unit.remembered("k1")) == "done"


def test_a_double_click_is_done_once(store: AnyStore) -> None:
    """Two clicks at one moment: one waits for the other and gets its answer."""
    open_case(store)
    together = threading.Barrier(2)
    answers: list[str] = []

    def press(unit: Any) -> str:
        known = unit.remembered("click")
        if known is not None:
            return str(known)
        case = unit.case("c1")
        unit.save(replace_owner(case))
        unit.remember("click", f"revision {case.revision + 1}")
        return f"revision {case.revision + 1}"

    def replace_owner(case: Any) -> Any:
        return changed(case, owner="bo")

    def click() -> None:
        together.wait()
        answers.append(store.write(press))

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["revision 2", "revision 2"]


def test_the_store_answers_a_ping(store: AnyStore) -> None:
    assert store.ping() is True


def test_a_saved_case_is_not_changed_by_its_maker_afterwards(store: AnyStore) -> None:
    values = {"n": 1}
    case = open_case(store, values=values)
    values["n"] = 2
    assert store.read(lambda screens: screens.case("c1")) == replace(case, values={"n": 1})
