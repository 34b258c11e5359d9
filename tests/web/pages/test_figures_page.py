"""Figures: what the processes measured, who may read it, and the cases behind a number."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest

from engine.people import Person
from tests.journeys.a_desk import ADesk
from tests.web.office import PASSWORD, PROCESS, Visitor

Visit = Callable[[str], Visitor]
FROM_HERE_ON = "?since=2026-03-01&until=2026-03-31"
MEASURED = PROCESS.replace(
    "rules:\n",
    """kpis:
  look_time: {label: Time to look | 检查时长, from: look, to: look.good, target: 2 hours, per: assignee}
  red: {label: Red ones | 红色比例, share: colour is red, target: 5%, per: colour}
  fine: {label: In time | 按期率, share: not overdue, target: 90%}
  opened: {label: Opened for | 开启时长, from: start, to: gone}
  come: {label: Notes that came | 新增单据, count: start, per: unit.product}
rules:
""",
    1,
)


@pytest.fixture
def desk(office: ADesk) -> ADesk:
    """An office that measures: one unit looked at in an hour, one in three, the first of them finished and red."""
    office.house.publishing.publish_all([("note.yaml", MEASURED)], None, "measure")
    boss = Person("sue", "Sue Assessor", frozenset({"assessor"}), "sue@office.example")
    office.house.accounts.create(boss, PASSWORD, by=None)
    first, second = (office.start("note", "ann", unit=unit).case for unit in ("U-1", "U-2"))
    office.pass_time(hours=1)
    office.press(first, "look", "good", "ben", words="fine", colour="red", why_red="rust")
    office.pass_time(hours=2)
    office.press(second, "look", "good", "bea", words="=1+1")
    office.press(first, "second", "done", "bea")
    return office


def test_each_number_says_what_it_was_measured_from_and_whether_it_keeps_to_its_target(
    desk: ADesk, visit: Visit
) -> None:
    page = visit("ann").page("/figures")
    assert "median of 2" in page and "50 % within target" in page and "within 2 hours" in page
    assert "at most 5 %" in page and "1 of 1" in page and "target missed" in page
    assert "at least 90 %" in page and "target met" in page
    assert ">none<" in page
    assert 'href="/cases?process=note&amp;state=open">1 open</a>' in page


def test_a_number_leads_to_the_cases_behind_it(desk: ADesk, visit: Visit) -> None:
    ann = visit("ann")
    page = ann.page(f"/figures/note/look_time{FROM_HERE_ON}")
    assert page.count('href="/cases/') >= 2 and "NOTE-" in page and "target met" in page and "target missed" in page
    assert "No case was measured" in ann.page("/figures/note/look_time?since=2026-02-01&until=2026-02-28")


def test_before_anything_was_measured_the_page_says_when_it_will_be(office: ADesk, visit: Visit) -> None:
    office.house.publishing.publish_all([("note.yaml", MEASURED)], None, "measure")
    page = visit("ann").page("/figures")
    assert "shares are counted when a case ends" in page and "It will show: Time to look, Red ones" in page


def test_what_nothing_has_been_measured_of_says_when_it_will_be(desk: ADesk, visit: Visit) -> None:
    assert "No case was measured in this period." in visit("ann").page("/figures/note/opened")


def test_figures_of_single_people_are_for_whoever_answers_for_them_and_for_themselves(
    desk: ADesk, visit: Visit
) -> None:
    everybody = visit("sue").page(f"/figures/note/look_time{FROM_HERE_ON}")
    assert "By person" in everybody and "Ben Bench" in everybody and "Bea Bench" in everybody
    only_totals = visit("ann").page(f"/figures/note/look_time{FROM_HERE_ON}")
    assert "Ben Bench" not in only_totals and "By person" not in only_totals
    assert visit("ann").client.get("/figures/note/look_time?per=ben").status_code == 404
    of_ben = visit("sue").page(f"/figures/note/look_time{FROM_HERE_ON}&per=ben")
    assert of_ben.count("NOTE-") == 1


def test_who_assesses_reads_all_figures_and_no_case(desk: ADesk, visit: Visit) -> None:
    sue = visit("sue")
    page = sue.page(f"/figures/note/look_time{FROM_HERE_ON}")
    assert "NOTE-" in page and 'href="/cases/' not in page and "U-1" not in page
    assert 'href="/cases?process' not in sue.page("/figures")


def test_a_figure_is_told_apart_by_the_label_of_its_value(desk: ADesk, visit: Visit) -> None:
    page = visit("ann").page(f"/figures/note/red{FROM_HERE_ON}")
    assert "By colour" in page and '<th scope="row">Red</th>' in page
    assert '<th scope="row">红</th>' in visit("mei").page(f"/figures/note/red{FROM_HERE_ON}")


def test_a_number_of_cases_is_told_month_by_month_and_for_each_value_and_whether_it_rises(
    desk: ADesk, visit: Visit
) -> None:
    assert ">2</a>" in visit("ann").page("/figures")
    page = visit("ann").page(f"/figures/note/come{FROM_HERE_ON}")
    assert "By product" in page and "Target" not in page and "Month by month" not in page
    desk.pass_time(days=31)
    desk.start("note", "ann", unit="U-1")
    desk.pass_time(days=30)
    page = visit("ann").page("/figures/note/come")
    assert "Month by month" in page and "Mar 2026" in page and "May 2026" in page
    assert "Falling: 1 in the last whole month, 2 in the one before." in page
    assert '<rect width="100%"' in page and '<rect width="50%"' in page


def test_whoever_may_read_none_is_told_why_and_has_no_link_to_them(desk: ADesk, visit: Visit) -> None:
    out = visit("out")
    assert "No figures are for you to read" in out.page("/figures")
    assert 'href="/figures"' not in out.page("/inbox")
    for address in ("/figures/note/look_time", "/figures/note/nothing", "/figures/nothing/look_time"):
        assert out.client.get(address).status_code == 404
    assert visit("").client.get("/figures").status_code == 302


def test_a_spreadsheet_gets_hours_and_percent_and_no_formula(desk: ADesk, visit: Visit) -> None:
    answer = visit("sue").client.get(f"/figures.csv{FROM_HERE_ON}")
    assert answer.mimetype == "text/csv" and "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    times = {row["Group"]: (row["Measured"], row["Median"], row["Within target"]) for row in rows[:3]}
    assert times == {
        "All": ("2", "2.00", "50.0"),
        "Bea Bench": ("1", "3.00", "0.0"),
        "Ben Bench": ("1", "1.00", "100.0"),
    }
    assert [row["Mean"] for row in rows if row["Figure"] == "Red ones"] == ["100.00", "100.00"]
    numbers = [row for row in rows if row["Figure"] == "Notes that came" and row["Group"] == "All"]
    assert [(row["Unit"], row["Measured"], row["Mean"], row["Median"]) for row in numbers] == [("cases", "2", "", "")]
    mine = visit("ann").client.get(f"/figures.csv{FROM_HERE_ON}").get_data(as_text=True)
    assert "Ben Bench" not in mine and "Time to look" in mine


def test_days_that_cannot_be_meant_fall_back_to_the_last_twelve_months(desk: ADesk, visit: Visit) -> None:
    assert 'value="2025-04-01"' in visit("ann").page("/figures?since=soon&until=")
    for_ever = visit("ann").page("/figures?since=0001-01-01&until=9999-12-31")
    assert 'value="2000-01-01"' in for_ever and 'value="2999-12-31"' in for_ever
    turned = visit("ann").page("/figures?since=2026-03-31&until=2026-03-01")
    assert 'name="since" value="2026-03-01"' in turned and 'name="until" value="2026-03-31"' in turned
