"""Many records at once keep the same promises as one at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adapters.clock import SetClock
from engine.records import Record
from engine.refusals import Refusal
from tests.contract.building import HOUR, AnyStore


def unit(n: int, **given: object) -> Record:
    key = f"SN-{n:04}"
    return Record(
        "serial_number", key, key, f"{key} Pump", {"number": key, "product": "Pump", "customer": "C-1", **given}
    )


def keep(store: AnyStore, *records: Record, by: str | None = "anna") -> int:
    return store.write(lambda work: work.save_records(records, by=by, source="import"))


def test_a_thousand_records_come_back_as_they_were_saved(store: AnyStore) -> None:
    units = [unit(n, warranty_until="2027-01-01") for n in range(1000)]
    assert keep(store, *units) == 1000
    assert keep(store, *units) == 0
    assert store.read(lambda s: s.record("serial_number", "SN-0999")) == units[-1]
    assert len(store.read(lambda s: s.warranty_changes("SN-0500"))) == 1
    assert len(store.read(lambda s: s.record_history("serial_number", "SN-0500"))) == 4


def test_only_what_changed_is_changed_and_told(store: AnyStore, clock: SetClock) -> None:
    keep(store, unit(1, warranty_until="2027-01-01"), unit(2))
    clock.advance(HOUR)
    assert keep(store, unit(1, warranty_until="2028-01-01"), unit(2), unit(3)) == 2
    assert [c.new for c in store.read(lambda s: s.warranty_changes("SN-0001"))] == ["2027-01-01", "2028-01-01"]
    assert len(store.read(lambda s: s.record_history("serial_number", "SN-0002"))) == 3


def test_lines_and_references_come_along(store: AnyStore) -> None:
    order = Record("order", "SO-1", "SO-1", "SO-1", {"number": "SO-1", "lines": [{"line": 1}, {"line": 2}]})
    keep(store, order)
    keep(store, unit(1, order="SO-1"), unit(2, replaces="SN-0001"))
    assert store.read(lambda s: s.record("order", "SO-1")) == order
    assert [r.id for r in store.read(lambda s: s.related("order", "SO-1"))] == ["SN-0001"]
    assert [r.id for r in store.read(lambda s: s.related("serial_number", "SN-0001"))] == ["SO-1", "SN-0002"]


def test_many_are_found_by_key_before_id(store: AnyStore) -> None:
    keep(store, *(unit(n) for n in range(900)), Record("serial_number", "x", "K-1", "K-1", {}))
    names = [f"SN-{n:04}" for n in range(1000)] + ["K-1", "x"]
    found = store.write(lambda work: work.records_called("serial_number", names))
    assert len(found) == 902
    assert (found["K-1"].id, found["x"].id) == ("x", "x")
    assert store.write(lambda work: work.records_called("supplier", ["SN-0001"])) == {}


def test_a_key_of_another_is_refused_and_nothing_is_kept(store: AnyStore) -> None:
    keep(store, unit(1))
    with pytest.raises(Refusal) as refused:
        keep(store, unit(5), replace(unit(1), id="other"), unit(6))
    assert refused.value.code == "conflict"
    assert store.read(lambda s: s.record("serial_number", "SN-0005")) is None
