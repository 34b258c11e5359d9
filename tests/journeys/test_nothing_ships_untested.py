"""Every door to shipping is tried in the shipped factory return: button, JSON interface, event, timer, move by hand,
reopening and import. None opens before the judgement on arrival and the outgoing test of that unit by somebody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cli.__main__ import run
from engine.definition.compiled import NEW
from engine.refusals import Refusal
from tests.journeys.a_desk import ADesk
from tests.journeys.a_return import JUDGED, REPAIRED, as_shipped, as_tested, in_delivery, received, repaired
from web.app import create_app


def refuses_every_way_to_shipping(desk: ADesk, case: str, code: str = "rule") -> None:
    """Move by hand, a button that is not there, an event nobody waits for: none ships."""
    before = desk.case(case)
    with pytest.raises(Refusal) as moved:
        desk.house.desk.move_case(case, "shipping", "service_manager", "the customer is in a hurry")
    assert moved.value.code == code
    with pytest.raises(Refusal):
        desk.house.desk.press_event(case, "shipping", {}, "service_agent")
    assert desk.case(case).leaves == before.leaves and desk.case(case).revision == before.revision


def test_not_without_judgement(desk: ADesk) -> None:
    case = received(desk)
    refuses_every_way_to_shipping(desk, case)
    with pytest.raises(Refusal) as no_such_button:
        desk.press(case, "reinspection", "shipping", "quality_engineer", **JUDGED)
    assert no_such_button.value.code == "unknown"


def test_not_without_test(desk: ADesk) -> None:
    refuses_every_way_to_shipping(desk, repaired(desk))


def test_not_without_test_by_the_delivery_step_itself(desk: ADesk) -> None:
    case = repaired(desk)
    with pytest.raises(Refusal) as moved:
        desk.house.desk.move_case(case, "delivery", "service_manager", "skip the paper work")
    assert moved.value.code == "rule"


def test_a_pass_is_void_after_rework(desk: ADesk) -> None:
    case = repaired(desk)
    desk.press(case, "final_test", "passed", "quality_engineer", **as_tested())
    desk.house.desk.move_case(case, "repair", "service_manager", "a screw was loose")
    refuses_every_way_to_shipping(desk, case)
    desk.press(case, "repair", "repaired", "workshop", **REPAIRED)
    refuses_every_way_to_shipping(desk, case)


def test_no_repairer_of_this_unit_tests_it_not_even_one_of_an_earlier_round(desk: ADesk) -> None:
    desk.house.accounts.change("workshop", by=None, roles=frozenset({"workshop", "quality_engineer"}))
    case = repaired(desk)
    for act in (
        lambda: desk.press(case, "final_test", "passed", "workshop", **as_tested()),
        lambda: desk.house.desk.claim_task(desk.work(case, "final_test").id, "workshop"),
        lambda: desk.house.desk.reassign_task(desk.work(case, "final_test").id, "workshop", "service_manager", "busy"),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "different_person"
    desk.press(case, "final_test", "passed", "quality_engineer", **as_tested())
    assert desk.case(case).leaves == ("shipping",)


def test_a_second_shipment_does_not_ride_on_the_first_test(desk: ADesk) -> None:
    case = in_delivery(desk)
    refuses_every_way_to_shipping(desk, case)


def test_reopening_does_not_ride_on_the_tests_of_the_first_round(desk: ADesk) -> None:
    case = in_delivery(desk)
    child = next(iter(desk.case(case).open_children))
    with pytest.raises(Refusal, match="on its way to the customer"):
        desk.house.desk.cancel_case(case, "service_supervisor", "typed twice")
    desk.house.desk.move_case(case, "follow_up", "service_manager", "they have it")
    desk.press(case, "follow_up/call_customer", "reached", "service_agent", solved=True, satisfaction=5)
    desk.house.desk.cancel_case(child, "sales_manager", "they came for it themselves")
    assert desk.case(case).ended == "returned"
    desk.house.desk.reopen_case(case, "service_supervisor", "not typed twice after all")
    assert desk.case(case).round == 2
    refuses_every_way_to_shipping(desk, case)


def test_no_timer_however_long_it_waits_ships_anything(desk: ADesk) -> None:
    case = repaired(desk)
    for _ in range(12):
        desk.pass_time(days=30)
        entered = [step for row in desk.history(case) for step in row.details.get("entered", [])]
        assert "shipping" not in entered


def test_another_unit_than_the_tested_one_does_not_leave(desk: ADesk) -> None:
    case = repaired(desk)
    with pytest.raises(Refusal):
        desk.press(case, "final_test", "passed", "quality_engineer", **as_tested("SN-9"))
    desk.press(case, "final_test", "passed", "quality_engineer", **as_tested("SN-1"))
    with pytest.raises(Refusal):
        desk.press(case, "shipping", "shipped", "shipping_clerk", **as_shipped("SN-9"))
    assert desk.case(case).leaves == ("shipping",)


def test_values_nobody_asks_for_do_not_slip_in_with_a_form(desk: ADesk) -> None:
    case = received(desk)
    with pytest.raises(Refusal) as refused:
        desk.press(case, "reinspection", "passed", "quality_engineer", **JUDGED, quote_accepted=True)
    assert "quote_accepted" in refused.value.codes
    with pytest.raises(Refusal):
        desk.start("factory_return", "service_agent", sn="SN-2", complaint_text="x", quote_accepted=True)


def test_a_case_always_begins_before_its_first_step(desk: ADesk) -> None:
    """Nothing that brings in data can put a case anywhere else: the only way in is the start."""
    process = desk.house.store.read(lambda screens: desk.house.definitions.process(screens, "factory_return"))
    assert {move.target for move in process.moves if move.source == NEW} == {"intake"}
    started = desk.start("factory_return", "service_agent", sn="SN-2", complaint_text="x")
    assert desk.case(started.case).leaves == ("authorising",)


def test_each_refused_move_by_hand_leaves_an_incident_for_an_administrator(desk: ADesk) -> None:
    case = received(desk)
    refuses_every_way_to_shipping(desk, case)
    incidents = desk.house.store.read(lambda screens: screens.incidents(case_id=case))
    assert len(incidents) == 1 and "tried to move the case to 'Ship back'" in incidents[0].text.en


def test_programs_are_refused_as_people_are(desk: ADesk) -> None:
    desk.house.accounts.change("workshop", by=None, roles=frozenset({"workshop", "quality_engineer"}))
    client = create_app(desk.house).test_client()

    def post(path: str, by: str, body: dict[str, Any]) -> tuple[int, str]:
        token = desk.house.accounts.issue_token(by, "journey", by=None)
        answer = client.post(f"/api/v1{path}", json=body, headers={"Authorization": f"Bearer {token}"})
        return answer.status_code, str((answer.get_json() or {}).get("code"))

    case = received(desk)
    move = {"to": "shipping", "reason": "in a hurry"}
    assert post(f"/cases/{case}/move", "service_manager", move)[1] == "rule"
    judging = desk.work(case, "reinspection").id
    assert post(f"/tasks/{judging}/complete", "quality_engineer", {"outcome": "shipping", "values": JUDGED})[0] >= 400
    desk.press(case, "reinspection", "passed", "quality_engineer", **JUDGED)
    desk.press(case, "repair", "repaired", "workshop", **REPAIRED)
    assert post(f"/cases/{case}/move", "service_manager", move)[1] == "rule"
    testing = desk.work(case, "final_test").id
    passed = {"outcome": "passed", "values": as_tested()}
    assert post(f"/tasks/{testing}/complete", "workshop", passed) == (403, "different_person")
    assert desk.case(case).leaves == ("final_test",)


def test_a_list_that_says_the_unit_was_shipped_moves_no_case(
    desk: ADesk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = repaired(desk)
    units = tmp_path / "units.csv"
    units.write_text("number,custody,location\nSN-1,outbound,On the way to the customer\n", "utf-8")
    data = str(desk.house.settings.data)
    assert run(["import", "serial_numbers", str(units), "--data", data]) == 1
    assert f"{desk.case(case).number} is open and has written this" in capsys.readouterr().out
    units.write_text("number,location\nSN-1,On the way to the customer\n", "utf-8")
    assert run(["import", "serial_numbers", str(units), "--data", data]) == 0, capsys.readouterr()
    assert desk.case(case).leaves == ("final_test",)
    refuses_every_way_to_shipping(desk, case)
    assert run(["import", "cases", str(units), "--data", data]) == 2, "cases are not imported at all"
