"""Cases about the same: by which texts they are found, which one is the newest, and what is left out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.contract.building import DAY, HOUR, MONDAY, AnyStore, a_case, begun, changed, open_case, save


def found(store: AnyStore, *keys: str, **given: Any) -> tuple[str, int] | None:
    usual: dict[str, Any] = {"since": MONDAY - 30 * DAY, "until": MONDAY + DAY}
    wanted = given.pop("process", "factory_return")
    told = store.write(lambda unit: unit.earlier_alike(wanted, keys, **(usual | given)))
    seen = store.read(lambda screens: screens.earlier_alike(wanted, keys, **(usual | given)))
    assert told == seen
    return None if told is None else (told[0].id, told[1])


def alike(store: AnyStore, id: str, *keys: str, opened_at: dt.datetime = MONDAY, **given: Any) -> None:
    open_case(store, id, opened_at=opened_at, listed={"alike": keys, **given})


def test_the_newest_case_under_one_of_the_texts_is_found_and_all_are_counted(store: AnyStore) -> None:
    alike(store, "c1", "a")
    alike(store, "c2", "a", "b", opened_at=MONDAY + HOUR)
    alike(store, "c3", "b", opened_at=MONDAY - HOUR)
    alike(store, "c4", "other", opened_at=MONDAY + 2 * HOUR)
    assert found(store, "a") == ("c2", 2)
    assert found(store, "a", "b") == ("c2", 3)
    assert found(store, "nothing") is None


def test_an_open_case_goes_before_newer_ones_that_have_ended(store: AnyStore) -> None:
    alike(store, "c1", "a", opened_at=MONDAY - 2 * HOUR)
    alike(store, "c2", "a", opened_at=MONDAY - HOUR)
    newest = save(store, begun(a_case("c3", opened_at=MONDAY), alike=("a",)))
    assert found(store, "a") == ("c3", 3)
    save(store, changed(newest, change={"alike": ("a",)}, ended="done", ended_at=MONDAY + HOUR))
    assert found(store, "a") == ("c2", 3)


def test_the_case_comes_as_it_was_saved(store: AnyStore) -> None:
    case = a_case(values={"sn": "SN-1", "原因": "坏了"})
    save(store, begun(case, alike=("a",)))
    told = store.write(lambda u: u.earlier_alike("factory_return", ["a"], since=MONDAY, until=MONDAY))
    assert told == (case, 1)


def test_what_began_outside_of_the_time_or_was_cancelled_or_belongs_elsewhere_is_left_out(store: AnyStore) -> None:
    alike(store, "c1", "a", opened_at=MONDAY - 31 * DAY)
    alike(store, "c2", "a", opened_at=MONDAY + 2 * DAY)
    alike(store, "c3", "a", category="cancelled")
    assert found(store, "a") is None
    alike(store, "c4", "a", category="closed")
    assert found(store, "a") == ("c4", 1)
    assert found(store, "a", process="complaint") is None


def test_of_cases_begun_at_one_instant_the_smaller_number_is_earlier(store: AnyStore) -> None:
    for id in ("c1", "c2", "c3"):
        alike(store, id, "a")
    assert found(store, "a", until=MONDAY, number="FR-2026-c2") == ("c1", 1)
    assert found(store, "a", until=MONDAY, number="FR-2026-c1") is None
    assert found(store, "a", until=MONDAY + HOUR, number="FR-2026-c2") == ("c3", 3)


def test_texts_follow_the_case_and_a_case_without_any_is_not_found(store: AnyStore) -> None:
    first = save(store, begun(a_case(), alike=("a", "b")))
    second = save(store, changed(first, change={"alike": ("b", "c")}))
    assert (found(store, "a"), found(store, "b"), found(store, "c")) == (None, ("c1", 1), ("c1", 1))
    save(store, changed(second))
    assert found(store, "b", "c") is None


def test_what_this_transaction_saved_is_seen_by_it(store: AnyStore) -> None:
    def work(unit: Any) -> Any:
        unit.save(begun(a_case("c1"), alike=("a",)))
        first = unit.earlier_alike("factory_return", ["a"], since=MONDAY, until=MONDAY, number="FR-2026-c2")
        unit.save(changed(a_case("c1"), change={"alike": ("a",), "category": "cancelled"}, ended="off"))
        return first, unit.earlier_alike("factory_return", ["a"], since=MONDAY, until=MONDAY, number="FR-2026-c2")

    first, then = store.write(work)
    assert (first[0].id, first[1], then) == ("c1", 1, None)
