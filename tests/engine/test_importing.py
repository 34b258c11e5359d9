"""Lists become records: dates by column, keys required, repetitions told, unknown names refused with their line."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.importing.cells import WrongCell, date_order, key_of, read_date, value_of
from engine.importing.drafting import draft_rows
from engine.importing.plan import Plan, plan_for
from engine.importing.settling import Known, Settled, settle
from engine.importing.sheet import Row, Sheet
from engine.importing.targets import LINE_ATTRIBUTES, Target, suggest
from engine.people import Person
from engine.records import Record
from engine.refusals import Refusal

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
TYPES = frozenset({"customer", "order", "serial_number"})
CUSTOMERS = Target(
    "customers",
    "customer",
    "code",
    {"code": "text", "name": "text", "email": "email", "salesperson": "user", "do_not_call": "yes_no"},
    TYPES,
)
ORDERS = Target(
    "orders",
    "order",
    "number",
    {
        "number": "text",
        "customer": "customer",
        "status": "text",
        "ordered_on": "date",
        "promised_on": "date",
        "quantity": "number",
    },
    TYPES,
)
UNITS = Target(
    "serial_numbers", "serial_number", "number", {"number": "text", "product": "text", "warranty_until": "date"}, TYPES
)
LINES = Target("order_lines", "order", "order", LINE_ATTRIBUTES, TYPES)
ACME = Record("customer", "C-1", "C-1", "ACME", {"code": "C-1", "name": "ACME"})
LI = Person("li.na", "Li Na 李娜", email="li.na@acme.example")


def sheet(*lines: str) -> Sheet:
    cells = [tuple(line.split(",")) for line in lines]
    return Sheet(cells[0], tuple(Row(n, row) for n, row in enumerate(cells[1:], 2)))


def plan(listed: Sheet, target: Target) -> Plan:
    return plan_for(listed, target, {}, {})


def settled(listed: Sheet, target: Target, known: Known) -> Settled:
    drafted = draft_rows(listed, plan(listed, target), NOW)
    assert drafted.refused == ()
    return settle(drafted.drafts, target, known)


# -- columns ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "target", "found"),
    [
        (("Code", "Company Name", "E-Mail"), CUSTOMERS, {0: "code", 1: "name", 2: "email"}),
        (("客户编号", "客户名称", "邮箱", "业务员"), CUSTOMERS, {0: "code", 1: "name", 2: "email", 3: "salesperson"}),
        (("订单号", "客户编号", "下单日期", "交货日期"), ORDERS, {0: "number", 1: "customer", 2: "ordered_on", 3: "promised_on"}),
        (("order_id", "customer_id", "order_status", "order_purchase_timestamp", "order_approved_at", "order_estimated_delivery_date"), ORDERS,
         {0: "number", 1: "customer", 2: "status", 3: "ordered_on", 5: "promised_on"}),
        (("S/N", "产品名称", "质保到期"), UNITS, {0: "number", 1: "product", 2: "warranty_until"}),
        (("order_id", "order_item_id", "product_id", "freight_value"), LINES, {0: "order", 1: "line", 2: "product", 3: "freight"}),
    ],
)  # fmt: skip
def test_columns_are_known_by_the_names_people_give_them(
    header: tuple[str, ...], target: Target, found: dict[int, str]
) -> None:
    assert suggest(header, target) == found


def test_what_a_person_says_goes_before_what_a_name_suggests() -> None:
    listed = sheet("code,name,alias", "C-1,old,ACME")
    made = plan_for(listed, CUSTOMERS, {"alias": "name", "name": ""}, {"email": "a@b.example"})
    assert dict(made.columns) == {0: "code", 2: "name"}
    assert draft_rows(listed, made, NOW).drafts[0].values == {"email": "a@b.example", "code": "C-1", "name": "ACME"}


@pytest.mark.parametrize(
    ("columns", "constants", "named"),
    [
        ({"nmae": "name"}, {}, "no column 'nmae'"),
        ({"name": "nmae"}, {}, "'nmae' is not an attribute of customers"),
        ({}, {"nmae": "x"}, "'nmae' is not an attribute of customers"),
        ({"code": "name", "name": "name"}, {}, "Two columns are named as 'name'"),
        ({"code": ""}, {}, "--map COLUMN=code"),
    ],
)
def test_a_wrong_mapping_is_refused_in_one_sentence(
    columns: dict[str, str], constants: dict[str, str], named: str
) -> None:
    with pytest.raises(Refusal, match=named):
        plan_for(sheet("code,name", "C-1,ACME"), CUSTOMERS, columns, constants)


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(Refusal, match="Two columns are called 'name'"):
        plan(sheet("code,name,name", "C-1,a,b"), CUSTOMERS)


# -- dates ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["10/2/2017 10:56", "7/24/2018 20:41"], "mdy"),
        (["2.10.2017", "24.7.2018"], "dmy"),
        (["5/5/2026"], "mdy"),
        (["2026-03-02", "2026年3月2日", "20260302"], "iso"),
        (["3/4/2026", "5/6/2026"], "unclear"),
        (["13/4/2026", "4/13/2026"], "unclear"),
        ([], "iso"),
    ],
)
def test_a_column_of_dates_is_read_in_one_way(cells: list[str], order: str) -> None:
    assert date_order(cells) == order


def test_dates_that_could_be_two_days_are_asked_about() -> None:
    listed = sheet("number,ordered_on", "SO-1,3/4/2026")
    with pytest.raises(Refusal, match=r"--dates mdy .* or --dates dmy"):
        plan(listed, ORDERS)
    made = plan_for(listed, ORDERS, {}, {}, "dmy")
    assert draft_rows(listed, made, NOW).drafts[0].values["ordered_on"] == "2026-04-03"


def test_a_column_written_in_both_orders_is_asked_about_too() -> None:
    with pytest.raises(Refusal, match="day first in some rows and month first in others"):
        plan(sheet("number,ordered_on", "SO-1,13/4/2026", "SO-2,4/13/2026"), ORDERS)


def test_american_dates_are_read_in_the_whole_column() -> None:
    listed = sheet("number,ordered_on", "SO-1,10/2/2017 10:56", "SO-2,7/24/2018 20:41", "SO-3,2018-07-25")
    drafts = draft_rows(listed, plan(listed, ORDERS), NOW).drafts
    assert [draft.values["ordered_on"] for draft in drafts] == ["2017-10-02", "2018-07-24", "2018-07-25"]


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))
def test_a_day_written_in_any_order_is_that_day(day: dt.date) -> None:
    assert read_date(f"{day.month}/{day.day}/{day.year} 9:05", "mdy") == day
    assert read_date(f"{day.day}.{day.month}.{day.year}", "dmy") == day
    assert read_date(f"{day.year}年{day.month}月{day.day}日", "iso") == day


def test_a_day_that_no_calendar_has_is_refused() -> None:
    with pytest.raises(WrongCell, match="not a day of the calendar"):
        value_of("date", "2026-02-30")


# -- cells and rows ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("number", "1,200", 1200),
        ("number", "58.9", 58.9),
        ("money", "￥1,200.5", "1200.50"),
        ("yes_no", "是", True),
        ("yes_no", "N", False),
        ("text", "  ".strip() + "张三", "张三"),
    ],
)
def test_cells_become_values(kind: str, cell: str, value: object) -> None:
    assert value_of(kind, cell) == value


@pytest.mark.parametrize(
    ("kind", "cell"),
    [("number", "12 pieces"), ("number", "58,9"), ("money", "1.005"), ("yes_no", "perhaps"), ("email", "a@b@c"), ("phone", "call me"), ("text", "M\ufffdller"), ("text", "a\x00b")],
)  # fmt: skip
def test_cells_that_cannot_be_what_their_column_is_are_refused(kind: str, cell: str) -> None:
    with pytest.raises(WrongCell):
        value_of(kind, cell)


def test_a_number_that_a_spreadsheet_has_shortened_is_no_key() -> None:
    with pytest.raises(WrongCell, match="spreadsheet has shortened"):
        key_of("1.40921E+11")


def test_rows_without_a_key_or_with_too_many_cells_are_named_with_their_line() -> None:
    listed = sheet("code,name", "C-1,ACME", ",nobody", "C-2,a,b")
    refused = draft_rows(listed, plan(listed, CUSTOMERS), NOW).refused
    assert [(row.line, row.why.en) for row in refused] == [
        (3, "'code' is empty"),
        (4, "it has 3 cells, the header has 2"),
    ]


def test_a_row_that_says_the_same_again_is_counted_and_one_that_differs_is_refused() -> None:
    listed = sheet("code,name", "C-1,ACME", "C-1,ACME", "C-1,Other")
    drafted = draft_rows(listed, plan(listed, CUSTOMERS), NOW)
    assert (len(drafted.drafts), drafted.repeated) == (1, 1)
    assert [(row.line, row.why.en) for row in drafted.refused] == [
        (4, "'C-1' stands in line 2 already and says something else")
    ]


# -- against what is stored -------------------------------------------------------------------------------------------


def test_new_changed_and_unchanged_rows_are_told_apart() -> None:
    result = settled(sheet("code,name", "C-1,ACME", "C-2,Beta"), CUSTOMERS, Known({"C-1": ACME}))
    assert (result.new, result.changed, result.unchanged) == (1, 0, 1)
    assert [record.key for record in result.records] == ["C-2"]
    moved = settled(sheet("code,name", "C-1,Acme Ltd"), CUSTOMERS, Known({"C-1": ACME}))
    assert (moved.changed, moved.records[0].label) == (1, "Acme Ltd")


def test_an_empty_cell_and_an_unnamed_attribute_leave_what_is_stored() -> None:
    old = Record("customer", "x7", "C-1", "ACME", {"code": "C-1", "name": "ACME", "tier": "vip"})
    result = settled(sheet("code,name,email", "C-1,,a@b.example"), CUSTOMERS, Known({"C-1": old}))
    record = result.records[0]
    assert record.id == "x7"
    assert record.attributes == {"code": "C-1", "name": "ACME", "tier": "vip", "email": "a@b.example"}


def test_a_customer_nobody_knows_is_refused_with_the_line() -> None:
    listed = sheet("number,customer", "SO-1,C-1", "SO-2,C-9")
    drafted = draft_rows(listed, plan(listed, ORDERS), NOW)
    result = settle(drafted.drafts, ORDERS, Known(referred={("customer", "C-1"): "x7"}))
    assert [(row.line, row.column, row.why.en) for row in result.refused] == [
        (3, "customer", "there is no customer 'C-9'; import it first")
    ]
    assert result.records[0].attributes["customer"] == "x7"


@pytest.mark.parametrize("name", ["li.na", "LI.NA@acme.example", "Li Na 李娜"])
def test_a_member_of_staff_is_known_by_account_mail_or_name(name: str) -> None:
    result = settled(sheet("code,salesperson", f"C-2,{name}"), CUSTOMERS, Known(people={"li.na": LI}))
    assert result.records[0].attributes["salesperson"] == "li.na"


def test_a_name_that_nobody_has_is_refused() -> None:
    listed = sheet("code,salesperson", "C-2,Nobody")
    result = settle(draft_rows(listed, plan(listed, CUSTOMERS), NOW).drafts, CUSTOMERS, Known(people={"li.na": LI}))
    assert result.refused[0].why.en == "nobody here is called 'Nobody'"


def test_lines_take_the_place_of_the_same_number() -> None:
    order = Record(
        "order",
        "o1",
        "SO-1",
        "SO-1",
        {"number": "SO-1", "lines": [{"line": 1, "product": "P"}, {"line": 2, "product": "Q"}]},
    )
    known = Known({"SO-1": order}, {("order", "SO-1"): "o1"})
    result = settled(sheet("order,line,product", "SO-1,2,R", "SO-1,3,S"), LINES, known)
    lines = [{"line": 1, "product": "P"}, {"line": 2, "product": "R"}, {"line": 3, "product": "S"}]
    assert result.records[0].attributes["lines"] == lines
    assert (result.new, result.changed, result.unchanged) == (1, 1, 0)


def test_the_same_lines_again_change_nothing() -> None:
    order = Record(
        "order", "o1", "SO-1", "SO-1", {"number": "SO-1", "lines": [{"line": 1, "product": "P", "price": "58.90"}]}
    )
    known = Known({"SO-1": order}, {("order", "SO-1"): "o1"})
    result = settled(sheet("order,line,product,price", "SO-1,1,P,58.9"), LINES, known)
    assert (result.records, result.new, result.changed, result.unchanged) == ((), 0, 0, 1)
