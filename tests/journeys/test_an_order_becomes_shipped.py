"""Whoever notes that an order left begins its tracking: a list, a page, a program. None is forgotten, none is followed twice."""

from __future__ import annotations

from typing import Any

import pytest

from engine.importing.importing import Imported
from engine.importing.plan import plan_for
from engine.importing.sheet import Row, Sheet
from engine.importing.targets import target_of
from engine.refusals import Refusal
from engine.screens import Page, Viewer
from tests.journeys.a_desk import ADesk

EVERYTHING = Viewer("", frozenset(), everything=True)
HEADER = ("number", "customer", "status", "promised_on")


def _list(desk: ADesk, *rows: tuple[str, ...], **how: Any) -> Imported:
    sheet = Sheet(HEADER, tuple(Row(n, row) for n, row in enumerate(rows, 2)))
    site = desk.house.store.read(desk.house.definitions.site)
    plan = plan_for(sheet, target_of("orders", site), {}, {}, "iso")
    return desk.house.desk.import_list(sheet, plan, by="service_agent", name="orders.csv", **how)


def _trackings(desk: ADesk) -> list[tuple[str, str]]:
    found = desk.house.store.read(
        lambda s: s.cases(EVERYTHING, process="shipment_tracking", state="", text="", page=Page(size=200))
    ).rows
    return sorted((str(desk.case(row.id).values.get("order")), "/".join(desk.case(row.id).leaves)) for row in found)


def test_an_order_that_a_list_calls_shipped_is_followed_by_the_customers_salesperson(desk: ADesk) -> None:
    _list(desk, ("SO-7", "C-1", "placed", "2026-03-09"))
    assert _trackings(desk) == []
    told = _list(desk, ("SO-7", "C-1", "shipped", "2026-03-09"))
    assert [one.event for one in told.told] == ["order.shipped"]
    assert _trackings(desk) == [("SO-7", "prepare")]


def test_the_same_list_again_and_an_order_that_is_followed_already_begin_nothing(desk: ADesk) -> None:
    _list(desk, ("SO-7", "C-1", "placed", "2026-03-09"), ("SO-8", "C-1", "placed", "2026-03-09"))
    goods = {"batch_no": "B-1", "lines": [{"product": "VP-40", "quantity": "1"}], "promised_on": "2026-03-09"}
    desk.start("shipment_tracking", "sales", customer="C-1", order="SO-8", **goods)
    for _ in range(2):
        _list(desk, ("SO-7", "C-1", "已发货", "2026-03-09"), ("SO-8", "C-1", "shipped", "2026-03-09"))
    assert [order for order, _ in _trackings(desk)] == ["SO-7", "SO-8"]


def test_a_correction_by_hand_tells_the_processes_too(desk: ADesk) -> None:
    change = desk.house.desk.change_record
    _list(desk, ("SO-7", "C-1", "placed", "2026-03-09"))
    change("order", "SO-7", {"status": "shipped"}, "service_supervisor", "left this morning")
    assert _trackings(desk) == [("SO-7", "prepare")]
    change("order", "SO-7", {"status": "cancelled"}, "service_supervisor", "called off")
    assert _trackings(desk) == [("SO-7", "stop_shipment")]


def test_an_order_entered_by_hand_as_shipped_is_followed(desk: ADesk) -> None:
    desk.house.desk.add_record("order", {"number": "SO-9", "customer": "C-1", "status": "shipped"}, "sales")
    ((order, _),) = _trackings(desk)
    assert order == "SO-9"


def test_a_first_list_of_old_orders_begins_nothing_by_mistake_and_nothing_of_it_is_kept(desk: ADesk) -> None:
    many = [(f"OLD-{n}", "C-1", "shipped", "2024-03-09") for n in range(51)]
    with pytest.raises(Refusal) as refused:
        _list(desk, *many)
    assert refused.value.code == "too_many_events"
    assert "--past" in refused.value.text.en and "51" in refused.value.text.zh
    assert _trackings(desk) == []
    assert _list(desk, *many, dry_run=True).new == 51

    told = _list(desk, *many, tells=False)
    assert (told.new, told.told) == (51, ())
    assert _trackings(desk) == []


def test_a_rehearsal_says_what_would_be_announced_and_announces_nothing(desk: ADesk) -> None:
    told = _list(desk, ("SO-7", "C-1", "shipped", "2026-03-09"), dry_run=True)
    assert [one.event for one in told.told] == ["order.shipped"]
    assert _trackings(desk) == []


def test_an_order_that_is_signed_for_puts_its_consignment_before_the_salesperson(desk: ADesk) -> None:
    goods = {"batch_no": "B-1", "lines": [{"product": "VP-40", "quantity": "1"}], "promised_on": "2026-03-09"}
    parcels = [{"carrier": "SF", "tracking_no": "SF12345678"}]
    _list(desk, ("SO-8", "C-1", "placed", "2026-03-09"))
    desk.start(
        "shipment_tracking", "sales", customer="C-1", order="SO-8", parcels=parcels, shipped_on="2026-03-02", **goods
    )
    assert _trackings(desk) == [("SO-8", "waiting_for_pickup")]
    for status in ("shipped", "已签收", "signed"):
        _list(desk, ("SO-8", "C-1", status, "2026-03-09"))
    assert _trackings(desk) == [("SO-8", "signed_for")]


def test_an_old_order_that_is_signed_for_and_was_never_followed_begins_nothing(desk: ADesk) -> None:
    told = _list(desk, ("OLD-1", "C-1", "signed", "2024-03-09"))
    assert [one.event for one in told.told] == ["order.signed"]
    assert _trackings(desk) == []
