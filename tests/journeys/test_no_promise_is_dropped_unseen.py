"""A new version without a rule of the version before says so, at the place where the rules stand."""

from __future__ import annotations

import processes
from tests.journeys.a_desk import ADesk

FOUR_EYES = """  - never: agree_credit and approve_credit by the same person
    because: Nobody approves their own credit. | 不得审批自己提出的退款。
"""


def test_a_rule_that_is_gone_is_told_before_publishing(desk: ADesk) -> None:
    text = processes.paths()["factory_return.yaml"].read_text("utf-8")
    assert not [p for p in desk.house.publishing.check(text, "factory_return.yaml").problems if p.code == "P504"]
    without = text.replace(FOUR_EYES, "")
    assert without != text
    review = desk.house.publishing.check(without, "factory_return.yaml")
    told = [p for p in review.problems if p.code == "P504"]
    assert len(told) == 1 and told[0].level == "warning" and review.ok
    assert "agree_credit and approve_credit" in told[0].message.en and "被删除" in told[0].message.zh
    assert "rules:" in without.splitlines()[told[0].place.line - 2 : told[0].place.line]
