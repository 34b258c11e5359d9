"""What a record may say is the same at every door: the page, a program, a list, and the desk's own hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.refusals import FormRefusal
from tests.invariants.house import Premises
from tests.invariants.stories import returned_unit
from tests.invariants.test_what_a_swap_wrote_stays import import_units, unit

Door = Callable[[Premises, str, str, str], str]
"""Tries to write an attribute of a unit; gives what was said against it, "" where it was taken."""


def by_hand(house: Premises, number: str, name: str, value: str) -> str:
    try:
        house.desk.house.desk.change_record("serial_number", number, {name: value}, "service_manager", "as told")
    except FormRefusal as refused:
        return refused.fields[name].en
    return ""


def on_its_page(house: Premises, number: str, name: str, value: str) -> str:
    page = f"/records/serial_number/{number}/change"
    sent = house.visitor("service_manager").send(page, page, **{f"f.{name}": value, "f.reason": "as told"})
    return "" if sent.status_code == 303 else sent.get_data(as_text=True).replace("&#39;", "'")


def by_a_program(house: Premises, number: str, name: str, value: str) -> str:
    body = {"attributes": {name: value}, "reason": "as told"}
    answer = house.ask("PATCH", f"/records/serial_number/{number}", "service_manager", body)
    return "" if answer.status_code == 200 else answer.text


def in_a_list(house: Premises, number: str, name: str, value: str) -> str:
    taken = import_units(house, ("number", name), (number, value))
    assert taken.written == (not taken.refused)
    assert all((refusal.line, refusal.column) == (2, name) for refusal in taken.refused)
    return "".join(refusal.why.en for refusal in taken.refused)


DOORS = pytest.mark.parametrize("door", [by_hand, on_its_page, by_a_program, in_a_list])


@DOORS
def test_a_word_nobody_knows_and_a_day_to_come_are_refused_and_known_words_are_taken(
    premises: Premises, door: Door
) -> None:
    premises.desk.add("serial_number", "OLD-1", status="nonsense", custody="moon", product="Pump")
    assert "is none of: active, stock, in_service" in door(premises, "SN-2", "status", "broken")
    assert "is none of: customer, stock, inbound" in door(premises, "SN-2", "custody", "moon")
    assert "must be not later than today" in door(premises, "SN-2", "purchased_on", "2030-01-01")
    assert "active" not in door(premises, "OLD-1", "location", "shelf 3"), "an old word stands in no other's way"
    assert door(premises, "OLD-1", "status", "在用" if door is in_a_list else "active") == ""
    assert (unit(premises, "OLD-1")["status"], unit(premises, "OLD-1")["custody"]) == ("active", "moon")


@DOORS
def test_a_unit_that_is_being_returned_keeps_its_customer_its_status_and_the_day_it_was_bought(
    premises: Premises, door: Door
) -> None:
    premises.desk.add("serial_number", "SN-5", customer="C-1", product="Pump", status="active", custody="customer")
    number = premises.desk.case(returned_unit(premises.desk, "SN-5")).number
    assert f"{number} is open about this" in door(premises, "SN-5", "customer", "C-2")
    assert f"{number} is open and has written this" in door(premises, "SN-5", "custody", "customer")
    assert f"{number} is open" in door(premises, "SN-5", "status", "scrapped"), "nobody scraps it beside its return"
    assert door(premises, "SN-5", "purchased_on", "2025-05-01") == "", "what was empty is filled in"
    assert f"{number} is open about this" in door(premises, "SN-5", "purchased_on", "2025-06-01")
    assert door(premises, "SN-2", "customer", "C-2") == "", "of other units it changes as ever"


def test_a_new_unit_begins_in_use_or_in_stock_and_only_a_list_brings_the_past_with_it(premises: Premises) -> None:
    desk, past = premises.desk.house.desk, {"status": "lost", "custody": "factory"}
    with pytest.raises(FormRefusal) as refused:
        desk.add_record("serial_number", {"number": "U-1", **past}, "service_agent")
    assert {name: text.en.partition(".")[0] for name, text in refused.value.fields.items()} == {
        "status": "'lost' is none of: active, stock",
        "custody": "'factory' is none of: customer, stock",
    }
    body = {"attributes": {"number": "U-1", **past}}
    assert premises.ask("POST", "/records/serial_number", "service_agent", body).status_code == 422
    assert 'value="lost"' not in premises.visitor("service_agent").page("/records/serial_number/new")
    desk.add_record("serial_number", {"number": "U-1", "status": "stock", "custody": "stock"}, "service_agent")
    assert import_units(premises, ("number", "status", "custody"), ("U-2", "lost", "outbound")).written
    premises.desk.add("serial_number", "U-3", status="nonsense")
    pages = [premises.visitor("service_agent").page(f"/records/serial_number/U-{n}") for n in (2, 3)]
    assert "On its way to the customer" in pages[0] and "nonsense" in pages[1], "an old word stays readable"


def test_a_list_says_which_warranties_it_moves_far_and_asks_why_beyond_all_bounds(premises: Premises) -> None:
    header = ("number", "purchased_on", "warranty_until", "because")
    far, bad = ("SN-3", "2025-01-01", "2027-01-01", ""), ("SN-2", "2025-01-01", "2099-01-01", "")
    taken = import_units(premises, header, far, bad)
    assert not taken.written and [(m.line, m.number, m.old, m.new) for m in taken.moved] == [
        (2, "SN-3", "2025-01-01", "2027-01-01")
    ]
    assert "More than 10 years of warranty is unusual; if it is right, say why" in taken.refused[0].why.en
    assert import_units(premises, header, far, (*bad[:3], "contract 7 grants it")).written
    store = premises.desk.house.store
    assert store.read(lambda s: s.warranty_changes("SN-2"))[-1].reason == "import: contract 7 grants it"


def test_a_row_is_told_all_that_is_wrong_with_it(premises: Premises) -> None:
    taken = import_units(premises, ("number", "status", "custody", "purchased_on"), ("SN-2", "x", "y", "z"))
    assert [refusal.column for refusal in taken.refused] == ["status", "custody", "purchased_on"]
    assert taken.refused_rows == 1
