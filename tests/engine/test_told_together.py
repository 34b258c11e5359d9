"""A form that is refused is told everything in one round: wrong fields, and the rules that its good values break."""

from __future__ import annotations

from typing import Any

import pytest

from engine.decide import decide
from engine.events import CaseStarted
from engine.people import World
from engine.refusals import FormRefusal
from tests.engine.stage import HEAD, Stage

BODY = """
fields:
  value: {type: money, label: Value | 价值}
  total: {type: money, label: Total | 总额}
  shares:
    type: table
    label: Shares | 分摊
    columns: {who: {type: text, label: Who | 承担方}, share: {type: number, label: Per cent | 比例}}
  checked: {type: yes_no, default: no, label: Checked | 已核对}
steps:
  judging:
    label: Judge | 判定
    task: {role: clerk, form: {ask: [value, total, shares]}}
    due: 1 day
    outcomes:
      passed: {label: Passed | 通过, do: [{set: {checked: yes}}], next: closed}
      later: {label: Later | 稍后, next: judging}
      shipped: {label: Ship | 发出, next: [{when: value > 1000, then: closed}, {otherwise: shipping}]}
  shipping: {label: Ship | 发出, task: {role: clerk}, due: 1 day, next: closed}
  closed: {end: success, label: Closed | 结束}
rules:
  - never: judging.passed when sum(shares.share) != 100
    because: 'The shares do not add up to 100 %: {{ shares }}. | 分摊合计不是100%：{{ shares }}。'
  - never: judging.passed when rows(shares) > 1 and total < 100
    because: 'Nobody shares {{ total }}. | {{ total }} 不予分摊。'
  - never: judging.passed when checked is no and value > 0
    because: Nobody checked it. | 无人核对。
  - never: shipping when total > 900
    because: Too dear to ship. | 金额过高，不能发出。
"""
SHARES = [{"who": "customer", "share": 30}, {"who": "we", "share": 60}]


def judged(outcome: str = "passed", **values: Any) -> Any:
    return Stage(BODY).lines("clerk starts").refused(f"clerk completes judging.{outcome}", **values)


def test_a_missing_field_and_a_broken_rule_are_told_at_once_with_the_values() -> None:
    refusal = judged(total="500", shares=SHARES)
    assert isinstance(refusal, FormRefusal)
    assert list(refusal.fields) == ["value", "shares"]
    assert refusal.fields["shares"].en == "The shares do not add up to 100 %: customer, Per cent: 30\nwe, Per cent: 60."
    assert refusal.fields["shares"].zh.startswith("分摊合计不是100%：")


def test_a_rule_is_not_asked_about_what_is_wrong_itself() -> None:
    assert list(judged(total="500", shares=[{"who": "we", "share": "much"}]).fields) == ["shares.1.share", "value"]
    assert list(judged(value="1", shares=SHARES).fields) == ["total", "shares"]


def test_a_rule_is_not_asked_about_what_changes_on_the_way_nor_of_another_button() -> None:
    assert list(judged(value="5", shares=[{"who": "we", "share": 100}]).fields) == ["total"]
    assert list(judged("later", total="500", shares=SHARES).fields) == ["value"]


def test_two_rules_that_are_broken_are_told_at_once() -> None:
    missing = judged(total="50", shares=SHARES)
    assert missing.fields["shares"].en.endswith("we, Per cent: 60. Nobody shares 50.00.")
    whole = judged(value="1", total="50", shares=SHARES)
    assert (whole.code, whole.text.en) == ("rule", missing.fields["shares"].en)
    assert whole.text.zh == missing.fields["shares"].zh


def test_a_rule_about_the_step_that_comes_next_is_told_as_well_where_it_is_known_which_one() -> None:
    assert list(judged("shipped", value="5", total="950").fields) == ["shares", "total"]
    assert list(judged("shipped", value="5000", total="950").fields) == ["shares"], "another step comes next"
    assert list(judged("shipped", total="950", shares=SHARES).fields) == ["value"], "nobody knows which comes next"


def test_a_start_form_tells_what_is_missing_and_the_rule_that_its_good_values_break() -> None:
    head = HEAD.replace("role: [clerk, boss]", "role: [clerk, boss], form: {ask: [value, total]}")
    rule = ("never: judging.passed when rows(shares) > 1 and total < 100", "never: judging when total < 100")
    stage = Stage(BODY.replace(*rule), head)
    started = CaseStarted("c1", "TRIAL-1", {"total": "50"}, stage._person("clerk").id)
    with pytest.raises(FormRefusal) as refused:
        decide(stage.process, None, started, World(stage.now, stage._people))
    assert {name: text.en for name, text in refused.value.fields.items()} == {
        "value": "Value is needed.",
        "total": "Nobody shares 50.00.",
    }
