"""What a sensible person enters where chance alone would hardly ever fill a form so that it is taken: amounts that add up,
the unit that really lies there, a test with everything in order. By process and step; chance still fills everything else."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from engine.case import Case
from tests.processes.sensible_visits import SELDOM_ON_A_VISIT, of_a_visit

ROWS = [{"row": row, "ok": True} for row in ("plate", "fault", "screws", "packing")]
IN_ORDER: dict[str, Any] = {
    "readings": [{"item": "Noise", "max": 60, "value": 48, "ok": True}], "checklist": ROWS, "appearance": "fine",
    "safety_test": "pass", "accessories_back": True, "burn_in_hours": 24,
}  # fmt: skip
FREE: dict[str, Any] = {"warranty": "covered", "cost_total": "0", "customer_share": "0", "cost_shares": []}
CHARGED: dict[str, Any] = {
    "warranty": "expired", "cost_total": "450.00", "customer_share": "450.00", "same_fault": False,
    "cost_shares": [{"party": "customer", "share": 100, "amount": "450.00"}],
}  # fmt: skip

COSTS_NOTHING: dict[str, Any] = {"cost": "0", "cost_shares": []}
CARRIER_PAYS: dict[str, Any] = {
    "cost": "450.00",
    "cost_shares": [
        {"party": "carrier", "percent": 80, "amount": "360.00"}, {"party": "company", "percent": 20, "amount": "90.00"},
    ],
}  # fmt: skip

MEASURES = ("repair", "repair", "replace", "no_fault", "as_is", "scrap")
KIND = {"no_fault": "soak", "as_is": "identity"}
SELDOM: Mapping[str, frozenset[tuple[str, str]]] = {
    "complaint": frozenset(
        {
            ("assessment", "duplicate"),
            ("assessment", "not_complete"),
            ("investigation", "need_information"),
            ("investigation", "need_third_party"),
            ("investigation", "takes_longer"),
            ("investigation", "hand_over"),
            ("answer", "not_sent"),
            ("follow_up/call_customer", "refused"),
        }
    ),
    "onsite_repair": SELDOM_ON_A_VISIT,
    "factory_return": frozenset(
        {
            ("check_unit", "not_ours"),
            ("authorising", "refused"),
            ("authorising", "linked"),
            ("missing_unit", "never_sent"),
            ("receiving", "another_unit"),
            ("clear_up_unit", "suspicious"),
            ("reinspection", "another_unit"),
            ("lost_unit", "not_ours"),
            ("advance_judging", "credit"),
            ("decide_unit", "credit"),
            ("follow_up/call_customer", "refused"),
        }
    ),
}
"""Buttons that end or delay a story before it has begun; pressed once in ten times where chance would press them."""


def sensibly(process: str, step: str, case: Case, dice: random.Random) -> Mapping[str, Any]:
    """The values of a form that belong together; nothing where chance does well enough."""
    match process:
        case "complaint":
            return _of_a_complaint(step, dice)
        case "factory_return":
            return _of_a_return(step, case, dice)
        case "onsite_repair":
            return of_a_visit(step, case, dice)
        case _:
            return {}


def _of_a_complaint(step: str, dice: random.Random) -> Mapping[str, Any]:
    match step:
        case "investigation":
            return dice.choice([COSTS_NOTHING, CARRIER_PAYS])
        case _:
            return {}


def _of_a_return(step: str, case: Case, dice: random.Random) -> Mapping[str, Any]:
    sn, other, share, measure = (case.values.get(name) for name in ("sn", "new_unit", "customer_share", "measure"))
    match step:
        case "authorising":
            way = dice.choice(["sent_in", "is_here", "after_swap", "after_swap"])
            return {"requested_on": "2026-03-02", "customer": "C-1", "return_required": way}
        case "receiving" | "receive_old":
            seen = {"condition": ["intact"], "damage_seen": ["none_seen"]}
            return {"sn_found": sn, "complete": True, "accessories": [], **seen}
        case "reinspection":
            return {**dice.choice([FREE, FREE, CHARGED]), "measure": dice.choice(MEASURES)}
        case "prepare_quote":
            return {"quote_lines": [{"item": "work", "quantity": 1, "amount": share}], "valid_until": "2199-01-01"}
        case "repair":
            return {"self_test": "pass"}
        case "long_test" | "deep_analysis":
            return {"soak_hours": 24}
        case "replacing" | "choose_swap":
            return {"new_unit": "SN-2" if sn == "SN-1" else "SN-1", "warranty_rule": "rest_or_90_days"}
        case "final_test":
            return {**IN_ORDER, "tested_unit": other or sn, "test_kind": KIND.get(str(measure), "full")}
        case "test_swap":
            return {**IN_ORDER, "tested_unit": other, "test_kind": "full"}
        case "shipping" | "ship_swap":
            return {"shipped_unit": case.values.get("tested_unit")}
        case "scrapping":
            return {"data_wiped": True}
        case _:
            return {}
