"""A unit that lies in the workshop is not with its customer because somebody says so: its open case alone moves it."""

from __future__ import annotations

import pytest

from engine.refusals import FormRefusal
from tests.invariants.house import Premises
from tests.invariants.stories import waiting_for_its_test
from tests.invariants.test_what_a_swap_wrote_stays import import_units, unit


def test_nobody_says_by_hand_that_a_unit_in_our_workshop_is_elsewhere(premises: Premises) -> None:
    case = waiting_for_its_test(premises.desk)
    number, desk = premises.desk.case(case).number, premises.desk.house.desk
    for wish in ("customer", ""):
        with pytest.raises(FormRefusal) as refused:
            desk.change_record("serial_number", "SN-1", {"custody": wish}, "service_manager", "x")
        assert f"{number} is open and has written this" in refused.value.fields["custody"].en
        body = {"attributes": {"custody": wish}, "reason": "x"}
        assert premises.ask("PATCH", "/records/serial_number/SN-1", "service_manager", body).status_code == 422
    taken = import_units(premises, ("number", "custody"), ("SN-1", "customer"))
    assert not taken.written and number in taken.refused[0].why.en
    desk.change_record("serial_number", "SN-1", {"location": "shelf 3"}, "service_manager", "moved")
    assert unit(premises, "SN-1")["custody"] == "factory"
