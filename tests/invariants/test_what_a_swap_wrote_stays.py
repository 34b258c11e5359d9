"""A unit that was replaced, scrapped or lost does not live again: not by a list, a correction, a token or a second swap."""

from __future__ import annotations

from typing import Any

import pytest

from engine.importing.importing import Imported, import_sheet
from engine.importing.plan import plan_for
from engine.importing.sheet import Row, Sheet
from engine.importing.targets import target_of
from engine.refusals import FormRefusal
from tests.invariants.house import Premises
from tests.invariants.law import every_law
from tests.invariants.stories import replaced


def import_units(house: Premises, header: tuple[str, ...], *rows: tuple[str, ...]) -> Imported:
    """A list of units, as an administrator brings it in."""
    sheet = Sheet(header, tuple(Row(n, row) for n, row in enumerate(rows, 2)))
    site = house.desk.house.store.read(house.desk.house.definitions.site)
    plan = plan_for(sheet, target_of("serial_numbers", site), {}, {})
    return house.desk.house.store.write(lambda uow: import_sheet(uow, sheet, plan, by="ann", name="units.csv"))


def unit(house: Premises, number: str) -> dict[str, Any]:
    found = house.desk.house.store.read(lambda screens: screens.record("serial_number", number))
    assert found is not None
    return dict(found.attributes)


def lives_on_alone(house: Premises) -> None:
    assert (unit(house, "SN-1")["status"], unit(house, "NEW-1")["status"]) == ("replaced", "active")
    house.witness.look_at_everything()
    every_law()["inv_13"](house.witness)


@pytest.mark.parametrize("status", ["active", "stock", "in_service"])
def test_no_list_brings_a_replaced_unit_back_to_life(premises: Premises, status: str) -> None:
    replaced(premises.desk)
    taken = import_units(premises, ("number", "status"), ("SN-1", status))
    assert not taken.written and "was replaced by NEW-1" in taken.refused[0].why.en
    lives_on_alone(premises)


def test_no_list_makes_a_unit_forget_by_which_one_it_was_replaced(premises: Premises) -> None:
    replaced(premises.desk)
    taken = import_units(premises, ("number", "status", "replaced_by"), ("SN-1", "active", "SN-2"))
    assert not taken.written and taken.refused[0].column == "replaced_by"
    lives_on_alone(premises)


def test_no_list_declares_a_living_unit_replaced(premises: Premises) -> None:
    taken = import_units(premises, ("number", "status", "replaced_by"), ("SN-2", "replaced", "NEW-2"))
    assert not taken.written and "only a swap" in taken.refused[0].why.en


def test_a_unit_that_was_replaced_before_our_time_may_be_entered_as_such(premises: Premises) -> None:
    header = ("number", "status", "replaced_by")
    assert import_units(premises, header, ("OLD-1", "replaced", "SN-2")).written
    assert not import_units(premises, header, ("OLD-2", "active", "SN-2")).written


def test_no_correction_brings_a_replaced_unit_back_to_life(premises: Premises) -> None:
    replaced(premises.desk)
    desk = premises.desk.house.desk
    with pytest.raises(FormRefusal) as refused:
        desk.change_record("serial_number", "SN-1", {"status": "active"}, "service_manager", "it runs again")
    assert "was replaced by NEW-1" in refused.value.fields["status"].en
    with pytest.raises(FormRefusal) as moved:
        desk.change_record("serial_number", "SN-1", {"replaced_by": "", "replaces": "SN-2"}, "service_manager", "typo")
    assert set(moved.value.fields) == {"replaced_by", "replaces"}
    answer = premises.ask(
        "PATCH", "/records/serial_number/SN-1", "service_manager", {"attributes": {"status": "active"}, "reason": "x"}
    )
    assert answer.status_code == 422
    lives_on_alone(premises)


def test_a_replaced_unit_may_still_be_scrapped(premises: Premises) -> None:
    replaced(premises.desk)
    desk = premises.desk.house.desk
    desk.change_record("serial_number", "SN-1", {"status": "scrapped"}, "service_manager", "nobody wants it")
    assert unit(premises, "SN-1")["status"] == "scrapped"


@pytest.mark.parametrize("gone", ["scrapped", "lost"])
@pytest.mark.parametrize("status", ["active", ""])
def test_what_a_case_scrapped_or_gave_up_comes_back_into_use_by_a_case_only(
    premises: Premises, gone: str, status: str
) -> None:
    desk = premises.desk.house.desk
    number = premises.desk.start("factory_return", "service_agent", sn="SN-1", complaint_text="leaks").number
    premises.desk.house.store.write(
        lambda uow: uow.write_attribute("serial_number", "SN-2", "status", gone, by=None, reason=number)
    )
    with pytest.raises(FormRefusal) as refused:
        desk.change_record("serial_number", "SN-2", {"status": status}, "service_manager", "it runs again")
    assert f"It is {gone} and does not come back" in refused.value.fields["status"].en
    body = {"attributes": {"status": status}, "reason": "it runs again"}
    assert premises.ask("PATCH", "/records/serial_number/SN-2", "service_manager", body).status_code == 422
    taken = import_units(premises, ("number", "status", "product"), ("SN-2", status or "stock", "Pump"))
    assert not taken.written and taken.refused[0].column == "status"
    desk.change_record("serial_number", "SN-2", {"location": "shelf 3"}, "service_manager", "moved")
    other = {"scrapped": "lost", "lost": "scrapped"}[gone]
    desk.change_record("serial_number", "SN-2", {"status": other}, "service_manager", "said so today")
    with pytest.raises(FormRefusal):
        desk.change_record("serial_number", "SN-2", {"status": status}, "service_manager", "typed wrong")
    assert unit(premises, "SN-2")["status"] == other


def test_what_people_alone_typed_wrong_they_put_right_by_hand_but_by_no_list(premises: Premises) -> None:
    desk = premises.desk.house.desk
    desk.change_record("serial_number", "SN-2", {"status": "scrapped"}, "service_manager", "as the customer says")
    assert not import_units(premises, ("number", "status"), ("SN-2", "active")).written
    desk.change_record("serial_number", "SN-2", {"status": "active"}, "service_manager", "the row above was meant")
    assert unit(premises, "SN-2")["status"] == "active"


def test_a_unit_is_not_entered_as_replaced_and_alive(premises: Premises) -> None:
    typed = {"number": "SN-77", "status": "active", "replaced_by": "SN-2"}
    with pytest.raises(FormRefusal):
        premises.desk.house.desk.add_record("serial_number", typed, "service_manager")
