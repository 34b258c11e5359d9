"""The demo company is complete: every role is filled twice where four eyes need it, and nobody refers to what is not there."""

from __future__ import annotations

import csv
import re
from importlib.resources import files

import pytest

from engine.definition.reading import read_site
from processes import SITE, paths

TABLES = ("people", "suppliers", "customers", "orders", "serial_numbers")


def table(name: str) -> list[dict[str, str]]:
    text = (files("cli") / "demo_company" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def keys(name: str, column: str) -> set[str]:
    return {row[column] for row in table(name)}


def test_together_the_people_fill_every_role_of_the_site() -> None:
    site = read_site(paths()[SITE].read_bytes(), SITE).model
    assert site is not None
    assert {role for row in table("people") for role in row["roles"].split(";")} == set(site.roles)


@pytest.mark.parametrize("role", ["sales", "service_agent", "service_manager", "technician", "quality_engineer"])
def test_two_people_hold_each_role_that_four_eyes_need_twice(role: str) -> None:
    assert sum(role in row["roles"].split(";") for row in table("people")) >= 2


@pytest.mark.parametrize(
    ("name", "column", "referred", "key"),
    [
        ("customers", "salesperson", "people", "id"),
        ("orders", "salesperson", "people", "id"),
        ("orders", "customer", "customers", "code"),
        ("serial_numbers", "customer", "customers", "code"),
        ("serial_numbers", "order", "orders", "number"),
        ("serial_numbers", "supplier", "suppliers", "code"),
    ],
)
def test_every_reference_leads_somewhere(name: str, column: str, referred: str, key: str) -> None:
    assert keys(name, column) - {""} <= keys(referred, key)


@pytest.mark.parametrize(
    ("name", "key"), [("people", "id"), ("customers", "code"), ("orders", "number"), ("serial_numbers", "number")]
)
def test_every_key_stands_once(name: str, key: str) -> None:
    assert len(keys(name, key)) == len(table(name))


@pytest.mark.parametrize("name", TABLES)
def test_every_date_is_a_number_of_days_from_the_day_of_loading(name: str) -> None:
    for row in table(name):
        assert all(int(value) for column, value in row.items() if column.endswith("_in_days") and value)
        assert not any(column.endswith(("_on", "_until")) for column in row)


@pytest.mark.parametrize("name", [name for name in TABLES if name != "people"])
def test_every_column_is_one_the_site_knows(name: str) -> None:
    site = read_site(paths()[SITE].read_bytes(), SITE).model
    assert site is not None
    record = site.records[name.removesuffix("s")]
    days = {"warranty_until_in_days": "warranty_until"}
    columns = {days.get(c, c.replace("_in_days", "_on")) for c in table(name)[0]}
    assert columns <= set(record.attributes)


@pytest.mark.parametrize("name", ["customers", "orders", "serial_numbers", "suppliers"])
def test_what_is_said_to_a_customer_is_in_one_language(name: str) -> None:
    mixed = [cell for row in table(name) for cell in row.values() if re.search("[A-Za-z]{3}.* [\u4e00-\u9fff]", cell)]
    assert mixed == []


def test_no_story_says_a_thing_in_two_languages() -> None:
    text = files("cli").joinpath("demo_company", "cases.yaml").read_text(encoding="utf-8")
    assert re.findall(r"[A-Za-z]{3,} [\u4e00-\u9fff]+", text) == []
