"""Tables on a page without script: what was typed into cells arrives as rows, what is wrong stands at its cell."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys import report
from tests.journeys.a_desk import ADesk
from tests.web.office import SITE, Visitor, typed
from tests.web.pages.test_task_page import PNG

Visit = Callable[[str], Visitor]
WAIVED = {"f.checkpoints.kept": ""} | {
    f"f.checkpoints.{row}.waived": "brought by hand" for row in ("picked_up", "arrived", "delivered")
}


@pytest.fixture
def case(office: ADesk) -> str:
    report.publish(office, agent="agent", technician="bench")
    return office.start("repair_report", "ann", unit="U-1").case


def page_of(office: ADesk, case: str, step: str = "report") -> str:
    return f"/tasks/{office.work(case, step).id}"


def cells(table: str, *rows: dict[str, str]) -> dict[str, str]:
    """What a browser sends for the rows of a free table; its other cells are empty."""
    columns = ("part", "quantity", "cost", "old_unit", "reason")
    sent = {f"f.{table}.{n}.{c}": row.get(c, "") for n, row in enumerate(rows, 1) for c in columns}
    return {f"f.{table}.kept": "", **sent}


def written(office: ADesk, visit: Visit, case: str, **more: Any) -> Visitor:
    """A report that was taken."""
    ben = visit("ben")
    sent = typed(finding="Worn") | cells("parts", {"part": "seal", "quantity": "1", "cost": "5"}) | WAIVED | more
    assert ben.press(page_of(office, case), "finished", **sent).status_code == 303
    return ben


def test_rows_arrive_in_order_and_those_that_nobody_filled_in_do_not(office: ADesk, visit: Visit, case: str) -> None:
    seal = {"part": "seal", "quantity": "2", "cost": "￥1,000.50", "old_unit": "U-2"}
    begun = {"part": "pump", "quantity": "1", "cost": "8"}
    rows = cells("parts", seal, {"quantity": "1"}, {}, begun, {"quantity": "1"})
    sent = typed(finding="Worn") | rows | WAIVED | {"f.parts.4.reason": "dear", "f.parts.1.reason": "rare"}
    assert visit("ben").press(page_of(office, case), "finished", **sent).status_code == 303
    assert office.case(case).values["parts"] == [
        {"part": "seal", "quantity": 2, "cost": "1000.50", "old_unit": "U-2", "reason": "rare"},
        {"part": "pump", "quantity": 1, "cost": "8.00", "reason": "dear"},
    ]
    assert office.case(case).values["checkpoints"][0] == {"row": "picked_up", "waived": "brought by hand"}


def test_a_wrong_cell_is_told_at_its_place_and_nothing_typed_is_lost(office: ADesk, visit: Visit, case: str) -> None:
    rows = cells("parts", {}, {"part": "seal", "quantity": "1", "cost": "dear"}, {"part": "pump", "old_unit": "X-9"})
    answer = visit("ben").press(page_of(office, case), "finished", **typed(finding="Worn"), **rows)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    # The blank row is gone, so that the numbers are those that the sentences speak of.
    for cell in ("parts.1.cost", "parts.2.old_unit", "parts.2.cost", "checkpoints.delivered.occurred_at"):
        assert f'href="#f-{cell}"' in page
        assert f'id="f-{cell}-error"' in page
        assert re.search(rf'id="f-{cell}"[^>]* aria-describedby="f-{cell}-error[^>]* aria-invalid="true"', page)
    assert re.findall(r'<li><a href="#f-parts[^>]*>([^:]+): Row', page) == ["Parts used"] * 3, "the table, then the row"
    assert 'value="dear"' in page
    assert 'value="X-9"' in page
    assert "parts" not in office.case(case).values


def test_a_table_without_rows_is_told_as_a_whole(office: ADesk, visit: Visit, case: str) -> None:
    answer = visit("ben").press(
        page_of(office, case), "finished", **typed(finding="Worn"), **cells("parts", {}), **WAIVED
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'href="#f-parts"' in page
    assert 'id="f-parts-error"' in page


def test_every_cell_has_a_name_of_its_own(office: ADesk, visit: Visit, case: str) -> None:
    page = visit("ben").page(page_of(office, case))
    assert 'aria-labelledby="f-parts.2.cost-label f-parts.2-head"' in page
    assert 'id="f-parts.2.cost-label"' in page
    assert 'id="f-parts.2-head"' in page
    assert 'aria-describedby=" f-parts-quantity-help"' in page
    assert 'id="f-parts-quantity-help"' in page


def test_whoever_has_no_script_asks_for_more_rows_and_keeps_what_stands_there(
    office: ADesk, visit: Visit, case: str
) -> None:
    ben, address = visit("ben"), page_of(office, case)
    assert 'name="f.parts.4.part"' not in ben.page(address)
    rows = cells("parts", *({"part": f"part {n}", "quantity": "1", "cost": "x"} for n in (1, 2, 3)))
    again = ben.send(address, address, more_rows="1", **typed(finding="Worn"), **rows)
    page = again.get_data(as_text=True)
    assert again.status_code == 200
    assert 'value="part 3"' in page
    assert 'name="f.parts.6.part"' in page
    assert "parts" not in office.case(case).values


def test_a_fixed_row_shows_that_it_is_answered(office: ADesk, visit: Visit, case: str) -> None:
    sent = {"f.checkpoints.kept": "", "f.checkpoints.arrived.waived": "brought by hand"}
    page = visit("ben").press(page_of(office, case), "finished", **sent).get_data(as_text=True)
    assert '<tr data-table-row="arrived" class="row-answered">' in page
    assert '<tr data-table-row="delivered">' in page


def test_a_refused_table_says_so_to_programs_as_well(office: ADesk, visit: Visit, case: str) -> None:
    token = office.house.accounts.issue_token("ben", "test", by=None)
    ask = visit("").client
    head = {"Authorization": f"Bearer {token}"}
    address = f"/api/v1{page_of(office, case)}"
    told = ask.get(address, headers=head).get_json()
    parts = next(field for field in told["asked"] if field["name"] == "parts")
    assert [column["name"] for column in parts["columns"]] == ["part", "quantity", "cost", "old_unit", "reason"]
    assert [group["label"] for group in told["groups"] if group["label"]] == [
        "What was found",
        "What was used",
        "The way",
    ]
    rows = [{"part": "seal", "quantity": 1, "cost": "5"}, {"part": "pump", "quantity": 1, "cost": "dear"}]
    body = {"outcome": "finished", "values": {"finding": "Worn", "parts": rows, **report.CHECKED}}
    answer = ask.post(f"{address}/complete", json=body, headers=head)
    assert (answer.status_code, list(answer.get_json()["fields"])) == (422, ["parts.2.cost"])
    rows[1]["cost"] = "9"
    assert ask.post(f"{address}/complete", json=body, headers=head).status_code == 200
    told = ask.get(f"/api/v1{page_of(office, case, 'checked')}", headers=head).get_json()
    shown = next(field for field in told["shown"] if field["name"] == "parts")
    assert shown["cells"][1][:3] == ["pump", "1", "9.00"]


def test_fields_stand_under_their_headings_and_the_others_after_them(office: ADesk, visit: Visit, case: str) -> None:
    page = visit("ben").page(page_of(office, case))
    places = [page.index(f'data-field="{name}"') for name in ("finding", "photos", "parts", "checkpoints", "signed")]
    heads = [page.index(f">{head}</h3>") for head in ("What was found", "What was used", "The way")]
    assert sorted([*places, *heads]) == [heads[0], *places[:2], heads[1], places[2], heads[2], *places[3:]]


def test_a_signature_is_one_picture_and_the_newest_counts(office: ADesk, visit: Visit, case: str) -> None:
    ben, address = visit("ben"), page_of(office, case)
    first = ben.press(address, "finished", **{"f.signed": (io.BytesIO(PNG), "first.png")})
    kept = re.search(r'name="f\.signed\.kept" value="(\w+)" checked', first.get_data(as_text=True))
    assert kept is not None
    written(office, visit, case, **{"f.signed.kept": kept[1], "f.signed": (io.BytesIO(PNG), "second.png")})
    assert [file["name"] for file in office.case(case).values["signed"]] == ["second.png"]
    page = visit("ann").page(f"/cases/{case}")
    assert re.search(r'<img src="/cases/[^"]+" alt="Signature: Signature of the customer"', page)


def test_a_signature_that_is_no_picture_is_refused(office: ADesk, visit: Visit, case: str) -> None:
    sent = typed(finding="Worn", signed=(io.BytesIO(b"%PDF-1.7\n%%EOF\n"), "signed.pdf"))
    answer = visit("ben").press(page_of(office, case), "finished", **sent, **WAIVED)
    assert answer.status_code == 422
    assert 'href="#f-signed"' in answer.get_data(as_text=True)


def test_photos_come_from_the_camera_and_show_themselves(office: ADesk, visit: Visit, case: str) -> None:
    assert re.search(
        r'name="f\.photos" accept="image/\*" capture="environment"', visit("ben").page(page_of(office, case))
    )
    written(office, visit, case, **{"f.photos": (io.BytesIO(PNG), "seal.png")})
    page = visit("ann").page(f"/cases/{case}")
    shown = re.search(r'<a class="file file-picture" href="([^"]+)"><img class="thumbnail" src="([^"]+)" alt=""', page)
    assert shown is not None
    assert shown[1] == shown[2]
    assert visit("ann").client.get(shown[1]).get_data() == PNG


def test_a_long_table_is_folded_with_its_total_in_sight(office: ADesk, visit: Visit, case: str) -> None:
    office.press(case, "report", "finished", "ben", finding="Worn", parts=report.parts(22), **report.CHECKED)
    page = visit("ann").page(f"/cases/{case}")
    assert "12 more rows" in page
    folded = page[page.index('class="shown-rest"') : page.index("<tfoot>")]
    assert "part 10<" not in folded
    assert "part 11<" in folded
    assert "222.20" in page


def test_the_timeline_tells_which_rows_changed_and_how(office: ADesk, visit: Visit, case: str) -> None:
    office.press(case, "report", "finished", "ben", finding="Worn", parts=report.parts(3), **report.CHECKED)
    rows = report.parts(3)
    rows[1] = {"part": "part 2", "quantity": 9, "cost": "10.10"}
    office.press(case, "checked", "done", "bea", parts=rows)
    page = visit("ann").page(f"/cases/{case}")
    assert re.search(
        r'<tr class="change-changed"><th scope="row">Row 2 .*?<del>2</del>.*?<ins>9</ins>', page, re.DOTALL
    )
    assert page.count('class="change-changed"') == 1
    assert page.count('class="change-new"') == 3
    assert page.count('class="change-filled"') == 3


def test_money_and_shares_are_added_up_and_no_quantities(office: ADesk, visit: Visit) -> None:
    text = report.PROCESS.replace("service_agent", "agent").replace("technician", "bench")
    text = text.replace(
        "label: Part | 零件}", "label: Part | 零件}\n      part_of: {type: number, label: Per cent | 比例（%）}", 1
    )
    office.house.publishing.publish_all([("repair_report.yaml", text)], None, "measured")
    case = office.start("repair_report", "ann", unit="U-1").case
    form = visit("ben").page(page_of(office, case))
    assert 'data-total="cost"' in form and 'data-total="part_of"' in form and 'data-total="quantity"' not in form
    rows = report.parts(3, part_of=30)
    office.press(case, "report", "finished", "ben", finding="Worn", parts=rows, **report.CHECKED)
    shown = visit("ann").page(f"/cases/{case}")
    total = re.search(r"<tfoot>.*?</tfoot>", shown, re.DOTALL)
    assert total is not None
    assert "30.30" in total[0] and "<span>90</span>" in total[0]
    assert "<span>6</span>" not in total[0]


def test_money_is_shown_with_the_currency_of_the_site(office: ADesk, visit: Visit) -> None:
    priced = SITE.replace("site: office\n", "site: office\ncurrency: CNY | 元\n")
    text = report.PROCESS.replace("service_agent", "agent").replace("technician", "bench")
    files = [("_site.yaml", priced), ("repair_report.yaml", text)]
    office.house.publishing.publish_all(files, None, "priced")
    case = office.start("repair_report", "ann", unit="U-1").case
    assert 'Cost<span class="unit"> (CNY)</span>' in visit("ben").page(page_of(office, case))
    office.press(case, "report", "finished", "ben", finding="Worn", parts=report.parts(3), **report.CHECKED)
    shown = visit("mei").page(f"/cases/{case}")
    assert '<span class="unit">（元）</span>' in shown and "30.30" in shown
    note = office.start("note", "ann", unit="U-2").case
    assert '<span aria-hidden="true">CNY</span>' in visit("bea").page(f"/tasks/{office.work(note, 'look').id}")
    office.press(note, "look", "good", "ben", words="x", price="1250.5")
    assert "1,250.50 元" in visit("mei").page(f"/cases/{note}")
    assert "1,250.50 CNY" in visit("ann").page(f"/cases/{note}")


CROWDED = """
process: parcels
version: 1
label: Parcels | 包裹
calendar: always
fields:
  parcels:
    type: table
    label: Parcels | 包裹
    columns: {COLUMNS}
permissions: {see: agent}
start: {role: agent, form: {ask: [parcels]}}
steps:
  look: {label: Look | 查看, task: {role: agent}, due: 1 day, next: settled}
  settled: {end: success, label: Settled | 已完成}
"""


@pytest.mark.parametrize(("columns", "silent"), [(8, ["Column 3", "Column 4"]), (4, [])])
def test_of_many_columns_those_that_say_nothing_are_named_below_and_crush_no_other(
    office: ADesk, visit: Visit, columns: int, silent: list[str]
) -> None:
    declared = ", ".join(f"c{n}: {{type: text, optional: true, label: Column {n} | 列{n}}}" for n in range(columns))
    text = CROWDED.replace("{COLUMNS}", f"{{{declared}}}")
    office.house.publishing.publish_all([("parcels.yaml", text)], None, "try")
    rows = [{f"c{n}": f"cell {n}" for n in range(columns) if n != 4 and (n != 3 or columns == 4)}, {"c0": "one"}]
    page = visit("ann").page(f"/cases/{office.start('parcels', 'ann', parcels=rows).case}")
    shown = page.partition('id="table-parcels"')[2].partition("</section>")[0]
    heads = re.findall(r'<th scope="col"[^>]*>([^<]*)<', shown)
    assert heads == [f"Column {n}" for n in range(columns) if f"Column {n}" not in silent]
    assert "cell 5" in shown or columns == 4
    assert ("Column 3, Column 4" in shown) is bool(silent)
