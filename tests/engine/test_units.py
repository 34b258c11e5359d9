"""Units that take each other's place: of two exactly one lives on, and a warranty only moves on record."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.definition.model.acting import WARRANTY_RULES
from engine.effects import ChangeWarrantyEnd, WriteRecord
from engine.refusals import Refusal
from tests.engine.stage import HEAD, Stage

BODY = """
fields:
  sn: {type: record, of: serial_number, label: Unit | 设备}
  new_unit: {type: record, of: serial_number, label: New unit | 新机}
  shown: {type: record, of: serial_number, label: Shown | 显示}
  rule: {type: choice, label: Rule | 规则, choices: {rest: Rest | 剩余, rest_or_90_days: Rest or 90 days | 剩余或 90 天, new_term: New | 新}}
  until: {type: date, label: Until | 到期}
  why: {type: text, label: Why | 理由}
start: {role: [clerk, boss], form: {ask: [sn], optional: [why]}}
steps:
  choosing:
    label: Choose | 选择
    task: {role: clerk, form: {optional: [new_unit, rule, shown, until]}}
    due: 1 day
    outcomes:
      swap: {do: [{swap_unit: {old: sn, new: new_unit, warranty: = rule, reason: = why}}], next: looking}
      prolong: {do: [{change_warranty: {unit: sn, until: = until, source: renewal, reason: = why}}], next: looking}
  looking:
    label: Look | 查看
    task: {role: clerk}
    due: 1 day
    next:
      - {when: sn.replaced_by is set and shown.replaces == sn.number, then: swapped}
      - otherwise: choosing
  swapped: {end: success, label: Swapped | 已换}
"""
CUSTOMER = {"code": "C-1", "name": "ACME"}
OLD = {"number": "SN-1", "customer": CUSTOMER, "warranty_until": "2027-01-01", "status": "active"}
NEW = {"number": "SN-2", "status": "stock"}


def swap(new: Any = NEW, old: Any = OLD, rule: str = "rest", **more: Any) -> tuple[Stage, dict[str, Any]]:
    stage = Stage(BODY, HEAD.replace("start: {role: [clerk, boss]}\n", ""))
    stage.lines(("clerk starts", {"sn": old, "why": "burnt"}))
    return stage, {"new_unit": new, "rule": rule, **more}


def written(stage: Stage) -> dict[tuple[str, str], Any]:
    return {(e.id, e.attribute): e.value for e in stage.effects if isinstance(e, WriteRecord)}


def test_a_case_writes_no_word_that_the_site_does_not_know() -> None:
    """Checks refuse such a process; one that was published before the site named its words meets it at the press."""
    prolong = "prolong: {do: [{change_warranty: {unit: sn, until: = until, source: renewal, reason: = why}}]"
    astray = BODY.replace(prolong, "prolong: {do: [{set: {sn.custody: moon}}]")
    stage = Stage(astray, HEAD.replace("start: {role: [clerk, boss]}\n", ""))
    stage.lines(("clerk starts", {"sn": OLD, "why": "burnt"}))
    refused = stage.refused("clerk completes choosing.prolong")
    assert (refused.code, refused.text.en) == (
        "wrong_value",
        "SN-1, custody: 'moon' is none of: customer, factory.",
    )
    assert refused.text.zh == "SN-1 的 custody：“moon”不可用，可选：customer（客户处）、factory（在厂）。"


def test_who_sold_the_old_unit_answers_for_the_new_one() -> None:
    stage, values = swap(old={**OLD, "salesperson": "clerk"}, shown=NEW)
    stage.lines(("clerk completes choosing.swap", values))
    assert written(stage)["SN-2", "salesperson"] == "clerk"


def test_the_old_unit_is_replaced_and_the_new_one_takes_over_customer_and_warranty() -> None:
    stage, values = swap(shown=NEW)
    stage.lines(("clerk completes choosing.swap", values))
    assert written(stage) == {
        ("SN-1", "status"): "replaced",
        ("SN-1", "replaced_by"): "SN-2",
        ("SN-2", "status"): "active",
        ("SN-2", "replaces"): "SN-1",
        ("SN-2", "customer"): "C-1",
        ("SN-2", "custody"): "customer",
    }
    (moved,) = [e for e in stage.effects if isinstance(e, ChangeWarrantyEnd)]
    assert moved == ChangeWarrantyEnd("SN-2", "2027-01-01", "swap_inherit", "TRIAL-1: burnt", "clerk")
    assert stage.lines("clerk completes looking").ended == "swapped"


@pytest.mark.parametrize(
    ("end", "rule", "until"),
    [
        ("2027-01-01", "rest", "2027-01-01"),
        ("2027-01-01", "rest_or_90_days", "2027-01-01"),
        ("2026-04-01", "rest_or_90_days", "2026-05-31"),
        (None, "rest_or_90_days", "2026-05-31"),
        ("2026-04-01", "new_term", "2027-03-02"),
    ],
)
def test_the_warranty_goes_over_as_the_rule_says(end: str | None, rule: str, until: str) -> None:
    stage, values = swap(old={**OLD, "warranty_until": end}, rule=rule)
    stage.lines(("clerk completes choosing.swap", values))
    assert [e.until for e in stage.effects if isinstance(e, ChangeWarrantyEnd)] == [until]


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (OLD, "SN-1 cannot be replaced by itself; choose another unit."),
        ({**NEW, "status": "scrapped"}, "SN-2 cannot take its place: it is scrapped; choose another unit."),
        ({**NEW, "status": "lost"}, "SN-2 cannot take its place: it is lost; choose another unit."),
        (
            {**NEW, "customer": {"code": "C-2"}},
            "SN-2 cannot take its place: it belongs to another customer; choose another unit.",
        ),
        (
            {**NEW, "customer": CUSTOMER, "status": "active"},
            "SN-2 cannot take its place: the customer uses it already; choose another unit.",
        ),
        (None, "It is not said which unit is meant."),
    ],
)
def test_a_unit_that_cannot_take_the_place_is_refused_in_one_sentence(new: Any, said: str) -> None:
    stage, values = swap(new)
    assert stage.refused("clerk completes choosing.swap", **values).text.en == said


@pytest.mark.parametrize("end", [None, ""])
def test_where_no_warranty_end_is_known_nothing_of_it_is_left_and_the_end_of_the_new_unit_is_not_emptied(
    end: Any,
) -> None:
    stage, values = swap({**NEW, "warranty_until": "2026-12-31"}, {**OLD, "warranty_until": end}, "rest")
    said = stage.refused("clerk completes choosing.swap", **values).text.en
    assert said == "SN-1 has no warranty end of which something could be left; choose a new term."


def test_a_unit_is_replaced_only_once() -> None:
    stage, values = swap()
    stage.lines(("clerk completes choosing.swap", values), "clerk completes looking")
    refusal = stage.refused("clerk completes choosing.swap", **{**values, "new_unit": {"number": "SN-3"}})
    assert refusal.text.en == "SN-1 was replaced already, by SN-2; exactly one unit lives on."


def test_a_swap_is_ordered_on_condition_that_both_units_are_still_what_was_seen() -> None:
    stage, values = swap()
    stage.lines(("clerk completes choosing.swap", values))
    seen = {order.id: order.seen for order in stage.effects if isinstance(order, WriteRecord) and order.seen}
    assert seen == {
        "SN-1": {"status": "active", "customer": "C-1", "replaced_by": None},
        "SN-2": {"status": "stock", "customer": None, "replaced_by": None},
    }


def test_a_warranty_moves_with_its_source_and_reason() -> None:
    stage, _ = swap()
    stage.lines(("clerk completes choosing.prolong", {"until": "2028-06-30"}))
    assert [e for e in stage.effects if isinstance(e, ChangeWarrantyEnd)] == [
        ChangeWarrantyEnd("SN-1", "2028-06-30", "renewal", "TRIAL-1: burnt", "clerk")
    ]
    assert stage.case is not None and stage.case.records["sn"]["warranty_until"] == "2028-06-30"


def test_a_warranty_without_a_day_is_refused() -> None:
    stage, _ = swap()
    assert "until when the warranty of SN-1 lasts" in stage.refused("clerk completes choosing.prolong").text.en


UNITS = ("SN-1", "SN-2", "SN-3", "SN-4", "SN-5")
A_SWAP = st.tuples(st.sampled_from(UNITS), st.sampled_from(UNITS), st.sampled_from(WARRANTY_RULES))


@given(st.lists(A_SWAP, min_size=1, max_size=12))
@settings(max_examples=60, derandomize=True, deadline=None)
def test_after_any_swaps_exactly_one_unit_lives_and_no_warranty_moved_without_a_record(swaps: list[Any]) -> None:
    units: dict[str, dict[str, Any]] = {name: {"number": name, "status": "stock"} for name in UNITS}
    units["SN-1"] = dict(OLD)
    recorded: dict[str, Any] = {}
    for old, new, rule in swaps:
        if units[old].get("status") not in ("active", "replaced"):
            continue  # a unit in stock has no entitlement to hand over
        stage, values = swap(units[new], units[old], rule)
        try:
            stage.play("clerk completes choosing.swap", values)
        except Refusal:
            assert old == new or units[old]["status"] == "replaced" or units[new]["status"] != "stock"
            continue
        for effect in stage.effects:
            match effect:
                case WriteRecord():
                    assert effect.attribute != "warranty_until"
                    value = CUSTOMER if effect.attribute == "customer" else effect.value
                    units[effect.id] = {**units[effect.id], effect.attribute: value}
                case ChangeWarrantyEnd():
                    units[effect.unit] = {**units[effect.unit], "warranty_until": effect.until}
                    recorded[effect.unit] = effect.until
    assert sum(unit["status"] == "active" for unit in units.values()) == 1
    for name, unit in units.items():
        before = "2027-01-01" if name == "SN-1" else None
        assert unit.get("warranty_until") == recorded.get(name, before)
        assert not unit.get("replaced_by") or units[unit["replaced_by"]]["replaces"] == name
