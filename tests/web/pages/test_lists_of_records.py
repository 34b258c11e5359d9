"""Lists of records say what people look for; an order shows its lines with their sum, a customer what was bought."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.journeys.a_desk import ADesk
from tests.web.office import SITE, Visitor

Visit = Callable[[str], Visitor]
SHOP = SITE.replace("site: office\n", "site: office\ncurrency: CNY | 元\n").replace(
    "  serial_number:",
    """  order: {key: number, number: text, customer: customer, product: text, amount: money, status: text, ordered_on: date}
  machine: {key: number, number: text, hall: text, customer: customer}
  serial_number:""",
)


@pytest.fixture
def shop(office: ADesk) -> ADesk:
    office.house.publishing.publish_all([("_site.yaml", SHOP)], None, "shop")
    bought = [("SO-1", "100.50", "signed", "2026-01-05"), ("SO-2", "900.00", "cancelled", "2026-02-05")]
    for number, amount, status, day in [*bought, ("SO-3", "50.00", "placed", "2026-03-01")]:
        office.add("order", number, customer="C-1", product="Pump", amount=amount, status=status, ordered_on=day)
    return office


def row_of(page: str, key: str) -> str:
    found = next(row for row in re.findall(r"<tr data-row.*?</tr>", page, re.DOTALL) if f">{key}</a>" in row)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found))


def test_units_are_listed_with_their_customer_and_warranty_in_words(shop: ADesk, visit: Visit) -> None:
    assert "Cui Ltd 崔" in row_of(visit("ann").page("/records/serial_number"), "U-1")
    assert "In warranty until 2 Mar 2027 (365 days left)" in row_of(visit("ann").page("/records/serial_number"), "U-1")
    assert "保内，至 2027年3月2日" in row_of(visit("mei").page("/records/serial_number"), "U-1")


def test_orders_are_listed_with_customer_amount_and_state(shop: ADesk, visit: Visit) -> None:
    row = row_of(visit("mei").page("/records/order"), "SO-1")
    assert "Cui Ltd 崔" in row and "100.50 元" in row and "已签收" in row


def test_a_list_of_a_type_of_the_site_shows_what_there_is(shop: ADesk, visit: Visit) -> None:
    shop.add("machine", "M-1", hall="North", customer="C-1")
    row = row_of(visit("ann").page("/records/machine"), "M-1")
    assert "North" in row and "Cui Ltd 崔" in row


def test_an_order_shows_its_lines_with_price_and_sum(shop: ADesk, visit: Visit) -> None:
    lines = [
        {"line": 1, "product": "Pump", "quantity": 2, "price": "1200.50", "freight": "10"},
        {"line": 2, "product": "Seal & ring", "price": "0.25"},
        {"line": 3, "product": "Advice"},
    ]
    shop.add("order", "SO-9", customer="C-1", lines=lines)
    page = visit("ann").page("/records/order/SO-9")
    table = page[page.index('id="lines"') : page.index("</table>")]
    for words in ("Price per piece", "2,411.00", "0.25", "Seal &amp; ring", "Advice", "Total", "2,411.25 CNY"):
        assert words in table
    assert 'id="lines"' not in visit("ann").page("/records/order/SO-1")


def test_lines_without_any_price_have_no_sum(shop: ADesk, visit: Visit) -> None:
    shop.add("order", "SO-9", customer="C-1", lines=[{"product": "Pump", "quantity": 2}])
    page = visit("ann").page("/records/order/SO-9")
    assert "Pump" in page[page.index('id="lines"') :] and "<tfoot>" not in page


def test_a_customer_shows_what_was_bought_newest_first_and_what_it_came_to(shop: ADesk, visit: Visit) -> None:
    page = visit("ann").page("/records/customer/C-1")
    assert "3 orders, 150.50 CNY without cancelled ones" in page
    assert re.findall(r">(SO-\d)</a>", page) == ["SO-3", "SO-2", "SO-1"]
    many = [f"SO-{n}" for n in range(10, 25)]
    for number in many:
        shop.add("order", number, customer="C-1", ordered_on="2025-01-01")
    page = visit("ann").page("/records/customer/C-1")
    assert "8 older orders" in page and all(f">{number}</a>" in page for number in many)
