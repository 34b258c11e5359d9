"""What a sensible technician enters in a report: the charge that was agreed, and the unit that was asked for."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from engine.case import Case

SELDOM_ON_A_VISIT: frozenset[tuple[str, str]] = frozenset(
    {
        ("triage", "solved_by_phone"),
        ("triage", "to_factory"),
        ("send_quote", "not_sent"),
        ("waiting_for_answer", "quote.declined"),
        ("record_acceptance", "not_really"),
        ("accepting", "declined"),
        ("scheduled", "cannot_go"),
        ("scheduled", "visit.postponed"),
        ("on_the_way", "visit.postponed"),
        ("rebook", "no_answer"),
        ("rebook", "no_reply"),
        ("rebook", "wrong_number"),
        ("rebook", "not_wanted"),
        ("on_the_way", "nobody_there"),
        ("visit", "not_repairable"),
        ("visit", "danger"),
        ("visit", "come_again"),
        ("visit", "quote_first"),
        ("follow_up/call_customer", "refused"),
    }
)


def of_a_visit(step: str, case: Case, dice: random.Random) -> Mapping[str, Any]:
    """The values of a form on the way to a repair that belong together."""
    unit, agreed = case.values.get("sn"), case.values.get("quote_amount", "0")
    match step:
        case "on_the_way":
            return {"sn_seen": unit} if dice.random() < 0.7 else {}
        case "visit":
            free = case.values.get("coverage") == "covered"
            left = {
                "left_at": case.values.get("arrived_at"),
                "test_result": "pass",
                "treatment": ["adjust"],
                "safety_risk": False,
            }
            paid = float(case.values.get("charged_before", "0"))
            return left | {"charged": "0" if free else str(float(agreed) - paid)}
        case _:
            return {}
