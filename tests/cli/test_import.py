"""Lists are imported whole or not at all, told row by row, and the same list twice changes nothing."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from cli.__main__ import run
from cli.opening import opened, settings_for
from engine.records import Record
from tests.cli import desk_files
from tests.cli.desk_files import put


def imported(capsys: pytest.CaptureFixture[str], data: Path, *arguments: str) -> tuple[int, str]:
    code = run(["import", *arguments, "--data", str(data)])
    out, err = capsys.readouterr()
    return code, out + err


def told(capsys: pytest.CaptureFixture[str], data: Path, *arguments: str) -> Any:
    run(["import", *arguments, "--data", str(data), "--json"])
    return json.loads(capsys.readouterr().out)


def record(data: Path, type: str, key: str) -> Record | None:
    with opened(settings_for(data)) as house:
        return house.store.read(lambda screens: screens.find_record(type, key))


@pytest.fixture
def stocked(desk_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A desk that knows three customers and two orders."""
    assert imported(capsys, desk_data, "customers", put(tmp_path, "customers.csv", desk_files.CUSTOMERS))[0] == 0
    assert imported(capsys, desk_data, "orders", put(tmp_path, "orders.csv.gz", desk_files.ORDERS))[0] == 0
    return desk_data


def test_a_list_with_blank_rows_is_taken_and_the_same_again_changes_nothing(
    desk_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = put(tmp_path, "customers.csv.gz", desk_files.CUSTOMERS)
    code, said = imported(capsys, desk_data, "customers", file)
    assert (code, said.splitlines()[-1]) == (0, "3 new, 0 changed, 0 unchanged, 1 blank.")
    code, said = imported(capsys, desk_data, "customers", file)
    assert (code, said.splitlines()[-1]) == (0, "0 new, 0 changed, 3 unchanged, 1 blank.")


def test_american_dates_become_days(stocked: Path) -> None:
    order = record(stocked, "order", "SO-2")
    assert order is not None
    assert (order.attributes["ordered_on"], order.attributes["customer"]) == ("2018-07-24", "C-2")


def test_lines_belong_to_their_orders(stocked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = put(tmp_path, "lines.csv", desk_files.LINES)
    assert told(capsys, stocked, "order_lines", file)["new"] == 2
    assert told(capsys, stocked, "order_lines", file)["unchanged"] == 2
    order = record(stocked, "order", "SO-1")
    assert order is not None
    assert order.attributes["lines"][0] == {"line": 1, "product": "P-40", "price": "58.90"}


def test_a_warranty_end_that_moves_is_kept_with_who_and_when(
    stocked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = put(tmp_path, "units.csv", desk_files.UNITS, "gb18030")
    assert told(capsys, stocked, "serial_numbers", file, "--by", "anna")["encoding"] == "gb18030"
    later = put(tmp_path, "later.csv", desk_files.UNITS.replace("2027-03-01", "2028-03-01"))
    assert told(capsys, stocked, "serial_numbers", later, "--by", "bo")["changed"] == 1
    far = put(tmp_path, "far.csv", desk_files.UNITS.replace("2027-03-01", "2031-03-01"))
    _, said = imported(capsys, stocked, "serial_numbers", far, "--dry-run")
    assert "the warranty of SN-1 moves from 2028-03-01 to 2031-03-01." in said
    assert "Warranties that move by more than a year: 1." in said
    assert [one["new"] for one in told(capsys, stocked, "serial_numbers", far, "--dry-run")["moved"]] == ["2031-03-01"]
    with opened(settings_for(stocked)) as house:
        moves = house.store.read(lambda screens: screens.warranty_changes("SN-1"))
    assert [(m.by, m.old, m.new, m.source) for m in moves] == [
        ("anna", None, "2027-03-01", "import"),
        ("bo", "2027-03-01", "2028-03-01", "import"),
    ]


def test_one_refused_row_means_that_nothing_is_written(
    stocked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = put(tmp_path, "more.csv", "number,customer,status\nSO-8,C-1,new\nSO-9,C-404,new\n")
    code, said = imported(capsys, stocked, "orders", file)
    assert code == 1
    assert "more.csv:3: customer: there is no customer 'C-404'; import it first" in said
    assert "Nothing was written" in said
    assert record(stocked, "order", "SO-8") is None
    code, said = imported(capsys, stocked, "orders", file, "--skip-refused")
    assert code == 1
    assert "1 new, 0 changed, 0 unchanged, 1 refused." in said
    assert record(stocked, "order", "SO-8") is not None


def test_a_rehearsal_writes_nothing(desk_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = imported(capsys, desk_data, "customers", put(tmp_path, "c.csv", desk_files.CUSTOMERS), "--dry-run")
    assert (code, "3 new" in said, "rehearsal" in said) == (0, True, True)
    assert record(desk_data, "customer", "C-1") is None


def test_refused_rows_are_reported_as_a_list_that_no_spreadsheet_can_run(
    stocked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"SO-{n},=HYPERLINK(C-{n})\n" for n in range(30, 60))
    report = tmp_path / "refused.csv"
    file = put(tmp_path, "bad.csv", "number,customer\n" + rows)
    code, said = imported(capsys, stocked, "orders", file, "--report", str(report))
    assert (code, said.count("import it first")) == (1, 20)
    with report.open(encoding="utf-8-sig", newline="") as opened_report:
        listed = list(csv.reader(opened_report))
    assert (len(listed), listed[0]) == (31, ["line", "column", "value", "reason"])
    assert listed[1][2] == "'=HYPERLINK(C-30)"


def test_columns_constants_and_dates_come_from_a_file_and_the_command_line(
    desk_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mapping = put(tmp_path, "mapping.yaml", "columns: {k: code, wann: ''}\nconstants: {tier: normal}\n")
    file = put(tmp_path, "c.csv", "k;full name;wann\nC-9;ACME;1\n")
    result = told(capsys, desk_data, "customers", file, "--mapping", mapping, "--map", "full name=name")
    assert (result["columns"], result["delimiter"], result["new"]) == ({"k": "code", "full name": "name"}, ";", 1)
    found = record(desk_data, "customer", "C-9")
    assert found is not None
    assert found.attributes == {"code": "C-9", "name": "ACME", "tier": "normal"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("nonsense", "c.csv"),
            "'nonsense' cannot be imported; known are: customers, orders, serial_numbers, order_lines, supplier",
        ),
        (("customers", "nothing.csv"), "Cannot read"),
        (("customers", "utf16.csv"), "save it as CSV UTF-8"),
        (("orders", "dates.csv"), "--dates mdy (month first)"),
        (("customers", "c.csv", "--map", "name"), "--map 'name' has no name and value"),
        (("customers", "c.csv", "--mapping", "c.csv"), "must hold 'columns:'"),
    ],
)
def test_wrong_use_is_two_and_one_sentence(
    desk_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...], said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    put(tmp_path, "c.csv", desk_files.CUSTOMERS)
    put(tmp_path, "utf16.csv", desk_files.CUSTOMERS, "utf-16")
    put(tmp_path, "dates.csv", "number,ordered_on\nSO-1,3/4/2026\n")
    code, answered = imported(capsys, desk_data, *arguments)
    assert (code, len(answered.splitlines())) == (2, 1)
    assert said in answered


def test_a_chinese_reader_gets_chinese_sentences(
    desk_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AFTERCARE_LANGUAGE", "zh")
    code, said = imported(capsys, desk_data, "orders", put(tmp_path, "o.csv", "订单号,客户\nSO-1,C-1\n"))
    assert code == 1
    assert "o.csv:2: 客户: 没有 customer“C-1”，请先导入" in said.replace("customer: ", "客户: ")
    assert "新增 0，变更 0，未变 0，拒绝 1。" in said


def test_a_number_that_looks_the_same_as_another_is_taken_with_a_warning(
    stocked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported(capsys, stocked, "serial_numbers", put(tmp_path, "u.csv", desk_files.UNITS))[0] == 0
    file = put(tmp_path, "more.csv", "number,product\nSN-3,Pump\nSN-I,Pump\nsn 3,Pump\nSN-1,Pump\n")
    code, said = imported(capsys, stocked, "serial_numbers", file, "--dry-run")
    assert code == 0 and "more.csv:3: 'SN-I' looks the same as 'SN-1'" in said
    result = told(capsys, stocked, "serial_numbers", file)
    assert [(row["line"], row["value"], row["other"]) for row in result["alike"]] == [
        (3, "SN-I", "SN-1"),
        (4, "sn 3", "SN-3"),
    ]
    assert (result["new"], result["changed"], result["written"]) == (3, 1, True)
    assert told(capsys, stocked, "serial_numbers", file)["alike"] == [], "they are known now"


def test_ten_thousand_rows_are_taken_in_one_transaction(
    desk_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"C-{n},Customer {n},c{n}@x.example\n" for n in range(10_000))
    file = put(tmp_path, "many.csv.gz", "code,name,email\n" + rows)
    assert told(capsys, desk_data, "customers", file)["new"] == 10_000
    assert told(capsys, desk_data, "customers", file)["unchanged"] == 10_000
