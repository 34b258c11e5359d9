"""The language carries trades it was not made for: a car rental, a foundation, a hospital and a library, checked, proved, played and worked through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.kept import KeptEvent
from engine.people import Person
from engine.refusals import Refusal
from engine.scenarios import failures, play_all
from tests.engine.loaded import names_in, process, report
from tests.journeys.a_desk import PASSWORD, ADesk, open_desk

TRADES = Path(__file__).parent


@pytest.mark.parametrize("name", names_in(TRADES))
def test_a_process_of_another_trade_is_good_and_its_rules_are_proved(name: str) -> None:
    found = report(TRADES, name)
    assert {p.code for p in found.problems} <= {"P432"}, [p.line() for p in found.problems]
    assert found.verdicts and {v.verdict for v in found.verdicts} <= {"proved", "kept"}


@pytest.mark.parametrize("name", names_in(TRADES))
def test_its_stories_come_out_as_told(name: str) -> None:
    played = play_all(process(TRADES, name))
    assert [failure.why.en for failure in failures(played)] == []


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ADesk]:
    """A car rental at work: its processes, people and two cars of one customer."""
    opened = open_desk(tmp_path)
    texts = [(path.name, path.read_text("utf-8")) for path in sorted(TRADES.glob("*.yaml"))]
    opened.house.publishing.publish_all(texts, None, "first")
    for role in ("station", "claims", "claims_head", "biomed", "biomed_head", "ward"):
        for person in (role, f"{role}_2"):
            opened.house.accounts.create(
                Person(person, person, frozenset({role}), f"{person}@example.com"), PASSWORD, by=None
            )
    opened.add("customer", "C-1", name="ACME", contact="Ms Li", email="li@acme.example", language="zh-Hans")
    for plate in ("A-1", "A-2"):
        opened.add("car", plate, plate=plate, model="Golf", customer="C-1")
    opened.add("supplier", "M-1", name="Maker")
    for tag in ("D-1", "D-2"):
        opened.add("device", tag, tag=tag, name="Infusion pump", ward="West")
    yield opened
    opened.house.close()


def test_the_insurers_answer_waits_until_the_case_listens_and_pays_for_the_repair(desk: ADesk) -> None:
    case = filed_later(desk, "A-1", answered_first=True)
    assert desk.case(case).leaves == ("agree_excess",)
    assert (desk.case(case).values["granted"], desk.case(case).values["customer"]) == ("500.00", "C-1")
    desk.press(case, "agree_excess", "done", "claims", excess="300")
    mail = desk.work(case, "telling").mail
    assert mail is not None and (mail.to, mail.subject) == ("li@acme.example", "免赔额 DMG-2026-000001")
    desk.press(case, "telling", "sent", "claims")
    desk.press(case, "book", "done", "station", garage_day="2026-03-03", ready_on="2026-03-06T12:00:00+08:00")
    desk.press(case, "write_opinion", "given", "claims_2", score=8)
    desk.house.desk.receive_event("ready-1", "car.ready", {"plate": "A-1"}, "garage")
    desk.press(case, "check_car", "fine", "station", invoice="F-1")
    desk.press(case, "call_customer", "reached", "claims", solved=True, satisfaction=5)
    assert (desk.case(case).ended, desk.case(case).milestone) == ("settled", "settled")
    car = desk.house.store.read(lambda screens: screens.record("car", "A-1"))
    assert car is not None and car.attributes["status"] == "available"


def test_an_answer_that_fits_two_claims_is_put_before_a_clerk(desk: ADesk) -> None:
    one, two = filed_later(desk, "A-1"), filed_later(desk, "A-2")
    received = desk.house.desk.receive_event("i-1", "insurer.declined", {"claim": "K-1", "reason": "late"}, "insurer")
    assert (received.state, set(received.cases)) == ("several", {one, two})
    event = desk.house.store.write(lambda uow: kept(uow.kept_event("insurer:i-1")))
    desk.house.desk.assign_event(event.id, two, "claims_head")
    assert [desk.case(case).leaves for case in (one, two)] == [("waiting_for_insurer",), ("agree_excess",)]


def test_an_answer_older_than_a_week_is_not_heard_by_a_case_that_listens_later(desk: ADesk) -> None:
    desk.house.desk.receive_event("i-1", "insurer.granted", {"claim": "K-1", "amount": 500}, "insurer")
    desk.pass_time(days=7, minutes=1)
    assert desk.case(filed_later(desk, "A-1")).leaves == ("waiting_for_insurer",)


def test_whoever_started_it_does_not_agree_what_the_customer_pays(desk: ADesk) -> None:
    case = filed_later(desk, "A-1", answered_first=True)
    with pytest.raises(Refusal) as refused:
        desk.press(case, "agree_excess", "done", "station", excess="300")
    assert refused.value.code == "different_person"


def test_numbers_without_a_year_count_on_at_new_year(desk: ADesk) -> None:
    text = (TRADES / "rental_damage.yaml").read_text("utf-8").replace("DMG-{year}-{seq}", "D{seq}")
    desk.house.publishing.publish_all([("rental_damage.yaml", text)], None, "short numbers")
    numbers = []
    for _ in range(2):
        numbers.append(desk.start("rental_damage", "station", car="A-1", damage="dent", severity="light").number)
        desk.clock.advance(dt.timedelta(days=365))
    assert numbers == ["D000001", "D000002"]


def filed_later(desk: ADesk, plate: str, answered_first: bool = False) -> str:
    """A case that has been filed with the insurer under K-1; the insurer may have answered before."""
    case = desk.start("rental_damage", "station", car=plate, damage="scratch", severity="light").case
    if answered_first:
        desk.house.desk.receive_event("i-1", "insurer.granted", {"claim": "K-1", "amount": 500}, "insurer")
    desk.press(case, "assess", "file_it", "claims", claim_no="K-1", excess="0")
    desk.house.desk.call_answered(case, desk.case(case).calls[0].key, {"amount": "800", "reference": "X"})
    return case


def kept(event: KeptEvent | None) -> KeptEvent:
    """An event that was kept."""
    assert event is not None
    return event


ALL_GOOD = [{"row": "electrical", "good": True}, {"row": "alarm", "good": True}, {"row": "flow", "good": True}]


def test_a_recall_ends_when_every_device_was_fetched_checked_and_handed_back(desk: ADesk) -> None:
    devices = [{"device": "D-1", "found": False}, {"device": "D-2", "found": False}]
    recall = desk.start("device_recall", "biomed_head", maker="M-1", reason="lot 7", devices=devices).case
    for tag in ("D-2", "D-1"):
        assert desk.case(recall).leaves == ("fetching",)
        desk.house.desk.receive_event(f"gate-{tag}", "device.scanned", {"tag": tag}, "gate")

    checks = sorted(desk.case(recall).children.values())
    assert {desk.case(check).values["device"] for check in checks} == {"D-1", "D-2"}
    desk.press(checks[0], "checking", "done", "biomed", points=ALL_GOOD, fault="none_found")
    desk.press(checks[0], "returning", "done", "ward", signature=[{"id": "s", "name": "s.png", "type": "image/png"}])
    assert desk.case(recall).leaves == ("checks",)

    parts = [{"part": "board", "cost": "700"}]
    desk.press(checks[1], "checking", "done", "biomed", points=ALL_GOOD, parts=parts, fault="pump")
    desk.press(checks[1], "returning", "done", "ward", signature=[{"id": "s", "name": "s.png", "type": "image/png"}])
    assert desk.case(recall).ended == "done"


def test_the_same_fault_of_the_same_device_is_noticed_and_decided_by_the_head(desk: ADesk) -> None:
    for times in range(2):
        check = desk.start("device_check", "biomed", device="D-1", value="1000").case
        desk.press(check, "checking", "done", "biomed", points=ALL_GOOD, fault="battery")
        assert desk.case(check).leaves == (("second_look",) if times else ("returning",))
        desk.pass_time(minutes=5)


def test_a_device_goes_back_only_when_every_point_is_answered(desk: ADesk) -> None:
    check = desk.start("device_check", "biomed", device="D-1", value="1000").case
    with pytest.raises(Refusal) as refused:
        desk.press(check, "checking", "done", "biomed", points=ALL_GOOD[:2], fault="none_found")
    assert refused.value.codes == ("points.flow.good",)
