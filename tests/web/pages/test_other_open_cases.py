"""Other open cases of the same unit or customer stand beside the work, for whoever may see them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from adapters.database import counting
from engine.screens import Viewer
from tests.journeys.a_desk import ADesk
from tests.web.office import PROCESS, Visitor

Visit = Callable[[str], Visitor]
BUYER = "  buyer: {type: record, of: customer, label: Buyer | 购买方}\n"
BOSS = Viewer("boss", frozenset(), everything=True)


def _two(office: ADesk) -> tuple[str, str]:
    return office.start("note", "ann", unit="U-1").case, office.start("note", "ann", unit="U-1").case


def test_a_case_tells_of_the_other_open_case_of_its_unit(office: ADesk, visit: Visit) -> None:
    first, second = _two(office)
    page = visit("ann").page(f"/cases/{first}")
    assert "Also open" in page
    assert f'href="/cases/{second}">{office.case(second).number}</a>' in page
    assert "其他在办工单" in visit("mei").page(f"/cases/{first}")


def test_the_same_unit_is_said_before_the_same_customer_whatever_the_case_is_about(office: ADesk, visit: Visit) -> None:
    whose = PROCESS.replace("subject: unit", "subject: buyer").replace("fields:\n", f"fields:\n{BUYER}", 1)
    asked = whose.replace("{ask: [unit], optional: [words]}", "{ask: [unit, buyer], optional: [words]}")
    given = asked.replace("given: {unit:", "given: {buyer: {name: Cui}, unit:")
    office.house.publishing.publish_all([("note.yaml", given)], None, "whose it is")
    first, same, other = (office.start("note", "ann", unit=unit, buyer="C-1") for unit in ("U-1", "U-1", "U-2"))
    told = [text.split("</a>")[0] for text in visit("ann").page(f"/cases/{first.case}").split("Same ")[1:]]
    assert [said.partition("<")[0].strip().casefold() for said in told] == ["serial number", "customer"]
    assert told[0].endswith(same.number) and told[1].endswith(other.number)


def test_a_task_tells_of_it_to_who_has_a_task_in_both(office: ADesk, visit: Visit) -> None:
    first, second = _two(office)
    page = visit("ben").page(f"/tasks/{office.work(first, 'look').id}")
    assert f'href="/cases/{second}"' in page


def test_who_may_not_see_the_other_case_is_not_told_of_it(office: ADesk, visit: Visit) -> None:
    first, second = _two(office)
    office.press(first, "look", "good", "ben", words="fine")
    page = visit("ben").page(f"/tasks/{office.work(second, 'look').id}")
    assert "Also open" not in page
    assert f"/cases/{first}" not in page


def test_what_has_ended_and_another_unit_are_not_told_of(office: ADesk, visit: Visit) -> None:
    first, second = _two(office)
    office.start("note", "ann", unit="U-2")
    office.house.desk.cancel_case(second, "ann", "mistyped")
    assert "Also open" not in visit("ann").page(f"/cases/{first}")


def test_looking_for_them_costs_one_statement_however_many_there_are(office: ADesk) -> None:
    first = office.start("note", "ann", unit="U-1").case
    for _ in range(8):
        office.start("note", "ann", unit="U-1")
    store: Any = office.house.store
    about = [("serial_number", str(office.case(first).values["unit"]))]
    with counting(store) as counted:
        found = store.read(lambda screens: screens.open_beside(BOSS, first, about, 6))
    assert (len(found), counted.statements) == (6, 1)
