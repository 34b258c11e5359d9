"""A serial number that is mistyped, or really new: similar ones are offered, and it can be entered at once."""

from __future__ import annotations

from collections.abc import Callable

from engine.definition.texts import Text
from engine.offers import FieldOffer
from engine.people import Person
from tests.journeys.a_desk import ADesk
from tests.web.office import PASSWORD, Visitor, typed
from web.app import create_app

Visit = Callable[[str], Visitor]
START = "/start/note"


def test_similar_numbers_are_offered_where_the_mistake_is(visit: Visit) -> None:
    answer = visit("ann").send(START, START, **typed(unit="U-11"))
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert 'data-fill="U-1"' in page and 'value="U-11"' in page
    assert "Enter “U-11” as new" not in page, "an agent of this office may not enter records"


def test_who_may_enter_records_can_enter_it_from_there(office: ADesk, visit: Visit) -> None:
    clerk = Person("cara", "Cara Clerk", frozenset({"agent", "service_agent"}), "cara@office.example")
    office.house.accounts.create(clerk, PASSWORD, by=None)
    page = visit("cara").send(START, START, **typed(unit="ZX-900")).get_data(as_text=True)
    assert 'href="/records/serial_number/new?key=ZX-900"' in page
    assert "data-fill" not in page


def test_a_number_is_known_however_it_is_written_where_it_can_be_only_one(office: ADesk, visit: Visit) -> None:
    ann = visit("ann")
    assert [one["key"] for one in ann.client.get("/look-up/serial_number?q=u-1").get_json() if one["meant"]] == ["U-1"]
    for written in ("u-1", "Ｕ－１", "u 1", "U1"):
        by_program = office.case(office.start("note", "ann", unit=written).case)
        assert by_program.values["unit"] == "U-1" and by_program.records["unit"]["number"] == "U-1"
    assert ann.send(START, START, **typed(unit="u-2", words="in short")).status_code == 303
    office.add("serial_number", "U1")
    assert office.case(office.start("note", "ann", unit="U1").case).values["unit"] == "U1", "to the letter comes first"
    assert ann.send(START, START, **typed(unit="u 1", words="in short")).status_code == 422, "it may be either"


def test_what_is_still_empty_is_named_in_one_line(office: ADesk, visit: Visit) -> None:
    office.add("serial_number", "U-7", product="Pump")
    case = office.start("note", "ann", unit="U-7").case
    page = visit("ben").page(f"/tasks/{office.work(case, 'look').id}")
    assert "Still empty: Unit: warranty until" in page


def test_a_fact_of_a_record_is_said_as_its_card_says_it(office: ADesk, visit: Visit) -> None:
    case = office.start("note", "ann", unit="U-1").case
    page = visit("ben").page(f"/tasks/{office.work(case, 'look').id}")
    assert "<dd>English</dd>" in page
    assert "<dd>en</dd>" not in page


def test_many_empty_facts_are_folded_into_their_number(office: ADesk) -> None:
    offers = [
        FieldOffer(f"f{n}", "text", Text(f"Fact {n}", f"内容{n}"), Text(), False, True, True, None, Text())
        for n in range(5)
    ]
    app = create_app(office.house)
    with app.test_request_context("/"):
        told = str(app.jinja_env.globals["facts"](offers))
    assert "<summary" in told and "Fact 0" in told.partition("</summary>")[2]
