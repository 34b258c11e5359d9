"""`never: A before B or E`, `never: A or E when …`, `… by the same person`: each of several counts, in the proof as at run
time; a misspelt one is told. A reason may name what it is about."""

from __future__ import annotations

import pytest

from engine.checks.prover import prove_all
from engine.refusals import Refusal
from tests.engine.checks.a_loan import FILES, LOAN, checked
from tests.engine.stage import Stage, process

ANSWERS = """
fields:
  way: {type: text, label: Way | 方式}
permissions: {see: clerk, move: boss}
steps:
  answer:
    label: Answer | 答复
    task: {role: clerk}
    due: 1 day
    timers: standard
    outcomes:
      by_mail: {label: By mail | 邮件, next: closed}
      by_letter: {label: By letter | 信函, next: closed}
      not_at_all: {label: Not at all | 不答复, next: SILENT}
  thinking:
    label: Think | 考虑
    task: {role: clerk}
    due: 1 day
    timers: standard
    next: answer
  closed: {end: success, label: Closed | 结案}
  silent: {end: failure, label: Silent | 未答复}
rules:
  - never: closed before answer.by_mail or answer.by_letter
  - always: answer.by_mail or answer.by_letter or answer.not_at_all after thinking
"""


def test_one_of_several_is_enough_for_the_proof() -> None:
    sound = process(ANSWERS.replace("SILENT", "silent"))
    assert [verdict.verdict for verdict in prove_all(sound)] == ["proved", "proved"]

    leaking = process(ANSWERS.replace("SILENT", "closed"))
    assert [verdict.verdict for verdict in prove_all(leaking)] == ["violated", "proved"]


def test_one_of_several_is_enough_at_run_time() -> None:
    for outcome in ("by_mail", "by_letter"):
        stage = Stage(ANSWERS.replace("SILENT", "silent"))
        stage.lines("clerk starts", f"clerk completes answer.{outcome}")
        assert stage.case.ended == "closed"


def test_a_move_by_hand_past_all_of_them_is_refused_in_a_sentence_that_names_them() -> None:
    stage = Stage(ANSWERS.replace("SILENT", "silent"))
    stage.lines("clerk starts")
    with pytest.raises(Refusal, match=r"Answer: By letter / Answer: By mail"):
        stage.lines("boss moves to closed")


TWO_DOORS = """
fields:
  unit: {type: record, of: serial_number, label: Unit | 设备}
  price: {type: money, label: Price | 价格, visible_to: boss}
permissions: {see: clerk, move: boss}
steps:
  choosing:
    label: Choose | 选择
    task: {role: [clerk, fixer], form: {optional: [unit]}}
    due: 1 day
    outcomes:
      front: {label: Front | 前门, next: testing}
      back: {label: Back | 后门, next: testing}
  testing: {label: Test | 检验, task: {role: [clerk, boss, tester]}, due: 1 day, next: checking}
  checking: {label: Check | 复核, task: {role: [clerk, boss, tester]}, due: 1 day, next: closed}
  closed: {end: success, label: Closed | 结案}
rules:
  - never: choosing.front or choosing.back when unit.status == 'lost'
    because: "{{ unit.number }} is lost{{ price }}. | {{ unit.number }} 已丢失{{ price }}。"
  - never: start or choosing and testing or checking by the same person
"""


@pytest.mark.parametrize("door", ["front", "back"])
def test_a_condition_keeps_from_each_of_several_and_its_reason_names_what_it_is_about(door: str) -> None:
    stage = Stage(TWO_DOORS, unit={"number": "SN-7", "status": "lost"}, price=70).lines("clerk starts")
    refusal = stage.refused(f"clerk completes choosing.{door}")
    assert (refusal.text.en, refusal.text.zh) == ("SN-7 is lost.", "SN-7 已丢失。")


def test_a_reason_tells_what_is_hidden_only_to_those_who_may_read_it() -> None:
    stage = Stage(TWO_DOORS, unit={"number": "SN-7", "status": "lost"}, price=70).lines("clerk starts")
    stage.lines(("clerk completes choosing.front", {"unit": {"number": "SN-8"}}))
    assert stage.at == ("testing",)
    other = Stage(
        TWO_DOORS.replace("role: [clerk, fixer]", "role: boss"), unit={"number": "SN-7", "status": "lost"}, price=70
    )
    refusal = other.lines("clerk starts").refused("boss completes choosing.front")
    assert refusal.text.en == "SN-7 is lost70.00."


def test_of_several_none_is_done_by_whoever_did_any_of_the_others() -> None:
    stage = Stage(TWO_DOORS).lines("clerk starts", "fixer completes choosing.front")
    assert stage.refused("clerk completes testing").code == "different_person"
    stage.lines("tester completes testing")
    assert stage.refused("clerk completes checking").code == "different_person"
    assert stage.lines("boss completes checking").ended == "closed"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("never: closed or askin when reason is set", "P502.unknown"),
        ("never: start or askin and closed by the same person", "P502.unknown"),
        ("{never: closed when reason is set, because: '{{ raeson }} is set'}", "P441.unknown"),
        ("{never: closed when reason is set, because: '{{ 1 + 1 }} is set'}", "P442.expression"),
    ],
)
def test_a_misspelt_one_of_several_or_name_in_a_reason_is_told(written: str, code: str) -> None:
    assert LOAN.count("never: closed before asking") == 1
    report = checked({**FILES, "loan.yaml": LOAN.replace("never: closed before asking", written)})
    assert code.partition(".")[0] in [problem.code for problem in report.problems]
