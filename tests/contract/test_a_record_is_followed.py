"""Whether a process has a case about a record already: the same answer from every store."""

from __future__ import annotations

from tests.contract.building import AnyStore, open_case


def followed(store: AnyStore, process: str, id: str) -> bool:
    return store.write(lambda unit: unit.is_followed(process, "order", id))


def test_a_case_about_a_record_counts_open_or_closed_but_not_cancelled(store: AnyStore) -> None:
    open_case(store, "c1", listed={"records": [("order", "SO-1"), ("customer", "SO-9")]})
    open_case(store, "c2", listed={"records": [("order", "SO-2")], "category": "closed"})
    open_case(store, "c3", listed={"records": [("order", "SO-3")], "category": "cancelled"})
    assert [followed(store, "factory_return", f"SO-{n}") for n in (1, 2, 3, 9)] == [True, True, False, False]
    assert not followed(store, "complaint", "SO-1")


def test_the_open_cases_about_many_records_are_found_at_once(store: AnyStore) -> None:
    open_case(store, "c1", listed={"records": [("order", "SO-1"), ("customer", "SO-9")]})
    open_case(store, "c2", listed={"records": [("order", "SO-2"), ("order", "SO-3")]})
    asked = [f"SO-{n}" for n in range(1000)]
    found = store.write(lambda unit: unit.open_about("order", asked, ["factory_return", "complaint"]))
    assert {id: list(by_process) for id, by_process in found.items()} == {
        "SO-1": ["factory_return"],
        "SO-2": ["factory_return"],
        "SO-3": ["factory_return"],
    }
    assert store.write(lambda unit: unit.open_about("order", asked, ["complaint"])) == {}
