"""Records: built-in ones and those a site declares, their changes, and how they are found."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.clock import SetClock
from engine.records import Record, WarrantyChange
from engine.refusals import Refusal
from engine.screens import Page
from tests.contract.building import HOUR, MONDAY, AnyStore

ZHANG = Record(
    "customer", "k1", "C-1", "张三电器", {"code": "C-1", "name": "张三电器", "email": "z@example.com", "tags": ["vip"]}
)
ORDER = Record(
    "order",
    "o1",
    "SO-77",
    "SO-77",
    {
        "number": "SO-77",
        "customer": "k1",
        "promised_on": "2026-03-09",
        "lines": [{"product": "P", "qty": 2}, {"product": "Q", "qty": 1}],
    },
)
UNIT = Record(
    "serial_number",
    "u1",
    "SN-1001",
    "SN-1001 Pump",
    {
        "number": "SN-1001",
        "product": "Pump",
        "customer": "k1",
        "order": "o1",
        "warranty_until": "2027-01-01",
        "location": None,
    },
)
SUPPLIER = Record("supplier", "s1", "S-1", "Acme", {"name": "Acme", "rating": 4})
ALL = (ZHANG, ORDER, UNIT, SUPPLIER)


def keep(store: AnyStore, *records: Record, by: str | None = "anna", source: str = "import") -> list[bool]:
    return store.write(lambda unit: [unit.save_record(r, by=by, source=source) for r in records])


def test_records_come_back_as_they_were_saved(store: AnyStore) -> None:
    assert keep(store, *ALL) == [True, True, True, True]
    for record in ALL:
        assert store.read(lambda s, r=record: s.record(r.type, r.id)) == record
    assert store.read(lambda s: s.record("customer", "nobody")) is None


def test_saving_the_same_again_changes_nothing(store: AnyStore) -> None:
    keep(store, *ALL)
    assert keep(store, *ALL) == [False, False, False, False]
    assert len(store.read(lambda s: s.record_history("supplier", "s1"))) == 2


def test_a_change_is_told_attribute_by_attribute(store: AnyStore, clock: SetClock) -> None:
    keep(store, SUPPLIER)
    clock.advance(HOUR)
    keep(
        store,
        Record("supplier", "s1", "S-1", "Acme", {"name": "Acme", "rating": 5, "since": "2026"}),
        by="bo",
        source="form",
    )
    assert [dict(c) for c in store.read(lambda s: s.record_history("supplier", "s1"))][2:] == [
        {"at": MONDAY + HOUR, "by": "bo", "attribute": "rating", "old": 4, "new": 5, "reason": "form"},
        {"at": MONDAY + HOUR, "by": "bo", "attribute": "since", "old": None, "new": "2026", "reason": "form"},
    ]


def test_a_snapshot_holds_the_records_it_refers_to(store: AnyStore) -> None:
    keep(store, *ALL)
    snapshot = store.write(lambda unit: unit.record("serial_number", "u1"))
    assert snapshot is not None
    assert (snapshot["id"], snapshot["number"]) == ("u1", "SN-1001")
    assert snapshot["customer"]["name"] == "张三电器"
    assert snapshot["order"]["number"] == "SO-77"
    assert snapshot["order"]["customer"]["id"] == "k1"
    assert store.read(lambda s: s.record_snapshot("serial_number", "u1")) == snapshot
    assert store.write(lambda unit: unit.record("serial_number", "u2")) is None


def test_a_record_is_found_by_id_or_key_and_a_customer_by_name(store: AnyStore) -> None:
    keep(store, *ALL)
    for text in ("u1", "SN-1001"):
        found = store.write(lambda unit, t=text: unit.find_record("serial_number", t))
        assert found is not None
        assert found["id"] == "u1"
    assert store.read(lambda s: s.find_record("customer", "张三电器")) == ZHANG
    assert store.read(lambda s: s.find_record("supplier", "S-1")) == SUPPLIER
    assert store.read(lambda s: s.find_record("supplier", "Acme")) is None


def test_two_customers_of_one_name_are_not_guessed_between(store: AnyStore) -> None:
    keep(store, ZHANG, Record("customer", "k2", "C-2", "张三电器", {"name": "张三电器"}))
    assert store.read(lambda s: s.find_record("customer", "张三电器")) is None


@pytest.mark.parametrize("record", [UNIT, SUPPLIER], ids=["built-in", "declared"])
def test_a_key_belongs_to_one_record_of_a_type(store: AnyStore, record: Record) -> None:
    keep(store, record)
    with pytest.raises(Refusal) as refused:
        keep(store, Record(record.type, "other", record.key, "other", {}))
    assert refused.value.code == "conflict"
    assert keep(store, Record("part", "other", record.key, "other", {})) == [True]


def test_an_attribute_is_changed_with_key_and_label(store: AnyStore) -> None:
    keep(store, ZHANG)

    def work(unit: Any) -> None:
        unit.write_attribute("customer", "k1", "name", "李四电器", by="bo", reason="sold")
        unit.write_attribute("customer", "k1", "code", "C-9", by="bo", reason="new code")

    store.write(work)
    changed = store.read(lambda s: s.record("customer", "k1"))
    assert changed is not None
    assert (changed.key, changed.label, changed.attributes["name"]) == ("C-9", "李四电器", "李四电器")


def test_an_attribute_of_no_record_is_refused(store: AnyStore) -> None:
    with pytest.raises(Refusal) as refused:
        store.write(lambda unit: unit.write_attribute("customer", "k9", "name", "x", by=None, reason=""))
    assert refused.value.code == "unknown"


def test_a_warranty_end_moves_by_recorded_steps_only(store: AnyStore, clock: SetClock) -> None:
    keep(store, UNIT, source="sale")
    clock.advance(HOUR)
    store.write(
        lambda u: u.write_attribute("serial_number", "u1", "warranty_until", "2028-01-01", by="bo", reason="renewed")
    )
    store.write(
        lambda u: u.write_attribute("serial_number", "u1", "warranty_until", "2028-01-01", by="bo", reason="again")
    )
    expected = [
        WarrantyChange("u1", MONDAY, "anna", None, "2027-01-01", "sale", "sale"),
        WarrantyChange("u1", MONDAY + HOUR, "bo", "2027-01-01", "2028-01-01", "case", "renewed"),
    ]
    assert list(store.read(lambda s: s.warranty_changes("u1"))) == expected
    assert list(store.write(lambda unit: unit.warranty_changes("u1"))) == expected


def test_type_ahead_finds_by_key_label_and_reach_beginnings_first(store: AnyStore) -> None:
    other = Record("serial_number", "u2", "XSN-1001", "XSN-1001 Pump", {})
    keep(store, *ALL, other)

    def found(type: str, text: str, size: int = 10) -> list[str]:
        return [f.id for f in store.read(lambda s: s.look_up(type, text, size))]

    assert found("serial_number", "sn-10") == ["u1", "u2"]
    assert found("serial_number", "sn-10", 1) == ["u1"]
    assert found("serial_number", "pump 1001") == ["u1", "u2"]
    assert found("customer", "三电") == ["k1"]
    assert found("customer", "z@EXAMPLE") == ["k1"]
    assert found("customer", "%") == []
    shown = store.read(lambda s: s.look_up("customer", "C-1"))[0]
    assert (shown.kind, shown.key, shown.label) == ("customer", "C-1", "张三电器")


def test_a_mistyped_serial_number_brings_near_ones(store: AnyStore) -> None:
    keep(
        store,
        *(Record("serial_number", f"u{n}", key, key, {}) for n, key in enumerate(["AB-12345", "AB-12354", "ZZ-99999"])),
    )

    def found(text: str) -> list[str]:
        return [f.key for f in store.read(lambda s: s.look_up("serial_number", text))]

    assert found("ab-12346") == ["AB-12345", "AB-12354"]
    assert found("AB-1235") == ["AB-12354"]
    assert found("AB-123455") == ["AB-12345", "AB-12354"]
    assert found("QQ-00000") == []
    assert found("AB") == ["AB-12345", "AB-12354"]


def test_records_are_listed_by_key_page_by_page(store: AnyStore) -> None:
    keep(store, *(Record("part", f"p{n}", f"P-{n}", "Seal" if n % 2 else "密封", {}) for n in range(5)))
    first = store.read(lambda s: s.records("part", "", Page(size=3)))
    assert [r.id for r in first.rows] == ["p0", "p1", "p2"]
    rest = store.read(lambda s: s.records("part", "", Page(first.next, 3)))
    assert [r.id for r in rest.rows] == ["p3", "p4"]
    assert rest.next == ""
    assert [r.id for r in store.read(lambda s: s.records("part", "密", Page())).rows] == ["p0", "p2", "p4"]
    assert store.read(lambda s: s.records("serial_number", "", Page())).rows == []


def test_related_records_are_found_from_both_sides(store: AnyStore) -> None:
    swapped = Record("serial_number", "u2", "SN-1002", "SN-1002", {"replaces": "u1"})
    keep(store, *ALL, swapped)

    def related(type: str, id: str) -> list[str]:
        return [r.id for r in store.read(lambda s: s.related(type, id))]

    assert related("customer", "k1") == ["o1", "u1"]
    assert related("order", "o1") == ["k1", "u1"]
    assert related("serial_number", "u1") == ["k1", "o1", "u2"]
    assert related("serial_number", "u2") == ["u1"]
    assert related("supplier", "s1") == []
    keep(store, Record("serial_number", "u2", "SN-1002", "SN-1002", {}))
    assert related("serial_number", "u1") == ["k1", "o1"]


def test_the_lines_of_an_order_change_with_it(store: AnyStore) -> None:
    keep(store, ORDER)
    shorter = Record("order", "o1", "SO-77", "SO-77", {"number": "SO-77", "lines": [{"product": "Q", "qty": 9}]})
    assert keep(store, shorter) == [True]
    assert store.read(lambda s: s.record("order", "o1")) == shorter
    empty = Record("order", "o1", "SO-77", "SO-77", {"number": "SO-77", "lines": []})
    keep(store, empty)
    assert store.read(lambda s: s.record("order", "o1")) == empty


def test_a_warranty_change_says_from_what_source_it_came(store: AnyStore) -> None:
    keep(store, UNIT)
    store.write(
        lambda u: u.write_attribute(
            "serial_number", "u1", "warranty_until", "2028-01-01", by="bo", reason="FR-1: burnt", source="swap_inherit"
        )
    )
    (_, change) = store.read(lambda s: s.warranty_changes("u1"))
    assert change == WarrantyChange("u1", MONDAY, "bo", "2027-01-01", "2028-01-01", "swap_inherit", "FR-1: burnt")


def test_what_moved_since_it_was_seen_is_not_written_over(store: AnyStore) -> None:
    keep(store, UNIT)

    def swap(unit: Any, seen: Any) -> None:
        unit.write_attribute("serial_number", "u1", "status", "replaced", by="bo", reason="swap", seen=seen)

    with pytest.raises(Refusal) as refused:
        store.write(lambda unit: swap(unit, {"status": "active", "customer": "k1"}))
    assert refused.value.code == "stale"
    assert "Somebody else has just changed serial_number 'SN-1001'" in refused.value.text.en
    store.write(lambda unit: swap(unit, {"status": None, "replaced_by": "", "customer": "k1"}))
    found = store.read(lambda s: s.record("serial_number", "u1"))
    assert found is not None and found.attributes["status"] == "replaced"


def test_many_records_are_called_by_their_labels_in_one_look(store: AnyStore) -> None:
    for id, label in (("c1", "ACME 阿克米"), ("c2", "")):
        record = Record("customer", id, id.upper(), label, {"code": id.upper()})
        store.write(lambda work, r=record: work.save_record(r, by="anna", source="import"))
    found = store.read(lambda screens: screens.labels("customer", {"c1", "c2", "c3"}))
    assert found == {"c1": "ACME 阿克米", "c2": "C2"}
    assert store.read(lambda screens: screens.labels("order", {"c1"})) == {}
    assert store.read(lambda screens: screens.labels("customer", set())) == {}
