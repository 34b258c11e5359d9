"""What else is in hand when a walk begins: what dates have begun, a question, help from afar, and gifts for two customers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.invariants.house import Premises
from tests.journeys.a_desk import MONDAY, ADesk

HELPED: dict[str, Any] = {
    "steps_done": "held the button", "advice": "ten seconds", "fault": "software", "object_part": "control",
    "cause": "environment", "remedy": ["instruct"], "duration_minutes": 10,
}  # fmt: skip


def begin_beside(house: Premises) -> None:
    """Each near the end that its rules are about."""
    accepted_to_renew(house)
    helped(house.desk)
    asked(house.desk)
    gifts(house.desk)
    house.witness.look()


def dates_come(house: Premises) -> None:
    """A unit whose warranty ends in twenty days and that was bought a month ago; the workers look."""
    days = {"warranty_until": 20, "purchased_on": -31}
    told = {name: (MONDAY.date() + dt.timedelta(days=n)).isoformat() for name, n in days.items()}
    house.desk.add("serial_number", "SN-5", customer="C-1", product="Pump", status="active", **told)
    while house.desk.house.dates.announce_due():
        pass
    house.witness.look()


def begun(house: Premises, process: str) -> str:
    """The case of this process that a date began."""
    return next(each.case.id for each in house.witness.seen.values() if each.case.process == process)


def accepted_to_renew(house: Premises) -> None:
    """A renewal that was accepted."""
    dates_come(house)
    desk, case = house.desk, begun(house, "warranty_renewal")
    desk.press(case, "prepare_offer", "offer", "sales", plan="one_year", price="100", excluded_fault="none")
    desk.press(case, "send_offer", "sent", "sales")
    desk.house.desk.press_event(case, "customer.replied", {"text": "yes"}, "sales")
    desk.press(case, "record_answer", "accepted", "sales", accepted_by="Ms Li", accepted_on=MONDAY.date().isoformat())


def helped(desk: ADesk) -> str:
    """Help on the telephone; the customer is called next."""
    case = desk.start("remote_help", "service_agent", sn="SN-9", problem="error 5").case
    desk.press(case, "taking_over", "solved_by_phone", "ann", **HELPED)
    return case


def asked(desk: ADesk) -> str:
    """A question whose answer is drafted."""
    told = {"customer": "C-1", "channel": "email", "topic": "operation", "inquiry": "how to reset"}
    case = desk.start("consultation", "service_agent", **told).case
    desk.press(case, "answering", "in_writing", "service_agent", answer="hold the button", source="own", call_back=True)
    return case


def gifts(desk: ADesk) -> str:
    """An approved campaign for two customers."""
    day = (MONDAY.date() + dt.timedelta(days=9)).isoformat()
    case = desk.start("customer_care", "care_officer", title="A good year", care_type="gift").case
    desk.press(case, "drafting", "done", "care_officer", content="A vase", occasion_on=day, ends_on=day, budget="90")
    rows = [{"customer": "C-1", "cost": "10"}, {"customer": "C-2", "cost": "10"}]
    desk.press(case, "choosing", "chosen", "care_officer", audience=rows)
    desk.press(case, "approval", "approved", "service_manager")
    return case
