"""An earlier case about the same: what counts as the same, and what the newer case knows of it."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.likeness import LONGEST_KEY, alike_keys, kept_under, perhaps_keys
from tests.engine.stage import Stage, process

FIELDS = """
alike: {by: [[sn, cause], [note]], within: 180 days}
fields:
  sn: {type: record, of: serial_number, label: Unit | 设备}
  cause: {type: choice, label: Cause | 原因, choices: {wear: Wear | 磨损, shock: Shock | 撞击}}
  note: {type: text, label: Note | 备注}
  amount: {type: money, label: Amount | 金额}
  standard: {type: text, label: How such cases are handled | 处理标准, from: earlier.standard}
  why_not: {type: text, label: Why it is handled otherwise | 偏离理由, required_if: earlier is set and earlier.open is no}
"""
BODY = (
    FIELDS
    + """
start: {role: [clerk, boss], form: {ask: [sn], optional: [cause, note, amount, why_not]}}
mails:
  again:
    to: owner
    subject: As {{ earlier.number }} ({{ earlier.cause }}) | 同 {{ earlier.number }}（{{ earlier.cause }}）
    body: As before | 同前
steps:
  looking:
    label: Look | 查看
    task: {role: clerk, form: {show: [earlier.number, earlier.sn.product, earlier.cause, standard]}}
    due: 1 day
    next:
      - {when: earlier.count >= 2 and earlier.amount > 5, then: often}
      - otherwise: closed
  often: {end: success, label: Often | 多次}
  closed: {end: success, label: Closed | 已结案}
  cancelled: {end: cancelled, label: Cancelled | 已取消}
"""
)
HEAD = """
process: trial
version: 1
label: Trial | 试验
calendar: office
"""
EARLIER = {"number": "T-1", "open": "no", "count": 2, "sn": {"number": "SN-1", "product": "Pump"}, "amount": 10,
           "cause": "wear", "standard": "KB-7"}  # fmt: skip


def keys(**values: Any) -> tuple[str, ...]:
    return alike_keys(process(BODY, HEAD), values)


def test_a_case_is_found_by_every_list_whose_fields_all_have_values() -> None:
    assert keys(sn="SN-1") == ()
    assert len(keys(sn="SN-1", cause="wear")) == 1
    assert len(keys(sn="SN-1", cause="wear", note="hums")) == 2


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=400))
@settings(max_examples=60, derandomize=True)
def test_texts_that_people_take_for_the_same_are_the_same_and_never_too_long(text: str) -> None:
    once = keys(note=text)
    assert keys(note=f"  {text} ") == once
    assert keys(note=text.replace(" ", "   ")) == once
    assert all(0 < len(key) <= LONGEST_KEY for key in once)


def test_letters_in_another_case_or_width_are_the_same_and_other_letters_are_not() -> None:
    assert keys(note="Ｐump  HUMS") == keys(note="pump hums")
    assert keys(note="pump hums") != keys(note="pump hum")
    assert keys(sn="a", cause="wear") != keys(sn="a", cause="shock")


def test_what_only_may_be_the_same_is_kept_and_no_case_is_earlier_by_it() -> None:
    body = BODY.replace("by: [[sn, cause], [note]]", "by: [[sn, cause], [note]], perhaps: [[cause], [sn, amount]]")
    trial, values = process(body, HEAD), {"sn": "SN-1", "cause": "wear", "amount": "5"}
    only_perhaps = perhaps_keys(trial, values)
    assert (len(alike_keys(trial, values)), len(only_perhaps)) == (1, 2)
    assert set(only_perhaps).isdisjoint(alike_keys(trial, values))
    assert kept_under(trial, values) == (*alike_keys(trial, values), *only_perhaps)
    assert perhaps_keys(process(BODY, HEAD), values) == perhaps_keys(trial, {"sn": "SN-1"}) == ()


def test_what_the_form_demands_may_depend_on_an_earlier_case() -> None:
    stage = Stage(BODY, HEAD, earlier=EARLIER)
    refusal = stage.refused("clerk starts", sn={"number": "SN-1"}, cause="wear")
    assert refusal.codes == ("why_not",)
    stage.lines(("clerk starts", {"sn": {"number": "SN-1"}, "cause": "wear", "why_not": "new part"}))
    assert stage.fields()["standard"] == "KB-7"
    assert stage.lines("clerk completes looking").ended == "often"


def test_without_an_earlier_case_nothing_is_known_of_one() -> None:
    stage = Stage(BODY, HEAD).lines(("clerk starts", {"sn": {"number": "SN-1"}}))
    assert stage.case is not None and stage.case.earlier is None
    assert stage.lines("clerk completes looking").ended == "closed"


PARCELS = """
alike: {by: [[parcels.tracking_no], [note, parcels.carrier]], within: 180 days}
fields:
  note: {type: text, label: Note | 备注}
  parcels:
    type: table
    label: Parcels | 包裹
    columns:
      carrier: {type: text, label: Carrier | 承运商}
      tracking_no: {type: text, label: Number | 单号}
start: {role: [clerk, boss], form: {ask: [parcels], optional: [note]}}
steps:
  looking: {label: Look | 查看, task: {role: clerk}, due: 1 day, next: closed}
  closed: {end: success, label: Closed | 已结案}
  cancelled: {end: cancelled, label: Cancelled | 已取消}
"""


def keys_of_parcels(*rows: dict[str, str], **values: Any) -> set[str]:
    return set(alike_keys(process(PARCELS, HEAD), {"parcels": list(rows), **values}))


def test_a_case_is_found_by_every_row_of_a_table() -> None:
    both = keys_of_parcels({"carrier": "SF", "tracking_no": "SF 1"}, {"carrier": "SF", "tracking_no": "DP2"})
    assert len(both) == 2
    assert keys_of_parcels({"tracking_no": "sf1"}) < both
    assert keys_of_parcels({"tracking_no": "ＤＰ ２"}) < both
    assert not keys_of_parcels({"tracking_no": "SF3"}) & both
    assert keys_of_parcels() == set()


def test_a_field_may_stand_beside_the_columns_of_a_row() -> None:
    [one] = keys_of_parcels({"carrier": "SF"}, note="B 1")
    assert keys_of_parcels({"carrier": "s f"}, {"carrier": "Deppon"}, note="b1") > {one}
    assert keys_of_parcels({"carrier": "SF"}) == set()
