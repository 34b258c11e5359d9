"""INV-10, 11 and 12: no list, no correction and no hand moves a warranty end unrecorded, begins chargeable work without an
accepted quotation, or shares out more or less than there is."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from engine.refusals import Refusal
from tests.invariants.house import Premises
from tests.invariants.law import hold
from tests.invariants.stories import returned_unit
from tests.invariants.test_what_a_swap_wrote_stays import import_units, unit
from tests.journeys.a_desk import ADesk
from tests.journeys.a_return import JUDGED

SHARES = [
    {"party": "company", "share": 60, "amount": "60"},
    {"party": "customer", "share": 40, "amount": "40"},
]


def judged(desk: ADesk, case: str, **more: Any) -> None:
    desk.press(case, "reinspection", "passed", "quality_engineer", **JUDGED | more)


def chargeable(desk: ADesk) -> str:
    """A return of which the customer pays 40, and nobody has quoted it yet."""
    case = returned_unit(desk, "SN-1")
    judged(desk, case, cost_total="100", customer_share="40", cost_shares=SHARES, warranty="expired")
    assert desk.case(case).leaves == ("prepare_quote",)
    return case


def test_an_import_moves_a_warranty_end_on_record_only(premises: Premises) -> None:
    assert import_units(premises, ("number", "warranty_until"), ("SN-1", "2031-12-31")).written
    change = premises.desk.house.store.read(lambda screens: screens.warranty_changes("SN-1"))[-1]
    assert (change.old, change.new, change.source, change.by) == ("2027-01-01", "2031-12-31", "import", "ann")
    hold(premises.witness)


def test_a_correction_by_hand_moves_no_warranty_end(premises: Premises) -> None:
    typed = {"warranty_until": "2031-12-31"}
    with pytest.raises(Refusal):
        premises.desk.house.desk.change_record("serial_number", "SN-1", typed, "service_manager", "a favour")
    premises.ask("PATCH", "/records/serial_number/SN-1", "service_manager", {"attributes": typed, "reason": "a favour"})
    assert unit(premises, "SN-1")["warranty_until"] == "2027-01-01"
    hold(premises.witness)


def test_what_is_on_record_cannot_be_rewritten(premises: Premises) -> None:
    """The database itself refuses; the file is opened anew, as somebody with a key to the server would."""
    returned_unit(premises.desk, "SN-1")
    path = premises.desk.house.settings.data / "aftercare.db"
    for act in ("UPDATE warranty_change SET new = '2099-01-01'", "DELETE FROM warranty_change", "DELETE FROM history"):
        connection = sqlite3.connect(path)
        with pytest.raises(sqlite3.DatabaseError, match="only ever appended"):
            connection.execute(act)
        connection.close()


def test_two_units_have_never_the_same_number(premises: Premises) -> None:
    desk = premises.desk.house.desk
    with pytest.raises(Refusal):
        desk.add_record("serial_number", {"number": "SN-1"}, "service_manager")
    with pytest.raises(Refusal):
        desk.change_record("serial_number", "SN-2", {"number": "SN-1"}, "service_manager", "typo")
    assert unit(premises, "SN-2")["number"] == "SN-2"


def quoted(desk: ADesk, case: str) -> None:
    """The quotation is written and sent, and the customer says yes."""
    amount = desk.case(case).values["customer_share"]
    lines = [{"item": "Repair", "quantity": 1, "amount": amount}]
    desk.press(
        case, "prepare_quote", "ready", "service_agent", quote_lines=lines, valid_until="2026-04-01", decline_fee="0"
    )
    desk.press(case, "quoting", "sent", "service_agent")
    desk.house.desk.press_event(case, "quote.accepted", {}, "service_agent")


def test_an_acceptance_of_a_quotation_that_was_never_sent_is_refused(premises: Premises) -> None:
    case = chargeable(premises.desk)
    premises.desk.house.desk.move_case(case, "record_acceptance", "service_manager", "they called")
    whole = {"accepted_by": "Ms Li", "accepted_on": "2026-03-02", "quote_proof": [premises.picture("service_agent")]}
    with pytest.raises(Refusal) as refused:
        premises.desk.press(case, "record_acceptance", "accepted", "service_agent", **whole)
    assert refused.value.code == "rule"


@pytest.mark.parametrize("step", ["repair", "replacing"])
def test_moving_by_hand_begins_no_chargeable_work_without_an_acceptance(premises: Premises, step: str) -> None:
    case = chargeable(premises.desk)
    with pytest.raises(Refusal) as refused:
        premises.desk.house.desk.move_case(case, step, "service_manager", "they will pay")
    assert refused.value.code == "rule"
    answer = premises.ask("POST", f"/cases/{case}/move", "service_manager", {"to": step, "reason": "they will pay"})
    assert answer.status_code == 409 and answer.get_json()["code"] == "rule"


def test_an_acceptance_is_not_smuggled_in_with_another_form(premises: Premises) -> None:
    case = returned_unit(premises.desk, "SN-1")
    task = premises.desk.work(case, "reinspection")
    for smuggled in ({"quote_accepted": True}, {"accepted_by": "Ms Li"}, {"paid": True}, {"amount_due": "0"}):
        answer = premises.ask(
            "POST",
            f"/tasks/{task.id}/complete",
            "quality_engineer",
            {"outcome": "passed", "values": {**JUDGED, **smuggled}},
        )
        assert answer.status_code == 422, smuggled
    assert premises.desk.case(case).leaves == ("reinspection",)


def test_an_acceptance_without_name_day_and_proof_is_none(premises: Premises) -> None:
    case = chargeable(premises.desk)
    quoted(premises.desk, case)
    whole = {"accepted_by": "Ms Li", "accepted_on": "2026-03-02", "quote_proof": [premises.picture("service_agent")]}
    for missing in whole:
        entered = {name: value for name, value in whole.items() if name != missing}
        with pytest.raises(Refusal) as refused:
            premises.desk.press(case, "record_acceptance", "accepted", "service_agent", **entered)
        assert missing in refused.value.codes
    hold(premises.witness)


def test_a_new_judgement_voids_the_acceptance_of_the_old_one(premises: Premises) -> None:
    desk = premises.desk
    case = chargeable(desk)
    quoted(desk, case)
    accepted = {"accepted_by": "Ms Li", "accepted_on": "2026-03-02", "quote_proof": [premises.picture("service_agent")]}
    desk.press(case, "record_acceptance", "accepted", "service_agent", **accepted)
    assert desk.case(case).leaves == ("repair",)
    desk.house.desk.move_case(case, "reinspection", "service_manager", "it is worse than thought")
    more = [{"party": "customer", "share": 100, "amount": "100"}]
    judged(desk, case, cost_total="100", customer_share="100", cost_shares=more, warranty="expired")
    with pytest.raises(Refusal):
        desk.house.desk.move_case(case, "repair", "service_manager", "they said yes before")
    hold(premises.witness)


@pytest.mark.parametrize(
    "shares",
    [
        [{"party": "company", "share": 60, "amount": "60"}],
        [{"party": "company", "share": 60, "amount": "50"}, {"party": "customer", "share": 40, "amount": "40"}],
        [{"party": "company", "share": 70, "amount": "60"}, {"party": "customer", "share": 40, "amount": "40"}],
        [{"party": "company", "share": 60, "amount": "60"}, {"party": "supplier", "share": 40, "amount": "40"}],
    ],
)
def test_shares_that_do_not_add_up_are_refused_at_every_door(premises: Premises, shares: list[dict[str, Any]]) -> None:
    case = returned_unit(premises.desk, "SN-1")
    values = JUDGED | {"cost_total": "100", "customer_share": "40", "cost_shares": shares}
    with pytest.raises(Refusal):
        premises.desk.press(case, "reinspection", "passed", "quality_engineer", **values)
    task = premises.desk.work(case, "reinspection")
    body = {"outcome": "passed", "values": values}
    assert premises.ask("POST", f"/tasks/{task.id}/complete", "quality_engineer", body).status_code == 409
    assert premises.desk.case(case).leaves == ("reinspection",)
