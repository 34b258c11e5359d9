"""What people enter in the walk: mostly what makes sense where they stand, else whatever fits the type of the field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from engine.cases_named import processes_in
from engine.definition.compiled import Compiled
from tests.invariants.house import ALL_ROUNDERS, SPARE, Premises
from tests.processes.wandering import filler

Values = Mapping[str, Any]
Sensible = Callable[[Premises, Values], Any]
LEFT_OUT = object()


def entered(house: Premises, process: Compiled, names: Iterable[str], values: Values, by: str) -> dict[str, Any]:
    """A form filled in by somebody: sensibly nine times in ten."""
    at_random = filler(process, house.dice, house.desk.clock.now())
    sensibly = house.dice.random() < 0.9
    found: dict[str, Any] = {}
    for name in names:
        definition = process.fields[name]
        if definition.type in ("files", "signature"):
            found[name] = [house.picture(by)]
            continue
        if definition.type == "case" and sensibly and name not in SENSIBLE:
            found |= _a_case(house, name, definition.of or "")
            continue
        value = SENSIBLE[name](house, values) if sensibly and name in SENSIBLE else at_random(definition)
        if value is not LEFT_OUT:
            found[name] = value
    return found


def _tested(house: Premises, values: Values) -> Any:
    replaced = values.get("new_unit") and (
        values.get("measure") in ("replace", "upgrade") or values.get("gives_way") or house.dice.random() < 0.3
    )
    return values["new_unit"] if replaced else values.get("sn")


def _kind(house: Premises, values: Values) -> str:
    return {"as_is": "identity", "no_fault": "soak"}.get(str(values.get("measure")), "full")


def _ticked(*rows: str) -> Sensible:
    return lambda house, values: [{"row": row, "ok": True} for row in rows]


def _always(value: Any) -> Sensible:
    return lambda house, values: value


def _one_of(*choices: Any) -> Sensible:
    return lambda house, values: house.dice.choice(choices)


def _day(days: int) -> Sensible:
    return lambda house, values: (house.desk.clock.now() + dt.timedelta(days=days)).date().isoformat()


def _moment(hours: int) -> Sensible:
    return lambda house, values: (house.desk.clock.now() + dt.timedelta(hours=hours)).isoformat()


def _new_number(house: Premises, values: Values) -> str:
    house.news += 1
    return f"SF{10_000_000 + house.news}"


def _parcels(house: Premises, values: Values) -> Any:
    if values.get("parcels") and house.dice.random() < 0.8:
        return values["parcels"]
    return [{"carrier": "SF", "tracking_no": _new_number(house, values)} for _ in range(house.dice.randint(1, 3))]


def _checkpoints(house: Premises, values: Values) -> Any:
    """Every point that has no time yet gets one, or a reason; now and then somebody forgets one."""
    now = house.desk.clock.now().isoformat()
    rows = [dict(row) for row in values.get("checkpoints") or []]
    for row in rows:
        if not (row.get("occurred_at") or row.get("waived")):
            row |= {"waived": "no_scan"} if house.dice.random() < 0.3 else {"occurred_at": now}
    return rows or LEFT_OUT


def _remedy(house: Premises, values: Values) -> Any:
    """A parcel that is lost is made good otherwise than a complaint; from afar somebody is told how."""
    if "problem" in values:
        return ["instruct"]
    return house.dice.choice(
        ["reship", "refund"] if values.get("parcels") else ["explain", "explain", "factory", "refund"]
    )


SENSIBLE: dict[str, Sensible] = {
    # returns
    "sn": lambda house, values: values.get("sn") or house.dice.choice(["SN-1", "SN-2", "SN-9"]),
    "sn_unknown": _always(False),
    "sn_found": lambda house, values: values.get("sn"),
    "customer": lambda house, values: values.get("customer") or "C-1",
    "owner_check": _always(LEFT_OUT),
    "requested_on": _day(0),
    "received_on": _day(0),
    "accessories": _always(LEFT_OUT),
    "return_required": _one_of("sent_in", "sent_in", "after_swap"),
    "condition": _always(["intact"]),
    "damage_seen": _always(["none_seen"]),
    "complete": _always(True),
    "measure": _one_of("repair", "repair", "replace", "replace", "as_is", "no_fault", "scrap", "credit"),
    "warranty": _always("covered"),
    "cost_total": _always("0"),
    "cost_shares": _always(LEFT_OUT),
    "customer_share": _always("0"),
    "same_fault": _always(False),
    "unit_value": _always("900"),
    "accepted_on": _day(0),
    "valid_until": _day(20),
    "self_test": _always("pass"),
    "parts": _always([{"part": "bearing", "quantity": 1, "cost": "10"}]),
    "soak_hours": _always(24),
    "new_unit": lambda house, values: house.dice.choice(SPARE),
    "test_kind": _kind,
    "tested_unit": _tested,
    "readings": _always([{"item": "Current", "min": 1, "max": 2, "value": 1.5, "ok": True}]),
    "checklist": _ticked("plate", "fault", "screws", "packing"),
    "appearance": _always("fine"),
    "safety_test": _always("pass"),
    "burn_in_hours": _always(24),
    "accessories_back": _always(True),
    "amount_due": _always("0"),
    "tracking_no": _new_number,
    "new_tracking_no": _new_number,
    "shipped_unit": lambda house, values: values.get("tested_unit"),
    "data_wiped": _always(True),
    "credit_amount": _one_of("0", "90"),
    # calls
    "solved": _one_of(True, True, False),
    "satisfaction": _one_of(4, 5, 5, 1),
    "call_back_at": _moment(30),
    "call_back": _always(LEFT_OUT),
    # shipments
    "promised_on": _day(5),
    "new_promised_on": _day(5),
    "new_eta": _day(3),
    "parcels": _parcels,
    "checkpoints": _checkpoints,
    "packaging": _one_of("intact", "intact", "torn"),
    "goods": _one_of("fine", "fine", "short"),
    "right_place": _always(True),
    "abroad": _always(False),
    "from_return": _always(False),
    "order": _always("SO-1"),
    "lines": _always([{"product": "Pump", "quantity": 2}]),
    # complaints
    "handler": _one_of(*ALL_ROUNDERS),
    "about_person": _always(LEFT_OUT),
    "about_other": _always(LEFT_OUT),
    "not_order_related": _always(True),
    "repeated": _one_of(False, False, True),
    "standard_used": _always("Standard 7"),
    "solve_by": _moment(20),
    "cost": _always("0"),
    "remedy": _remedy,
    "refund": _one_of("90", "6000"),
    "answer_way": _one_of("letter", "telephone"),
    "duplicate_of": lambda house, values: house.dice.choice(_complaints(house)),
    "same_as": _always(LEFT_OUT),
    "complaint_number": lambda house, values: values.get("complaint_number") or house.dice.choice(_complaints(house)),
    "severity": _one_of("minor", "minor", "major", "safety"),
    "later_approved": _always(True),
    "new_email": _always("li@acme.example"),
    # visits
    "coverage": _one_of("covered", "chargeable"),
    "charged": _always("0"),
    "sn_seen": lambda house, values: values.get("sn"),
    "technician": _one_of(*ALL_ROUNDERS),
    "visit_at": _moment(30),
    # help from afar and questions
    "helper": _one_of(*ALL_ROUNDERS),
    "session_at": _moment(3),
    "expert": _one_of(*ALL_ROUNDERS),
    # what a date begins, and care
    "serial_number": lambda house, values: values.get("serial_number") or house.dice.choice(["SN-1", "SN-2", "SN-9"]),
    "plan": _always("one_year"),
    "start_rule": _always("from_today"),
    "paid_on": _day(0),
    "new_until": lambda house, values: values.get("new_until") or LEFT_OUT,
    "reply": _one_of("positive", "negative"),
    "care_type": _one_of("gift", "greeting", "warranty_extension"),
    "budget": _always("90"),
    "warranty_days": _always(30),
    "occasion_on": _day(9),
    "ends_on": _day(20),
    "audience": _always([{"customer": "C-1", "sn": "SN-1"}, {"customer": "C-2", "sn": "SN-3"}]),
    "units": _always([
        {"sn": "SN-1", "problem": "noise", "wish": "repair"}, {"sn": "SN-2", "problem": "leak", "wish": "repair"},
    ]),
}  # fmt: skip


def _a_case(house: Premises, name: str, of: str) -> dict[str, Any]:
    """The number of a case that the field may name, where there is one."""
    numbers = [case.number for case in house.open_cases() if case.process in processes_in(of)]
    return {name: house.dice.choice(numbers)} if numbers else {}


def _complaints(house: Premises) -> list[str]:
    return [case.number for case in house.open_cases() if case.process == "complaint"] or ["CMP-2026-000001"]
