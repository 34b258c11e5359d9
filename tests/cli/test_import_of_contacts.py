"""Lists may say who the contacts are, what an order was worth and who sold a unit; lists without these columns go on as before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.__main__ import run
from cli.opening import opened, settings_for
from engine.screens import Page
from tests.cli import desk_files
from tests.cli.desk_files import put

CUSTOMERS = (
    "客户编号,客户名称,联系人,职务,电话,第二联系人,第二联系人职务,第二联系人邮箱,第二联系人电话\n"
    "C-1,张三电器,张经理,采购经理,+86 512 1,许先生,设备主管,xu@zhangsan.example,+86 512 2\n"
)
ORDERS = "订单号,客户编号,订单金额\nSO-1,C-1,58900.5\n"
PEOPLE = "序列号,产品名称,客户,业务员\nSN-1,真空泵,C-1,li.na\n"


def taken(capsys: pytest.CaptureFixture[str], data: Path, word: str, file: str) -> Any:
    assert run(["import", word, file, "--data", str(data), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def attributes(data: Path, type: str, key: str) -> Any:
    with opened(settings_for(data)) as house:
        record = house.store.read(lambda screens: screens.find_record(type, key))
    assert record is not None
    return record.attributes


def test_a_list_names_both_contacts_and_their_titles(
    desk_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert taken(capsys, desk_data, "customers", put(tmp_path, "customers.csv", CUSTOMERS))["new"] == 1
    known = attributes(desk_data, "customer", "C-1")
    assert (known["contact"], known["job_title"]) == ("张经理", "采购经理")
    assert (known["contact_2"], known["job_title_2"]) == ("许先生", "设备主管")
    assert (known["email_2"], known["phone_2"]) == ("xu@zhangsan.example", "+86 512 2")
    with opened(settings_for(desk_data)) as house:
        found = house.store.read(lambda screens: screens.records("customer", "许先生", Page()))
    assert [record.key for record in found.rows] == ["C-1"], "who the second contact is, leads to the customer"


def test_an_order_says_what_it_was_worth(desk_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taken(capsys, desk_data, "customers", put(tmp_path, "customers.csv", CUSTOMERS))
    taken(capsys, desk_data, "orders", put(tmp_path, "orders.csv", ORDERS))
    assert attributes(desk_data, "order", "SO-1")["amount"] == "58900.50"


def test_a_unit_says_who_sold_it_and_only_somebody_who_is_here_can_have(
    desk_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken(capsys, desk_data, "customers", put(tmp_path, "customers.csv", CUSTOMERS))
    file = put(tmp_path, "units.csv", PEOPLE)
    assert run(["import", "serial_numbers", file, "--data", str(desk_data)]) == 1
    assert "li.na" in capsys.readouterr().out
    added = ["user", "add", "li.na", "--name", "Li Na", "--role", "sales", "--no-password"]
    assert run([*added, "--data", str(desk_data)]) == 0
    capsys.readouterr()
    assert taken(capsys, desk_data, "serial_numbers", file)["new"] == 1
    assert attributes(desk_data, "serial_number", "SN-1")["salesperson"] == "li.na"


def test_an_old_list_takes_nothing_away_that_it_does_not_name(
    desk_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken(capsys, desk_data, "customers", put(tmp_path, "customers.csv", CUSTOMERS))
    taken(capsys, desk_data, "customers", put(tmp_path, "old.csv", desk_files.CUSTOMERS))
    known = attributes(desk_data, "customer", "C-1")
    assert (known["name"], known["job_title"], known["contact_2"]) == ("ACME", "采购经理", "许先生")
