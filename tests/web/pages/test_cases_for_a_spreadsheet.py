"""The list of cases as a file for a spreadsheet: what each reader may read of every case, in their words, page after page."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable

import pytest

from adapters.database import counting
from engine.case import Case
from engine.effects import WriteHistory
from engine.kept import CaseChange
from engine.store import UnitOfWork
from tests.journeys.a_desk import MONDAY, ADesk
from tests.web.office import PROCESS, Visitor
from web.case_table import AT_ONCE
from web.site import keep_catalogue

Visit = Callable[[str], Visitor]
TABLE = "{type: table, label: Used | 用料, columns: {item: {type: text, label: Item | 物料}, pieces: {type: number, label: Pieces | 数量}}}"
TOLD = (
    PROCESS.replace("subject: unit\n", "subject: unit\nlist: [unit.warranty_until, seen_on]\n")
    .replace("milestones:\n", f"  used: {TABLE}\nmilestones:\n", 1)
    .replace("why_red]", "why_red, used]")
    .replace("price: {type: money,", "price: {type: money, visible_to: bench,")
    .replace("story: {type: long_text,", "story: {type: long_text, visible_to: owner,")
)


@pytest.fixture
def desk(office: ADesk) -> ADesk:
    """An office with one note that was looked at in an hour, and a newer one that waits."""
    office.house.publishing.publish_all([("note.yaml", TOLD)], None, "told")
    first = office.start("note", "ann", unit="U-1").case
    office.pass_time(hours=1)
    office.press(
        first, "look", "good", "ben", words="=1+1", story="quiet", count="7", price="1250.5", broken=True,
        colour="blue", parts=["pump", "seal"], seen_on="2026-03-01", back_at="2026-03-04T01:30:00Z", call="+86 21 5555",
        helper="bea", used=[{"item": "Seal", "pieces": 2}, {"item": "Oil", "pieces": 1}],
        photos=[{"id": "p", "name": "rust.png", "type": "image/png", "size": 1}],
    )  # fmt: skip
    office.start("note", "mei", unit="U-2", words="000123456789")
    return office


def table(visitor: Visitor, asked: str = "process=note") -> list[dict[str, str]]:
    """The file that is offered, line by line, as a spreadsheet reads it."""
    answer = visitor.client.get(f"/cases.csv?{asked}")
    text = answer.get_data(as_text=True)
    assert answer.mimetype == "text/csv" and text.startswith("\ufeff")
    head, *lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert {len(line) for line in lines} <= {len(head)}
    return [dict(zip(head, line, strict=True)) for line in lines]


def test_each_case_is_a_line_that_a_manager_can_sort_and_add_up(desk: ADesk, visit: Visit) -> None:
    waiting, looked_at = table(visit("ann"))
    assert looked_at == waiting | {
        "Number": "NOTE-000001", "State": "Second look", "Owner": "Ann Agent", "Unit": "U-1",
        "Opened": "2026-03-02 09:00", "Milestone": "Looked at", "Opened (time)": "2026-03-02 09:00",
        "Looked at (time)": "2026-03-02 10:00", "What was done": "2026-03-02 10:00 Look at it: Nothing wrong (Ben Bench)",
        "Seen on": "2026-03-01", "In short": "'=1+1", "Story": "quiet", "How many": "7", "Broken": "Yes", "Colour": "Blue",
        "Parts": "Pump, Seal", "Back at": "2026-03-04 09:30", "Phone": "'+86 21 5555", "Helper": "Bea Bench",
        "Photos": "rust.png", "Used": "Seal, Pieces: 2\nOil, Pieces: 1",
    }  # fmt: skip
    assert (
        waiting["Urgent"] == ""
        and waiting["Customer"] == "Cui Ltd 崔"
        and waiting["Unit: warranty until"] == "2027-03-02"
    )
    assert waiting["In short"] == "000123456789\t"  # no digit of it is lost
    in_chinese = table(visit("mei"))[1]
    assert in_chinese["颜色"] == "蓝" and in_chinese["用料"] == "Seal，数量：2\nOil，数量：1"
    assert in_chinese["办理经过"] == "2026-03-02 10:00 检查：正常（Ben Bench）"


def test_nobody_takes_away_what_the_pages_hide_from_them(desk: ADesk, visit: Visit) -> None:
    assert "Price" not in table(visit("ann"))[0]  # of no case for her
    assert table(visit("ann"))[1]["Story"] == "quiet" and table(visit("mei"))[1]["经过"] == ""  # the owner's alone
    assert [(line["Price"], line["Story"]) for line in table(visit("bea"))] == [("", ""), ("1250.50", "")]
    assert [line["Unit"] for line in table(visit("ben"))] == ["U-2"]  # the other one is nothing to him any more
    assert table(visit("out")) == [] and visit("").client.get("/cases.csv").status_code == 302


def test_the_file_holds_the_cases_that_the_list_shows_and_of_several_processes_what_all_have(
    desk: ADesk, visit: Visit
) -> None:
    ann = visit("ann")
    page = ann.page("/cases?process=note&text=U-2&state=open")
    (address,) = re.findall(r'href="/cases\.csv\?([^"]+)"', page)
    assert [line["Unit"] for line in table(ann, address.replace("&amp;", "&"))] == ["U-2"]
    assert "/cases.csv" not in ann.page("/cases?text=nothing")
    common = table(ann, "")
    assert [line["Serial number"] for line in common] == ["U-2", "U-1"] and "Colour" not in common[0]


def test_reading_many_cases_costs_two_statements_a_page(desk: ADesk, visit: Visit) -> None:
    ann, store = visit("ann"), desk.house.store
    table(ann)
    keep_catalogue(ann.app)

    def cost(asked: str = "process=note") -> int:
        with counting(store) as counted:
            table(ann, asked)
        return counted.statements

    few = cost()

    def fill(unit: UnitOfWork) -> None:
        for n in range(2 * AT_ONCE):
            unit.save(_more(n))

    store.write(fill)
    assert cost() == few + 2 * 2
    assert len(table(ann)) == 2 * AT_ONCE + 2
    assert cost("state=open") == cost()


def _more(n: int) -> CaseChange:
    case = Case(
        id=f"many{n:05}", number=f"NOTE-9{n:05}", process="note", version=2, revision=1, leaves=("look",),
        opened_at=MONDAY - dt.timedelta(minutes=n), values={"words": "worn"},
    )  # fmt: skip
    return CaseChange(before=None, after=case, subject=f"U-{n}", history=[WriteHistory("started", "ann", "", 0)])
