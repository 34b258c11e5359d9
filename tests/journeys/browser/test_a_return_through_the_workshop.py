"""A factory return by hand, from the telephone to the parcel: whoever repaired it finds the test's buttons closed."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.browser.served import Seat, Served


def _pick(seat: Seat, field: str, label: str) -> None:
    seat.page.locator(f'[data-field="{field}"]').get_by_label(label, exact=True).check()


def _choose(seat: Seat, field: str, label: str) -> None:
    """From a list that is too long to stand there openly."""
    seat.page.locator(f'[name="f.{field}"]').select_option(label=label)


def _type(seat: Seat, field: str, text: str) -> None:
    seat.page.locator(f'[name="f.{field}"]').fill(text)


def test_a_unit_comes_is_repaired_tested_by_somebody_else_and_leaves(served: Served) -> None:
    served.desk.house.accounts.change("workshop", by=None, roles=frozenset({"workshop", "quality_engineer"}))
    agent = served.seat("service_agent")
    case = _started(served, agent)
    _received(served)
    _judged(served)
    _repaired(served)
    _tested(served)
    _shipped(served)

    page = agent.open(f"/cases/{case}")
    expect(page.locator(".milestone-now")).to_contain_text("Shipped")
    expect(page.locator(".milestone-done")).to_have_count(4)
    place = page.locator(".picture svg:visible [aria-current]")
    expect(place.first).to_contain_text("Delivery")
    timeline = page.locator(".entries")
    for sentence in (
        "opened the case",
        "Unit scanned at the gate",
        "Judgement complete",
        "Repaired and self-tested",
        "Passed",
    ):
        expect(timeline).to_contain_text(sentence)
    expect(page.locator("aside")).to_contain_text("TRK-2026-000001")


def _started(served: Served, agent: Seat) -> str:
    page = agent.open("/records/serial_number/SN-1")
    page.locator("main").get_by_text("New case").click()
    page.get_by_role("link", name="Factory return").click()
    expect(page.get_by_role("combobox", name="Serial number")).to_have_value("SN-1")
    _type(agent, "complaint_text", "It makes a noise")
    agent.press("Open the case")
    agent.is_told("RMA-2026-000001 is open")
    agent.take_from_inbox("Authorise the return")
    _choose(agent, "symptom", "Noise")
    _pick(agent, "wish", "Repair")
    agent.press("Authorise")
    agent.is_told("done")
    case = served.desk.house.store.read(lambda screens: screens.case_id("RMA-2026-000001"))
    assert case is not None
    agent.open(f"/cases/{case}")
    page.get_by_text("Unit scanned at the gate", exact=True).click()
    page.get_by_role("button", name="Enter: Unit scanned at the gate").click()
    agent.is_told("Entered")
    return case


def _received(served: Served) -> None:
    warehouse = served.seat("warehouse")
    warehouse.take_from_inbox("Goods receipt")
    _pick(warehouse, "condition", "Intact")
    _type(warehouse, "sn_found", "SN-1")
    _pick(warehouse, "damage_seen", "None")
    _pick(warehouse, "complete", "Yes")
    warehouse.press("Registered")
    warehouse.is_told("done")


def _judged(served: Served) -> None:
    quality = served.seat("quality_engineer")
    quality.take_from_inbox("Judgement on arrival")
    _pick(quality, "fault_confirmed", "Yes")
    _pick(quality, "warranty", "In warranty")
    _choose(quality, "liability", "Manufacturing")
    _choose(quality, "measure", "Repair")
    _type(quality, "basis", "Bearing is worn")
    quality.press("Judgement complete")
    quality.is_told("done")


def _repaired(served: Served) -> None:
    """And then the very same person would like to test it."""
    workshop = served.seat("workshop")
    workshop.take_from_inbox("Repair")
    for field, label in {
        "fault": "Noise",
        "object_part": "Seal or bearing",
        "cause_code": "Wear",
        "remedy_code": "Adjusted",
    }.items():
        _choose(workshop, field, label)
    _type(workshop, "work_done", "Bearing seated again")
    _pick(workshop, "self_test", "Passed")
    workshop.press("Repaired and self-tested")
    workshop.is_told("done")
    test = served.desk.work(_only_return(served), "final_test").id
    page = workshop.open(f"/tasks/{test}")
    for button in ("Passed", "Failed", "Claim"):
        expect(page.get_by_role("button", name=button, exact=True)).to_be_disabled()
    expect(page.locator(".why").first).to_contain_text("You worked on this case before")


def _only_return(served: Served) -> str:
    case = served.desk.house.store.read(lambda screens: screens.case_id("RMA-2026-000001"))
    assert case is not None
    return case


def _tested(served: Served) -> None:
    other = served.seat("quality_engineer_2")
    other.take_from_inbox("Outgoing test")
    _pick(other, "test_kind", "Full test")
    _type(other, "tested_unit", "SN-1")
    reading = other.page.locator('[data-table="readings"] tbody tr:visible').first
    reading.locator('[data-column="item"] input').fill("Noise")
    reading.locator('[data-column="value"] input').fill("48")
    reading.locator('[data-column="ok"] select').select_option(label="Yes")
    for row in ("plate", "fault", "screws", "packing"):
        _choose(other, f"checklist.{row}.ok", "Yes")
    _pick(other, "appearance", "In order")
    _pick(other, "safety_test", "Passed")
    _pick(other, "accessories_back", "Yes")
    other.press("Passed")
    other.is_told("done")


def _shipped(served: Served) -> None:
    clerk = served.seat("shipping_clerk")
    clerk.take_from_inbox("Ship back")
    for name, value in {
        "shipped_unit": "SN-1",
        "ship_address": "Suzhou",
        "carrier": "SF",
        "tracking_no": "SF12345678",
        "shipped_on": "2026-03-02",
    }.items():
        _type(clerk, name, value)
    clerk.press("Shipped")
    clerk.is_told("done")
