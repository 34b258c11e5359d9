"""A form that names some columns of a table, on a page: what is not named is not there, and stays as it was."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from engine.kept import CaseChange
from engine.refusals import FormRefusal
from engine.store import UnitOfWork
from tests.journeys import report
from tests.journeys.a_desk import ADesk
from tests.web.office import Visitor

Visit = Callable[[str], Visitor]
PRICED = [
    {"part": "seal", "quantity": 1, "cost": "10.00", "old_unit": "U-2"},
    {"part": "pump", "quantity": 2, "cost": "20.00", "reason": "dear"},
]


@pytest.fixture
def case(office: ADesk) -> str:
    """A report of two parts; whoever checks it may put right what they are and how many."""
    text = report.PROCESS.replace("service_agent", "agent").replace("technician", "bench")
    text = text.replace("optional: [parts]}}", "optional: [parts], columns: {parts: [part, quantity]}}}")
    office.house.publishing.publish_all([("repair_report.yaml", text)], None, "columns")
    case = office.start("repair_report", "ann", unit="U-1").case
    office.press(case, "report", "finished", "ben", finding="Worn", parts=PRICED, **report.CHECKED)
    return case


def page_of(office: ADesk, case: str) -> str:
    return f"/tasks/{office.work(case, 'checked').id}"


def row(n: int, part: str, quantity: str, is_row: str) -> dict[str, str]:
    """What a browser sends for one row."""
    return {f"f.parts.{n}.part": part, f"f.parts.{n}.quantity": quantity, f"f.parts.{n}.row": is_row}


def checked(office: ADesk, visit: Visit, case: str, *rows: dict[str, str]) -> list[Any]:
    """The parts after these rows were sent."""
    sent = {name: text for one in rows for name, text in one.items()}
    answer = visit("bea").press(page_of(office, case), "done", **{"f.parts.kept": ""}, **sent)
    assert answer.status_code == 303
    return list(office.case(case).values["parts"])


def test_only_the_named_columns_stand_on_the_page_and_each_row_says_which_it_is(
    office: ADesk, visit: Visit, case: str
) -> None:
    page = visit("bea").page(page_of(office, case))
    entered = page[page.index('data-table="parts"') :]
    heads = set(re.findall(r'name="f\.parts\.\d+\.(\w+)"', entered))
    assert heads == {"part", "quantity", "row"}
    assert re.findall(r'name="f\.parts\.(\d+)\.row" value="(\d+)"', entered)[:3] == [("1", "1"), ("2", "2"), ("3", "0")]
    assert 'name="f.parts.__n__.row" value="0"' in entered


def test_a_row_with_hidden_cells_is_not_taken_away_and_stands_in_its_place_again(
    office: ADesk, visit: Visit, case: str
) -> None:
    answer = visit("bea").press(page_of(office, case), "done", **{"f.parts.kept": ""}, **row(2, "pump", "3", "2"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "holds what is not entered here" in page
    assert re.findall(r'name="f\.parts\.(\d+)\.row" value="(\d+)"', page)[:3] == [("1", "1"), ("2", "2"), ("3", "0")]
    both = row(1, "seal", "1", "1") | row(2, "pump", "3", "2")
    assert [part["quantity"] for part in checked(office, visit, case, both)] == [1, 3]


def test_a_new_row_takes_nothing_from_the_others(office: ADesk, visit: Visit, case: str) -> None:
    found = checked(office, visit, case, row(1, "seal", "1", "1"), row(2, "pump", "2", "2"), row(3, "valve", "1", "0"))
    assert found == [*PRICED, {"part": "valve", "quantity": 1}]


def test_after_a_refusal_each_row_still_says_which_it_is(office: ADesk, visit: Visit, case: str) -> None:
    sent = row(2, "pump", "many", "2") | row(3, "valve", "1", "0")
    answer = visit("bea").press(page_of(office, case), "done", **{"f.parts.kept": ""}, **sent)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert re.findall(r'name="f\.parts\.(\d+)\.row" value="(\d+)"', page)[:2] == [("1", "2"), ("2", "0")]


def test_a_program_is_told_the_same(office: ADesk, visit: Visit, case: str) -> None:
    with pytest.raises(FormRefusal) as refused:
        office.press(case, "checked", "done", "bea", parts=[{"row": 2, "part": "pump", "quantity": 5}])
    assert list(refused.value.fields) == ["parts"]
    rows = [{"row": 2, "part": "pump", "quantity": 5}, {"row": 1, "part": "seal", "quantity": 1}]
    office.press(case, "checked", "done", "bea", parts=rows)
    assert office.case(case).values["parts"] == [PRICED[1] | {"quantity": 5}, PRICED[0]]


def test_a_page_that_was_open_while_the_table_changed_writes_over_nothing(
    office: ADesk, visit: Visit, case: str
) -> None:
    def tell(uow: UnitOfWork) -> None:
        found = uow.case(case)
        assert found is not None
        parts = [dict(found.values["parts"][0], quantity=9), found.values["parts"][1]]
        told = replace(found, revision=found.revision + 1, values={**found.values, "parts": parts})
        uow.save(CaseChange(before=found, after=told))

    bea, address = visit("bea"), page_of(office, case)
    (seen,) = re.findall(r'name="seen.parts" value="(\w+)"', bea.page(address))
    office.house.store.write(tell)
    sent = {"f.parts.kept": ""} | row(1, "seal", "1", "1") | row(2, "pump", "2", "2")
    more = bea.send(address, address, more_rows="1", **{"seen.parts": seen}, **sent).get_data(as_text=True)
    assert f'name="seen.parts" value="{seen}"' in more  # what was typed was typed over what stood there then
    answer = bea.press(address, "done", **{"seen.parts": seen}, **sent)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "changed after you opened it" in page
    assert re.search(r'name="f\.parts\.1\.quantity"[^>]* value="9"', page)
    (now,) = re.findall(r'name="seen.parts" value="(\w+)"', page)
    again = bea.press(address, "done", **{"seen.parts": now}, **sent | row(1, "seal", "9", "1"))
    assert again.status_code == 303
    assert [part["quantity"] for part in office.case(case).values["parts"]] == [9, 2]
